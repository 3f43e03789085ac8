"""The end-to-end truth: every page of the demo newsroom, judged alone and by the real nightly run, over real HTTP.

What must come out stands in mentions/demo/truth.toml. A nightly run is a process of its own, as a scheduler starts it.
"""

import signal
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mentions.analysis import Analysis, analyse
from mentions.browsers import find_browser
from mentions.config import Config, load_config
from mentions.demo.configuration import config_text, write_configuration
from mentions.demo.content import load_sites
from mentions.demo.newsroom import Newsroom, Request, serve
from mentions.demo.truth import NEVER_FETCHED, TARGETS, Truth, load_truth
from mentions.findings import Finding, Verdict
from mentions.matching import Watchlist, compile_watchlist
from mentions.pages import Page, PageState
from mentions.store import open_store
from mentions.store.records import StoredFinding
from mentions.urls import canonical_url
from tests.demo.conftest import ask
from tests.demo.known_gaps import EVERYWHERE, IN_THE_CRAWL
from tests.ports import free_port

TRUTHS = list(load_truth().values())
# So that the truth of the nights is one on every machine; what a browser changes has a test of its own.
WITHOUT_BROWSER = '\n[rendering]\nbrowser = "/nonexistent/browser"\n'


def cases(gaps: Mapping[str, str]) -> list[Any]:
    """Every page as a parameter; those with a known gap are expected to fail."""
    return [
        pytest.param(
            truth,
            id=truth.url,
            marks=[pytest.mark.xfail(reason=gaps[truth.url], strict=True, raises=AssertionError)]
            if truth.url in gaps
            else [],
        )
        for truth in TRUTHS
    ]


ELSEWHERE = "tidemark.example"  # a site that nobody declared: searches and lists name every article of it
SEARCHED = "alerts.example"  # the service that searches, and answers questions


def reached(truth: Truth) -> bool:
    """Does the nightly run get to this page? Announced by a publisher that is watched, or behind a redirect."""
    page = load_sites()[truth.host].page(truth.path)
    behind_redirect = any(other.location == truth.path for other in load_sites()[truth.host].pages)
    watched = f'domain = "{truth.host}"' in config_text(0) or truth.host == ELSEWHERE
    return bool(page and watched and (page.announced or behind_redirect)) and truth.crawl != NEVER_FETCHED


CRAWL_GAPS = {**{t.url: EVERYWHERE[t.url] for t in TRUTHS if t.url in EVERYWHERE and reached(t)}, **IN_THE_CRAWL}


def verdict_of(found: Verdict | None, state: PageState) -> Verdict:
    """The verdict on a target: where nothing was found, a page that could not be read still proves nothing."""
    if found is not None:
        return found
    return Verdict.NOT_MENTIONED if state is PageState.LIVE else Verdict.UNKNOWN


# ---- each page alone ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory, newsroom: Newsroom) -> Config:
    return load_config(write_configuration(tmp_path_factory.mktemp("alone"), newsroom.port))


@pytest.fixture(scope="module")
def watchlist(config: Config) -> Watchlist:
    return compile_watchlist(config.targets)


def analysed(truth: Truth, newsroom: Newsroom, config: Config, watchlist: Watchlist) -> Analysis:
    response, body = ask(newsroom, truth.host, truth.path)
    headers = {name.lower(): value for name, value in response.getheaders()}
    page = Page(newsroom.url(truth.host, truth.path), body, response.status, headers)
    return analyse(page, watchlist, now=datetime.now(UTC), publisher=config.publisher(truth.host))


@pytest.mark.parametrize("truth", cases(EVERYWHERE))
def test_a_page_alone(truth: Truth, newsroom: Newsroom, config: Config, watchlist: Watchlist) -> None:
    analysis = analysed(truth, newsroom, config, watchlist)
    findings = {finding.target: finding for finding, _ in analysis.findings}
    assert analysis.state is truth.state, analysis.reason
    expected = dict(truth.verdicts)
    if truth.unchecked and truth.lead:
        expected[truth.lead] = truth.unchecked  # nobody looked at our own pages here
    said = {t: verdict_of(findings[t].verdict if t in findings else None, analysis.state) for t in TARGETS}
    assert said == expected, [f.reasons for f in findings.values()]
    if truth.lead and truth.lead in findings:
        _check_the_lead(truth, findings[truth.lead])
        if truth.level:
            levels = {finding.target: assessment.level for finding, assessment in analysis.findings}
            assert levels[truth.lead] is truth.level


def _check_the_lead(truth: Truth, finding: Finding) -> None:
    if truth.zone:
        assert finding.lead
        assert finding.lead.zone is truth.zone
    if truth.says and not truth.unchecked:
        assert any(truth.says in reason for reason in finding.reasons), finding.reasons


def test_the_known_gaps_are_about_pages_that_exist() -> None:
    assert EVERYWHERE.keys() | IN_THE_CRAWL.keys() <= load_truth().keys()


# ---- the nightly run ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Night:
    """What one run left behind."""

    exit_code: int
    output: str
    states: Mapping[str, PageState | None]  # by page key; None: found and not fetched
    findings: Mapping[tuple[str, str], StoredFinding]  # by page URL and target
    drafts: frozenset[str]  # file names
    requests: tuple[Request, ...] = ()  # as the newsroom saw them, where the test could watch it


def run_night(folder: Path, *command: str, newsroom: Newsroom | None = None, until: str | None = None) -> Night:
    """Runs the command line in a process of its own, as a scheduler would: without a terminal.

    `until`: words after which a person would press Ctrl-C.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "mentions.cli", *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdout
        too_long = threading.Timer(600, process.kill)  # a run that hangs must not hang the tests
        too_long.start()
        output = ""
        for line in process.stdout:
            output += line
            if until and until in line:
                process.send_signal(signal.SIGINT)
        too_long.cancel()
    config = load_config(folder / "mentions.toml")
    store = open_store(config.store_url)
    findings = {(found.page_url, found.target): found for found in store.findings()}
    store.close()
    with closing(sqlite3.connect(folder / "mentions.db")) as database:
        rows = database.execute("SELECT key, state FROM page").fetchall()
    return Night(
        process.returncode,
        output,
        {key: PageState(state) if state else None for key, state in rows},
        findings,
        frozenset(path.name for path in config.drafts_folder.glob("*.eml")),
        tuple(newsroom.requests) if newsroom else (),
    )


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("nights") / "demo-run"


@pytest.fixture(scope="module")
def first_night(folder: Path, port: int) -> Night:
    """`mentions nightly`, on a newsroom that the tests can watch."""
    return _nightly(folder, port, WITHOUT_BROWSER)


def _nightly(folder: Path, port: int, more: str = "") -> Night:
    path = write_configuration(folder, port)
    path.write_text(path.read_text("utf-8") + more, encoding="utf-8")
    with serve(port) as watched:
        return run_night(folder, "nightly", "--config", str(folder / "mentions.toml"), newsroom=watched)


@pytest.fixture(scope="module")
def second_night(folder: Path, first_night: Night) -> Night:
    """`mentions demo --serve` with the folder as the first night left it."""
    assert first_night.exit_code == 0, first_night.output
    return run_night(folder, "demo", "--folder", str(folder), "--serve", until="stays open until Ctrl-C")


def test_the_night_ends_well(first_night: Night) -> None:
    assert first_night.exit_code == 0, first_night.output
    assert "Traceback" not in first_night.output
    assert "ancien-flux.rss: this is a web page, not a feed" in first_night.output


@pytest.mark.parametrize("truth", cases(CRAWL_GAPS))
def test_a_page_in_the_nightly_run(truth: Truth, first_night: Night, port: int) -> None:
    url = f"http://{truth.host}:{port}{truth.path}"
    key = canonical_url(url)
    if not reached(truth):
        assert first_night.states.get(key) is None
        return
    state = first_night.states[key]
    assert state is not None, "found and not fetched"
    assert state is (PageState(truth.crawl) if truth.crawl else truth.state)
    said = {}
    for target in TARGETS:
        found = next((f for (u, t), f in first_night.findings.items() if canonical_url(u) == key and t == target), None)
        said[target] = verdict_of(found.verdict if found else None, state)
        if truth.night and target == truth.lead:
            assert found
            assert found.level == truth.night, found.level_reasons
    if truth.crawl:
        assert set(said.values()) == {Verdict.UNKNOWN}
        return
    assert said == truth.verdicts


def test_a_draft_is_written_for_every_finding_worth_asking_about(first_night: Night) -> None:
    asked = [found for found in first_night.findings.values() if found.level in {"ask_now", "ask_after_fix"}]
    assert len(asked) >= 10
    assert len(first_night.drafts) == len(asked)
    assert {found.target for found in asked} == set(TARGETS)


def test_a_second_night_finds_nothing_new(first_night: Night, second_night: Night) -> None:
    """G-03: the same pages again write no new mention, no new draft, and lose nothing."""
    assert second_night.exit_code == 0, second_night.output
    assert second_night.findings.keys() == first_night.findings.keys()
    assert {f.id: f.verdict for f in second_night.findings.values()} == {
        f.id: f.verdict for f in first_night.findings.values()
    }
    assert second_night.drafts == first_night.drafts
    assert second_night.states == first_night.states
    assert "Nothing new" in second_night.output
    assert second_night.output.endswith("The newsroom is closed.\n")


def test_every_page_remembers_by_which_source_it_was_found(first_night: Night, folder: Path, port: int) -> None:
    """Each kind of source of the demo found something, and search, index and list found what only they know."""
    with closing(sqlite3.connect(folder / "mentions.db")) as database:
        rows = database.execute("SELECT key, source_kind, source_url, source_query FROM page").fetchall()
    kinds = {kind for _, kind, _, _ in rows if kind}
    assert kinds == {"feed", "news_sitemap", "sitemap", "listing", "crawl", "search", "gdelt", "list"}
    found = {key.rpartition("/")[2]: (kind, query) for key, kind, _, query in rows if ELSEWHERE in key}
    assert found == {
        "pump-station-open-day": ("search", "Kelvarra"),
        "flood-wardens-wanted": ("gdelt", "Rillwatch"),
        "ten-years-of-buckets": ("list", None),
    }
    assert ("lists/backlinks.csv",) in {(source,) for _, _, source, _ in rows}


def test_robots_txt_is_kept_to(first_night: Night) -> None:
    """F-01, seen from the sites: not one request to a path that a robots.txt closes."""
    asked = {(request.host, request.path) for request in first_night.requests}
    assert ("elmtalbote.example", "/robots.txt") in asked
    closed = [(host, path) for host, path in asked if host == "elmtalbote.example" and path.startswith("/intern/")]
    assert closed == []


def test_only_watched_sites_are_asked_and_no_page_twice(first_night: Night, config: Config) -> None:
    asked = Counter((request.host, request.path) for request in first_night.requests)
    watched = {publisher.domain for publisher in config.publishers} | {ELSEWHERE, SEARCHED}
    # Of our own sites it is asked whether the page is still there that a link leads to.
    ours = {host for target in config.targets for host in target.domains}
    assert {host for host, _ in asked} <= watched | ours
    # These are tried again in the same night, or looked at once more because an article links there.
    failing = {(truth.host, truth.path) for truth in TRUTHS if truth.state is PageState.ERROR}
    assert [page for page, times in asked.items() if times > 1 and page not in failing and page[0] not in ours] == []
    # A page of ours that seems to be gone is asked once more with GET: some servers answer 404 to every HEAD.
    assert asked["kelvarra.example", "/reports/flood-atlas-2023"] == 2


@pytest.mark.service
@pytest.mark.skipif(find_browser(None) is None, reason="no browser on this machine")
def test_a_page_drawn_by_scripts_comes_through_where_there_is_a_browser(tmp_path: Path, port: int) -> None:
    night = _nightly(tmp_path / "demo-run", port)
    drawn = [truth for truth in TRUTHS if truth.rendered]
    assert drawn
    for truth in drawn:
        key = canonical_url(f"http://{truth.host}:{port}{truth.path}")
        assert night.states[key] is PageState.LIVE, night.output
        said = {t: f.verdict for (u, t), f in night.findings.items() if canonical_url(u) == key}
        assert said == {truth.lead: truth.rendered}


def test_without_a_browser_the_night_says_what_to_install(first_night: Night) -> None:
    assert "no browser was found" in first_night.output
    assert "playwright install chromium" in first_night.output
    assert "drawn by scripts, and not rendered" in first_night.output


def test_a_page_of_ours_that_is_gone_is_said_at_the_end(first_night: Night, port: int) -> None:
    assert "a page of yours is gone" in first_night.output
