"""A digest as a message: a title and parts with one line a thing, the same for every form it is told in.

Every text in it may hold a stranger's words: whoever shows it escapes all of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mentions.reporting.digest import Digest
from mentions.reporting.facts import Outcome
from mentions.reporting.words import plain
from mentions.store.records import RunState, StoredFinding

NEW: Final = "New, and worth asking about"

_MOST: Final = 10  # lines of a part; the desk shows the rest
_TITLE: Final = 120  # characters of a page's title
_STATES: Final = {
    RunState.PARTIAL: "some publishers failed",
    RunState.UNREACHABLE: "nothing could be reached",
    RunState.LIMITED: "ended by a limit; the rest comes next time",
    RunState.STOPPED: "stopped; the rest comes next time",
    RunState.DIED: "died; the next run takes up what is left",
    RunState.RUNNING: "still under way",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a message: what it is about, and its lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """What a chat, a terminal and a file tell."""

    title: str
    parts: tuple[Part, ...]
    url: str | None = None  # of our own review desk; never an address that was crawled


def message(digest: Digest, *, desk_url: str | None = None) -> Message:
    """The digest in words. `desk_url`: where the team's review desk is, as the configuration says."""
    return Message(_title(digest), tuple(_parts(digest)), desk_url)


def _title(digest: Digest) -> str:
    said = [
        f"{len(found)} {word}"
        for found, word in (
            (digest.reclaimed, "reclaimed"),
            (digest.without_contact, "came unasked"),
            (digest.lost, "lost"),
        )
        if found
    ]
    if digest.worth_asking:
        said.insert(0, f"{digest.worth_asking} new to ask about")
    day = (digest.run.ended_at or digest.run.started_at).strftime("%-d %B")
    return f"Mentions, {day}: {', '.join(said) if said else 'nothing new'}"


def _parts(digest: Digest) -> Iterator[Part]:
    state = _STATES.get(digest.run.state)
    if state:
        yield Part("The run", (f"Run {digest.run.id}: {state}",))
    if digest.best:
        more = digest.worth_asking - len(digest.best)
        lines = [_find(finding) for finding in digest.best]
        yield Part(NEW, (*lines, *([f"and {more} more"] if more else [])))
    for title, outcomes in (
        ("Links reclaimed after our email", digest.reclaimed),
        ("Links that came without our asking", digest.without_contact),
        ("Links to another or a dead page of ours", digest.elsewhere),
        ("Links lost", digest.lost),
        ("Lost links that came back", digest.back),
    ):
        if outcomes:
            yield Part(title, tuple(_cut([_outcome(each) for each in outcomes])))
    if digest.troubles:
        lines = [
            f"{plain(each.name)}: {'nothing could be read' if each.failed else 'far from its usual number of pages'}"
            f"{'' if each.is_new else ', as at the run before'}"
            for each in digest.troubles
        ]
        yield Part("Publishers to look at", tuple(_cut(lines)))
    if digest.waiting:
        what = "draft waits" if digest.waiting == 1 else "drafts wait"
        yield Part("Waiting for you", (f"{digest.waiting:,} {what} for a decision",))


def _find(finding: StoredFinding) -> str:
    sentence = f": “{plain(finding.sentence, longest=240)}”" if finding.sentence else ""
    return f"{plain(finding.publisher_name)}, {plain(finding.target)} ({finding.priority or 0}){sentence}"


def _outcome(outcome: Outcome) -> str:
    title = f": {plain(outcome.page_title, longest=_TITLE)}" if outcome.page_title else ""
    how = _HOW.get(str(outcome.detail.get("truth")), "")
    why = plain(outcome.detail.get("why"), longest=60)
    return f"{plain(outcome.publisher_name)}, {plain(outcome.target)}{title}{how}{f' ({why})' if why else ''}"


_HOW: Final = {
    "qualified": " (marked nofollow, sponsored or ugc)",
    "noindex": " (on a page hidden from search engines)",
    "wrong_page": " (to another page of ours)",
    "dead_target": " (to a page of ours that is gone)",
}


def _cut(lines: Sequence[str]) -> list[str]:
    left = len(lines) - _MOST
    return [*lines[:_MOST], f"and {left} more"] if left > 0 else list(lines)
