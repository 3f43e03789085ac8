"""Who links to us, out of what looks at pages wrote down; on both databases."""

from dataclasses import replace

from mentions.extraction.article import Zone
from mentions.findings import Finding, Verdict
from mentions.inbound import Standing, referrers
from mentions.inbound.links import from_others
from mentions.inbound.tallies import Tally, own_publishers, tallies
from mentions.opportunities import Assessment
from mentions.own_pages.reading import read_tallies
from mentions.store import Store
from mentions.urls import canonical_url
from tests.store.building import ACME, DAY, NIGHT, ORBIT, finding, found, link, outcome

TARGETS = (ACME, ORBIT)


def _linked(*addresses: str, rel: tuple[str, ...] = (), target: str = ACME.name) -> tuple[Finding, Assessment]:
    return finding(Verdict.LINKED, target=target, links=tuple(link(address, rel=rel) for address in addresses))


def test_each_link_once_with_what_was_seen_of_it(store: Store, run_id: int) -> None:
    store.add_found([found(1), found(2)])
    first = finding(
        Verdict.LINKED, links=(link("https://acme.example/a/?utm_source=x"), link(zone=Zone.BOILERPLATE, rel=("ugc",)))
    )
    twin = _linked("https://acme.example/a/?utm_source=x", target=ORBIT.name)
    store.save_outcomes(run_id, [outcome(1, first, twin), outcome(2, _linked("https://acme.example/b"))])
    store.save_outcomes(run_id, [outcome(2, _linked("https://acme.example/b"), at=NIGHT + DAY)])
    links = store.inbound_links()
    assert [(held.url, held.zone, held.followed) for held in links] == [
        ("https://acme.example/a", Zone.BODY, True),
        (canonical_url("https://acme.example/"), Zone.BOILERPLATE, False),
        ("https://acme.example/b", Zone.BODY, True),
    ]
    assert all(held.standing is Standing.STANDS for held in links)
    assert (links[-1].first_seen_at, links[-1].last_seen_at) == (NIGHT, NIGHT + DAY)
    assert (links[0].publisher, links[0].publisher_name, links[0].anchor) == (
        "courier.example",
        "The Daily Courier",
        "Acme",
    )


def test_a_link_that_one_look_did_not_see_is_missing_and_no_more(store: Store, run_id: int) -> None:
    store.add_found([found(1)])
    store.save_outcomes(run_id, [outcome(1, _linked("https://acme.example/a", "https://acme.example/b"))])
    assert store.inbound_links(lost=True) == []
    store.save_outcomes(run_id, [outcome(1, _linked("https://acme.example/b"), at=NIGHT + DAY)])
    [missing] = store.inbound_links(lost=True)
    assert (missing.url, missing.standing) == ("https://acme.example/a", Standing.MISSING)
    assert len(store.inbound_links()) == 2


def test_narrowed_to_a_target_and_to_a_domain(store: Store, run_id: int) -> None:
    store.add_found([found(1)])
    both = (_linked("https://acme.example/a"), _linked("https://orbit.example/r", target=ORBIT.name))
    store.save_outcomes(run_id, [outcome(1, *both)])
    assert [held.url for held in store.inbound_links(target=ORBIT.name)] == ["https://orbit.example/r"]
    assert len(store.inbound_links(publisher="courier.example")) == 2
    assert store.inbound_links(publisher="herald.example") == []


def _many(store: Store, run_id: int) -> None:
    """Two spellings of a page, one with two targets, a footer, a profile, a page of ours, a link that is missing."""
    first = _linked("https://acme.example/a", "https://acme.example/a/?utm_source=x")
    twin = _linked("https://acme.example/a", target=ORBIT.name)
    footer = finding(Verdict.OUTSIDE, links=(link("https://acme.example/a", zone=Zone.BOILERPLATE),))
    marked = finding(Verdict.QUALIFIED, links=(link("https://acme.example/b", rel=("nofollow",)),))
    profile = _linked("https://social.example/acme")
    ours = replace(
        outcome(5, _linked("https://acme.example/a")), publisher="acme.example", key="https://acme.example/x"
    )
    herald = replace(
        outcome(6, _linked("https://acme.example/b")), publisher="herald.example", key="https://herald.example/6"
    )
    pages = [outcome(1, first, twin), outcome(2, footer), outcome(3, marked), outcome(4, profile), ours, herald]
    store.save_outcomes(run_id, [replace(page, url=page.key, final_url=page.key) for page in pages])
    later = replace(herald, url=herald.key, findings=(_linked("https://acme.example/c"),), looked_at=NIGHT + DAY)
    store.save_outcomes(run_id, [later])


def test_what_the_database_counts_is_what_the_links_say(store: Store, run_id: int) -> None:
    _many(store, run_id)
    links = from_others(store.inbound_links(), TARGETS)
    assert read_tallies(store, TARGETS) == tallies(links)
    assert read_tallies(store, TARGETS)["https://acme.example/a"] == Tally(1, 2, 1)
    own = own_publishers(TARGETS)
    counted = store.referring_domains(own_domains=own, without=["https://social.example/acme"])
    assert counted == [replace(each, links=()) for each in referrers(links)]
    assert [(each.domain, each.pages, each.missing) for each in counted] == [
        ("courier.example", 3, 0),
        ("herald.example", 1, 1),
    ]


def test_domains_of_one_target_only(store: Store, run_id: int) -> None:
    _many(store, run_id)
    [only] = store.referring_domains(own_domains=(), target=ORBIT.name)
    assert (only.domain, only.pages) == ("courier.example", 1)


def test_links_to_one_page_whatever_its_spelling(store: Store, run_id: int) -> None:
    _many(store, run_id)
    links = from_others(store.inbound_links(to={"https://acme.example/a"}), TARGETS)
    assert {held.url for held in links} == {"https://acme.example/a"}
    assert {held.page_url for held in links} == {outcome(1).url, outcome(2).url}
    assert store.inbound_links(to=set()) == []
