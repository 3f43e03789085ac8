"""`mentions check`: one page, its evidence, as words and as JSON; hostile pages are shown, never obeyed."""

import json
from pathlib import Path
from typing import Any

import pytest

from mentions.cli import main
from mentions.cli.words import clean
from mentions.crawling import fetch
from mentions.exceptions import FetchError
from mentions.pages import Page
from tests.cli.test_scan import CONFIG, html

PAGE = html('Acmetrics counted them, see <a href="//www.acmetrics.example/count" rel="nofollow">the count</a>.')


@pytest.fixture(autouse=True)
def _configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mentions.toml"
    path.write_text(CONFIG, encoding="utf-8")
    monkeypatch.setenv("MENTIONS_CONFIG", str(path))
    monkeypatch.setenv("COLUMNS", "160")


def saved(folder: Path, body: bytes = PAGE) -> str:
    path = folder / "page.html"
    path.write_bytes(body)
    return str(path)


def test_the_evidence_is_shown_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", saved(tmp_path), "--url", "https://courier.example/1"]) == 0
    out = capsys.readouterr().out
    for words in (
        "Robots counted",
        "https://courier.example/1",
        "Acmetrics  qualified",
        "»Acmetrics« counted them, see the count.",
        "body",
        "→ https://www.acmetrics.example/count",
        "rel=nofollow",
        "“the count”",
        "passes no weight",
        "Not named on this page: Globexia",
    ):
        assert words in out


def test_json_has_a_finding_for_each_target(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", saved(tmp_path), "--url", "https://courier.example/1", "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(f["target"], f["verdict"]) for f in found] == [("Acmetrics", "qualified"), ("Globexia", "not_mentioned")]


def test_only_the_chosen_targets_are_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", saved(tmp_path), "--target", "Globexia", "--json"]) == 0
    assert [json.loads(line)["target"] for line in capsys.readouterr().out.splitlines()] == ["Globexia"]
    assert main(["check", saved(tmp_path), "--target", "Nobody"]) == 2


@pytest.mark.parametrize(
    "head",
    [
        b'<link rel="canonical" href="https://www.acmetrics.example/news">',
        b'<meta property="og:url" content="https://www.acmetrics.example/news">',
        b"<!-- saved from url=(0034)https://www.acmetrics.example/news -->",
    ],
)
def test_a_saved_page_says_itself_where_it_came_from(
    tmp_path: Path, head: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", saved(tmp_path, head + PAGE), "--json"]) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (first["url"], first["verdict"]) == ("https://www.acmetrics.example/news", "own_page")


def test_an_address_is_fetched_as_a_crawl_would(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fetch, "fetch_one", lambda url, config, render: Page(f"{url}/moved", PAGE))
    assert main(["check", "https://courier.example/1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["url"] == "https://courier.example/1/moved"


def test_a_page_that_cannot_be_fetched_is_unknown_and_never_unlinked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(url: str, config: Any, *, render: bool) -> Page:
        raise FetchError(f"{url}: robots.txt asks us not to fetch it")

    monkeypatch.setattr(fetch, "fetch_one", refused)
    assert main(["check", "https://courier.example/1", "--json"]) == 5
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [f["verdict"] for f in found] == ["unknown", "unknown"]
    assert "robots.txt asks us" in found[0]["reasons"][0]


@pytest.mark.parametrize(
    "arguments",
    [["missing.html"], ["pages.warc.gz"], ["--url", "courier.example", "page.html"], ["https://[broken"]],
)  # fmt: skip
def test_what_is_no_page_is_exit_code_2_with_a_hint(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *arguments]) == 2
    assert len(capsys.readouterr().err.strip()) > 20


def test_an_empty_page_is_judged_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", saved(tmp_path, b""), "--json"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_a_hostile_page_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """C-09 for the terminal."""
    nasty = html(
        'Acmetrics \x1b[2J\x1b]0;pwned\x07 [red]counted[/] \u202edewols\u202c <a href="https://acmetrics.example/">x</a>'
    )
    assert main(["check", saved(tmp_path, nasty)]) == 0
    out = capsys.readouterr().out
    assert "\x1b[2J" not in out
    assert "\u202e" not in out
    assert "[red]counted[/]" in out


def test_cleaning_keeps_words_and_drops_controls() -> None:
    assert clean("a\x00b\u202e c\u2028d\te") == "a b c d e"
    assert clean("Ümläute 日本 — “ok”") == "Ümläute 日本 — “ok”"


def test_a_file_is_not_rendered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", saved(tmp_path), "--render"]) == 2
    assert "--render needs a web address" in capsys.readouterr().err
