"""The figures of one group, or of all, in three parts that must not be mixed: each has its own denominator."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from mentions.findings import Verdict
from mentions.rechecking import Truth
from mentions.reporting.facts import NamedCount, OpportunityCount
from mentions.reporting.periods import Period
from mentions.reporting.shares import Days, days_of
from mentions.reporting.stories import Story
from mentions.workflow import OpportunityState

# Verdicts of pages whose article names us, from the best.
NAMING: Final = (
    Verdict.LINKED,
    Verdict.QUALIFIED,
    Verdict.MISDIRECTED,
    Verdict.OUTSIDE,
    Verdict.BARE_URL,
    Verdict.UNLINKED,
)
_WITHOUT: Final = frozenset({Verdict.UNLINKED, Verdict.BARE_URL, Verdict.OUTSIDE, Verdict.MISDIRECTED})
# Somebody took it further than a draft: it was worth asking, whatever its level is by now.
_TAKEN_UP: Final = frozenset(OpportunityState) - {
    OpportunityState.NEW,
    OpportunityState.DRAFTED,
    OpportunityState.IGNORED,
    OpportunityState.SUPPRESSED,
}


@dataclass(frozen=True, slots=True)
class Found:
    """Pages judged for the first time in the period; one page counts once for each target it names."""

    named: int = 0  # whose article names us
    unlinked: int = 0  # of named: without a link that counts, now or when it was found
    not_seen: int = 0  # could not be looked at; in no other number
    worth_asking: int = 0  # of unlinked
    drafted: int = 0  # of worth_asking
    lapsed: int = 0  # of named: by now the page is gone, or does not name us any more
    verdicts: Mapping[Verdict, int] = field(default_factory=dict)  # of the rest of named, as they are now


@dataclass(frozen=True, slots=True)
class Asked:
    """Opportunities about which the first email was sent in the period, and what came of them up to now."""

    asked: int = 0
    answered: int = 0  # of asked; with a link or without
    linked: int = 0  # of asked: a link of ours appeared where it was agreed to
    linked_elsewhere: int = 0  # of asked, and not linked: it leads to another page of ours, or to one that is gone
    refused: int = 0  # of asked, and neither
    unanswered: int = 0  # of asked, and none of these: somebody marked them as without an answer
    open: int = 0  # of asked, and none of these
    stands: int = 0  # of linked: at the last look
    days: Days | None = None  # from the first email to the link, of linked; None: no link


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened in the period, whenever the first email was sent."""

    emails: int = 0  # sent, follow-ups too
    replies: int = 0
    reclaimed: int = 0  # links after our email
    qualified: int = 0  # of reclaimed: nofollow, sponsored or ugc by now
    noindex: int = 0  # of reclaimed: on a page that asks search engines not to list it
    without_contact: int = 0  # links of articles that we had not asked about
    elsewhere: int = 0  # links to another page of ours than agreed, or to one that is gone
    lost: int = 0  # links that stood and are gone
    back: int = 0  # of links lost at any time


@dataclass(frozen=True, slots=True)
class Figures:
    """One line of a report."""

    found: Found = Found()
    asked: Asked = Asked()
    happened: Happened = Happened()

    @property
    def is_empty(self) -> bool:
        """Is there nothing at all to tell?"""
        return self == Figures(Found(not_seen=self.found.not_seen))


def figures(
    named: Iterable[NamedCount], opportunities: Iterable[OpportunityCount], stories: Iterable[Story], period: Period
) -> Figures:
    """The figures of what is handed over: all of it, or what belongs to one group."""
    stories = list(stories)
    return Figures(_found(named, opportunities), _asked(stories, period), _happened(stories, period))


def _found(named: Iterable[NamedCount], opportunities: Iterable[OpportunityCount]) -> Found:
    verdicts: Counter[Verdict] = Counter()
    unlinked = not_seen = lapsed = 0
    for each in named:
        if each.verdict is Verdict.UNKNOWN:
            not_seen += each.count
        elif each.verdict in NAMING:
            lapsed += each.count if each.lapsed else 0
            verdicts[each.verdict] += 0 if each.lapsed else each.count
            unlinked += each.count if each.verdict in _WITHOUT or each.worth_a_look else 0
    worth = [each for each in opportunities if each.worth_asking or each.state in _TAKEN_UP]
    return Found(
        named=verdicts.total() + lapsed,
        unlinked=unlinked,
        not_seen=not_seen,
        worth_asking=sum(each.count for each in worth),
        drafted=sum(each.count for each in worth if each.drafted),
        lapsed=lapsed,
        verdicts={verdict: verdicts[verdict] for verdict in NAMING if verdicts[verdict]},
    )


def _asked(stories: Iterable[Story], period: Period) -> Asked:
    asked = [story for story in stories if story.asked_at is not None and period.holds(story.asked_at)]
    came: Counter[str] = Counter(_came_of(story) for story in asked)
    linked = [story for story in asked if story.reclaimed_at is not None]
    return Asked(
        asked=len(asked),
        answered=sum(story.replied_at is not None for story in asked),
        linked=came["linked"],
        linked_elsewhere=came["elsewhere"],
        refused=came["refused"],
        unanswered=came["unanswered"],
        open=came["open"],
        stands=sum(story.stands for story in linked),
        days=days_of([story.days for story in linked if story.days is not None]),
    )


def _came_of(story: Story) -> str:
    """One word for each of those who were asked, so that they add up."""
    if story.reclaimed_at is not None:
        return "linked"
    if story.elsewhere_at is not None:
        return "elsewhere"
    if story.declined_at is not None:
        return "refused"
    return "unanswered" if story.gave_up_at is not None else "open"


def _happened(stories: Iterable[Story], period: Period) -> Happened:
    counts: Counter[str] = Counter()
    holds = period.holds
    for story in stories:
        for name, moments in (("emails", story.emails), ("lost", story.lost), ("back", story.back)):
            for moment in moments:
                counts[name] += holds(moment)
        for name, at in (
            ("replies", story.replied_at),
            ("without_contact", story.without_contact_at),
            ("elsewhere", story.elsewhere_at),
        ):
            if at is not None:
                counts[name] += holds(at)
        if story.reclaimed_at is not None and holds(story.reclaimed_at):
            counts["reclaimed"] += 1
            counts["qualified"] += story.truth is Truth.QUALIFIED
            counts["noindex"] += story.truth is Truth.NOINDEX
    return Happened(**counts)
