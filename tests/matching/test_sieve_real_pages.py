"""On real pages, no page with a candidate is skipped: the 390 labelled pages with their targets and invented names."""

from pathlib import Path

import pytest

from benchmarks.scan_names import targets_of
from mentions.archive import read_pages
from mentions.config import load_config
from mentions.exceptions import UnparsablePage
from mentions.extraction import read_article
from mentions.matching import compile_watchlist
from mentions.pages import Page
from mentions.targets import Target

Read = list[tuple[Page, str]]


@pytest.fixture(scope="module")
def read(request: pytest.FixtureRequest) -> Read:
    bench: Path = request.getfixturevalue("bench")
    pages = []
    for page in read_pages(bench / "pages.warc.gz"):
        try:
            pages.append((page, read_article(page).text))
        except UnparsablePage:
            continue
    return pages


def skipped_in_error(read: Read, targets: tuple[Target, ...], way: str) -> list[str]:
    watchlist = compile_watchlist(targets)
    may_match = getattr(watchlist.prefilter, way)
    return [page.url for page, text in read if watchlist.candidates(text) and not may_match(page.body)]


@pytest.mark.bench
@pytest.mark.parametrize("way", ["by_words"])
def test_no_page_that_names_one_of_its_targets_is_skipped(read: Read, bench: Path, way: str) -> None:
    assert skipped_in_error(read, load_config(bench / "targets.toml").targets, way) == []


@pytest.mark.bench
def test_no_page_is_skipped_among_thousands_of_names(read: Read) -> None:
    assert skipped_in_error(read, targets_of(3000), "by_words") == []


@pytest.mark.bench
@pytest.mark.parametrize("nth", range(0, 54, 9))
def test_no_page_is_skipped_for_a_few_names(read: Read, nth: int) -> None:
    targets = targets_of(300)[nth : nth + 9]
    for way in ("by_patterns", "by_words"):
        assert skipped_in_error(read, targets, way) == []
