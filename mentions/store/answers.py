"""What people said of the sense of mentions: human-owned, the newest word of each counts."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from mentions.exceptions import NothingThere, StoreError
from mentions.extraction.article import Link as PageLink
from mentions.links import LinkKind
from mentions.matching.feedback import Answer, Case
from mentions.matching.mention import Candidate, Decision
from mentions.store.keys import page_key, sentence_key
from mentions.store.models import Answer as Row
from mentions.store.models import Event, Finding, Link, Mention, Opportunity, Page, Target
from mentions.store.records import OpportunityState
from mentions.store.statements import AnyRow, bytewise, upsert
from mentions.urls import canonical_url

NOT_US: Final = "not us"  # why a rejected opportunity is ignored
_OPEN: Final = (OpportunityState.NEW, OpportunityState.DRAFTED)


def case(connection: Connection, opportunity_id: int) -> Case:
    """What is known of an opportunity's finding. Raises StoreError where there is none, or its page keeps no text."""
    row = connection.execute(
        select(Finding.id, Finding.sentence, Page.url, Page.text, Page.language, Target.name)
        .join(Opportunity, Opportunity.finding_id == Finding.id)
        .join(Page, Page.id == Finding.page_id)
        .join(Target, Target.id == Finding.target_id)
        .where(Opportunity.id == opportunity_id)
    ).one_or_none()
    if row is None:
        raise NothingThere(f"there is no opportunity {opportunity_id}; `mentions drafts --all` shows their numbers")
    mentions = connection.execute(
        select(Mention.__table__).where(Mention.finding_id == row.id).order_by(Mention.start, Mention.id)
    ).all()
    text = row.text or ""
    standing = [m for m in mentions if text[m.start : m.end] == m.matched]
    if not standing:
        raise StoreError(f"the text of opportunity {opportunity_id} is no longer kept; answer after its next look")
    links = connection.execute(select(Link.__table__).where(Link.finding_id == row.id).order_by(Link.place)).all()
    return Case(
        opportunity_id=opportunity_id,
        target=row.name,
        page_url=row.url,
        sentence=row.sentence or standing[0].sentence,
        text=text,
        language=row.language,
        candidates=tuple((_candidate(row.name, m), m.zone) for m in standing),
        links=tuple(
            PageLink(k.url, k.url, k.effective_url, LinkKind.WEB, k.anchor, (), k.zone, 0, 0)
            for k in links
            if k.effective_url and not k.hidden
        ),
    )


def _candidate(target: str, row: AnyRow) -> Candidate:
    return Candidate(target, row.alias, row.start, row.end, row.similarity, row.method)


def save(connection: Connection, answers: Sequence[Answer]) -> int:
    """Writes answers; of one mention the newest word counts. Returns how many changed what was known.

    An answer about an opportunity of this store also marks its mentions, and closes or reopens it.
    """
    changed = 0
    for answer in answers:
        key = page_key(canonical_url(answer.page_url) or answer.page_url)
        unique = {"target": answer.target, "page_key": key, "sentence_key": sentence_key(answer.sentence)}
        known = connection.execute(
            select(Row.said_at, Row.is_us).where(*(getattr(Row, name) == value for name, value in unique.items()))
        ).one_or_none()
        if known is not None and known.said_at >= answer.said_at:
            continue
        names = ("page_url", "sentence", "is_us", "said_by", "said_at", "note", "opportunity_id")
        values = {name: getattr(answer, name) for name in names}
        values |= {"signs": dict(answer.signs), "words": list(answer.words)}
        connection.execute(upsert(connection, Row, list(unique), list(values)), {**unique, **values})
        if answer.opportunity_id is not None:
            _apply(connection, answer, answer.opportunity_id)
        changed += 1
    return changed


def _apply(connection: Connection, answer: Answer, opportunity_id: int) -> None:
    """The person's word on the mentions of an opportunity, on the opportunity itself, and in the history."""
    finding = select(Opportunity.finding_id).where(Opportunity.id == opportunity_id).scalar_subquery()
    connection.execute(
        update(Mention)
        .where(Mention.finding_id == finding)
        .values(
            person_sense=Decision.US if answer.is_us else Decision.NOT_US,
            person_sense_by=answer.said_by,
            person_sense_at=answer.said_at,
        )
    )
    this = update(Opportunity).where(Opportunity.id == opportunity_id)
    now: dict[str, Any] = {"state_at": answer.said_at, "state_by": answer.said_by, "rev": Opportunity.rev + 1}
    if answer.is_us:
        closed = (Opportunity.state == OpportunityState.IGNORED, Opportunity.reason == NOT_US)
        connection.execute(this.where(*closed).values(state=OpportunityState.NEW, reason=None, **now))
    else:
        connection.execute(
            this.where(Opportunity.state.in_(_OPEN)).values(state=OpportunityState.IGNORED, reason=NOT_US, **now)
        )
    connection.execute(
        insert(Event),
        {
            "at": answer.said_at,
            "kind": "sense accepted" if answer.is_us else "sense rejected",
            "subject": f"opportunity/{opportunity_id}",
            "actor": answer.said_by,
            "detail": {"note": answer.note} if answer.note else {},
        },
    )


def find(connection: Connection, *, target: str | None = None) -> list[Answer]:
    """Every answer, by target, page and sentence."""
    query = select(Row.__table__).order_by(
        bytewise(connection, Row.target), bytewise(connection, Row.page_key), Row.sentence_key
    )
    if target is not None:
        query = query.where(Row.target == target)
    return [_answer(row) for row in connection.execute(query)]


def _answer(row: AnyRow) -> Answer:
    return Answer(
        target=row.target,
        page_url=row.page_url,
        sentence=row.sentence,
        is_us=row.is_us,
        signs=row.signs,
        words=tuple(row.words),
        said_by=row.said_by,
        said_at=row.said_at,
        note=row.note,
        opportunity_id=row.opportunity_id,
    )
