"""Mail servers for the tests of the hand-off: one for the session, each test its own user."""

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest

from mentions.mailboxes import Imap
from mentions.outreach.handoff.mailbox import Mailbox
from mentions.outreach.handoff.secrets import secret_of
from tests.outreach.handoff.dovecot import GERMAN, NEITHER, PASSWORD, UNMARKED, Dovecot, find_dovecot, start

_users = count(1)


def _running(folders: tuple[tuple[str, str], ...], *, tls: bool = True) -> Iterator[Dovecot]:
    if find_dovecot() is None or shutil.which("openssl") is None:
        pytest.skip("no Dovecot (or openssl) here: apt-get install dovecot-imapd openssl")
    folder = Path("/tmp") / f"mentions-dovecot-{uuid4().hex[:8]}"  # socket paths are limited to 107 bytes
    folder.mkdir()
    server, process = None, None
    try:
        server, process = start(folder, folders, tls=tls)
        yield server
    finally:
        if process is not None:
            process.terminate()
            process.wait(timeout=120)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A server whose folders are marked, with a German name."""
    yield from _running(GERMAN)


@pytest.fixture(scope="session")
def unmarked_dovecot() -> Iterator[Dovecot]:
    """A server that marks nothing; its folders have usual names."""
    yield from _running(UNMARKED)


@pytest.fixture(scope="session")
def draftless_dovecot() -> Iterator[Dovecot]:
    """A server without a folder for drafts."""
    yield from _running(NEITHER)


@pytest.fixture(scope="session")
def open_dovecot() -> Iterator[Dovecot]:
    """A server without TLS."""
    yield from _running(GERMAN, tls=False)


@pytest.fixture
def user() -> str:
    """A user whom no other test has."""
    return f"user{next(_users)}-{uuid4().hex[:6]}@quillon.example"


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> str:
    """The password, in the environment."""
    monkeypatch.setenv("MAIL_PASSWORD", PASSWORD)
    return PASSWORD


@pytest.fixture
def settings(dovecot: Dovecot, user: str, password: str) -> Imap:
    """[imap] for a user of this test."""
    return dovecot.settings(user)


@pytest.fixture
def open_mailbox(settings: Imap) -> Iterator[Callable[[], Mailbox]]:
    """Opens the mailbox of this test's user, as often as asked."""
    opened: list[Mailbox] = []

    def open_one() -> Mailbox:
        opened.append(Mailbox(settings, secret_of(settings)))
        return opened[-1]

    yield open_one
    for mailbox in opened:
        mailbox.close()
