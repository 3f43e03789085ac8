"""`mentions pages`: your own pages, those that are gone first."""

import csv
import io
import json
from dataclasses import replace
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
    lines = [line for line in out.splitlines() if "https://acme" in line and "leads" not in line]
    assert [line.split()[1] for line in lines][:2] == ["gone", "unsure"]
    assert "→ moved" in out
    assert "leads to https://acme.example/b" in out
    assert "not found (HTTP 404)" in out
    assert "A redirect on your own site mends every link" in " ".join(out.split())
    assert "not known yet: mentions pages crawl" in out
    assert max(map(len, out.splitlines())) <= 80


def test_only_the_dead_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pages", "--dead", "--json"]) == 0
    [row] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (row["url"], row["dead"], row["http_status"]) == (GONE.url, True, 404)
    assert (row["state"], row["referring_domains"], row["site"]) == ("gone", 0, None)


def test_redirects_for_a_server_and_for_a_spreadsheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    live = Destination("https://acme.example/robots/2026", True, NOW, "https://acme.example/robots/2026", 200)
    lost = replace(GONE, url="https://acme.example/robots/2025")
    store = open_store(f"sqlite:///{tmp_path / 'mentions.db'}")
    store.save_destinations([live, lost])
    store.close()
    assert main(["pages", "redirects"]) == 0
    assert capsys.readouterr().err == "No page of yours that others link to is gone.\n"
    assert main(["pages", "redirects", "--all", "--format", "nginx"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[-1] == f'location = "/robots/2025" {{ return 301 "{live.url}"; }}'
    assert err == "2 pages are gone; for 1 no page of yours resembles it.\n"
    assert main(["pages", "redirects", "--all"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out.lstrip("\ufeff"))))
    assert [(row["lost_page"], row["suggested_page"]) for row in rows] == [(lost.url, live.url), (GONE.url, "")]
    assert rows[1]["why"] == "no page of yours resembles it"
