"""Mail links: encoded, short, or none (A-15)."""

from urllib.parse import parse_qs, urlsplit

import pytest

from mentions.exceptions import DraftError
from mentions.outreach.handoff.mailto import LONGEST_LINK, mail_link
from tests.outreach.building import draft


def test_a_link_holds_recipient_subject_and_text() -> None:
    link = mail_link(draft(subject="Ünïted & free?", body="One line\nAnother = line\n").draft)
    parts = urlsplit(link)
    assert (parts.scheme, parts.path) == ("mailto", "jane.doering@courier.example")
    assert parse_qs(parts.query) == {"subject": ["Ünïted & free?"], "body": ["One line\r\nAnother = line"]}


def test_no_field_ends_another_a15() -> None:
    hostile = "a&bcc=evil@x.example?cc=b\r\nBcc: c%0D%0A#"
    link = mail_link(draft(subject=hostile, body=hostile).draft)
    assert set(parse_qs(urlsplit(link).query)) == {"subject", "body"}
    assert urlsplit(link).fragment == ""
    assert link.isascii()
    assert not set(link) & set('\r\n \t"<>#')
    assert "%0D%0ABcc" not in link.partition("&body=")[0], "a subject is one line"


def test_the_recipient_is_encoded_or_refused_a15() -> None:
    assert mail_link(draft(to_address="a&b?c=d@courier.example").draft).startswith(
        "mailto:a%26b%3Fc%3Dd@courier.example?subject="
    )
    for address in ("a@b.example,evil@x.example", "a@b.example?bcc=c@d.example", "a b@c.example"):
        with pytest.raises(DraftError, match="refused"):
            mail_link(draft(to_address=address).draft)
    with pytest.raises(DraftError, match="nobody"):
        mail_link(draft(to_address=None).draft)


def test_a_long_text_is_copied_not_linked_a15() -> None:
    with pytest.raises(DraftError, match=r"too long for a mail link .*mentions drafts show 7"):
        mail_link(draft(body="x" * 5_000).draft)
    fits = draft(body="x" * 100).draft
    assert len(mail_link(fits)) < LONGEST_LINK
