"""When an email that was sent is followed by a second one: drafted, never sent, and stopped by any answer. Pure."""

from datetime import datetime, timedelta
from typing import Final

from mentions.findings import Verdict
from mentions.store.records import OpportunityState, StoredDraft
from mentions.workflow import Standing

_LINKED: Final = frozenset({Verdict.LINKED, Verdict.QUALIFIED})
_WEEKEND: Final = frozenset({5, 6})  # datetime.weekday() of Saturday and Sunday
# These ways of handing off give the mail program a text and no Message-ID of ours: it makes one that we never see.
_WITHOUT_OUR_ID: Final = frozenset({"mailto", "copy"})

_MONTHS: Final = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
_DATES: Final = {"en": "{day} {month}", "de": "{day}. {month}", "fr": "{day} {month}", "es": "{day} de {month}"}


def is_due(
    sent: StoredDraft,
    standing: Standing,
    *,
    now: datetime,
    working_days: int,
    most: int,
    suppressed: str | None,
) -> bool:
    """Whether a follow-up to `sent`, the newest email of its opportunity, is to be drafted now.

    `working_days`: between sending and following up; `most`: follow-ups an opportunity may have.
    """
    asked_for = standing.state is OpportunityState.SENT and not standing.follow_up_waits
    if not asked_for or standing.sent_at is None or sent.draft.follow_up >= most or suppressed:
        return False
    if sent.finding.verdict in _LINKED or sent.draft.to_address is None:
        return False
    if standing.snoozed_until is not None and standing.snoozed_until > now:
        return False
    return after_working_days(standing.sent_at, working_days) <= now


def after_working_days(start: datetime, days: int) -> datetime:
    """The same time of day so many working days (Monday to Friday) later. Public holidays are not known."""
    at = start
    while days > 0:
        at += timedelta(days=1)
        days -= at.weekday() not in _WEEKEND
    return at


def in_reply_to(sent: StoredDraft, standing: Standing, seen: str | None = None) -> str | None:
    """The Message-ID a follow-up goes with; None where the email was probably sent under one that we do not know.

    `seen`: the one under which the email was found in the Sent folder, which is right whatever we meant it to be.
    """
    if seen is not None:
        return seen
    return None if standing.handed_off_via in _WITHOUT_OUR_ID else sent.message_id


def spoken_date(at: datetime, language: str) -> str:
    """ "16 November", "16. November", "16 novembre", "16 de noviembre"; "2026-11-16" in other languages."""
    if language not in _MONTHS:
        return at.date().isoformat()
    month = _MONTHS[language].split()[at.month - 1]
    return _DATES[language].format(day=at.day if language != "fr" or at.day > 1 else "1er", month=month)
