"""`mentions pages`: your own pages, those that are gone first."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mentions.cli import main
from mentions.destinations import Destination
from mentions.store import open_store
from tests.cli.test_scan import CONFIG

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
THERE = Destination("https://acme.example/", True, NOW, "https://acme.example/", 200)
MOVED = Destination("https://acme.example/a", True, NOW, "https://acme.example/b", 200)
UNSURE = Destination("https://acme.example/slow", True, NOW, problem="no answer in time", failures=1, failing_since=NOW)
GONE = Destination("https://acme.example/z", True, NOW, "https://acme.example/z", 404, "not found (HTTP 404)", 1, NOW)


@pytest.fixture(autouse=True)
def _configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mentions.toml"
    path.write_text(CONFIG, encoding="utf-8")
    monkeypatch.setenv("MENTIONS_CONFIG", str(path))
    monkeypatch.setenv("COLUMNS", "80")
    store = open_store(f"sqlite:///{tmp_path / 'mentions.db'}")
    store.save_destinations([THERE, MOVED, UNSURE, GONE])
    store.close()


def test_what_is_gone_stands_first_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pages"]) == 0
    out = capsys.readouterr().out
    lines = [line for line in out.splitlines() if "https://" in line]
    assert [line.split()[1] for line in lines if "leads" not in line] == ["gone", "unsure", "there", "there"]
    assert "leads to https://acme.example/b" in out
    assert "not found (HTTP 404)" in out
    assert "A redirect on your own site mends every link" in out
    assert max(map(len, out.splitlines())) <= 80


def test_only_the_dead_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pages", "--dead", "--json"]) == 0
    [row] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (row["url"], row["dead"], row["http_status"]) == (GONE.url, True, 404)
