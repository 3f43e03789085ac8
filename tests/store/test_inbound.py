"""Who links to us, out of what looks at pages wrote down; on both databases."""

from mentions.extraction.article import Zone
from mentions.findings import Finding, Verdict
from mentions.inbound import Standing
from mentions.opportunities import Assessment
from mentions.store import Store
from mentions.urls import canonical_url
from tests.store.building import ACME, DAY, NIGHT, ORBIT, finding, found, link, outcome


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
