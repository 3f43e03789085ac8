"""What a whole night leaves behind about people: addresses where drafts need them, none in the history or the log."""

import logging
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from mentions.cli import main
from mentions.demo.configuration import write_configuration
from mentions.demo.newsroom import serve
from mentions.redaction import ADDRESS, Redacting

WITHOUT_BROWSER = '\n[rendering]\nbrowser = "/nonexistent/browser"\n'
HISTORY = ("event", "run", "check", "suppression")  # what is kept for good


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a nightly run over the demo newsroom, and everything it said."""
    folder = tmp_path_factory.mktemp("privacy") / "demo-run"
    with serve(0) as newsroom:
        config = write_configuration(folder, newsroom.port)
        config.write_text(config.read_text("utf-8") + WITHOUT_BROWSER, encoding="utf-8")
        run = subprocess.run(
            [sys.executable, "-m", "mentions.cli", "nightly", "--config", str(config)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=600,
            check=True,
        )
    return folder, run.stdout


def rows(folder: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "mentions.db")) as database:
        return database.execute(f'SELECT * FROM "{table}"').fetchall()


def somebody(folder: Path) -> str:
    """The recipient of one of the drafts."""
    with closing(sqlite3.connect(folder / "mentions.db")) as database:
        found = database.execute("SELECT to_address FROM draft WHERE to_address IS NOT NULL ORDER BY id").fetchone()
    assert found, "the demo newsroom publishes addresses"
    return str(found[0])


def test_the_history_and_the_log_hold_no_address(night: tuple[Path, str]) -> None:
    folder, said = night
    assert somebody(folder)
    for command in (["suppress", "add", "nobody@gazette.example"], ["drafts", "skip", "1", "--reason", "x@y.example"]):
        assert main([*command, "--config", str(folder / "mentions.toml")]) == 0
    for table in HISTORY:
        assert [row for row in rows(folder, table) if ADDRESS.search(str(row))] == [], table
    assert ADDRESS.findall(said) == []


def test_somebody_of_the_demo_is_erased_from_everything(
    night: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """E-04 on what a real night left: database file, drafts folder, exports."""
    folder, _ = night
    config = ["--config", str(folder / "mentions.toml")]
    address = somebody(folder)
    assert main(["contacts", "erase", address, "--yes", *config]) == 0
    for form in ("csv", "jsonl"):
        assert main(["export", "reclaim", "--format", form, "-o", str(folder / f"list.{form}"), *config]) == 0
    capsys.readouterr()
    holding = [path.name for path in folder.rglob("*") if path.is_file() and address.encode() in path.read_bytes()]
    assert holding == []
    assert main(["contacts", "export", address, *config]) == 1


def test_the_log_shows_no_address(caplog: pytest.LogCaptureFixture) -> None:
    record = logging.LogRecord("mentions", logging.WARNING, "", 0, "no draft for %s", ("jane@courier.example",), None)
    assert Redacting().filter(record)
    assert record.getMessage() == "no draft for (address)"
