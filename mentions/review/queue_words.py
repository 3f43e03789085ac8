"""How filters read: as the labels of a form, and as chips that take one filter away each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from mentions.assessments import Level
from mentions.findings import Verdict
from mentions.queueing import Age, QueueFilters, Shown, Snoozed, Sort, Whose
from mentions.review.queue_links import queue_url
from mentions.store.queue import QueueCounts
from mentions.workflow import OpportunityState

SORTS: Final = {
    Sort.PRIORITY: "most worth first",
    Sort.NEWEST: "newest first",
    Sort.WAITING: "longest unchanged first",
    Sort.PUBLISHER: "by publisher",
}
AGES: Final = {
    Age.DAY: "in the last 24 hours",
    Age.WEEK: "in the last 7 days",
    Age.MONTH: "in the last 30 days",
    Age.QUARTER: "in the last 91 days",
    Age.OLDER: "more than 91 days ago",
}
LEVELS: Final = {
    Level.ASK_NOW: "ask now",
    Level.ASK_AFTER_FIX: "ask after a fix of ours",
    Level.HOLD: "a person decides first",
    Level.SKIP: "not worth asking",
}
SNOOZED: Final = {Snoozed.HIDDEN: "hidden", Snoozed.SHOWN: "shown", Snoozed.ONLY: "only these"}
WHOSE: Final = {
    Whose.FREE: "mine and nobody's",
    Whose.MINE: "mine",
    Whose.NOBODY: "nobody's",
    Whose.ANYONE: "anybody's",
}
# Verdicts for which somebody may be asked, in the order of the facets.
ASKED: Final = (Verdict.UNLINKED, Verdict.OUTSIDE, Verdict.MISDIRECTED, Verdict.BARE_URL, Verdict.QUALIFIED)


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is set, in words, and the address of the list without it."""

    text: str
    without: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One value that a filter may take, with how many finds it would show."""

    text: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the filters' form: a choice among pairs of value and text. `none`: the text for no filter."""

    name: str
    label: str
    values: Sequence[tuple[str, str]]
    chosen: str
    none: str | None = "all"  # None: one of the values is always chosen


def target_field(filters: QueueFilters, targets: Sequence[str]) -> Field:
    """Which target the finds are about."""
    return Field("target", "Target", _same(targets), filters.target or "")


def sort_field(filters: QueueFilters) -> Field:
    """In which order."""
    return Field("sort", "Order", _pairs(SORTS), filters.sort, none=None)


def more_fields(filters: QueueFilters, languages: Sequence[str], people: Sequence[str]) -> list[Field]:
    """The choices that are not always shown."""
    contact = {None: "", True: "yes", False: "no"}[filters.contact]
    return [
        Field("level", "What to do", _pairs(LEVELS), filters.level or ""),
        Field("language", "Language", _same(languages), filters.language or ""),
        Field("age", "Found", _pairs(AGES), filters.age or "", none="at any time"),
        Field("assigned", "Whose", [*_pairs(WHOSE), *_same(people)], filters.assigned or "", none="as usual"),
        Field("contact", "Contact", [("yes", "known"), ("no", "not known")], contact, none="known or not"),
        Field("snoozed", "Put off", _pairs(SNOOZED), filters.snoozed, none=None),
    ]


def _pairs(words: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(word.value, text) for word, text in words.items()]


def _same(names: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in names]


def state_words(state: OpportunityState | Shown) -> str:
    """The state, or what stands for several of them, in words."""
    if isinstance(state, Shown):
        return "waiting for you" if state is Shown.WAITING else "all"
    return state.value.replace("_", " ")


def level_words(level: str) -> str | None:
    """What to do about a find, in words; None: to ask now, which is what the list is for."""
    return None if level == Level.ASK_NOW else LEVELS[Level(level)]


def chips(filters: QueueFilters) -> list[Chip]:
    """The filters that are set, but for the state and the order, which the page shows by themselves."""
    said = {
        "text": f"with the words “{filters.text}”" if filters.text else "",
        "target": f"about {filters.target}" if filters.target else "",
        "verdict": filters.verdict.value.replace("_", " ") if filters.verdict else "",
        "level": LEVELS[filters.level] if filters.level else "",
        "publisher": f"on {filters.publisher}" if filters.publisher else "",
        "language": f"in the language {filters.language}" if filters.language else "",
        "age": f"found {AGES[filters.age]}" if filters.age else "",
        "assigned": whose_words(filters.assigned) if filters.assigned else "",
        "contact": "" if filters.contact is None else "with a contact" if filters.contact else "without a contact",
        "snoozed": {Snoozed.SHOWN: "those put off too", Snoozed.ONLY: "only those put off"}.get(filters.snoozed, ""),
    }
    return [Chip(text, queue_url(filters.without(name))) for name, text in said.items() if text]


def whose_words(assigned: str) -> str:
    """Whose finds, in words."""
    return {word.value: text for word, text in WHOSE.items()}.get(assigned, f"{assigned}'s")


def states(filters: QueueFilters, counts: QueueCounts) -> list[Facet]:
    """What waits, every state that holds finds, and all of them."""
    everything = sum(counts.by_state.values())
    shown: list[tuple[OpportunityState | Shown, int]] = [
        (Shown.WAITING, counts.waiting),
        *((state, counts.by_state.get(state, 0)) for state in OpportunityState),
    ]
    return [
        Facet(state_words(state), count, queue_url(replace(filters, state=state)), filters.state == state)
        for state, count in (*shown, (Shown.ANY, everything))
        if count or state in {Shown.WAITING, Shown.ANY, filters.state}
    ]


def verdicts(filters: QueueFilters, counts: QueueCounts) -> list[Facet]:
    """Every verdict that holds finds, and all of them."""
    known = [*ASKED, *(verdict for verdict in Verdict if verdict not in ASKED)]
    found = [(verdict, counts.by_verdict.get(verdict, 0)) for verdict in known]
    everything = Facet(
        "every verdict",
        sum(counts.by_verdict.values()),
        queue_url(replace(filters, verdict=None)),
        filters.verdict is None,
    )
    return [
        everything,
        *(
            Facet(
                verdict.value.replace("_", " "),
                count,
                queue_url(replace(filters, verdict=verdict)),
                filters.verdict is verdict,
            )
            for verdict, count in found
            if count or verdict is filters.verdict
        ),
    ]
