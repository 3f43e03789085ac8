"""What lies in Drafts and Sent, read as evidence of what was sent."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentions.outreach.handoff.sent import Answer, Email, is_this, read_email, report
from tests.outreach.building import NOW, PAGE
from tests.outreach.handoff.building import email, handed_off

LATER = NOW + timedelta(hours=5)
OURS = f"Dear Jane,\n\nthank you for {PAGE}.\n\nhttps://quillon.example/\n"


def seen(**changes: str) -> Email:
    return read_email(email(**({"text": OURS} | changes)), LATER)


def test_recipient_time_and_the_articles_address_say_that_it_was_sent() -> None:
    assert is_this(seen(Message_ID="<anew@thunderbird.example>"), handed_off().draft, since=NOW)


@pytest.mark.parametrize(
    "other",
    [
        seen(to="John <john@courier.example>"),
        seen(text="Dear Jane, lunch?"),
        replace(seen(), at=NOW - timedelta(days=1)),
    ],
)
def test_another_person_another_matter_or_another_time_do_not(other: Email) -> None:
    assert not is_this(other, handed_off().draft, since=NOW)


def test_our_own_message_id_is_enough() -> None:
    kept = seen(text="Rewritten.", to="someone@else.example", Message_ID="<mentions-7@quillon.example>")
    assert is_this(kept, handed_off().draft, since=NOW)


def test_clocks_may_differ_a_little() -> None:
    assert is_this(replace(seen(), at=NOW - timedelta(minutes=5)), handed_off().draft, since=NOW)
    assert is_this(replace(seen(), at=None), handed_off().draft, since=NOW), "a server that tells no time"


def test_an_address_in_html_or_broken_over_lines_is_found() -> None:
    half = len(PAGE) // 2
    assert is_this(seen(text=f"Dear Jane {PAGE[:half]}\n{PAGE[half:]}"), handed_off().draft, since=NOW)
    html = b'To: jane.doering@courier.example\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<a href="'
    page = "https://courier.example/a?x=1&y=2"
    each = handed_off()
    draft = replace(each.draft, finding=replace(each.draft.finding, page_url=page))
    found = read_email(html + page.replace("&", "&amp;").encode() + b'">it</a>', LATER)
    assert is_this(found, draft, since=NOW)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"To: =?x?q?\r\nContent-Type: text/plain; charset=no-such\r\n\r\n\xff\xfe",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n",
        b"To: a" + b"," * 5000,
    ],
)
def test_an_odd_email_is_read_as_far_as_it_goes(content: bytes) -> None:
    assert not is_this(read_email(content, LATER), handed_off().draft, since=NOW)


@given(content=st.binary(max_size=400), head=st.sampled_from([b"", b"To: ", b"Content-Type: text/", b"Subject: =?"]))
def test_no_bytes_are_too_odd(content: bytes, head: bytes) -> None:
    assert read_email(head + content, None).at is None


def test_gone_from_drafts_and_in_sent_is_sent() -> None:
    first, second = seen(Message_ID="<1@x.example>"), replace(seen(), at=LATER + timedelta(days=1))
    found = report(handed_off(), in_drafts=False, sent=[second, first], others=[handed_off()])
    assert (found.answer, found.at, found.message_id) == (Answer.SENT, LATER, "<1@x.example>")


def test_still_in_drafts_is_not_sent() -> None:
    assert report(handed_off(), in_drafts=True, sent=[], others=[]).answer is Answer.WAITING


def test_what_is_not_clear_is_asked() -> None:
    gone = report(handed_off(), in_drafts=False, sent=[], others=[])
    both = report(handed_off(), in_drafts=True, sent=[seen()], others=[])
    file = report(handed_off(), in_drafts=None, sent=[], others=[])
    assert [gone.answer, both.answer, file.answer] == [Answer.UNCLEAR] * 3
    assert "gone from Drafts" in gone.says
    assert "still there" in both.says
    assert "file or link" in file.says


def test_a_file_that_was_sent_is_found_as_well() -> None:
    assert report(handed_off(), in_drafts=None, sent=[seen()], others=[]).answer is Answer.SENT


def test_two_drafts_to_one_person_about_one_article_are_told_apart() -> None:
    mine, other = handed_off(7), handed_off(8, suggested_url="https://orbit.example/report")
    sent = [seen()]
    assert report(mine, in_drafts=False, sent=sent, others=[mine, other]).answer is Answer.SENT
    assert report(other, in_drafts=False, sent=sent, others=[mine, other]).answer is Answer.UNCLEAR
    both = [seen(text=OURS + "https://orbit.example/report")]
    assert report(mine, in_drafts=False, sent=both, others=[mine, other]).answer is Answer.UNCLEAR
