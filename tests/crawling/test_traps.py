"""F-12: calendars, facets, sessions and mirrors end; articles do not."""

import pytest

from mentions.crawling.traps import MAX_DEPTH, MAX_OF_ONE_SHAPE, MAX_QUERY_VARIANTS, TrapGuard, is_trap
from mentions.sources.listings import PageLink


def links(*urls: str, score: float = 0.0) -> list[PageLink]:
    """Links with that score."""
    return [PageLink(url, None, score) for url in urls]


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/a/b/a/b/a/b",  # a mirror of itself
        "https://x.example/calendar/2031/07",
        "https://x.example/events?year=2099",
        "https://x.example/list;jsessionid=8A7B6C5D4E3F2A1B",
        "https://x.example/(S(abcdefgh12345678))/page.aspx?sid=0123456789abcdef",
        "https://x.example/shop?a=1&b=2&c=3&d=4&e=5",
        "https://x.example/story/?replytocom=77",
        "https://x.example/list?Sort=price",
        "https://x.example/" + "very-" * 80,
        "https://x.example/" + "/".join(str(n) for n in range(20)),
    ],
)
def test_f12_addresses_of_traps(url: str) -> None:
    assert is_trap(url, last_year=2027)


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/2026/11/21/pumps-for-2027",
        "https://x.example/viewtopic.php?t=311&start=20",
        "https://x.example/news/news-desk",
        "https://x.example/artikel/10250033",
        "https://x.example/?p=4711",
    ],
)
def test_addresses_of_pages(url: str) -> None:
    assert not is_trap(url, last_year=2027)


def test_f12_one_path_is_followed_with_few_queries() -> None:
    guard = TrapGuard(year=2026)
    offered = links(*(f"https://x.example/list?offset={n}" for n in range(200)))
    assert len(guard.worth_following(offered, depth=0)) == MAX_QUERY_VARIANTS


def test_topics_of_a_forum_are_pages_of_their_own() -> None:
    guard = TrapGuard(year=2026)
    topics = links(*(f"https://x.example/viewtopic.php?t={n}" for n in range(50)), score=0.7)
    facets = links(*(f"https://x.example/shop?colour={n}&size={n}&brand={n}" for n in range(50)), score=0.7)
    assert len(guard.worth_following(topics, depth=0)) == 50
    assert len(guard.worth_following(facets, depth=0)) == MAX_QUERY_VARIANTS


def test_f12_pages_of_one_shape_that_are_no_articles_are_few_and_articles_are_not_counted() -> None:
    guard = TrapGuard(year=2026)
    members = links(*(f"https://x.example/people/{n:05}" for n in range(500)))
    stories = links(*(f"https://x.example/2026/11/21/a-story-about-{n}" for n in range(500)), score=1.0)
    assert len(guard.worth_following(members, depth=0)) == MAX_OF_ONE_SHAPE
    assert len(guard.worth_following(stories, depth=0)) == 500


def test_article_looking_links_come_first_and_services_never() -> None:
    offered = [*links("https://x.example/section/"), *links("https://x.example/login", score=-1.0)]
    offered += links("https://x.example/a-long-story-with-a-slug", score=1.4)
    chosen = TrapGuard(year=2026).worth_following(offered, depth=0)
    assert [link.url for link in chosen] == ["https://x.example/a-long-story-with-a-slug", "https://x.example/section/"]


def test_a_link_is_offered_once_and_never_too_deep() -> None:
    guard = TrapGuard(year=2026)
    assert guard.worth_following(links("https://x.example/a"), depth=MAX_DEPTH) == []
    assert len(guard.worth_following(links("https://x.example/a"), depth=0)) == 1
    assert guard.worth_following(links("https://x.example/a"), depth=1) == []
