"""What looks mean for the opportunities on the pages looked at: folded in the transaction that stores the looks.

mentions.rechecking.truth.after decides; here is read what it asks for, and written what it says. Crawler-owned columns,
but for the state, by the program's own moves (mentions.workflow).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from mentions.exceptions import StaleRevision
from mentions.findings import Finding as Judgement
from mentions.pages import PageState
from mentions.rechecking.days import ABSENT_DAYS, DAY_APART, is_gone, sight_of
from mentions.rechecking.looks import Agreed, Look, SeenLink, still, truth_of
from mentions.rechecking.rewriting import is_rewritten
from mentions.rechecking.schedule import next_look_at
from mentions.rechecking.truth import Followed, Watched, after
from mentions.rechecking.words import Sight, Truth
from mentions.store import destinations, workflow
from mentions.store.models import Check, Draft, Event, Finding, Opportunity, Page, Recheck, Run, Target
from mentions.store.models import Look as LookRow
from mentions.store.records import PageOutcome
from mentions.store.statements import AnyRow, chunks, upsert
from mentions.targets import Kind
from mentions.urls import canonical_url, split
from mentions.workflow import Decision, Refusal, Standing
from mentions.workflow import after as decided

_LINK: Final = ("link_url", "link_rel", "link_anchor", "link_zone", "target_status")
# Fields of Watched that are columns of the same name; its link is the columns of _LINK.
_WATCHED: Final = tuple(field.name for field in fields(Watched) if field.name != "link")
_STANDING: Final = ("state", "state_at", "sent_at", "handed_off_at")
_TRIES: Final = 2
_CHECKS_READ: Final = 40  # the newest looks at a page among which the days are counted on which it was not there


@dataclass(frozen=True, slots=True)
class _Case:
    """One opportunity, and the look at its article."""

    row: AnyRow
    outcome: PageOutcome

    @property
    def again(self) -> bool:
        """Whether the article was judged before: the look by which an opportunity is found looks at nothing again."""
        return self.row.failures is not None  # a column without NULL: the row of the outer join is there

    @property
    def before(self) -> Watched:
        return watched_of(self.row)

    @property
    def standing(self) -> Standing:
        """As far as looks care."""
        return Standing(**{name: getattr(self.row, name) for name in _STANDING})

    @property
    def seen(self) -> PageOutcome:
        """What was read: of a page that leads elsewhere, what stands there."""
        return self.outcome.there or self.outcome


def follow(connection: Connection, run_id: int, looks: Sequence[tuple[int, PageOutcome]]) -> Counter[str]:
    """Folds looks at pages, each page at most once, into what is known of their opportunities.

    Returns how many looks there were at opportunities known before ("looks"), how many of these could not see
    ("unseen"), and how often each kind of event happened. A look that was folded before is left out.
    """
    mark_gone(connection, looks)
    started_at = connection.execute(select(Run.started_at).where(Run.id == run_id)).scalar_one()
    cases = _cases(connection, looks, started_at)
    if not cases:
        return Counter()
    agreed = _agreed(connection, cases)
    counted: Counter[str] = Counter()
    watched_rows, look_rows, events = [], [], []
    for case in cases:
        look = _look(case, agreed[case.row.opportunity_id])
        followed = after(case.before, look, case.standing)
        standing = _moved(connection, case, followed, look.at) or case.standing
        watched_rows.append(_watched_row(case, followed.watched, standing, look.at))
        look_rows.append(_look_row(case, run_id, look))
        events += _events(case, followed, standing, look.at)
        counted["looks"] += case.again
        counted["unseen"] += case.again and not look.sight.is_good
        counted.update(happened.kind.value for happened in followed.happened)
    updated = [name for name in watched_rows[0] if name not in {"opportunity_id", "page_id", "publisher_id"}]
    connection.execute(upsert(connection, Recheck, ["opportunity_id"], updated), watched_rows)
    connection.execute(insert(LookRow), look_rows)
    if events:
        connection.execute(insert(Event), events)
    return counted


def mark_gone(connection: Connection, looks: Sequence[tuple[int, PageOutcome]]) -> None:
    """Pages that were not there on three days are gone, until a good look says otherwise."""
    absent = [
        (page_id, outcome) for page_id, outcome in looks if sight_of(outcome.state, outcome.http_status) is Sight.ABSENT
    ]
    for page_id, outcome in absent:
        query = (
            select(Check.looked_at, Check.state, Check.http_status)
            .where(Check.page_id == page_id)
            .order_by(Check.looked_at.desc())
            .limit(_CHECKS_READ)
        )
        rows = connection.execute(query)
        if is_gone((row.looked_at, sight_of(row.state, row.http_status)) for row in rows):
            reason = f"not there on {ABSENT_DAYS} days; last: {outcome.reason or 'not found'}"
            values = {"state": PageState.GONE, "reason": reason, "http_status": outcome.http_status}
            connection.execute(update(Page).where(Page.id == page_id).values(values))


def watched_of(row: AnyRow) -> Watched:
    """What the columns of table recheck say; those of an outer join that found none say nothing."""
    values = {name: getattr(row, name) for name in _WATCHED}
    values |= {"failures": row.failures or 0, "absent": row.absent or 0, "rewritten": bool(row.rewritten)}
    return Watched(**values, link=link_of(row))


def link_of(row: AnyRow) -> SeenLink | None:
    """The link that the columns of a row of recheck or look describe."""
    if row.link_url is None or row.link_zone is None:
        return None
    return SeenLink(
        row.link_url, tuple((row.link_rel or "").split()), row.link_anchor or "", row.link_zone, row.target_status
    )


# --- reading ----------------------------------------------------------------------------------------------------------


def _cases(connection: Connection, looks: Sequence[tuple[int, PageOutcome]], started_at: datetime) -> list[_Case]:
    """The opportunities on these pages, but those whose look is written down already."""
    outcomes = dict(looks)
    query = (
        select(
            Opportunity.id.label("opportunity_id"),
            *(getattr(Opportunity, name) for name in _STANDING),
            Finding.page_id,
            Page.publisher_id,
            Page.text,
            Target.name.label("target"),
            *(getattr(Recheck, name) for name in (*_WATCHED, *_LINK)),
        )
        .join(Finding, Finding.id == Opportunity.finding_id)
        .join(Page, Page.id == Finding.page_id)
        .join(Target, Target.id == Finding.target_id)
        .join(Recheck, Recheck.opportunity_id == Opportunity.id, isouter=True)
        .order_by(Opportunity.id)
    )
    rows = [
        row for part in chunks(sorted(outcomes)) for row in connection.execute(query.where(Finding.page_id.in_(part)))
    ]
    known = {
        (row.opportunity_id, row.looked_at)
        for part in chunks([row.opportunity_id for row in rows])
        for row in connection.execute(
            select(LookRow.opportunity_id, LookRow.looked_at).where(
                LookRow.opportunity_id.in_(part),
                LookRow.looked_at.in_({outcomes[row.page_id].looked_at for row in rows}),
            )
        )
    }
    cases = [
        _Case(row, outcomes[row.page_id])
        for row in rows
        if (row.opportunity_id, outcomes[row.page_id].looked_at) not in known
    ]
    return [case for case in cases if not _is_old(case, started_at)]


def _is_old(case: _Case, started_at: datetime) -> bool:
    """Is it a copy out of an archive, from before the last look? It tells nothing of today.

    Told by the beginning of the run: after a clock was put back, a look of today may be older than the last one.
    """
    at, last = case.outcome.looked_at, case.row.last_look_at
    return last is not None and at < last and at < started_at - DAY_APART


def _agreed(connection: Connection, cases: Sequence[_Case]) -> dict[int, Agreed]:
    """By opportunity: the pages that a link may lead to, and what is known of those that links lead to."""
    numbers = [case.row.opportunity_id for case in cases]
    pages: dict[int, set[str]] = {number: set() for number in numbers}
    named = (
        select(Opportunity.id, Target.url, Target.pages, Target.kind)
        .join(Finding, Finding.id == Opportunity.finding_id)
        .join(Target, Target.id == Finding.target_id)
    )
    for part in chunks(numbers):
        for row in connection.execute(named.where(Opportunity.id.in_(part))):
            pages[row.id] |= {row.url, *(row.pages or ()), *_front(row.url, row.kind)}
        asked_for = select(Draft.opportunity_id, Draft.suggested_url).where(Draft.opportunity_id.in_(part))
        for row in connection.execute(asked_for):
            pages[row.opportunity_id].add(row.suggested_url)
    found = destinations.find(connection, {canonical_url(url) for case in cases for url in _addresses(case)})
    return {number: Agreed.on(urls, found) for number, urls in pages.items()}


def _front(url: str, kind: Kind) -> Iterable[str]:
    """A brand is well linked by its front page too; a report is not."""
    parts = split(url)
    return (f"{parts.scheme}://{parts.netloc}/",) if parts and kind is Kind.BRAND else ()


def _addresses(case: _Case) -> Iterable[str]:
    if case.row.link_url:
        yield case.row.link_url
    judgement = _judgement(case)
    for judged in judgement.links if judgement else ():
        if judged.link.zone.is_article:
            yield judged.link.effective_url or judged.link.url or judged.link.href


def _judgement(case: _Case) -> Judgement | None:
    """What the look says of the opportunity's target; None: it says nothing."""
    seen = case.seen
    judged = (*(finding for finding, _ in seen.findings), *seen.unnamed)
    return next((finding for finding in judged if finding.target == case.row.target), None)


# --- understanding ----------------------------------------------------------------------------------------------------


def _look(case: _Case, agreed: Agreed) -> Look:
    seen = case.seen
    sight = sight_of(seen.state, seen.http_status, unchanged=seen.unchanged or seen.http_status == 304)
    judgement = _judgement(case)
    truth, link = _truth(case, sight, judgement, agreed)
    if sight is Sight.READ and truth is None and judgement is not None:
        sight = Sight.HIDDEN  # it was judged `unknown`: its text is not there for us
    return Look(
        at=case.outcome.looked_at,
        sight=sight,
        page_state=case.outcome.state,
        http_status=case.outcome.http_status,
        reason=case.outcome.reason,
        verdict=judgement.verdict if judgement and judgement not in seen.unnamed else None,
        truth=truth,
        link=link,
        rewritten=truth is Truth.NOT_NAMED and is_rewritten(case.row.text, seen.rest),
    )


def _truth(
    case: _Case, sight: Sight, judgement: Judgement | None, agreed: Agreed
) -> tuple[Truth | None, SeenLink | None]:
    before = case.before
    if sight is Sight.READ and judgement is not None:
        return truth_of(judgement, agreed, noindex=case.seen.noindex)
    if sight is Sight.READ:
        # It does not name us. Whether a link is left nobody has looked where the page was not expected to name us:
        # the next look at this opportunity is made to tell.
        return (None, None) if before.truth is not None and before.truth.has_link else (Truth.NOT_NAMED, None)
    if sight is Sight.UNCHANGED and before.seen is not None:
        if before.seen.has_link and before.link is not None:
            return still(before.seen, before.link, agreed)
        return before.seen, None
    return None, None


def _moved(connection: Connection, case: _Case, followed: Followed, at: datetime) -> Standing | None:
    """Where the opportunity stands after the program's move; None: it does not move.

    Where a person decides at the same moment (PostgreSQL lets them) their word stands.
    """
    if followed.move is None:
        return None
    number = case.row.opportunity_id
    for _ in range(_TRIES):
        before = workflow.standing(connection, number)
        outcome = decided(before, Decision(followed.move), by=None, now=at)
        if isinstance(outcome, Refusal):
            return None
        with suppress(StaleRevision):
            workflow.write(connection, number, before, outcome)
            return outcome
    return None  # the next look tries again


# --- writing ----------------------------------------------------------------------------------------------------------


def _link_columns(link: SeenLink | None) -> dict[str, Any]:
    if link is None:
        return dict.fromkeys(_LINK)
    values = (link.url, " ".join(link.rel), link.anchor, link.zone, link.target_status)
    return dict(zip(_LINK, values, strict=True))


def _watched_row(case: _Case, watched: Watched, standing: Standing, at: datetime) -> dict[str, Any]:
    return {
        "opportunity_id": case.row.opportunity_id,
        "page_id": case.row.page_id,
        "publisher_id": case.row.publisher_id,
        **plan(watched, standing, now=at),
        "asked_at": None,
        "asked_by": None,
        **{name: getattr(watched, name) for name in _WATCHED},
        **_link_columns(watched.link),
    }


def plan(watched: Watched, standing: Standing, *, now: datetime) -> dict[str, Any]:
    """The columns that say when to look next, and for which standing that was planned."""
    return {
        "next_look_at": next_look_at(watched, standing, now=now),
        "planned_for": standing.state,
        "planned_for_at": standing.state_at,
    }


def _look_row(case: _Case, run_id: int, look: Look) -> dict[str, Any]:
    return {
        "opportunity_id": case.row.opportunity_id,
        "run_id": run_id,
        "looked_at": look.at,
        "sight": look.sight,
        "page_state": look.page_state,
        "http_status": look.http_status,
        "reason": look.reason,
        "verdict": look.verdict,
        "truth": look.truth,
        **_link_columns(look.link),
    }


def _events(case: _Case, followed: Followed, standing: Standing, at: datetime) -> list[dict[str, Any]]:
    moves: Mapping[str, Any] = {}
    if standing.state is not case.row.state:
        moves = {"from": case.row.state.value, "to": standing.state.value}
    told = [(happened.kind.value, happened.detail) for happened in followed.happened]
    if moves and not told and followed.move:
        told = [(followed.move.value, {})]
    return [
        {
            "at": max(at, followed.watched.last_look_at or at),
            "kind": kind,
            "subject": f"opportunity/{case.row.opportunity_id}",
            "detail": {**detail, **moves},
        }
        for kind, detail in told
    ]
