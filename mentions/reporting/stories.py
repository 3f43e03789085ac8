"""What came of one opportunity, read from its events in the order of time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mentions.rechecking import Happening, Truth
from mentions.reporting import kinds
from mentions.reporting.facts import Happening as Event
from mentions.reporting.facts import Subject

_TRUTHS: Final = {truth.value: truth for truth in Truth}


@dataclass(slots=True)
class Story:
    """One opportunity to which something happened. None and empty: that did not happen, as far as we know."""

    subject: Subject
    emails: tuple[datetime, ...] = ()  # when each was sent, follow-ups too
    replied_at: datetime | None = None
    declined_at: datetime | None = None
    gave_up_at: datetime | None = None  # marked as without an answer
    reclaimed_at: datetime | None = None  # the first time
    without_contact_at: datetime | None = None
    elsewhere_at: datetime | None = None  # a link of ours that leads to another page of ours, or a dead one
    truth: Truth | None = None  # what the article does for us, by the last of its events
    lost: tuple[datetime, ...] = ()  # a link that stood is gone, or its page is
    back: tuple[datetime, ...] = ()

    @property
    def asked_at(self) -> datetime | None:
        """When the first email was sent."""
        return self.emails[0] if self.emails else None

    @property
    def stands(self) -> bool:
        """Does a link stand where it was agreed to?"""
        return self.truth is not None and self.truth.stands

    @property
    def days(self) -> float | None:
        """From the first email to the reclaimed link; to the day it was seen, not to the day it was set."""
        if self.asked_at is None or self.reclaimed_at is None:
            return None
        return max((self.reclaimed_at - self.asked_at) / timedelta(days=1), 0.0)


def stories(subjects: Mapping[int, Subject], events: Iterable[Event]) -> Iterator[Story]:
    """The story of every opportunity that has events, `events` being in the order of time."""
    by_subject: dict[int, list[Event]] = {}
    for event in events:
        kept = by_subject.setdefault(event.opportunity_id, [])
        if event.kind == kinds.UNDONE:
            _take_back(kept, event.detail.get("undone"))
        else:
            kept.append(event)
    for number, kept in by_subject.items():
        if kept and (subject := subjects.get(number)) is not None:
            yield _story(subject, kept)


def _take_back(kept: list[Event], kind: object) -> None:
    """A slip of the hand never happened."""
    for place in range(len(kept) - 1, -1, -1):
        if kept[place].kind == kind:
            del kept[place]
            return


def _story(subject: Subject, events: Iterable[Event]) -> Story:
    story = Story(subject)
    for event in events:
        _tell(story, event)
    if len(story.emails) == 1 and subject.sent_at is not None:
        # A person may say later when they sent it; the event says when they said so.
        story.emails = (min(subject.sent_at, story.emails[0]),)
    return story


def _tell(story: Story, event: Event) -> None:
    before, now = story.truth, _truth(event)
    _tell_decision(story, event)
    _tell_look(story, event, before, now)
    story.truth = Truth.NOT_NAMED if event.kind == Happening.PAGE_GONE else now or before


def _tell_decision(story: Story, event: Event) -> None:
    """What a person said."""
    match event.kind:
        case kinds.SENT:
            story.emails += (event.at,)
        case kinds.REPLIED:
            story.replied_at = story.replied_at or event.at
        case kinds.DECLINED:
            story.declined_at = event.at
        case kinds.NO_REPLY:
            story.gave_up_at = event.at
        case kinds.REOPENED:
            story.declined_at = story.gave_up_at = None


def _tell_look(story: Story, event: Event, before: Truth | None, now: Truth | None) -> None:
    """What a look saw."""
    match event.kind:
        case Happening.RECLAIMED:
            if not story.emails:  # handed off and never marked as sent: the look knows since when we ask
                story.emails = (_moment(event.detail.get("asked_at")) or event.at,)
            story.reclaimed_at = story.reclaimed_at or event.at
        case Happening.LINKED_WITHOUT_CONTACT:
            story.without_contact_at = story.without_contact_at or event.at
        case Happening.LINKED_ELSEWHERE:
            story.elsewhere_at = story.elsewhere_at or event.at
        case Happening.LINK_LOST:
            story.lost += (event.at,)
        case Happening.PAGE_GONE if (last := now or before) is not None and last.has_link:
            story.lost += (event.at,)
        case Happening.LINK_BACK | Happening.PAGE_BACK:
            if now is not None and now.has_link and len(story.lost) > len(story.back):
                story.back += (event.at,)


def _truth(event: Event) -> Truth | None:
    said = event.detail.get("truth")
    return _TRUTHS.get(said) if isinstance(said, str) else None


def _moment(text: object) -> datetime | None:
    if not isinstance(text, str):
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None
