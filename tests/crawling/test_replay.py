"""The real pages through the real crawl: what the crawl says of them is what `scan` says."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.local_web import LocalWeb, serving
from benchmarks.made_up import TARGETS, made_up_pages
from benchmarks.replay import by_site, replay_web, replayed, write_replay
from mentions.analysis import analyse
from mentions.archive import read_pages
from mentions.config import Config, load_config
from mentions.copies_of_pages import original_of
from mentions.exceptions import UnparsablePage
from mentions.extraction import read_article
from mentions.findings import Verdict
from mentions.matching import compile_watchlist
from mentions.pages import Page
from mentions.store import open_store
from mentions.urls import canonical_url
from tests.conftest import REPOSITORY

Pair = tuple[str, str]  # key of the page as replayed, target
Said = tuple[Verdict, str | None, str | None]  # verdict, the name as it stands there, its sentence


@contextmanager
def replayed_web(pages: list[Page], split: Path, folder: Path) -> Iterator[tuple[Path, LocalWeb]]:
    """A served replay and its configuration; the targets are those of `split`."""
    sites, now = by_site(pages), datetime.now(UTC)
    with serving(lambda port: replay_web(sites, port, now=now)) as (port, web):
        yield write_replay(split, folder, sites, port), web


def crawl(config: Path) -> str:
    """Runs `mentions crawl`; returns what it printed."""
    command = [sys.executable, "-m", "mentions.cli", "crawl", "--config", str(config)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False, cwd=REPOSITORY)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def stored(config: Config) -> dict[Pair, Said]:
    store = open_store(config.store_url)
    try:
        return {
            (canonical_url(finding.page_url), finding.target): (finding.verdict, finding.matched, finding.sentence)
            for finding in store.findings()
        }
    finally:
        store.close()


def scanned(pages: list[Page], config: Config, port: int) -> dict[Pair, Said]:
    """What `scan` says, under the address that the crawl knows a page by."""
    watchlist, now = compile_watchlist(config.targets), datetime.now(UTC)
    return {
        (canonical_url(replayed(page.url, port)), finding.target): (
            finding.verdict,
            finding.lead.matched if finding.lead else None,
            finding.lead.sentence if finding.lead else None,
        )
        for page in pages
        for finding, _ in analyse(page, watchlist, now=now).findings
    }


def copies(pages: list[Page], port: int) -> set[str]:
    """Keys of pages that name another page of their site as the original, which is not among the pages replayed.

    A crawl holds them until that page has been looked at; a scan has nothing to wait for.
    """
    found = set()
    for page in pages:
        with suppress(UnparsablePage):
            here = replayed(page.url, port)
            if original_of(here, read_article(page).metadata.canonical):
                found.add(canonical_url(here))
    return found


def compare(pages: list[Page], path: Path, web: LocalWeb) -> int:
    """Crawls and scans, and crawls once more; fails where they differ. Returns how many findings there are."""
    config = load_config(path)
    crawl(path)
    [port] = config.network.ports
    by_scan = scanned(pages, config, port)
    by_crawl = stored(config)
    held = copies(pages, port)
    assert len(held) <= len(pages) // 20
    differences = [
        [*pair, by_crawl.get(pair), by_scan.get(pair)]
        for pair in by_scan.keys() | by_crawl.keys()
        if by_crawl.get(pair) != by_scan.get(pair) and pair[0] not in held
    ]
    assert differences == [], json.dumps(differences, indent=1)
    asked = web.requests

    crawl(path)  # the next night, on unchanged pages
    assert stored(config) == by_crawl
    # robots.txt, feed and sitemap; no page again but those that wait for their original
    assert web.requests - asked <= 4 * len(config.publishers) + 2 * len(held)
    return len(by_crawl)


@pytest.mark.bench
def test_the_crawl_and_the_scan_say_the_same_of_every_real_page(bench: Path, tmp_path: Path) -> None:
    pages = list(read_pages(bench / "pages.warc.gz"))
    with replayed_web(pages, bench, tmp_path) as (path, web):
        assert compare(pages, path, web) > 1_000


def test_the_crawl_and_the_scan_say_the_same_of_made_up_pages(tmp_path: Path) -> None:
    (tmp_path / "split").mkdir()
    (tmp_path / "split" / "targets.toml").write_text(TARGETS)
    pages = list(made_up_pages(hosts=3, pages=60))
    with replayed_web(pages, tmp_path / "split", tmp_path) as (path, web):
        assert compare(pages, path, web) == 6
    assert len(web.pages) == 60
