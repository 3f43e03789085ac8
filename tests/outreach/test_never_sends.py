"""A-16: this program cannot send mail. No mail library is imported, no mail port is reached."""

import ast
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

import mentions
from mentions.cli import main
from mentions.mailboxes import Imap
from mentions.outreach.drafts import render_draft
from mentions.outreach.eml import write_eml
from tests.outreach.building import CONTACT, NOW, PUBLISHER, SENDER, TARGET, draft, stored
from tests.outreach.handoff.building import prepared

PACKAGE = Path(mentions.__file__).parent
ROOMS = (PACKAGE, PACKAGE.parent / "spiders", PACKAGE.parent / "pipelines")
SENDERS = {"smtplib", "aiosmtplib", "smtpd", "poplib", "imap_tools", "redmail", "yagmail"}
MAILBOX = PACKAGE / "outreach" / "handoff" / "mailbox.py"  # the one module that speaks IMAP, which cannot send
MAIL_PORTS = {25, 465, 587, 2525}


def test_no_module_of_ours_imports_a_mail_library_a16() -> None:
    guilty = [
        f"{module}:{node.lineno}"
        for room in ROOMS
        for module in room.rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and _names(node) & (SENDERS if module == MAILBOX else SENDERS | {"imaplib"})
    ]
    assert guilty == []


def test_no_program_that_sends_mail_is_named_a16() -> None:
    """Nor is a mail transfer agent started: no module of ours holds the name of one."""
    guilty = [
        module.name
        for room in ROOMS
        for module in room.rglob("*.py")
        if {"sendmail", "msmtp", "mutt", "mailx", "swaks"} & set(_strings(module))
    ]
    assert guilty == []


def _strings(module: Path) -> set[str]:
    nodes = ast.walk(ast.parse(module.read_text(encoding="utf-8")))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _names(node: ast.Import | ast.ImportFrom) -> set[str]:
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    return {name.partition(".")[0] for name in names}


def test_drafting_loads_no_mail_library_either_a16() -> None:
    """Not through somebody else's module: in a fresh interpreter the whole outreach path leaves smtplib unloaded."""
    program = (
        "import pkgutil, sys, mentions.cli.drafts, mentions.outreach as outreach, mentions.exports as exports;"
        "[__import__(module.name) for room in (mentions.cli.drafts, outreach, exports)"
        " for module in pkgutil.walk_packages(room.__path__, room.__name__ + '.')];"
        "assert 'mentions.outreach.handoff.mailbox' in sys.modules;"
        "print(sorted({'smtplib', 'aiosmtplib'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=600)
    assert result.stdout.strip() == "[]"


def test_drafting_opens_no_socket_a16(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, address: opened.append(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *where, **_more: opened.append(where))
    render_draft(stored(contact=CONTACT), TARGET, SENDER, PUBLISHER, now=NOW)
    write_eml(draft(), SENDER, tmp_path)
    assert opened == []


@pytest.mark.parametrize("way", ["eml", "zip", "mailto"])
def test_handing_off_opens_no_socket_a16(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, way: str) -> None:
    prepared(tmp_path, 2).close()
    opened: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, address: opened.append(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *where, **_more: opened.append(where))
    assert main(["drafts", "hand-off", "--to", way, "--config", str(tmp_path / "mentions.toml")]) == 0
    assert opened == []


def test_a_mailbox_at_a_port_for_sending_is_refused_a16() -> None:
    for port in MAIL_PORTS:
        with pytest.raises(ValidationError, match="for sending mail"):
            Imap(host="mail.acme.example", user="mara", password_env="PASSWORD", port=port)


def test_no_mail_port_is_reached_by_default_a16() -> None:
    from mentions.config import Network

    assert not set(Network().ports) & MAIL_PORTS
