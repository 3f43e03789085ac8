"""A-16: this program cannot send mail. No mail library is imported, no mail port is reached."""

import ast
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import mentions
from mentions.outreach.drafts import render_draft
from mentions.outreach.eml import write_eml
from tests.outreach.building import CONTACT, NOW, PUBLISHER, SENDER, TARGET, draft, stored

PACKAGE = Path(mentions.__file__).parent
ROOMS = (PACKAGE, PACKAGE.parent / "spiders", PACKAGE.parent / "pipelines")
SENDERS = {"smtplib", "aiosmtplib", "smtpd", "imaplib", "poplib"}
MAIL_PORTS = {25, 465, 587, 2525}


def test_no_module_of_ours_imports_a_mail_library_a16() -> None:
    guilty = [
        f"{module}:{node.lineno}"
        for room in ROOMS
        for module in room.rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom) and _names(node) & SENDERS
    ]
    assert guilty == []


def _names(node: ast.Import | ast.ImportFrom) -> set[str]:
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    return {name.partition(".")[0] for name in names}


def test_drafting_loads_no_mail_library_either_a16() -> None:
    """Not through somebody else's module: in a fresh interpreter the whole outreach path leaves smtplib unloaded."""
    program = (
        "import pkgutil, sys, mentions.cli.drafts, mentions.outreach as outreach;"
        "[__import__(f'{room.__name__}.{module.name}') for room in (mentions.cli.drafts, outreach)"
        " for module in pkgutil.iter_modules(room.__path__)];"
        "print(sorted({'smtplib', 'aiosmtplib'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert result.stdout.strip() == "[]"


def test_drafting_opens_no_socket_a16(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, address: opened.append(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *where, **_more: opened.append(where))
    render_draft(stored(contact=CONTACT), TARGET, SENDER, PUBLISHER, now=NOW)
    write_eml(draft(), SENDER, tmp_path)
    assert opened == []


def test_no_mail_port_is_reached_by_default_a16() -> None:
    from mentions.config import Network

    assert not set(Network().ports) & MAIL_PORTS
