"""Which page could stand in for one that is gone: a likely one, or none; never the home page."""

import pytest

from mentions.own_pages.suggesting import LEAST_SCORE, LivePage, suggest

LIVE = (
    LivePage("https://quillon.example/", "Quillon Robotics"),
    LivePage("https://quillon.example/reports/state-of-grippers-2026", "State of Grippers 2026"),
    LivePage("https://quillon.example/blog/how-arms-learn-to-weld", "How robot arms learn to weld"),
    LivePage("https://quillon.example/pricing", "Pricing"),
)


@pytest.mark.parametrize(
    ("lost", "anchors", "expected"),
    [
        ("/reports/state-of-grippers-2025", (), "/reports/state-of-grippers-2026"),
        ("/2024/pricing.html", (), "/pricing"),
        ("/blog/?p=117", ("How Robot Arms Learn to Weld",), "/blog/how-arms-learn-to-weld"),
        ("/jobs/cook", (), None),
        ("/p/8812", ("here", "Quillon"), None),
        ("/careers", ("Quillon Robotics",), None),
    ],
)
def test_the_page_that_resembles_it_or_none(lost: str, anchors: tuple[str, ...], expected: str | None) -> None:
    found = suggest(f"https://quillon.example{lost}", anchors, LIVE)
    assert (found.url if found else None) == (f"https://quillon.example{expected}" if expected else None)
    assert found is None or LEAST_SCORE <= found.score <= 100


def test_words_of_links_are_said_to_be_the_reason() -> None:
    found = suggest("https://quillon.example/x9", ["how robot arms learn to weld"], LIVE)
    assert found is not None
    assert found.why == "its title resembles the words of links to the lost page"


def test_of_equals_the_one_on_the_same_host() -> None:
    twins = [LivePage("https://a.quillon.example/pricing"), LivePage("https://www.quillon.example/pricing")]
    found = suggest("https://www.quillon.example/pricing.php", (), twins)
    assert found is not None
    assert found.url == "https://www.quillon.example/pricing"


def test_hostile_addresses_and_anchors_suggest_nothing() -> None:
    assert suggest("https://quillon.example/%ff%00../..;x", ["\u202e" * 5_000, "a b " * 5_000], LIVE) is None
