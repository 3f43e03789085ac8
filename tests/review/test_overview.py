"""The desk's first page, runs and reports: a fresh database, a busy one, and hostile words in both."""

import json
from collections.abc import Mapping
from datetime import timedelta

import pytest

from mentions.config import Config
from mentions.phases import Phase, PhaseState
from mentions.review.desk import Desk
from mentions.store import Store
from mentions.store.records import RunState
from mentions.workflow import Decision, Move
from tests.review.conftest import NOW, Browser
from tests.review.finds import drafted
from tests.review.harmless import HOSTILE, harmful
from tests.review.staff import browser_at, logged_in, staffed

DAY = timedelta(days=1)


def a_run(
    store: Store,
    state: RunState = RunState.FINISHED,
    *,
    publishers: Mapping[str, Mapping[str, int]] | None = None,
    warnings: tuple[str, ...] = (),
) -> int:
    """A run of last night."""
    began = NOW - timedelta(hours=6)
    run_id = store.start_run("nightly", began)
    counts = {"pages/fetched": 1234, "opportunities/new": 3, "skipped/paywalled": 2}
    store.finish_run(run_id, state, began + timedelta(minutes=12), counts, publishers or {}, warnings)
    return run_id


@pytest.mark.parametrize("path", ["/", "/runs", "/reports", "/reports?since=all&by=month"])
def test_a_fresh_database_says_what_to_do(browser: Browser, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 200
    assert "mentions nightly" in answer.text or "No page that names us" in answer.text


def test_the_first_page_says_what_waits_and_what_is_new(browser: Browser, store: Store, config: Config) -> None:
    drafted(store, config, 3)
    shown = " ".join(browser.get("/").text.split())
    assert '<span class="tile-number">3</span> <span class="tile-words">wait for you</span>' in shown
    assert '<span class="tile-number">3</span> <span class="tile-words">new in the last run</span>' in shown
    assert '<span class="tile-number">0</span> <span class="tile-words">pages of yours gone</span>' in shown


def test_what_came_of_emails_stands_on_the_first_page(browser: Browser, store: Store, config: Config) -> None:
    first, second = drafted(store, config, 2)
    store.decide(first, Decision(Move.SENT, at=NOW - 5 * DAY), by="mara", now=NOW - 5 * DAY)
    store.decide(second, Decision(Move.SENT, at=NOW - 40 * DAY), by="mara", now=NOW - 40 * DAY)
    store.record_event("reclaimed", f"opportunity/{first}", {"truth": "qualified"}, NOW - DAY)
    shown = " ".join(browser.get("/").text.split())
    assert "<dt>Reclaimed after our email</dt><dd><strong>1</strong>" in shown
    assert "of these 1 nofollow" in shown
    assert "<svg" in shown
    assert 'role="img"' in shown


def test_publishers_that_failed_or_were_silent_are_named(browser: Browser, store: Store) -> None:
    a_run(
        store,
        RunState.PARTIAL,
        publishers={
            "courier.example": {"publishers/failed": 1},
            "quiet.example": {"publishers/unusual": 1, "pages/new": 2},
            "well.example": {"publishers/well": 1, "pages/new": 40},
        },
        warnings=("quiet.example: 2 new pages; in the runs before it was 40 in the middle",),
    )
    shown = " ".join(browser.get("/").text.split())
    assert "some publishers failed" in shown
    part = shown.partition("Publishers to look at")[2].partition("The last runs")[0]
    assert "The Daily Courier" in part
    assert "quiet.example" in part
    assert "well.example" not in part
    assert "1 warning of the last run" in part


def test_a_run_is_shown_with_its_phases_counts_and_warnings(browser: Browser, store: Store) -> None:
    run_id = a_run(store, warnings=("a page of yours is gone: https://quillon.example/old",))
    store.save_phases(run_id, [Phase("crawl", PhaseState.DONE, NOW, NOW + timedelta(minutes=3))])
    shown = browser.get(f"/runs/{run_id}").text
    for words in ("12 min 0 s", "find and judge new pages", "3 min 0 s", "a page of yours is gone", "behind a paywall"):
        assert words in shown
    assert "1,234" in shown


def test_runs_are_shown_a_page_at_a_time(browser: Browser, store: Store) -> None:
    for _ in range(30):
        a_run(store)
    first = browser.get("/runs").text
    assert first.count('href="/runs/') == 25
    assert "/runs?before=6" in first
    assert browser.get("/runs?before=6").text.count('href="/runs/') == 5


@pytest.mark.parametrize("path", ["/runs/999", "/runs/99999999999999999999"])
def test_a_run_that_is_not_there_is_not_found(browser: Browser, path: str) -> None:
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize("before", ["x", "-1", "0", "²", "99999999999999"])
def test_an_address_that_was_changed_by_hand_is_refused(browser: Browser, before: str) -> None:
    assert browser.get("/runs", params={"before": before}).status_code == 400


@pytest.mark.parametrize("by", ["target", "publisher", "template", "contact-role", "month"])
def test_a_report_is_shown_by_each_group(browser: Browser, store: Store, config: Config, by: str) -> None:
    (number,) = drafted(store, config)
    store.decide(number, Decision(Move.SENT, at=NOW - DAY), by="mara", now=NOW - DAY)
    shown = browser.get("/reports", params={"since": "all", "by": by}).text
    assert "Nobody was asked" not in shown
    assert "still open" in shown
    assert "What these figures cannot say" in shown


def test_a_period_that_cannot_be_is_said_beside_the_form(browser: Browser) -> None:
    answer = browser.get("/reports", params={"since": "last <week>"})
    assert answer.status_code == 400
    assert "is no period; write a day such as" in answer.text
    assert "<week>" not in answer.text
    assert browser.get("/reports", params={"by": "nothing"}).status_code == 400


@pytest.mark.parametrize(
    ("kind", "media_type"), [("html", "text/html"), ("csv", "text/csv"), ("json", "application/json")]
)
def test_a_report_is_downloaded_under_a_name_of_ours(browser: Browser, kind: str, media_type: str) -> None:
    answer = browser.get("/reports/download", params={"since": "month", "format": kind})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media_type)
    assert answer.headers["content-disposition"] == f'attachment; filename="report-2026-11-21-by-target.{kind}"'


def test_a_download_says_what_the_page_says(browser: Browser, store: Store, config: Config) -> None:
    drafted(store, config, 2)
    made = json.loads(browser.get("/reports/download", params={"since": "all", "format": "json"}).content)
    assert made["total"]["found"]["named"] == 2
    assert made["groups"][0]["group"] == "Quillon Robotics"


@pytest.mark.parametrize(("query", "words"), [("format=xml", "write one of"), ("format=csv&since=soon", "no period")])
def test_a_download_that_cannot_be_says_why(browser: Browser, query: str, words: str) -> None:
    answer = browser.get(f"/reports/download?{query}")
    assert answer.status_code == 400
    assert words in answer.text


def test_hostile_words_of_a_run_are_shown_and_do_nothing(browser: Browser, store: Store) -> None:
    """C-10: publishers' names, warnings and counts come from outside."""
    run_id = a_run(
        store,
        publishers={text: {"publishers/failed": 1} for text in HOSTILE.values()},
        warnings=tuple(HOSTILE.values()),
    )
    for path in ("/", "/runs", f"/runs/{run_id}"):
        shown = browser.get(path).text
        assert not harmful(shown), path


def test_whoever_may_look_sees_reports_and_nobody_else(desk: Desk) -> None:
    staffed(desk)
    paths = ("/", "/runs", "/reports", "/reports/download?format=csv")
    viewer = logged_in(desk, "vic")
    assert [viewer.get(path).status_code for path in paths] == [200] * len(paths)
    stranger = browser_at(desk)
    assert [stranger.get(path, follow_redirects=False).status_code for path in paths] == [303] * len(paths)


def test_what_happens_between_two_visits_is_seen_at_the_second(browser: Browser, store: Store, config: Config) -> None:
    (number,) = drafted(store, config)
    assert "<dt>Lost</dt><dd><strong>0</strong>" in browser.get("/").text
    store.record_event("link lost", f"opportunity/{number}", {"truth": "unlinked"}, NOW - DAY)
    assert "<dt>Lost</dt><dd><strong>1</strong>" in browser.get("/").text
