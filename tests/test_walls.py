"""The walls of the house: which room may import which. ruff keeps the outer ones, this file the inner ones."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "mentions"

# Rooms whose modules decide something; they know no store, no crawler, no command line, no desk.
PURE = (
    "extraction",
    "matching",
    "sources",
    "links.py",
    "urls.py",
    "verdicts.py",
    "findings.py",
    "targets.py",
    "pages.py",
    "opportunities.py",
    "analysis.py",
    "archive.py",
    "publishers.py",
)
FORBIDDEN_TO_PURE = (
    "mentions.store",
    "mentions.crawling",
    "mentions.cli",
    "mentions.review",
    "mentions.outreach",
    "mentions.exports",
    "mentions.config",
)


# Whom a page lets us write to is part of how much a finding is worth; the function knows only the article.
PURE_TOO = ("mentions.outreach.contacts",)


def modules(room: str) -> Iterator[Path]:
    place = PACKAGE / room
    yield from place.rglob("*.py") if place.is_dir() else [place]


def imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("room", PURE)
def test_rooms_that_decide_know_no_store_no_crawler_no_screen(room: str) -> None:
    assert (PACKAGE / room).exists()
    for module in modules(room):
        bad = [name for name in imports(module) if name.startswith(FORBIDDEN_TO_PURE) and name not in PURE_TOO]
        assert not bad, f"{module.relative_to(ROOT)} imports {bad}"


def test_the_page_about_the_house_names_every_room_and_none_that_is_gone() -> None:
    page = (ROOT / "docs" / "reference" / "architecture.md").read_text(encoding="utf-8")
    rooms = page[page.index("| Room |") : page.index("The outer walls")]
    named = {
        name for line in rooms.strip().splitlines() for name in re.findall(r"`([\w/]+(?:/|\.py))`", line.split("|")[1])
    }
    places = {name: next((at for at in (ROOT / name, PACKAGE / name) if at.exists()), None) for name in named}
    assert [name for name, place in places.items() if place is None] == []
    assert {path.parent for path in PACKAGE.glob("*/__init__.py")} <= set(places.values())


def test_nothing_reads_the_clock_in_a_room_that_decides() -> None:
    for room in PURE:
        for module in modules(room):
            source = module.read_text(encoding="utf-8")
            assert "datetime.now(" not in source, module
            assert "time.time(" not in source, module


@pytest.mark.parametrize("name", ["scrapy", "twisted.internet", "sqlalchemy", "starlette", "smtplib"])
def test_lint_refuses_an_import_through_a_wall(name: str, tmp_path: Path) -> None:
    probe = PACKAGE / "extraction" / "probe.py"
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", "--stdin-filename", str(probe), "-"],
        input=f'"""Probe."""\n\nimport {name}\n\nprint({name})\n',
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert "TID251" in done.stdout
