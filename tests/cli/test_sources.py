"""`mentions sources test` and `mentions publisher add`, as a person at a terminal sees them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mentions.cli import main
from mentions.config import load_config
from tests.crawling.newsweb import feed
from tests.hostile_web import Answer, Web

TARGET = '[[targets]]\nname = "Acme Robotics"\ndomains = ["acme.example"]\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mentions.toml").write_text(TARGET)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


def config(folder: Path, port: int, more: str = "") -> None:
    network = f'allow_private = ["127.0.0.0/8"]\nresolve = {{ "*" = "127.0.0.1" }}\nports = [{port}]\n'
    (folder / "mentions.toml").write_text(f"{more}{TARGET}[network]\n{network}")


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own: the reactor starts once."""
    return subprocess.run(
        [sys.executable, "-m", "mentions.cli", *command],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_a_list_is_shown_with_its_problems_and_how_to_declare_it(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "export.csv").write_text("URL,Title\nhttps://one.example/a,A story\nnot an address,x\n")
    assert main(["sources", "test", "export.csv"]) == 0
    out = capsys.readouterr().out
    assert "export.csv is a list of addresses" in out
    assert "1 page; without dates." in out
    assert "A story" in out
    assert "! line 3: 'not an address' is not a web address" in out
    assert '[[lists]]  file = "export.csv"' in out


def test_json_lines_hold_every_page(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "saved.xml").write_bytes(feed([f"https://one.example/{n}" for n in range(30)]).body)
    assert main(["sources", "test", "saved.xml", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == 30
    assert lines[0] == {
        "url": "https://one.example/0",
        "title": "Story https://one.example/0",
        "published": "2026-11-21T04:00:00+00:00",
        "modified": None,
        "known": None,
        "kind": "feed",
    }


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("empty.csv", b"", 1, "mentions: empty.csv: the list is empty"),
        ("words.txt", b"nothing of use\n", 1, "no column holds web addresses"),
        ("page.html", b"<html><body>" + b"<div>" * 100_000, 1, "must not be parsed"),
    ],
)
def test_what_cannot_be_read_says_why(
    here: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, code: int, says: str
) -> None:
    (here / name).write_bytes(content)
    assert main(["sources", "test", name]) == code
    assert says in capsys.readouterr().err


def test_a_file_that_is_not_there(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", "test", "one.example/feed"]) == 2
    assert "a web address starts with https://" in capsys.readouterr().err


def test_a_feed_is_fetched_as_a_crawl_would(here: Path) -> None:
    with Web({"/robots.txt": Answer(b"User-agent: *\nDisallow: /private\n"), "/all.rss": feed(["/a", "/b"])}) as web:
        config(here, web.port)
        good = run(here, "sources", "test", f"http://site.example:{web.port}/all.rss")
        closed = run(here, "sources", "test", f"http://site.example:{web.port}/private.rss")
        paths = [asked.path for asked in web.asked]
    assert good.returncode == 0, good.stderr
    assert "is a feed\n2 pages; from 2026-11-21 to 2026-11-21.\n" in good.stdout
    assert f'[[publishers]]  feeds = ["http://site.example:{web.port}/all.rss"]' in good.stdout
    assert closed.returncode == 5
    assert "robots.txt asks us not to fetch this page" in closed.stderr
    assert "/private.rss" not in paths


def test_a_publisher_is_added_once_and_nothing_is_overwritten(here: Path) -> None:
    page = (
        b"<html lang=en><head><title>The Site</title><link rel=alternate type=application/rss+xml href=/all.rss></head>"
    )
    with Web({"/": Answer(page), "/all.rss": feed(["/a", "/b"])}) as web:
        config(here, web.port)
        address = f"http://www.site.example:{web.port}/"
        shown = run(here, "publisher", "add", address, "--print")
        first = run(here, "publisher", "add", address)
        second = run(here, "publisher", "add", address)
        config(here, web.port, 'include = ["publishers/*.toml"]\n')
        third = run(here, "publisher", "add", address)
    path = here / "publishers" / "site.example.toml"
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout == path.read_text()
    assert first.returncode == 0, first.stderr
    assert "Wrote" in first.stdout
    assert 'now begins with  include = ["publishers/*.toml"]' in first.stdout
    assert second.returncode == 2
    assert "declared already" in second.stderr
    declared = load_config(here / "mentions.toml").publisher("site.example")
    assert declared is not None
    assert declared.feeds == (f"http://www.site.example:{web.port}/all.rss",)
    assert third.returncode == 2
    assert "declared already" in third.stderr


def test_who_includes_other_files_already_is_told_what_to_add(here: Path) -> None:
    page = (
        b"<html lang=en><head><title>The Site</title><link rel=alternate type=application/rss+xml href=/all.rss></head>"
    )
    (here / "more.toml").write_text(
        '[[publishers]]\nname = "P"\ndomain = "p.example"\nfeeds = ["https://p.example/f"]\n'
    )
    with Web({"/": Answer(page), "/all.rss": feed(["/a", "/b"])}) as web:
        config(here, web.port, 'include = ["more.toml"]\n')
        before = (here / "mentions.toml").read_bytes()
        address = f"http://www.site.example:{web.port}/"
        done = run(here, "publisher", "add", address)
        again = run(here, "publisher", "add", address)
    assert done.returncode == 0, done.stderr
    assert "It is not used yet" in done.stdout
    assert "or add it to its include" in done.stdout
    assert (here / "mentions.toml").read_bytes() == before
    assert again.returncode == 2
    assert "exists already, and nothing was changed" in again.stderr


@pytest.mark.parametrize("start", ["", "\ufeff# names\r\n"])
def test_the_line_that_includes_leaves_everything_else_as_it_was(tmp_path: Path, start: str) -> None:
    from mentions.cli.publisher import _included

    path, link = tmp_path / "real.toml", tmp_path / "mentions.toml"
    path.write_bytes((start + TARGET).encode())
    path.chmod(0o640)
    link.symlink_to(path)
    (tmp_path / "publishers").mkdir()
    declared = tmp_path / "publishers" / "p.toml"
    declared.write_text("[[publishers]]\nname = 3\n")
    assert not _included(link), "it would not load any more"
    assert path.read_bytes() == (start + TARGET).encode()
    declared.write_text('[[publishers]]\nname = "P"\ndomain = "p.example"\nfeeds = ["https://p.example/f"]\n')
    assert _included(link)
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    text = (start + TARGET).removeprefix("\ufeff").encode()
    assert path.read_bytes() == b'include = ["publishers/*.toml"]\n\n' + text
    assert load_config(link).publisher("p.example") is not None
    assert not _included(link), "once"


def test_a_site_that_wants_no_crawler_is_not_declared(here: Path) -> None:
    with Web({"/robots.txt": Answer(b"User-agent: *\nDisallow: /\n")}) as web:
        config(here, web.port)
        refused = run(here, "publisher", "add", f"http://site.example:{web.port}/")
    assert refused.returncode == 5
    assert "does not want to be crawled by us" in refused.stderr
    assert not (here / "publishers").exists()


def test_a_name_too_long_for_a_file_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", "test", "x" * 3000]) == 2
    assert "a web address starts with https://" in capsys.readouterr().err
