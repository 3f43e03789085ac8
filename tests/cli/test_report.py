"""`mentions report` and `mentions digest` as a person calls them."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mentions.cli import main
from mentions.store import Store, open_store
from mentions.store.records import RunState
from mentions.workflow import Decision, Move
from tests.store.building import ACME, COURIER, NIGHT, draft, finding, outcome

CONFIG = """
[[targets]]
name = "Acme Robotics"
domains = ["acme.example"]
"""
SINCE = ["--since", "all"]  # the night of these tests is a day of its own, whatever day it is when they run
NOW = NIGHT + timedelta(hours=1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mentions.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("mentions.cli.report.now", lambda: NOW)
    monkeypatch.setattr("mentions.cli.digest.now", lambda: NOW)
    return tmp_path


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """One night with two finds, about one of which somebody was asked."""
    store = open_store(f"sqlite:///{folder / 'mentions.db'}")
    store.register([ACME], [COURIER], NIGHT)
    run_id = store.start_run("nightly", NIGHT)
    store.save_outcomes(run_id, [outcome(1, finding()), outcome(2, finding())])
    number = store.to_draft(min_priority=0)[0].opportunity_id
    assert number is not None
    store.save_drafts([draft(number)])
    store.decide(number, Decision(Move.SENT), by="mara", now=NIGHT)
    store.finish_run(run_id, RunState.FINISHED, NOW, {}, {}, ())
    yield store
    store.close()


@pytest.mark.parametrize("width", ["80", "120"])
@pytest.mark.parametrize("by", ["target", "publisher", "template", "contact-role", "month"])
def test_a_report_fits_the_terminal(
    store: Store, by: str, width: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    assert main(["report", *SINCE, "--by", by]) == 0
    out = capsys.readouterr().out
    assert "2 of 2" in out
    assert "0 of 1" in out
    assert max(map(len, out.splitlines())) <= int(width)


def test_a_fresh_database_has_a_report_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report"]) == 0
    assert "Nobody was asked" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("form", "begins"), [("html", b"<!DOCTYPE html>"), ("csv", b"\xef\xbb\xbf"), ("json", b"{"), ("text", b"Reclaimed")]
)
def test_a_report_is_written_whole_to_a_file(
    store: Store, folder: Path, form: str, begins: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / f"out.{form}"
    assert main(["report", *SINCE, "--format", form, "-o", str(path)]) == 0
    assert path.read_bytes().startswith(begins)
    assert "written to" in capsys.readouterr().out
    assert [each.name for each in folder.glob(".out*")] == []


def test_a_report_for_programs_goes_to_the_standard_output(
    store: Store, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["report", *SINCE, "--format", "json"]) == 0
    said = json.loads(capfdbinary.readouterr().out)
    assert said["total"]["asked"]["asked"] == 1
    assert said["by"] == "target"


@pytest.mark.parametrize(
    "wrong", [["--since", "soon"], ["--until", "2026"], ["--since", "month", "--until", "2020-01-01"]]
)
def test_a_period_that_cannot_be_is_said_in_plain_words(
    folder: Path, wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", *wrong]) == 2
    assert "period" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_said(store: Store, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--format", "html", "-o", str(folder / "no" / "report.html")]) == 1
    assert "cannot write" in capsys.readouterr().err


def test_the_digest_of_the_last_run_is_shown_and_written(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["digest"]) == 0
    said = capsys.readouterr()
    assert "2 new to ask about" in said.out
    assert "Acme Robotics builds robots." in said.out
    assert "digest-run-1.html" in said.err
    assert (folder / "digests" / "digest-run-1.html").is_file()


def test_a_dry_run_writes_nothing(store: Store, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["digest", "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kind"] == "mentions.digest"
    assert not (folder / "digests").exists()


def test_a_digest_without_a_run_says_what_to_do(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["digest"]) == 0
    assert "mentions nightly" in capsys.readouterr().out
    assert main(["digest", "--run", "7"]) == 1
    assert "there is no run 7" in capsys.readouterr().err


def test_a_chat_that_is_not_told_makes_the_exit_code_partial(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TEST_SLACK_URL", raising=False)
    chat = '[digest]\nwebhooks = [{ kind = "slack", url_env = "TEST_SLACK_URL" }]\n'
    (folder / "mentions.toml").write_text(f"{CONFIG}\n{chat}", encoding="utf-8")
    assert main(["digest"]) == 3
    assert "TEST_SLACK_URL: the environment variable is not set" in capsys.readouterr().err
