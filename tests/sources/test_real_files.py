"""Real feeds and sitemaps of the web, read to a result that a person agrees with. Nothing of them is kept here."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mentions.exceptions import SourceError
from mentions.publishers import SourceKind
from mentions.sources.feeds import read_feed
from mentions.sources.recognising import recognise
from mentions.sources.searches import read_search
from mentions.sources.sitemaps import read_news_sitemap, read_sitemap

pytestmark = pytest.mark.bench


def _files(archive: Path, folder: str) -> Iterator[tuple[str, bytes]]:
    if not archive.is_file():
        pytest.skip(f"{archive.name} is not here")
    with tarfile.open(archive) as tar:
        for member in tar:
            opened = tar.extractfile(member) if member.isfile() and member.name.startswith(folder) else None
            if opened and not member.name.endswith("LICENSE"):
                yield member.name.rpartition("/")[2], opened.read()


def test_every_real_feed_is_read_or_refused_with_a_reason(bench: Path) -> None:
    announced, refused = {}, {}
    for name, body in _files(bench.parent.parent / "real-files" / "feeds.tar.xz", "feeds/"):
        try:
            announced[name] = read_feed(body, "https://feeds.example/all", None)
        except SourceError as error:
            refused[name] = str(error)
    assert set(refused) == {
        "iso-8859-1-meta-after-1024.html",
        "iso-8859-1.html",
        "utf8-meta-after-1024.html",
        "utf8.html",
        "unrecognized.rss",
    }
    assert sum(len(pages) for pages in announced.values()) > 1_400
    assert all(page.url.startswith("http") for pages in announced.values() for page in pages)
    assert all(page.published is None or page.published.tzinfo for pages in announced.values() for page in pages)


def test_every_real_sitemap_is_read(bench: Path) -> None:
    for name, body in _files(bench.parent.parent / "real-files" / "sitemaps.tar.xz", "sitemaps/sitemaps/"):
        found = read_news_sitemap(body, "https://sitemaps.example/sitemap.xml")
        assert found.pages or found.sitemaps, name


def test_robots_files_are_no_sitemaps_and_break_nothing(bench: Path) -> None:
    for _, body in _files(bench.parent.parent / "real-files" / "sitemaps.tar.xz", "sitemaps/robots/"):
        try:
            read_news_sitemap(body, "https://sitemaps.example/robots.txt")
        except SourceError as error:
            assert str(error)  # noqa: PT017 - either way is right; what counts is that nothing else is raised


def test_every_real_file_is_recognised_for_what_it_is(bench: Path) -> None:
    folder = bench.parent.parent / "real-files"
    feeds = {name: recognise(body) for name, body in _files(folder / "feeds.tar.xz", "feeds/")}
    odd = {name: kind for name, kind in feeds.items() if kind is not SourceKind.FEED}
    assert all(kind is SourceKind.LISTING for name, kind in odd.items() if name.endswith(".html"))
    assert {name for name in odd if not name.endswith(".html")} <= {"unrecognized.rss"}
    sitemaps = {name: recognise(body) for name, body in _files(folder / "sitemaps.tar.xz", "sitemaps/sitemaps/")}
    plain = {SourceKind.SITEMAP, SourceKind.NEWS_SITEMAP, SourceKind.FEED}  # one of them is an Atom feed in its place
    assert {name for name, kind in sitemaps.items() if kind not in plain} <= {
        "sitemap.txt",
        "sitemap.txt.gz",
        "sitemap-with-bom.txt",
        "do-not-visit.txt",
    }


def test_no_real_feed_of_a_publisher_is_taken_for_a_search(bench: Path) -> None:
    """Unwrapping changes only addresses that lead through a counter."""
    changed = {}
    for name, body in _files(bench.parent.parent / "real-files" / "feeds.tar.xz", "feeds/real/"):
        try:
            plain = {page.url for page in read_feed(body, "https://feeds.example/all")}
            searched = {page.url for page in read_search(body, "https://feeds.example/all")}
        except SourceError:
            continue
        changed[name] = searched - plain
    assert not any(changed.values())


def test_every_real_sitemap_is_read_as_a_plain_one_too(bench: Path) -> None:
    for name, body in _files(bench.parent.parent / "real-files" / "sitemaps.tar.xz", "sitemaps/sitemaps/"):
        all_pages = read_news_sitemap(body, "https://sitemaps.example/sitemap.xml")
        articles = read_sitemap(body, "https://sitemaps.example/sitemap.xml")
        assert articles.sitemaps == all_pages.sitemaps, name
        assert {page.url for page in articles.pages} <= {page.url for page in all_pages.pages}, name
