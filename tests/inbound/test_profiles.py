"""Patterns of anchors: flagged where there is enough to see, honest where there is not."""

from mentions.extraction.article import Zone
from mentions.inbound import AnchorKind, InboundLink, Standing, profiles, referrers
from mentions.inbound.links import from_others
from tests.inbound.building import HOME, TARGETS, inbound


def test_ordinary_coverage_raises_no_flag() -> None:
    words = ["Quillon", "Quillon Robotics", "here", "https://quillon.example", "robots that grip", "a study of arms"]
    links = [inbound(number, anchor=words[number % len(words)]) for number in range(30)]
    [profile] = profiles(links, TARGETS)
    assert profile.flags == ()
    assert (profile.domains, profile.enough) == (30, True)
    assert profile.kinds[AnchorKind.BRAND] == 10


def test_the_same_bought_phrase_on_many_domains_is_flagged() -> None:
    bought = [inbound(number, anchor="Best robot arm") for number in range(6)]
    others = [inbound(number, anchor="Quillon") for number in range(10, 16)]
    [profile] = profiles([*bought, *others], TARGETS)
    [flag] = profile.flags
    assert "6 of 12 domains" in flag
    assert "Best robot arm" in flag


def test_small_numbers_are_no_pattern() -> None:
    [profile] = profiles([inbound(number, anchor="best robot arm") for number in range(4)], TARGETS)
    assert not profile.enough
    assert profile.flags == ()


def test_a_footer_on_thousands_of_pages_is_one_domain_and_said_so() -> None:
    footer = [
        inbound(domain="blog.example", page=f"https://blog.example/{n}", anchor="cheap arms", zone=Zone.BOILERPLATE)
        for n in range(40)
    ]
    [profile] = profiles(footer, TARGETS)
    assert (profile.domains, profile.pages) == (1, 40)
    [flag] = profile.flags
    assert flag.startswith("blog.example links from 40 pages outside their articles")


def test_one_link_of_a_link_seller_is_enough_for_a_flag() -> None:
    [profile] = profiles([inbound(1, anchor="Slots & C\u200basino")], TARGETS)
    assert profile.flags == (
        "“casino” stands in links from paper-1.example",
        "“slots” stands in links from paper-1.example",
    )


def test_lost_links_are_in_no_profile_but_in_their_domain() -> None:
    links = [inbound(1), inbound(1, anchor="gone", standing=Standing.LOST, days_ago=9), inbound(2, rel=("nofollow",))]
    [profile] = profiles(links, TARGETS)
    assert (profile.links, profile.domains, profile.followed_domains) == (2, 2, 1)
    first, second = referrers(links)
    assert (first.domain, first.pages, first.followed, first.lost) == ("paper-1.example", 1, 1, 1)
    assert (second.pages, second.followed) == (1, 0)
    assert (first.last_seen_at - first.first_seen_at).days == 9


def test_profiles_at_networks_and_our_own_pages_do_not_count() -> None:
    def kept(link: InboundLink) -> bool:
        return bool(from_others([link], TARGETS))

    assert kept(inbound(1))
    assert not kept(inbound(1, url="https://www.linkedin.com/company/quillon"))
    assert not kept(inbound(1, domain="quillon.example"))
    assert not kept(inbound(1, url="https://notquillon.example/"))
    assert from_others([inbound(1, url=HOME)], TARGETS)[0].url == HOME
