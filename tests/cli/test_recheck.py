"""`mentions recheck`: what is due, what was asked for, and what came of it, in words."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mentions.cli import main
from mentions.rechecking.summary import looks_summary
from mentions.store import open_store
from tests.cli.test_scan import CONFIG
from tests.crawling.changing import HOST, Changing, tale
from tests.crawling.newsweb import LINKED, UNLINKED, lasting_config
from tests.hostile_web import Answer, Web
from tests.store.building import ACME, COURIER, draft, finding, outcome

AGO = datetime.now(UTC) - timedelta(days=3)


@pytest.fixture
def due(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three drafts that nobody has looked at for three days; somebody waits for the last one."""
    path = tmp_path / "mentions.toml"
    path.write_text(CONFIG, encoding="utf-8")
    monkeypatch.setenv("MENTIONS_CONFIG", str(path))
    monkeypatch.setenv("COLUMNS", "80")
    store = open_store(f"sqlite:///{tmp_path / 'mentions.db'}")
    store.register([ACME], [COURIER], AGO)
    run = store.start_run("nightly", AGO)
    store.save_outcomes(run, [outcome(number, finding(), at=AGO) for number in (1, 2, 3)])
    store.save_drafts([draft(number, at=AGO) for number in (1, 2, 3)])
    store.ask_for_look(3, by="kim", now=AGO)
    store.close()


@pytest.mark.usefixtures("due")
def test_what_is_due_is_listed_and_nothing_is_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recheck", "--due", "--limit", "2"]) == 0
    out = capsys.readouterr().out
    rows = [line.split() for line in out.splitlines() if "drafted" in line]
    assert [(row[0], row[2], row[3]) for row in rows] == [("3", "drafted", "unlinked"), ("1", "drafted", "unlinked")]
    assert rows[0][1] == "asked"
    assert "3 looks are due (1 more with --limit 3)" in out
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.usefixtures("due")
def test_only_what_was_asked_for_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recheck", "--due", "--asked", "--json"]) == 0
    [row] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (row["opportunity"], row["asked_by"], row["truth"], row["state"]) == (3, "kim", "unlinked", "drafted")


@pytest.mark.usefixtures("due")
def test_an_opportunity_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recheck", "--opportunity", "77"]) == 1
    assert "there is no opportunity 77" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("counts", "opening", "lines"),
    [
        ({}, "No article was due for another look.", []),
        ({"rechecks/looks": 1}, "Looked again at one article: nothing has changed.", []),
        (
            {"rechecks/looks": 1200, "rechecks/unseen": 3},
            "Looked again at 1,200 articles: nothing has changed where we could see it.",
            ["could not be seen this time; what was known of them still counts"],
        ),
        (
            {"rechecks/looks": 9, "rechecks/reclaimed": 2, "rechecks/link_lost": 1, "rechecks/page_gone": 1},
            "Looked again at 9 articles.",
            [
                "reclaimed: a link you asked for stands in the article",
                "lost: the link went away (seen twice, a day apart)",
                "gone: not there on three days",
            ],
        ),
    ],
)
def test_the_summary_in_words(counts: dict[str, int], opening: str, lines: list[str]) -> None:
    summary = looks_summary(counts)
    assert (summary.opening, [words for _, words in summary.lines]) == (opening, lines)


def test_a_whole_recheck_in_a_process_of_its_own(tmp_path: Path) -> None:
    news = Changing()
    path = news.page("/2026/11/20/cranes-stand-still", {0: tale(1, UNLINKED), 1: tale(1, LINKED)})
    undated = f"<rss version='2.0'><channel><item><link>{path}</link></item></channel></rss>"  # this runs on any day
    with Web(news.routes | {f"{HOST}/feed.xml": Answer(undated.encode(), content_type="application/rss+xml")}) as web:
        config = lasting_config(tmp_path, web.port)

        def run(*arguments: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [sys.executable, "-m", "mentions.cli", *arguments, "--config", str(config), "-q"],
                capture_output=True,
                text=True,
                env={**os.environ, "COLUMNS": "80"},
                check=False,
                timeout=600,
            )

        assert run("crawl").returncode == 0
        nothing = run("recheck")
        assert (nothing.returncode, nothing.stdout.strip()) == (0, "No article was due for another look.")
        news.day = 1
        found = run("recheck", "--opportunity", "1")
    assert found.returncode == 0, found.stderr
    assert "Looked again at one article." in found.stdout
    assert "1 × linked without being asked" in found.stdout
    assert "links to https://acme.example/" in found.stdout
    assert max(map(len, found.stdout.splitlines())) <= 80
