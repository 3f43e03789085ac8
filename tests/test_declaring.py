"""The declaration of a publisher, from what its site was found to be."""

import tomllib
from datetime import UTC, datetime, timedelta

import pytest

from mentions.declaring import FoundSite, FoundSource, as_toml, chosen_sources, declaration, pages_per_night
from mentions.publishers import Publisher, SourceKind
from mentions.sources import Announced

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
AT = "https://courier.example"


def pages(count: int, *, first: int = 0, every: timedelta = timedelta(hours=6)) -> tuple[Announced, ...]:
    return tuple(Announced(f"{AT}/{first + n}", published=NOW - every * n) for n in range(count))


def site(*sources: FoundSource) -> FoundSite:
    return FoundSite("courier.example", f"{AT}/", name='The "Courier"\n& Post', language="en", sources=sources)


def test_a_source_that_says_nothing_new_is_left_out() -> None:
    everything = FoundSource(SourceKind.NEWS_SITEMAP, f"{AT}/news.xml", pages(20))
    part = FoundSource(SourceKind.FEED, f"{AT}/part.rss", pages(5))
    other = FoundSource(SourceKind.FEED, f"{AT}/other.rss", pages(5, first=100))
    plain = FoundSource(SourceKind.SITEMAP, f"{AT}/sitemap.xml", pages(500))
    assert chosen_sources(site(plain, part, other, everything)) == (everything, other)
    assert chosen_sources(site(plain)) == (plain,)


def test_the_front_page_is_a_listing_only_where_there_is_nothing_better() -> None:
    front = FoundSource(SourceKind.LISTING, f"{AT}/", pages(9))
    assert chosen_sources(site(front)) == (front,)
    feed = FoundSource(SourceKind.FEED, f"{AT}/feed", pages(3))
    assert chosen_sources(site(front, feed)) == (feed,)


@pytest.mark.parametrize(
    ("announced", "expected"),
    [
        (pages(40), (1, 13)),  # four a day, ten days
        (pages(30, every=timedelta(hours=1)), (7, 75)),  # a window of little more than a day
        (pages(4), None),
        (tuple(Announced(f"{AT}/{n}") for n in range(50)), None),
        (tuple(Announced(f"{AT}/{n}", published=NOW + timedelta(days=1)) for n in range(9)), None),
    ],
)
def test_what_to_expect_of_a_night(announced: tuple[Announced, ...], expected: tuple[int, int] | None) -> None:
    assert pages_per_night(announced, now=NOW) == expected


def test_the_declaration_is_valid_toml_and_a_valid_publisher() -> None:
    found = site(
        FoundSource(SourceKind.FEED, f"{AT}/feed", pages(40)),
        FoundSource(SourceKind.FEED, f"{AT}/b", pages(9, first=90)),
    )
    declared = declaration(found, now=NOW)
    text = as_toml(declared, remarks=["Found today."])
    assert text.startswith("# Found today.\n[[publishers]]\n")
    [table] = tomllib.loads(text)["publishers"]
    assert Publisher.model_validate(table) == declared
    assert declared.feeds == (f"{AT}/feed", f"{AT}/b")
    assert declared.pages_per_night is not None


def test_a_site_without_sources_is_no_publisher() -> None:
    with pytest.raises(ValueError, match="has no source"):
        declaration(site(), now=NOW)
