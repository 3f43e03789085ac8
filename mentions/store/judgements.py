"""What looks proved: findings, and the opportunities they open; the mentions and links beneath are in proof.py.

Every statement names crawler-owned columns only.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, bindparam, case, func, insert, select, update

from mentions.exceptions import StoreError
from mentions.findings import Finding as Judgement
from mentions.findings import JudgedLink, Verdict
from mentions.opportunities import Assessment, Level
from mentions.rechecking.days import DAY_APART
from mentions.store import moving, proof
from mentions.store.models import Event, Finding, Link, Mention, Opportunity, Target
from mentions.store.proof import Written
from mentions.store.records import OpportunityState, Saved
from mentions.store.statements import AnyRow, Upsert, chunks, upsert

# Verdicts that may be asked about; a qualified link has a level other than skip only where the rules say so.
ASKED: Final = frozenset({Verdict.UNLINKED, Verdict.BARE_URL, Verdict.OUTSIDE, Verdict.MISDIRECTED, Verdict.QUALIFIED})


@dataclass(frozen=True, slots=True)
class Judged:
    """What one look at a page proved. `answered`: it did not fail; `read`: its whole content was there to judge."""

    page_id: int
    looked_at: datetime
    findings: Sequence[tuple[Judgement, Assessment]]
    answered: bool
    read: bool


def save(connection: Connection, run_id: int, looks: Sequence[Judged]) -> Saved:
    """Writes what a batch of looks proved, each page at most once in it."""
    targets = _target_ids(connection, looks)
    known = _known(connection, [look.page_id for look in looks])
    written = _save_findings(connection, run_id, looks, targets, known)
    _note_missing(connection, run_id, looks, targets, known)
    new_mentions = proof.save_mentions(connection, written)
    proof.save_links(connection, written)
    new_opportunities = _open_opportunities(connection, written)
    _note_links_found(connection, written)
    return Saved(new_mentions, new_opportunities)


def keep_unchanged(connection: Connection, run_id: int, pages: Sequence[tuple[int, datetime]]) -> None:
    """Pages that say nothing changed: what stood there at the last good look still does."""
    if not pages:
        return
    rows = [{"on_page": page_id, "at": at} for page_id, at in pages]
    for model in (Mention, Link):
        stood = (
            select(Finding.id)
            .where(
                Finding.id == model.finding_id,
                Finding.page_id == bindparam("on_page"),
                Finding.last_checked_at == model.last_seen_at,
            )
            .exists()
        )
        connection.execute(update(model).where(stood).values(last_seen_at=bindparam("at")), rows)
    here = Finding.missing_since.is_(None)
    connection.execute(
        update(Finding)
        .where(Finding.page_id == bindparam("on_page"))
        .values(
            run_id=run_id,
            last_checked_at=bindparam("at"),
            last_seen_at=case((here, bindparam("at")), else_=Finding.last_seen_at),
        ),
        rows,
    )


def _target_ids(connection: Connection, looks: Sequence[Judged]) -> dict[str, int]:
    """The rows of the targets that are watched, by name."""
    rows = connection.execute(select(Target.name, Target.id).where(Target.retired_at.is_(None)))
    ids = {row.name: row.id for row in rows}
    unknown = {judgement.target for look in looks for judgement, _ in look.findings} - set(ids)
    if unknown:
        raise StoreError(f"the target {min(unknown)!r} is not in the database; a run registers its targets first")
    return ids


def _known(connection: Connection, page_ids: Sequence[int]) -> dict[tuple[int, int], AnyRow]:
    """What is known of these pages so far, by page and target."""
    query = select(
        Finding.id, Finding.page_id, Finding.target_id, Finding.verdict, Finding.last_checked_at, Finding.missing_since
    )
    return {
        (row.page_id, row.target_id): row
        for part in chunks(page_ids)
        for row in connection.execute(query.where(Finding.page_id.in_(part)))
    }


def _may_change(look: Judged, judgement: Judgement, known: AnyRow | None) -> bool:
    """Could not look is never "no link": neither a failed look nor `unknown` touches what a good look has proved."""
    if known is None or known.verdict is Verdict.UNKNOWN:
        return True
    return look.answered and judgement.verdict is not Verdict.UNKNOWN


def _save_findings(
    connection: Connection,
    run_id: int,
    looks: Sequence[Judged],
    targets: dict[str, int],
    known: dict[tuple[int, int], AnyRow],
) -> list[Written]:
    rows: dict[tuple[int, int], dict[str, Any]] = {}
    said: dict[tuple[int, int], tuple[Judgement, Assessment]] = {}
    for look in looks:
        for judgement, assessment in look.findings:
            place = (look.page_id, targets[judgement.target])
            before = known.get(place)
            if not _may_change(look, judgement, before):
                continue
            # A clock that went back (summer time, a wrong clock) must not make a finding older than it was.
            at = max(look.looked_at, before.last_checked_at) if before else look.looked_at
            rows[place] = _finding_row(place, run_id, at, judgement, assessment)
            said[place] = (judgement, assessment)
    if not rows:
        return []
    statement = upsert(connection, Finding, ["page_id", "target_id"], _JUDGED, _last_mention)
    ids = connection.execute(
        statement.returning(Finding.id, Finding.page_id, Finding.target_id), [rows[place] for place in sorted(rows)]
    )
    places = {row.id: (row.page_id, row.target_id) for row in ids}
    return [
        Written(finding_id, place, rows[place]["last_checked_at"], *said[place]) for finding_id, place in places.items()
    ]


_JUDGED: Final = (
    "run_id",
    "verdict",
    "reasons",
    "level",
    "priority",
    "parts",
    "level_reasons",
    "page_answer",
    "canonical",
    "contact_address",
    "contact_name",
    "contact_source_url",
    "contact_why",
    "last_checked_at",
    "missing_since",
)


def _last_mention(new: Upsert) -> dict[str, ColumnElement[Any]]:
    """A page that no longer names us keeps the words it had: they are what a person was shown."""
    named = new.excluded["sentence"].is_not(None)
    shown: dict[str, ColumnElement[Any]] = {
        name: func.coalesce(new.excluded[name], getattr(Finding, name))
        for name in ("sentence", "matched", "zone", "similarity")
    }
    seen = case((named, new.excluded["last_seen_at"]), else_=Finding.last_seen_at)
    return {**shown, "last_seen_at": seen}


def _finding_row(
    place: tuple[int, int], run_id: int, at: datetime, judgement: Judgement, assessment: Assessment
) -> dict[str, Any]:
    lead, contact = judgement.lead, assessment.contact
    return {
        "page_id": place[0],
        "target_id": place[1],
        "run_id": run_id,
        "verdict": judgement.verdict,
        "reasons": list(judgement.reasons),
        "level": assessment.level,
        "priority": assessment.priority,
        "parts": [asdict(part) for part in assessment.parts],
        "level_reasons": list(assessment.reasons),
        "page_answer": None,
        "canonical": judgement.canonical,
        "contact_address": contact.address if contact else None,
        "contact_name": contact.name if contact else None,
        "contact_source_url": contact.source_url if contact else None,
        "contact_why": contact.why if contact else None,
        "sentence": lead.sentence if lead else None,
        "matched": lead.matched if lead else None,
        "zone": lead.zone if lead else None,
        "similarity": lead.similarity if lead else None,
        "first_seen_at": at,
        "last_seen_at": at,
        "last_checked_at": at,
        "missing_since": None,
    }


def _note_missing(
    connection: Connection,
    run_id: int,
    looks: Sequence[Judged],
    targets: dict[str, int],
    known: dict[tuple[int, int], AnyRow],
) -> None:
    """Findings whose target a good look no longer names: missing at first, not mentioned after a day of it."""
    watched = set(targets.values())
    missing: list[dict[str, Any]] = []
    gone: list[dict[str, Any]] = []
    for look in looks:
        if not look.read:
            continue
        named = {targets[judgement.target] for judgement, _ in look.findings}
        for (page_id, target_id), row in known.items():
            if page_id != look.page_id or target_id in named or target_id not in watched:
                continue
            if row.verdict in {Verdict.OWN_PAGE, Verdict.NOT_MENTIONED}:
                continue
            since = row.missing_since or look.looked_at
            long_enough = look.looked_at - since >= DAY_APART
            (gone if long_enough else missing).append(
                {"of": row.id, "at": max(look.looked_at, row.last_checked_at), "since": since}
            )
    noted: dict[str, Any] = {
        "run_id": run_id,
        "last_checked_at": bindparam("at"),
        "missing_since": bindparam("since"),
    }
    over: dict[str, Any] = {
        "verdict": Verdict.NOT_MENTIONED,
        "reasons": ["the page named the target before and no longer does"],
        "level": Level.SKIP,
        "priority": None,
        "level_reasons": ["the page no longer names the target"],
        "page_answer": None,
        "parts": [],
    }
    update_one = update(Finding).where(Finding.id == bindparam("of"))
    if missing:
        connection.execute(update_one.values(**noted), missing)
    if gone:
        connection.execute(update_one.values(**noted, **over), gone)


def _open_opportunities(connection: Connection, written: Sequence[Written]) -> int:
    """Opens an opportunity for each finding worth a look that has none; returns how many. Known ones stay."""
    worth_asking = [f for f in written if f.judgement.verdict in ASKED and f.assessment.level is not Level.SKIP]
    elsewhere = moving.opened_elsewhere(connection, {f.place[0] for f in worth_asking})
    rows = [
        {"finding_id": f.finding_id, "created_at": f.at, "state": OpportunityState.NEW, "state_at": f.at}
        for f in worth_asking
        if f.place not in elsewhere
    ]
    if not rows:
        return 0
    opened = connection.execute(
        upsert(connection, Opportunity, ["finding_id"]).returning(Opportunity.id, Opportunity.created_at), rows
    ).all()
    _append_events(connection, "opportunity found", [(row.id, row.created_at, {}) for row in opened])
    return len(opened)


def _note_links_found(connection: Connection, written: Sequence[Written]) -> None:
    """The first time a link of ours stands in the article of an opportunity, what it is and when it was seen."""
    found = {f.finding_id: (f.at, link) for f in written if (link := _link_in_article(f.judgement)) is not None}
    if not found:
        return
    rows = connection.execute(
        select(Opportunity.id, Opportunity.finding_id).where(
            Opportunity.finding_id.in_(list(found)), Opportunity.link_found_at.is_(None)
        )
    ).all()
    values = []
    for row in rows:
        at, judged = found[row.finding_id]
        values.append({"of": row.id, "at": at, "url": judged.link.url, "rel_found": " ".join(judged.rel)})
    if not values:
        return
    connection.execute(
        update(Opportunity)
        .where(Opportunity.id == bindparam("of"))
        .values(link_found_at=bindparam("at"), link_url_found=bindparam("url"), link_rel=bindparam("rel_found")),
        values,
    )
    _append_events(
        connection,
        "link found",
        [(value["of"], value["at"], {"url": value["url"], "rel": value["rel_found"]}) for value in values],
    )


def _append_events(connection: Connection, kind: str, about: Sequence[tuple[int, datetime, dict[str, Any]]]) -> None:
    rows = [
        {"at": at, "kind": kind, "subject": f"opportunity/{opportunity_id}", "detail": detail}
        for opportunity_id, at, detail in about
    ]
    if rows:
        connection.execute(insert(Event), rows)


def _link_in_article(judgement: Judgement) -> JudgedLink | None:
    """The link that makes a finding linked or qualified; None for every other verdict."""
    if judgement.verdict not in {Verdict.LINKED, Verdict.QUALIFIED}:
        return None
    ours = [j for j in judgement.links if j.ours and j.link.zone.is_article]
    return min(ours, key=lambda judged: len(judged.rel), default=None)
