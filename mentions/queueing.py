"""The review desk's queue as it is asked for: filters, order and place, to and from the address of a page. Pure.

    /opportunities?target=Acme&verdict=unlinked&sort=newest&after=1763719200000000~812

Without any filter the queue shows what waits for whoever looks: new finds, drafts and follow-ups that nobody else has
taken over and nobody put off.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final, TypeVar
from urllib.parse import urlencode

from mentions.assessments import Level
from mentions.exceptions import MentionsError
from mentions.findings import Verdict
from mentions.workflow import OpportunityState

LONGEST_TEXT: Final = 200  # characters of a search; more is no search but a mistake
_LONGEST_NAME: Final = 300
Word = TypeVar("Word", bound=StrEnum)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class FilterError(MentionsError):
    """A filter, an order or a place in the queue that there is not. Says which and what there is."""


class Shown(StrEnum):
    """What is shown where no single state is asked for."""

    WAITING = "waiting"  # a person should look at it: new finds, drafts, follow-ups
    ANY = "any"  # every state


class Age(StrEnum):
    """How long ago a find was made."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    OLDER = "older"  # than a quarter


class Snoozed(StrEnum):
    """What becomes of finds that are put off to a later day."""

    HIDDEN = "hidden"
    SHOWN = "shown"
    ONLY = "only"


class Whose(StrEnum):
    """Whose finds, besides those of one person by name."""

    FREE = "free"  # mine and nobody's
    MINE = "mine"
    NOBODY = "nobody"
    ANYONE = "anyone"


class Sort(StrEnum):
    """The order. Finds that are equal in it stand by their numbers, so that every order is total."""

    PRIORITY = "priority"  # the most worth first
    NEWEST = "newest"  # the last found first
    WAITING = "waiting"  # the longest unchanged first
    PUBLISHER = "publisher"  # by domain

    @property
    def falls(self) -> bool:
        """Does the greatest come first? Numbers go the same way as values, so that a place is one comparison."""
        return self in {Sort.PRIORITY, Sort.NEWEST}


_DAYS: Final = {Age.DAY: 1, Age.WEEK: 7, Age.MONTH: 30, Age.QUARTER: 91, Age.OLDER: 91}
# How the value of a place is written; seventeen digits of microseconds reach into the year 5138.
_VALUES: Final = {Sort.PRIORITY: r"-?\d{1,3}", Sort.NEWEST: r"\d{1,17}", Sort.WAITING: r"\d{1,17}"}
_GREATEST_NUMBER: Final = 2**31 - 1  # of a row, on PostgreSQL


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in an order: the value and the number of the find that stands there, which may be gone by now."""

    value: int | datetime | str
    id: int

    def __str__(self) -> str:
        return f"{_microseconds(self.value) if isinstance(self.value, datetime) else self.value}~{self.id}"

    def just_before(self, sort: Sort) -> "Cursor":
        """The place behind which this one is the first."""
        return replace(self, id=self.id + 1 if sort.falls else max(0, self.id - 1))

    @classmethod
    def parse(cls, text: str, sort: Sort) -> "Cursor":
        """The place that the text names in this order. Raises FilterError."""
        value, _, number = text.rpartition("~")
        form = _VALUES.get(sort, rf".{{0,{_LONGEST_NAME}}}")
        if not re.fullmatch(r"\d{1,10}", number, re.ASCII) or not re.fullmatch(form, value, re.ASCII):
            raise FilterError(f"{text[:80]!r} is no place in a queue by {sort}; go to its first page")
        here = min(int(number), _GREATEST_NUMBER)
        if sort is Sort.PUBLISHER:
            return cls(value, here)
        whole = int(value)
        return cls(whole if sort is Sort.PRIORITY else _EPOCH + timedelta(microseconds=whole), here)


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """Which finds, in which order. Field names are those of the address. None: all of them."""

    state: OpportunityState | Shown = Shown.WAITING
    level: Level | None = None
    verdict: Verdict | None = None
    target: str | None = None  # by name
    publisher: str | None = None  # domain
    language: str | None = None
    age: Age | None = None
    assigned: str | None = None  # a word of Whose, or somebody's name; None: FREE where only what waits is shown
    contact: bool | None = None  # is an address known?
    snoozed: Snoozed = Snoozed.HIDDEN
    text: str = ""  # words of the headline, the sentence or the publisher's name
    sort: Sort = Sort.PRIORITY

    @property
    def whose(self) -> str:
        """A word of Whose, or a name."""
        return self.assigned or (Whose.FREE if self.state is Shown.WAITING else Whose.ANYONE)

    def found_between(self, now: datetime) -> tuple[datetime | None, datetime | None]:
        """From when (including) and until when (excluding) the finds were made; None: no limit."""
        if self.age is None:
            return None, None
        limit = now - timedelta(days=_DAYS[self.age])
        return (None, limit) if self.age is Age.OLDER else (limit, None)

    def as_pairs(self) -> list[tuple[str, str]]:
        """The filters that are not as usual, as the address of a page writes them."""
        usual = QueueFilters()
        changed = [field.name for field in fields(self) if getattr(self, field.name) != getattr(usual, field.name)]
        return [(name, _written(getattr(self, name))) for name in changed]

    def as_query(self, **more: str | None) -> str:
        """The same as the query of an address, with `more` (those that are not None) behind; empty: nothing to say."""
        return urlencode([*self.as_pairs(), *((name, value) for name, value in more.items() if value is not None)])

    def without(self, name: str) -> "QueueFilters":
        """The same with one filter as usual; where that is what waits, with finds in every state."""
        if name == "state" and self.state is Shown.WAITING:
            return replace(self, state=Shown.ANY)
        return replace(self, **{name: getattr(QueueFilters(), name)})


def read_filters(values: Mapping[str, str]) -> QueueFilters:
    """The filters that an address asks for; empty ones and other names are passed over. Raises FilterError."""
    given = {name: value.strip() for name, value in values.items() if value.strip()}
    return QueueFilters(
        state=_state(given.get("state")),
        level=_word(Level, given, "level"),
        verdict=_word(Verdict, given, "verdict"),
        target=_name(given, "target"),
        publisher=_domain(given),
        language=_name(given, "language"),
        age=_word(Age, given, "age"),
        assigned=_name(given, "assigned"),
        contact=_yes_or_no(given, "contact"),
        snoozed=_word(Snoozed, given, "snoozed") or Snoozed.HIDDEN,
        text=" ".join(given.get("text", "").split())[:LONGEST_TEXT],
        sort=_word(Sort, given, "sort") or Sort.PRIORITY,
    )


def words_of(text: str) -> list[str]:
    """The words to search for: what stands between spaces and holds a letter or a digit."""
    return [word for word in text.split() if any(letter.isalnum() for letter in word)]


def _state(text: str | None) -> OpportunityState | Shown:
    if text is None:
        return Shown.WAITING
    words: dict[str, OpportunityState | Shown] = {word.value: word for word in (*Shown, *OpportunityState)}
    if text not in words:
        raise FilterError(_no_such("state", text, words))
    return words[text]


def _word(kind: type[Word], given: Mapping[str, str], name: str) -> Word | None:
    if name not in given:
        return None
    try:
        return kind(given[name])
    except ValueError:
        raise FilterError(_no_such(name, given[name], kind)) from None


def _yes_or_no(given: Mapping[str, str], name: str) -> bool | None:
    words = {"yes": True, "no": False}
    if name in given and given[name] not in words:
        raise FilterError(_no_such(name, given[name], words))
    return words.get(given.get(name, ""))


def _name(given: Mapping[str, str], name: str) -> str | None:
    text = given.get(name)
    if text is not None and len(text) > _LONGEST_NAME:
        raise FilterError(f"the filter {name!r} is longer than {_LONGEST_NAME} characters")
    return text


def _domain(given: Mapping[str, str]) -> str | None:
    text = _name(given, "publisher")
    return None if text is None else text.lower()


def _no_such(name: str, text: str, words: Iterable[str]) -> str:
    return f"the filter {name!r} cannot be {text[:80]!r}; it is one of {', '.join(map(str, words))}"


def _written(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)
