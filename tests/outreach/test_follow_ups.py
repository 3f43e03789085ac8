"""Follow-ups: drafted after four working days, stopped by any answer, shorter than the first, never sent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mentions.exceptions import DraftError
from mentions.findings import Verdict
from mentions.outreach.drafts import render_draft, render_follow_up
from mentions.outreach.eml import as_eml, file_name
from mentions.outreach.follow_ups import after_working_days, in_reply_to, is_due, spoken_date
from mentions.outreach.lint import word_count
from mentions.store.records import OpportunityState, StoredDraft
from mentions.targets import Kind
from mentions.workflow import Standing
from tests.outreach.building import CONTACT, NOW, PUBLISHER, SENDER, TARGET, stored

SENT_AT = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)  # a Thursday
DUE_AT = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)  # four working days later
SENT = Standing(OpportunityState.SENT, SENT_AT, "kim", 2, has_draft=True, sent_at=SENT_AT)


def sent_draft(finding: Any = None, target: Any = TARGET, **changes: Any) -> StoredDraft:
    finding = finding or stored(contact=CONTACT)
    first = render_draft(finding, target, SENDER, PUBLISHER, now=SENT_AT)
    return StoredDraft(1, 1, replace(first, **changes), finding, "<mentions-1@quillon.example>")


def due(sent: StoredDraft, standing: Standing = SENT, *, now: datetime = DUE_AT, suppressed: str | None = None) -> bool:
    return is_due(sent, standing, now=now, working_days=4, most=1, suppressed=suppressed)


def test_four_working_days_are_not_four_days() -> None:
    assert after_working_days(SENT_AT, 4) == DUE_AT
    assert not due(sent_draft(), now=DUE_AT - timedelta(seconds=1))
    assert due(sent_draft())


@pytest.mark.parametrize("state", sorted(set(OpportunityState) - {OpportunityState.SENT}))
def test_only_what_a_person_marked_as_sent_is_followed_up(state: OpportunityState) -> None:
    assert not due(sent_draft(), replace(SENT, state=state))


def test_what_stops_a_follow_up() -> None:
    """A link in the article, the suppression list, a snooze, one that waits, and the number of them."""
    assert not due(sent_draft(stored(contact=CONTACT, verdict=Verdict.LINKED)))
    assert not due(sent_draft(), suppressed="opted out")
    assert not due(sent_draft(), replace(SENT, snoozed_until=DUE_AT + timedelta(days=1)))
    assert due(sent_draft(), replace(SENT, snoozed_until=DUE_AT - timedelta(days=1)))
    assert not due(sent_draft(), replace(SENT, follow_up_waits=True))
    assert not due(sent_draft(follow_up=1))
    assert not due(sent_draft(to_address=None))


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("verdict", [Verdict.UNLINKED, Verdict.BARE_URL, Verdict.MISDIRECTED])
@pytest.mark.parametrize("most", [1, 2])
def test_a_follow_up_is_shorter_than_the_first_in_every_language(
    language: str, kind: Kind, verdict: Verdict, most: int
) -> None:
    target = TARGET.model_copy(update={"kind": kind})
    first = sent_draft(stored(contact=CONTACT, language=language, verdict=verdict), target)
    second = render_follow_up(first, SENT, target, SENDER, PUBLISHER, now=DUE_AT, most=most)
    assert word_count(second.body) < word_count(first.draft.body)
    assert len(second.body) < len(first.draft.body)
    assert second.problems == ()
    assert second.template == f"follow_up/{language}"
    assert second.subject == f"Re: {first.draft.subject}"
    assert (second.follow_up, second.in_reply_to) == (1, first.message_id)
    assert (second.to_address, second.to_name) == (CONTACT.address, CONTACT.name)
    assert second.body.count(first.draft.suggested_url) == 1
    assert SENDER.postal_address in second.body  # type: ignore[operator]  # the test's own sender has one


def test_the_last_one_says_that_it_is_the_last() -> None:
    first = sent_draft()
    words = "We will not ask again."
    assert words in render_follow_up(first, SENT, TARGET, SENDER, PUBLISHER, now=DUE_AT, most=1).body
    assert words not in render_follow_up(first, SENT, TARGET, SENDER, PUBLISHER, now=DUE_AT, most=2).body


def test_a_second_follow_up_has_one_re_and_answers_to_the_first_follow_up() -> None:
    first = sent_draft()
    second = render_follow_up(first, SENT, TARGET, SENDER, PUBLISHER, now=DUE_AT, most=2)
    stored_second = StoredDraft(2, 2, second, first.finding, "<mentions-2@quillon.example>")
    third = render_follow_up(stored_second, SENT, TARGET, SENDER, PUBLISHER, now=DUE_AT, most=2)
    assert (third.follow_up, third.in_reply_to) == (2, "<mentions-2@quillon.example>")
    assert third.subject == f"Re: {first.draft.subject}"


def test_the_person_s_recipient_and_subject_are_kept() -> None:
    first = sent_draft(to_address="desk@courier.example", to_name=None, subject="A small question")
    second = render_follow_up(first, SENT, TARGET, SENDER, PUBLISHER, now=DUE_AT, most=1)
    assert (second.to_address, second.subject) == ("desk@courier.example", "Re: A small question")
    assert second.body.startswith("Hello,")


def test_where_our_message_id_was_not_used_nothing_pretends_to_be_an_answer() -> None:
    by_link = replace(SENT, handed_off_via="mailto")
    assert in_reply_to(sent_draft(), by_link) is None
    second = render_follow_up(sent_draft(), by_link, TARGET, SENDER, PUBLISHER, now=DUE_AT, most=1)
    assert not second.subject.startswith("Re:")


def test_the_message_id_of_the_sent_folder_counts() -> None:
    """Mail programs may put one of their own in place of ours."""
    theirs = "<theirs@mail.example>"
    second = render_follow_up(sent_draft(), SENT, TARGET, SENDER, PUBLISHER, now=DUE_AT, most=1, seen=theirs)
    assert second.in_reply_to == theirs
    assert in_reply_to(sent_draft(), replace(SENT, handed_off_via="mailto"), theirs) == theirs


def test_nothing_sent_nothing_followed_up() -> None:
    with pytest.raises(DraftError, match="nothing was sent"):
        render_follow_up(sent_draft(), replace(SENT, sent_at=None), TARGET, SENDER, PUBLISHER, now=NOW, most=1)


def test_the_file_of_a_follow_up_answers_to_the_first_email() -> None:
    first = sent_draft()
    second = render_follow_up(first, SENT, TARGET, SENDER, PUBLISHER, now=DUE_AT, most=1)
    follow_up = StoredDraft(2, 2, second, first.finding, "<mentions-2@quillon.example>")
    content = as_eml(follow_up, SENDER).decode()
    assert "In-Reply-To: <mentions-1@quillon.example>\r\nReferences: <mentions-1@quillon.example>\r\n" in content
    assert file_name(follow_up) != file_name(first), "the first email's file stays"


def test_an_in_reply_to_with_a_line_break_is_left_out_a10() -> None:
    second = render_follow_up(sent_draft(), SENT, TARGET, SENDER, PUBLISHER, now=DUE_AT, most=1)
    forged = replace(second, in_reply_to="<a@b.example>\r\nBcc: evil@x.example")
    content = as_eml(StoredDraft(2, 2, forged, stored(), "<mentions-2@quillon.example>"), SENDER)
    assert b"In-Reply-To" not in content
    assert b"Bcc" not in content


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "1 March"), ("de", "1. März"), ("fr", "1er mars"), ("es", "1 de marzo"), ("ja", "2026-03-01")],
)
def test_days_are_said_as_one_says_them(language: str, words: str) -> None:
    assert spoken_date(datetime(2026, 3, 1, 12, tzinfo=UTC), language) == words
