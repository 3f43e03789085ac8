"""The .eml file: exact headers whatever the web wrote (A-01 … A-08), repeatable bytes, whole files."""

from dataclasses import replace
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentions.exceptions import DraftError
from mentions.outreach.eml import as_eml, file_name, write_all, write_eml
from mentions.store.records import StoredDraft
from tests.outreach.building import SENDER, draft, stored

Q_PAYLOAD = "=?utf-8?q?Hi=0D=0ABcc:_evil@x.example?="
B_PAYLOAD = "=?utf-8?b?SGkNCkJjYzogZXZpbEB4LmV4YW1wbGU=?="
BODY_PAYLOAD = "=?us-ascii?q?Hi=0D=0A=0D=0A<html>?="
HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "X-Unsent",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
]


def parsed(stored_draft: StoredDraft) -> EmailMessage:
    """What a mail program makes of the file."""
    message = BytesParser(policy=default).parsebytes(as_eml(stored_draft, SENDER))
    assert isinstance(message, EmailMessage)
    return message


def text_of(message: EmailMessage) -> str:
    """The body with the line ends of this system."""
    content = message.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")


def test_the_headers_stand_in_their_order() -> None:
    message = parsed(draft())
    assert list(message.keys()) == HEADERS
    assert message["X-Unsent"] == "1"
    assert message["Message-ID"] == "<mentions-1@quillon.example>"
    assert str(message["Content-Type"]) == 'text/plain; charset="utf-8"'
    assert message["Content-Transfer-Encoding"] == "quoted-printable"
    assert message["Date"].datetime == draft().draft.rendered_at


def test_a_follow_up_answers_the_email_before_it() -> None:
    message = parsed(draft(follow_up=1, in_reply_to="<sent-by-thunderbird@quillon.example>"))
    assert list(message.keys()) == [*HEADERS[:5], "In-Reply-To", "References", *HEADERS[5:]]
    assert message["In-Reply-To"] == message["References"] == "<sent-by-thunderbird@quillon.example>"


@pytest.mark.parametrize("unknown", [None, "", "x", "<a@b.example>\r\nBcc: c@d.example", "<a@b.example> <c@d.example>"])
def test_an_odd_message_id_before_it_is_left_out(unknown: str | None) -> None:
    assert list(parsed(draft(follow_up=1, in_reply_to=unknown)).keys()) == HEADERS


def test_in_a_mailbox_the_flag_says_that_it_is_a_draft() -> None:
    content = as_eml(draft(), SENDER, in_mailbox=True)
    assert b"X-Unsent" not in content
    assert content == as_eml(draft(), SENDER).replace(b"X-Unsent: 1\r\n", b"")


def test_without_an_address_there_is_no_recipient() -> None:
    assert list(parsed(draft(to_address=None)).keys()) == [name for name in HEADERS if name != "To"]


@pytest.mark.parametrize("payload", [Q_PAYLOAD, B_PAYLOAD, BODY_PAYLOAD, f"Zoë {Q_PAYLOAD} Ü"])
def test_an_encoded_word_in_the_subject_stays_text_a01(payload: str) -> None:
    message = parsed(draft(subject=f"About {payload}"))
    assert list(message.keys()) == HEADERS
    assert message["Bcc"] is None
    assert "Bcc" not in "".join(str(value) for name, value in message.items() if name != "Subject")


@pytest.mark.parametrize("payload", [Q_PAYLOAD, B_PAYLOAD, f"Zoë {B_PAYLOAD}"])
def test_an_encoded_word_in_a_name_stays_text_a02(payload: str) -> None:
    message = parsed(draft(to_name=payload))
    assert list(message.keys()) == HEADERS
    assert [address.addr_spec for address in message["To"].addresses] == ["jane.doering@courier.example"]


def test_an_encoded_word_leaves_the_body_unchanged_a03() -> None:
    body = f"Thank you for “{BODY_PAYLOAD}”.\n\n{Q_PAYLOAD}\n"
    message = parsed(draft(subject=BODY_PAYLOAD, body=body))
    assert text_of(message) == body


@pytest.mark.parametrize("mark", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x00", "\x1b[31m"])
def test_a_line_break_in_subject_or_name_becomes_a_space_a04(mark: str) -> None:
    message = parsed(draft(subject=f"One{mark}Bcc: evil@x.example", to_name=f"Jane{mark}Doering"))
    assert list(message.keys()) == HEADERS
    assert str(message["Subject"]).startswith("One ")
    assert len(str(message["Subject"]).splitlines()) == 1
    assert len(message["To"].addresses) == 1


@pytest.mark.parametrize(
    "name", ['A" <evil@x.example>, "B', "evil@x.example,", "A; B: C", "\\", 'a\\"b', "<evil@x.example>", "(comment)"]
)
def test_a_name_never_becomes_a_recipient_a05(name: str) -> None:
    message = parsed(draft(to_name=name))
    assert [address.addr_spec for address in message["To"].addresses] == ["jane.doering@courier.example"]


@pytest.mark.parametrize(
    "address",
    ["a@b.example, evil@x.example", "a@b.com\nBcc: c", "=cmd|'@x.com", "user@localhost", "icon@2x.png", "a@b.c\x00d"],
)
def test_a_bad_address_is_refused_with_its_reason_a06(address: str) -> None:
    with pytest.raises(DraftError, match="recipient's address is refused"):
        as_eml(draft(to_address=address), SENDER)


def test_one_bad_draft_stops_no_other_a07(tmp_path: Path) -> None:
    drafts = [draft(opportunity_id=number) for number in range(1, 101)]
    drafts[40] = draft(opportunity_id=41, to_address="a@b.example, evil@x.example")
    written = write_all(drafts, SENDER, tmp_path)
    assert len(written.files) == 99
    assert len(list(tmp_path.iterdir())) == 99
    assert [(bad.draft.opportunity_id, "refused" in why) for bad, why in written.refused] == [(41, True)]


@pytest.mark.parametrize("text", ["Über Öl", "日本の倉庫", "Robots 🤖 at work", "Zoë O’Neill", "x" * 300, "نص عربي"])
def test_letters_of_every_script_come_back_a08(text: str) -> None:
    message = parsed(draft(subject=text, to_name=text, body=f"{text}\n\n{text}\n"))
    assert str(message["Subject"]) == text
    assert message["To"].addresses[0].display_name == text
    assert text_of(message) == f"{text}\n\n{text}\n"


@pytest.mark.parametrize("message_id", ["x", "<a@b>\r\nBcc: c@d.example", "<a b@c.example>", "", "<>"])
def test_a_message_id_is_one_identifier_a10(message_id: str) -> None:
    with pytest.raises(DraftError, match="Message-ID"):
        as_eml(replace(draft(), message_id=message_id), SENDER)


def test_lines_end_in_crlf_and_are_short_and_ascii() -> None:
    content = as_eml(draft(body="Ü" * 500 + "\n.\nFrom here\n"), SENDER)
    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 78


@given(subject=st.text(max_size=120), name=st.text(max_size=60), body=st.text(max_size=300))
def test_whatever_the_texts_the_headers_are_ours(subject: str, name: str, body: str) -> None:
    try:
        content = as_eml(draft(subject=subject, to_name=name, body=body), SENDER)
    except DraftError:
        return
    message = BytesParser(policy=default).parsebytes(content)
    assert list(message.keys()) == HEADERS
    assert len(message["To"].addresses) == 1


def test_writing_twice_gives_the_same_file(tmp_path: Path) -> None:
    first = write_eml(draft(), SENDER, tmp_path / "drafts")
    before = (first.read_bytes(), first.stat().st_mtime_ns)
    second = write_eml(draft(), SENDER, tmp_path / "drafts")
    assert first == second
    assert (second.read_bytes(), second.stat().st_mtime_ns) == before
    assert [path.name for path in first.parent.iterdir()] == ["0007-courier.example.eml"]


def test_a_changed_draft_replaces_its_file(tmp_path: Path) -> None:
    path = write_eml(draft(), SENDER, tmp_path)
    write_eml(draft(subject="Another subject"), SENDER, tmp_path)
    assert b"Subject: Another subject\r\n" in path.read_bytes()
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("publisher", "name"),
    [
        ("courier.example", "0007-courier.example.eml"),
        ("../../etc/passwd", "0007-etc-passwd.eml"),
        ("", "0007-publisher.eml"),
        ("CON", "0007-con.eml"),
        ("a" * 300, f"0007-{'a' * 80}.eml"),
    ],
)
def test_a_file_name_is_ours(publisher: str, name: str) -> None:
    assert file_name(draft(stored(publisher=publisher))) == name


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "drafts"
    in_the_way.write_text("a file")
    with pytest.raises(DraftError, match="cannot be written"):
        write_eml(draft(), SENDER, in_the_way)
