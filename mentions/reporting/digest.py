"""What is new since the last run, for people who read one message in the morning. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mentions.opportunities import Level
from mentions.rechecking import Happening, Truth
from mentions.reporting.facts import Outcome
from mentions.store.records import RunSummary, StoredFinding
from mentions.summary import ASKABLE, publisher_lines

TOP: Final = 10  # finds told with their sentence
_ASKED: Final = frozenset({Level.ASK_NOW.value, Level.ASK_AFTER_FIX.value})


@dataclass(frozen=True, slots=True)
class Trouble:
    """A publisher of which the run could read nothing, or far less than usual."""

    name: str
    failed: bool  # else it brought far less than usual
    is_new: bool  # the run before had no trouble with it


@dataclass(frozen=True, slots=True)
class Digest:
    """One run's news."""

    run: RunSummary
    best: tuple[StoredFinding, ...]  # new and worth asking about, best first, TOP at most
    worth_asking: int  # how many are
    reclaimed: tuple[Outcome, ...]  # after our email
    without_contact: tuple[Outcome, ...]
    elsewhere: tuple[Outcome, ...]  # a link came, and leads to another or a dead page of ours
    lost: tuple[Outcome, ...]
    back: tuple[Outcome, ...]
    troubles: tuple[Trouble, ...]
    waiting: int  # drafts that wait for a person

    @property
    def has_news(self) -> bool:
        """Is there anything that was not so at the run before? Drafts that still wait are no news."""
        outcomes = (self.reclaimed, self.without_contact, self.elsewhere, self.lost, self.back)
        return bool(self.worth_asking or any(outcomes) or any(trouble.is_new for trouble in self.troubles))


def digest(
    run: RunSummary,
    new_findings: Iterable[StoredFinding],
    outcomes: Iterable[Outcome],
    *,
    before: RunSummary | None,
    names: Mapping[str, str],
    waiting: int,
) -> Digest:
    """The news of `run`.

    `new_findings`: those first seen in it; `outcomes`: what came to light in it, in order; `before`: the run before it;
    `names`: publishers by domain; `waiting`: how many drafts wait for a person.
    """
    worth = [each for each in new_findings if each.verdict in ASKABLE and each.level in _ASKED]
    worth.sort(key=lambda each: (-(each.priority or 0), each.publisher, each.page_url, each.target))
    by_kind: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_kind.setdefault(outcome.kind, []).append(outcome)
    gone, again = (
        [each for each in by_kind.get(kind, ()) if _has_link(each)]
        for kind in (Happening.PAGE_GONE, Happening.PAGE_BACK)
    )
    return Digest(
        run=run,
        best=tuple(worth[:TOP]),
        worth_asking=len(worth),
        reclaimed=tuple(by_kind.get(Happening.RECLAIMED, ())),
        without_contact=tuple(by_kind.get(Happening.LINKED_WITHOUT_CONTACT, ())),
        elsewhere=tuple(by_kind.get(Happening.LINKED_ELSEWHERE, ())),
        lost=(*by_kind.get(Happening.LINK_LOST, ()), *gone),
        back=(*by_kind.get(Happening.LINK_BACK, ()), *again),
        troubles=tuple(_troubles(run, before, names)),
        waiting=waiting,
    )


def _has_link(outcome: Outcome) -> bool:
    """Did a link of ours stand on the page that is gone, or does one on the page that is back? Its truth says so."""
    said = outcome.detail.get("truth")
    return isinstance(said, str) and said in set(Truth) and Truth(said).has_link


def _troubles(run: RunSummary, before: RunSummary | None, names: Mapping[str, str]) -> Iterable[Trouble]:
    known = {line.name for line in publisher_lines(before, names) if line.remark in _REMARKS} if before else set()
    for line in publisher_lines(run, names):
        if line.remark in _REMARKS:
            yield Trouble(line.name, failed=line.remark == "failed", is_new=line.name not in known)


_REMARKS: Final = ("failed", "unusual")
