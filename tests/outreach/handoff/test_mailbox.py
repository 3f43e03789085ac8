"""The mailbox against a real Dovecot: folders (A-09), letters (A-08), refusals (A-10, A-12)."""

import socket
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from mentions.exceptions import MailboxError, MailboxGone
from mentions.mailboxes import Imap
from mentions.outreach.handoff.folders import Folder, Use
from mentions.outreach.handoff.mailbox import Mailbox
from mentions.outreach.handoff.push import push
from mentions.outreach.handoff.records import Done, Left
from mentions.outreach.handoff.secrets import Secret, SecretKind, secret_of
from tests.outreach.building import NOW, SENDER
from tests.outreach.handoff.building import approved, lying_in
from tests.outreach.handoff.dovecot import PASSWORD, Dovecot

pytestmark = pytest.mark.service


def drafts_of(mailbox: Mailbox) -> Folder:
    folder = mailbox.folder(Use.DRAFTS)
    assert folder is not None
    return folder


def test_the_marked_folder_is_found_whatever_its_name_a09(open_mailbox: Callable[[], Mailbox]) -> None:
    mailbox = open_mailbox()
    assert (drafts_of(mailbox).name, drafts_of(mailbox).wire) == ("Entwürfe", b"Entw&APw-rfe")
    sent = mailbox.folder(Use.SENT)
    assert sent is not None
    assert sent.name == "Gesendet"


def test_without_marks_the_usual_names_are_known_a09(unmarked_dovecot: Dovecot, user: str, password: str) -> None:
    settings = unmarked_dovecot.settings(user)
    with Mailbox(settings, secret_of(settings)) as mailbox:
        assert drafts_of(mailbox).name == "Ablage/Brouillons"
        results = list(push(mailbox, [approved()], SENDER))
    assert [type(result) for result in results] == [Done]
    assert len(lying_in(settings)) == 1


def test_without_a_folder_for_drafts_nothing_is_put_anywhere_a09(
    draftless_dovecot: Dovecot, user: str, password: str
) -> None:
    settings = draftless_dovecot.settings(user)
    with (
        Mailbox(settings, secret_of(settings)) as mailbox,
        pytest.raises(MailboxError, match=r"no folder for drafts.*imap\.drafts_folder: “Ablage”, “INBOX”"),
    ):
        list(push(mailbox, [approved()], SENDER))
    for use in ("Ablage", "INBOX"):
        assert lying_in(draftless_dovecot.settings(user, drafts_folder=use)) == []


def test_a_folder_named_in_the_configuration_is_used(dovecot: Dovecot, user: str, password: str) -> None:
    settings = dovecot.settings(user, drafts_folder="gesendet")
    with Mailbox(settings, secret_of(settings)) as mailbox:
        assert drafts_of(mailbox).name == "Gesendet"
    missing = dovecot.settings(user, drafts_folder="Elsewhere")
    with Mailbox(missing, secret_of(missing)) as mailbox, pytest.raises(MailboxError, match="no folder for drafts"):
        list(push(mailbox, [approved()], SENDER))


@pytest.mark.parametrize("text", ["Über Öl", "日本の倉庫", "Robots 🤖 at work"])
def test_letters_of_every_script_come_back_a08(settings: Imap, text: str) -> None:
    with Mailbox(settings, secret_of(settings)) as mailbox:
        results = list(push(mailbox, [approved(subject=text, to_name=text, body=f"{text}\n\n{text}\n")], SENDER))
    assert [type(result) for result in results] == [Done]
    (message,) = lying_in(settings)
    assert message["Subject"] == text
    assert message["To"].addresses[0].display_name == text
    assert message.get_content().replace("\r\n", "\n") == f"{text}\n\n{text}\n"
    assert message["X-Unsent"] is None, "the flag says that it is a draft"
    assert message["Bcc"] is None


def test_it_is_marked_as_a_draft_and_its_number_is_kept(open_mailbox: Callable[[], Mailbox]) -> None:
    mailbox = open_mailbox()
    (done,) = push(mailbox, [approved()], SENDER)
    assert isinstance(done, Done)
    assert done.place is not None
    assert (done.place.folder, done.place.uid, done.place.uid_validity) == ("Entwürfe", 1, mailbox.uid_validity)
    mailbox.enter(drafts_of(mailbox))
    assert mailbox._search("DRAFT", "SEEN") == [1]
    assert mailbox.has(1)
    assert not mailbox.has(2)


@pytest.mark.parametrize("name", [b"a\r\nX1 LOGOUT", b"a\nX1 LOGOUT", b"a\x00b", b'a" LOGOUT\r'])
def test_a_folder_name_with_a_line_break_is_never_sent_a10(
    dovecot: Dovecot, open_mailbox: Callable[[], Mailbox], name: bytes
) -> None:
    before = dovecot.connections()
    mailbox = open_mailbox()
    with pytest.raises(MailboxError, match="line break"):
        mailbox.enter(Folder(name, "odd", "/", frozenset()))
    with pytest.raises(MailboxError, match="line break"):
        mailbox.put_draft(Folder(name, "odd", "/", frozenset()), b"x")
    mailbox.close()
    assert b"X1" not in dovecot.said_since(before)


def test_a_message_id_with_a_line_break_is_never_sent_a10(
    dovecot: Dovecot, open_mailbox: Callable[[], Mailbox]
) -> None:
    before = dovecot.connections()
    mailbox = open_mailbox()
    mailbox.enter(drafts_of(mailbox))
    for message_id in ("<a@b>\r\nX2 LOGOUT", '<a@b>"\nX2 LOGOUT'):
        with pytest.raises(MailboxError, match="line break"):
            mailbox.with_message_id(message_id)
    mailbox.close()
    assert b"X2" not in dovecot.said_since(before)


def test_a_wrong_password_is_said_without_it_a12(dovecot: Dovecot, user: str) -> None:
    secret = Secret(SecretKind.PASSWORD, "wrong" * 3)
    with pytest.raises(MailboxError, match=f"the mailbox {user} at 127.0.0.1 refused the password") as caught:
        Mailbox(dovecot.settings(user), secret)
    assert secret.value not in "".join(traceback.format_exception(caught.value))
    assert secret.value not in repr(secret)


def test_a_token_is_shown_as_xoauth2(dovecot: Dovecot, user: str) -> None:
    with Mailbox(dovecot.settings(user), Secret(SecretKind.TOKEN, PASSWORD)) as mailbox:
        assert mailbox.folder(Use.DRAFTS) is not None
    with pytest.raises(MailboxError, match=r"refused the token.*new enough"):
        Mailbox(dovecot.settings(user), Secret(SecretKind.TOKEN, "an-old-token"))


def test_starttls_is_spoken_before_the_password(dovecot: Dovecot, user: str) -> None:
    settings = dovecot.settings(user, security="starttls", port=dovecot.port)
    with Mailbox(settings, Secret(SecretKind.PASSWORD, PASSWORD)) as mailbox:
        assert mailbox.folder(Use.DRAFTS) is not None


def test_a_server_without_encryption_is_told_nothing_a12(open_dovecot: Dovecot, user: str) -> None:
    settings = open_dovecot.settings(user, security="starttls", port=open_dovecot.port)
    with pytest.raises(MailboxError, match="offers no encryption"):
        Mailbox(settings, Secret(SecretKind.PASSWORD, PASSWORD))
    settings = open_dovecot.settings(user, security="tls", port=open_dovecot.port)
    with pytest.raises(MailboxGone, match=f"the mailbox {user} at 127.0.0.1 cannot be reached"):
        Mailbox(settings, Secret(SecretKind.PASSWORD, PASSWORD))


def test_an_unknown_certificate_is_not_trusted_a12(dovecot: Dovecot, user: str) -> None:
    with pytest.raises(MailboxGone, match="certificate is not to be trusted"):
        Mailbox(dovecot.settings(user, ca_file=None), Secret(SecretKind.PASSWORD, PASSWORD))


def test_a_server_that_is_not_there_is_named_a12(dovecot: Dovecot, user: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings = dovecot.settings(user, port=taken.getsockname()[1])
        with pytest.raises(MailboxGone, match="cannot be reached: Connection refused"):
            Mailbox(settings, Secret(SecretKind.PASSWORD, PASSWORD))


@contextmanager
def cutting(port: int, *, at: bytes) -> Iterator[int]:
    """A line to the server that is cut as soon as these bytes are said; the port to connect to."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_pass_on, args=(listening, port, at), daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(timeout=60)


def _pass_on(listening: socket.socket, port: int, at: bytes) -> None:
    client, _ = listening.accept()
    with client, socket.create_connection(("127.0.0.1", port)) as server:
        back = threading.Thread(target=_copy, args=(server, client), daemon=True)
        back.start()
        heard = b""
        while (said := client.recv(65536)) and at not in (heard := heard[-len(at) :] + said):
            server.sendall(said)
        server.shutdown(socket.SHUT_RDWR)
        client.shutdown(socket.SHUT_RDWR)
        back.join(timeout=60)


def _copy(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
    except OSError:
        pass  # the line was cut, which is what this is for


@pytest.mark.parametrize("at", [b"APPEND", b"Message-ID: <mentions-8@quillon.example>"])
def test_a_server_that_goes_away_in_the_middle_leaves_the_rest_a12(open_dovecot: Dovecot, user: str, at: bytes) -> None:
    with cutting(open_dovecot.port, at=at) as port:
        settings = open_dovecot.settings(user, security="none", port=port)
        with Mailbox(settings, Secret(SecretKind.PASSWORD, PASSWORD)) as mailbox:
            results = list(push(mailbox, [approved(7), approved(8), approved(9)], SENDER))
    done = [result for result in results if isinstance(result, Done)]
    left = [result for result in results if isinstance(result, Left)]
    assert [each.approved.number for each in done] == ([] if at == b"APPEND" else [7])
    assert [each.approved.number for each in left] == ([7, 8, 9] if at == b"APPEND" else [8, 9])
    assert all(f"the mailbox {user} at 127.0.0.1" in each.why for each in left)
    assert PASSWORD not in "".join(each.why for each in left)


def test_what_was_sent_is_found_by_its_recipient_and_day(open_mailbox: Callable[[], Mailbox]) -> None:
    mailbox = open_mailbox()
    folder = mailbox.folder(Use.SENT)
    assert folder is not None
    mailbox.put_draft(folder, b"To: Jane <jane@courier.example>\r\nSubject: Hello\r\n\r\nText\r\n")
    mailbox.enter(folder)
    (found,) = mailbox.to_person("jane@courier.example", since=NOW.date() - timedelta(days=20_000))
    assert found.at is not None
    assert found.at.utcoffset() == timedelta(0)
    assert mailbox.to_person("other@courier.example", since=NOW.date() - timedelta(days=20_000)) == []
    assert mailbox.to_person("jane@courier.example", since=(found.at + timedelta(days=2)).date()) == []
