"""Approvals that wait for a look at the article: asked for, settled when somebody has looked, or dropped with why."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, select, update

from mentions.exceptions import DecisionRefused
from mentions.looking_first import HOLDS, AskedApproval, Outcome, Seen, outcome
from mentions.outreach.approval import may_approve
from mentions.roles import Role
from mentions.store import drafts, suppression, users, workflow
from mentions.store.connecting import Connecting
from mentions.store.models import AskedApproval as Row
from mentions.store.models import Finding, Opportunity, Page, Publisher
from mentions.store.statements import AnyRow, upsert
from mentions.workflow import Decision, Move, Refusal, after

_OVERTAKEN: Final = "somebody decided about it meanwhile"
_LATE: Final = (
    f"the article was not looked at within {HOLDS // timedelta(hours=1)} hours, or the look is over a day old by now; "
    "read the email once more and approve it again"
)


@dataclass(frozen=True, slots=True)
class Settled:
    """An approval that does not wait any more. `why` None: it is approved."""

    asked: AskedApproval
    why: str | None = None


@dataclass(frozen=True, slots=True)
class OpenApproval:
    """An approval that waits, or was not carried out and not decided about since, as lists show it."""

    asked: AskedApproval
    page_title: str | None
    publisher: str  # domain


class Approving(Connecting):
    """Part of mentions.store.Store."""

    def ask_approval(
        self, opportunity_id: int, *, by: str, now: datetime, rev: int | None = None, strict: bool = True
    ) -> AskedApproval:
        """Keeps an approval until somebody has looked. Raises DecisionRefused where it would be refused anyway."""
        with self._write() as connection:
            standing = workflow.checked(connection, opportunity_id, rev)
            would_be = after(standing, Decision(Move.APPROVE), by=by, now=now)
            if isinstance(would_be, Refusal):
                raise DecisionRefused(f"draft {opportunity_id}: {would_be.why}")
            draft = drafts.of(connection, opportunity_id)
            if draft is not None:
                forbidden = suppression.suppressed(
                    connection, self._key, draft.draft.to_address, draft.finding.publisher
                )
                refusals = may_approve(draft, suppressed=forbidden, now=now, strict=strict).refusals
                if refusals:
                    raise DecisionRefused(f"draft {opportunity_id} cannot be approved: {'; '.join(refusals)}")
            asked = AskedApproval(opportunity_id, by, now, standing.rev)
            row = {"asked_by": by, "asked_at": now, "rev": asked.rev, "problem": None}
            connection.execute(
                upsert(connection, Row, ["opportunity_id"], list(row)), {"opportunity_id": opportunity_id, **row}
            )
            workflow.append(connection, opportunity_id, "approval asked", by, now, {})
            return asked

    def asked_approval(self, opportunity_id: int) -> AskedApproval | None:
        """The approval of an opportunity that waits, or was dropped and not looked at since; None: neither."""
        with self._read() as connection:
            query = (
                select(Row.__table__)
                .join(Opportunity, Opportunity.id == Row.opportunity_id)
                .where(Row.opportunity_id == opportunity_id, Row.rev == Opportunity.rev)
            )
            row = connection.execute(query).one_or_none()
            return _asked(row) if row else None

    def waiting_approvals(self) -> list[AskedApproval]:
        """Every approval that waits for a look, the oldest first."""
        with self._read() as connection:
            query = select(Row.__table__).where(Row.problem.is_(None)).order_by(Row.asked_at, Row.id)
            return [_asked(row) for row in connection.execute(query)]

    def open_approvals(self) -> list[OpenApproval]:
        """What waits for a look, or was not carried out and wants somebody's eye; the newest first."""
        query = (
            select(*Row.__table__.columns, Page.title.label("page_title"), Publisher.domain.label("publisher"))
            .join(Opportunity, Opportunity.id == Row.opportunity_id)
            .join(Finding, Finding.id == Opportunity.finding_id)
            .join(Page, Page.id == Finding.page_id)
            .join(Publisher, Publisher.id == Page.publisher_id)
            .where(Row.rev == Opportunity.rev)
            .order_by(Row.asked_at.desc(), Row.id.desc())
        )
        with self._read() as connection:
            return [OpenApproval(_asked(row), row.page_title, row.publisher) for row in connection.execute(query)]

    def withdraw_approval(self, opportunity_id: int, *, by: str, now: datetime) -> bool:
        """A person waits no longer; False: there was nothing to wait for."""
        with self._write() as connection:
            gone = connection.execute(delete(Row).where(Row.opportunity_id == opportunity_id)).rowcount
            if gone:
                workflow.append(connection, opportunity_id, "approval dropped", by, now, {"reason": "taken back"})
            return bool(gone)

    def settle_approvals(self, now: datetime, *, strict: bool = True) -> list[Settled]:
        """Approves or drops what somebody has looked at since; returns what does not wait any more.

        Each in a transaction of its own, so that one that fails stops no other.
        """
        settled = []
        for asked in self.waiting_approvals():
            with self._read() as connection:
                seen = _seen(connection, asked.opportunity_id)
            answer = outcome(asked, seen, now)
            if answer is Outcome.APPROVE:
                done = self._approve(asked, now, strict=strict)
                settled += [done] if done else []
            elif answer is Outcome.OVERTAKEN:
                settled.append(self.drop_approval(asked, _OVERTAKEN, now))
            elif answer is Outcome.LATE:
                settled.append(self.drop_approval(asked, _LATE, now))
            elif answer is Outcome.UNSEEN:
                why = f"we could not look at the article: {seen.problem or 'it could not be judged'}"
                settled.append(self.drop_approval(asked, why, now))
        return settled

    def drop_approval(self, asked: AskedApproval, why: str, now: datetime) -> Settled:
        """It was not approved after all; the reason is shown to whoever looks at it next."""
        with self._write() as connection:
            connection.execute(
                update(Row).where(Row.opportunity_id == asked.opportunity_id, Row.rev == asked.rev).values(problem=why)
            )
            workflow.append(connection, asked.opportunity_id, "approval dropped", None, now, {"reason": why})
        return Settled(replace(asked, problem=why), why)

    def _approve(self, asked: AskedApproval, now: datetime, *, strict: bool) -> Settled | None:
        """None: the person took it back at this very moment."""
        waits = (Row.opportunity_id == asked.opportunity_id, Row.rev == asked.rev, Row.problem.is_(None))
        try:
            with self._write() as connection:
                if not connection.execute(delete(Row).where(*waits)).rowcount:
                    return None
                _demand_approver(connection, asked)
                workflow.decide(
                    connection,
                    asked.opportunity_id,
                    Decision(Move.APPROVE),
                    by=asked.by,
                    now=now,
                    rev=asked.rev,
                    key=self._key,
                    strict=strict,
                )
        except DecisionRefused as error:
            return self.drop_approval(asked, str(error), now)
        return Settled(asked)


def _demand_approver(connection: Connection, asked: AskedApproval) -> None:
    """Raises DecisionRefused where whoever asked was let in no more, or made something less, since they asked."""
    role = users.role_of(connection, asked.by)
    if users.any_there(connection) and (role is None or not role.includes(Role.APPROVER)):
        raise DecisionRefused(f"draft {asked.opportunity_id}: {asked.by} asked for it, and may not approve any more")


def _asked(row: AnyRow) -> AskedApproval:
    return AskedApproval(row.opportunity_id, row.asked_by, row.asked_at, row.rev, row.problem)


def _seen(connection: Connection, opportunity_id: int) -> Seen:
    query = (
        select(Opportunity.rev, Page.last_looked_at, Finding.last_checked_at, Page.last_error, Page.reason)
        .join(Finding, Finding.id == Opportunity.finding_id)
        .join(Page, Page.id == Finding.page_id)
        .where(Opportunity.id == opportunity_id)
    )
    row = connection.execute(query).one()
    return Seen(row.rev, row.last_looked_at, row.last_checked_at, row.last_error or row.reason)
