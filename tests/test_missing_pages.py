"""Pages that are not there although their server says so: told by their words and by where they lead (G-12)."""

import pytest

from mentions.analysis import analyse
from mentions.extraction import read_article
from mentions.findings import Verdict
from mentions.matching import compile_watchlist
from mentions.missing_pages import leads_back, says_missing
from mentions.pages import Page, PageState
from mentions.targets import Target
from tests.rechecking.building import START

URL = "https://courier.example/news/2026/cranes-stand-still"
FILLER = "The harbour board met on Tuesday to talk about the cranes that have stood still since the spring storms. " * 8
ACME = Target(name="Acme Robotics", domains=("acme.example",))


def page(title: str, text: str) -> Page:
    body = f"<!doctype html><html lang=en><title>{title}</title><article><h1>{title}</h1><p>{text}</p></article>"
    return Page(URL, body.encode())


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "Error 404 | Courier",
        "404 Not Found",
        "Page not found - The Daily Courier",
        "This article is no longer available",
        "The page you requested does not exist",
        "Seite nicht gefunden",
        "Dieser Artikel ist nicht mehr verfügbar",
        "Page introuvable",
        "Página no encontrada",
    ],
)
def test_an_error_page_says_so(title: str) -> None:
    assert says_missing(read_article(page(title, "Try our search.")))
    assert says_missing(read_article(page(title, FILLER))), "with teasers of other stories too"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Cranes stand still", FILLER),
        ("Missing sailor found after 404 days", FILLER),
        ("How 410 fishermen were counted", FILLER),
        ("Why so many pages vanish", f"{FILLER} A page that was removed answers with an error. {FILLER}"),
        ("Cranes stand still", "A short note on the harbour."),
    ],
)
def test_a_story_about_missing_things_is_none(title: str, text: str) -> None:
    assert not says_missing(read_article(page(title, text)))


@pytest.mark.parametrize(
    ("final", "back"),
    [
        ("https://courier.example/", True),
        ("https://www.courier.example/index.html", True),
        ("https://courier.example/en/", True),
        ("https://courier.example/news", True),
        ("https://courier.example/news/2026/", True),
        ("https://courier.example/news/2026/cranes-move-again", False),
        ("https://courier.example/archive/cranes-stand-still", False),
        ("https://courier.example/?id=7", False),
        ("https://other.example/", False),
    ],
)
def test_a_way_back_to_the_front_is_no_article(final: str, *, back: bool) -> None:
    assert leads_back(URL, final) is back


def test_only_pages_that_held_an_article_are_asked() -> None:
    watchlist = compile_watchlist([ACME])
    error = page("Page not found", "Try our search.")
    assert analyse(error, watchlist, now=START, expected=(ACME.name,)).state is PageState.SOFT_404
    assert analyse(error, watchlist, now=START).state is PageState.LIVE


def test_what_is_left_for_an_expected_target_is_told_with_its_links() -> None:
    watchlist = compile_watchlist([ACME])
    left = page(
        "Cranes stand still", f'{FILLER} The machines come from <a href="https://acme.example/">a maker</a>. {FILLER}'
    )
    analysis = analyse(left, watchlist, now=START, expected=(ACME.name, "Taken Out"))
    (unnamed,) = analysis.unnamed
    assert (unnamed.target, unnamed.verdict, len(unnamed.links), analysis.findings) == (
        ACME.name,
        Verdict.NOT_MENTIONED,
        1,
        (),
    )
