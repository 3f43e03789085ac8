"""A period with something of everything in it, as the store would tell it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from mentions.findings import Verdict
from mentions.reporting.facts import DomainLinks, Facts, Happening, NamedCount, OpportunityCount, OwnPageLinks, Subject
from mentions.workflow import OpportunityState

NOW = datetime(2026, 12, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ACME, ORBIT = "Acme Robotics", "Orbit Report"


def day(number: int, month: int = 11) -> datetime:
    return datetime(2026, month, number, 9, 0, tzinfo=UTC)


def subject(
    number: int,
    *,
    target: str = ACME,
    publisher: str = "courier.example",
    group: str | None = "unlinked_brand/en",
    sent_at: datetime | None = None,
) -> Subject:
    return Subject(number, target, publisher, group, sent_at)


def event(number: int, kind: str, at: datetime, **detail: object) -> Happening:
    return Happening(number, kind, at, detail)


def facts(subjects: list[Subject], happenings: list[Happening], **more: tuple[object, ...]) -> Facts:
    """Facts with these stories; `more`: named, opportunities, domains, own_pages."""
    parts: dict[str, tuple[object, ...]] = {"named": (), "opportunities": (), "domains": (), "own_pages": ()}
    parts |= more
    in_order = tuple(sorted(happenings, key=lambda each: each.at))
    return Facts(subjects={each.id: each for each in subjects}, happenings=in_order, **parts)  # type: ignore[arg-type]  # each caller names its parts as Facts does


def busy_year() -> Facts:
    """Twelve months in which more and more people are asked, and a quarter of them link."""
    subjects: list[Subject] = []
    happenings: list[Happening] = []
    number = 0
    for month in range(1, 12):
        for nth in range(4 + month * 2):
            number += 1
            at = day(1 + nth % 25, month)
            target = ORBIT if nth % 3 == 0 else ACME
            publisher = f"{('courier', 'harbour-gazette', 'robot-weekly', 'pump-and-pipe')[nth % 4]}.example"
            template = ("unlinked_brand/en", "unlinked_report/en", "bare_url/de")[nth % 3]
            subjects.append(subject(number, target=target, publisher=publisher, group=template, sent_at=at))
            happenings += _life(number, nth, at)
    return facts(
        subjects,
        happenings,
        named=(
            NamedCount(ACME, Verdict.UNLINKED, True, 61),
            NamedCount(ACME, Verdict.LINKED, False, 82),
            NamedCount(ACME, Verdict.LINKED, True, 9),
            NamedCount(ACME, Verdict.QUALIFIED, False, 14),
            NamedCount(ORBIT, Verdict.MISDIRECTED, True, 7),
            NamedCount(ORBIT, Verdict.LINKED, False, 20),
            NamedCount(ORBIT, Verdict.UNKNOWN, False, 12),
            NamedCount(ORBIT, Verdict.NOT_MENTIONED, False, 5),
        ),
        opportunities=(
            OpportunityCount(ACME, OpportunityState.DRAFTED, True, True, 31),
            OpportunityCount(ACME, OpportunityState.NEW, False, False, 18),
            OpportunityCount(ACME, OpportunityState.HANDED_OFF, True, True, 3),
            OpportunityCount(ACME, OpportunityState.RECLAIMED, False, True, 9),
            OpportunityCount(ORBIT, OpportunityState.SENT, True, True, 7),
        ),
        domains=(
            DomainLinks("courier.example", day(3, 2), day(1), True),
            DomainLinks("robot-weekly.example", day(4), day(1, 12), True),
            DomainLinks("pump-and-pipe.example", day(1, 3), day(20), False),
        ),
        own_pages=(
            OwnPageLinks("https://acme.example/", 41, 6, 1),
            OwnPageLinks("https://acme.example/?utm_source=x", 1, 0, 0),
            OwnPageLinks("https://acme.example/state-of-robotics", 12, 5, 0),
        ),
    )


def _life(number: int, nth: int, at: datetime) -> Iterator[Happening]:
    yield event(number, "sent", at)
    if nth % 4 == 0:
        truth = "qualified" if nth % 8 == 0 else "linked"
        yield event(number, "reclaimed", at + (3 + nth % 7) * DAY, truth=truth, url="https://acme.example/")
    if nth % 3 == 0:
        yield event(number, "replied", at + 2 * DAY)
    elif nth % 7 == 5:
        yield event(number, "declined", at + 3 * DAY)
    if nth == 8:
        yield event(number, "link lost", at + 20 * DAY, truth="unlinked", was="linked")
