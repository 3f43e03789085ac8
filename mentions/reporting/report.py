"""A report: the figures of a period, of its groups and of the months before, and what they cannot say."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mentions.reporting.facts import By, DomainLinks, Facts, LinkEnd, OwnPageLinks
from mentions.reporting.figures import Figures, figures
from mentions.reporting.periods import Period, month_key
from mentions.reporting.stories import Story, stories
from mentions.urls import canonical_url
from mentions.workflow import OpportunityState

MONTHS_SHOWN: Final = 13  # in plots: a year tells seasons from growth, and touches so many where it begins in a month
RECENT: Final = timedelta(days=14)  # somebody asked so lately may still answer

# What a group is called of which nothing is known.
_NAMELESS: Final = {
    By.TEMPLATE: "no draft yet",
    By.CONTACT_ROLE: "no address, or one whose role is not published",
}


@dataclass(frozen=True, slots=True)
class Month:
    """What happened in one month, for plots."""

    key: str  # "2026-11"
    emails: int
    replies: int
    reclaimed: int
    without_contact: int
    lost: int


@dataclass(frozen=True, slots=True)
class Domains:
    """Sites that link to us in their articles, as far as we saw."""

    standing: int  # at their last look
    gained: tuple[DomainLinks, ...]  # whose first link was first seen in the period, the earliest first
    lost: tuple[DomainLinks, ...]  # whose last link was last seen in the period, and is gone by now


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the forms of a report show."""

    period: Period
    made_at: datetime
    by: By
    total: Figures
    groups: tuple[tuple[str, Figures], ...]  # the largest first; months in their order
    months: tuple[Month, ...]
    domains: Domains
    own_pages: tuple[OwnPageLinks, ...]  # those with most pages linking to them first
    link_ends: tuple[LinkEnd, ...]  # where reclaimed links end, those that need somebody first
    not_known: tuple[str, ...]  # what these figures cannot say, in sentences


def report(facts: Facts, period: Period, by: By, *, now: datetime) -> Report:
    """The report of what the store gave for this period and these groups."""
    told = list(stories(facts.subjects, facts.happenings))
    total = figures(facts.named, facts.opportunities, told, period)
    return Report(
        period=period,
        made_at=now,
        by=by,
        total=total,
        groups=tuple(_groups(facts, told, period, by)),
        months=tuple(_months(told, period)),
        domains=_domains(facts.domains, period),
        own_pages=own_pages(facts.own_pages),
        link_ends=facts.link_ends,
        not_known=tuple(_not_known(facts, told, total, period, now)),
    )


def _groups(facts: Facts, told: Sequence[Story], period: Period, by: By) -> list[tuple[str, Figures]]:
    nameless = _NAMELESS.get(by, "")
    named, found, happened = defaultdict(list), defaultdict(list), defaultdict(list)
    for count in facts.named:
        named[count.key or nameless].append(count)
    for opportunities in facts.opportunities:
        found[opportunities.key or nameless].append(opportunities)
    for story in told:
        for key in _KEYS[by](story, period):
            happened[key or nameless].append(story)
    if by in _NAMELESS:  # pages have no template and no contact: the group without one would seem to hold them all
        named.clear()
    made = [
        (key, figures(named[key], found[key], happened[key], _within(period, key) if by is By.MONTH else period))
        for key in {*named, *found, *happened}
    ]
    made = [(key, group) for key, group in made if not group.is_empty]
    if by is By.MONTH:
        return sorted(made, key=lambda entry: entry[0])
    return sorted(made, key=lambda entry: (*_size(entry[1]), entry[0]))


def _size(group: Figures) -> tuple[int, ...]:
    return (-group.happened.reclaimed, -group.asked.asked, -group.found.worth_asking, -group.found.named)


def _months_of(story: Story, period: Period) -> Iterator[str]:
    """Every month of the period in which something happened to it."""
    moments = (
        *story.emails,
        story.replied_at,
        story.reclaimed_at,
        story.without_contact_at,
        story.elsewhere_at,
        *story.lost,
        *story.back,
    )
    yield from {month_key(at) for at in moments if at is not None and period.holds(at)}


_KEYS: Final[dict[By, Callable[[Story, Period], Iterable[str | None]]]] = {
    By.TARGET: lambda story, _: [story.subject.target],
    By.PUBLISHER: lambda story, _: [story.subject.publisher],
    By.TEMPLATE: lambda story, _: [story.subject.group],
    By.CONTACT_ROLE: lambda story, _: [story.subject.group],
    By.MONTH: _months_of,
}


def _within(period: Period, key: str) -> Period:
    """The part of the period that lies in this month."""
    year, month = map(int, key.split("-"))
    start = period.end.replace(year=year, month=month, day=1, hour=0, minute=0, second=0, microsecond=0)
    following = (start + timedelta(days=31)).replace(day=1)
    return Period(max(start, period.start), min(following, period.end))


def _months(told: Sequence[Story], period: Period) -> Iterator[Month]:
    """The months up to the end of the period, those of a year at most, from the first in which anything happened."""
    last = period.end - timedelta(microseconds=1)
    latest = last.year * 12 + last.month - 1
    counts: dict[int, Counter[str]] = defaultdict(Counter)  # by months since the year 0: quicker than by their names
    for story in told:
        for name, moments in (
            ("emails", story.emails),
            ("replies", (story.replied_at,)),
            ("reclaimed", (story.reclaimed_at,)),
            ("without_contact", (story.without_contact_at,)),
            ("lost", story.lost),
        ):
            for at in moments:
                if at is not None and at < period.end:
                    counts[at.year * 12 + at.month - 1][name] += 1
    if not counts:
        return
    for month in range(max(min(counts), latest - MONTHS_SHOWN + 1), latest + 1):
        each = counts[month]
        yield Month(
            f"{month // 12:04d}-{month % 12 + 1:02d}",
            each["emails"],
            each["replies"],
            each["reclaimed"],
            each["without_contact"],
            each["lost"],
        )


def _domains(found: Sequence[DomainLinks], period: Period) -> Domains:
    gained = [each for each in found if period.holds(each.first_seen_at)]
    lost = [each for each in found if not each.stands and period.holds(each.last_seen_at)]
    return Domains(
        standing=sum(each.stands for each in found),
        gained=tuple(sorted(gained, key=lambda each: (each.first_seen_at, each.domain))),
        lost=tuple(sorted(lost, key=lambda each: (each.last_seen_at, each.domain))),
    )


def own_pages(found: Iterable[OwnPageLinks]) -> tuple[OwnPageLinks, ...]:
    """Those together that are one page, however their addresses are written."""
    together: dict[str, Counter[str]] = defaultdict(Counter)
    for each in found:
        key = canonical_url(each.url) or each.url
        together[key].update(stand=each.stand, gained=each.gained, gone=each.gone)
    made = (OwnPageLinks(url, counts["stand"], counts["gained"], counts["gone"]) for url, counts in together.items())
    return tuple(sorted(made, key=lambda each: (-each.stand, -each.gained, -each.gone, each.url)))


def _not_known(facts: Facts, told: Sequence[Story], total: Figures, period: Period, now: datetime) -> Iterator[str]:
    if total.found.not_seen:
        yield (
            f"{total.found.not_seen:,} pages could not be looked at (blocked, behind a paywall, robots.txt, "
            "no answer); they stand in no share."
        )
    asked = [story for story in told if story.asked_at is not None and period.holds(story.asked_at)]
    recent = sum(story.asked_at is not None and now - story.asked_at < RECENT for story in asked)
    if recent:
        yield (
            f"{recent:,} of {len(asked):,} were asked in the last {RECENT.days} days: answers and links may still come."
        )
    handed_off = sum(each.count for each in facts.opportunities if each.state is OpportunityState.HANDED_OFF)
    if handed_off == 1:
        yield (
            "1 draft found in this period lies in your mail program and is not marked as sent: "
            "whether it was is not known, and it does not count as asked."
        )
    elif handed_off:
        yield (
            f"{handed_off:,} drafts found in this period lie in your mail program and are not marked as sent: "
            "whether they were is not known, and they do not count as asked."
        )
    if asked:
        yield (
            "Sent, answered and declined are known where somebody marked them; "
            "links are known from looking at the article."
        )
    if facts.domains:
        yield "A link counts from the day we first saw it; it may be older. One that vanished was seen last on its day."
