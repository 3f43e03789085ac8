"""What came of looks at pages: pages, checks, findings, mentions, links and opportunities, whole pages at a time.

Every statement names crawler-owned columns only. A look that failed changes nothing but the page's attempts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum, auto
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, case, func, or_, select

from mentions.pages import PageState
from mentions.store import following, judgements, moving
from mentions.store.frontier import publisher_ids
from mentions.store.keys import page_key
from mentions.store.models import Article, Check, Page
from mentions.store.records import PageOutcome, Saved
from mentions.store.statements import Upsert, upsert
from mentions.urls import canonical_url

PAGES_AT_ONCE: Final = 50  # a transaction; longer ones make a person at the review desk wait


class Look(Enum):
    """What a look can say, and so what it may change."""

    READ = auto()  # the page answered and was read: everything
    UNCHANGED = auto()  # it says that nothing changed since the last good look: the dates
    REFUSED = auto()  # it is there and not for us (blocked, paywalled, unparsable, elsewhere): its state
    FAILED = auto()  # no answer to rely on: the number of attempts


def look_of(outcome: PageOutcome) -> Look:
    """Which kind of look this was."""
    if outcome.state is PageState.ERROR:
        return Look.FAILED
    if outcome.unchanged or outcome.http_status == 304:
        return Look.UNCHANGED
    return Look.READ if outcome.state is PageState.LIVE else Look.REFUSED


def batches(outcomes: Sequence[PageOutcome]) -> Iterator[list[PageOutcome]]:
    """The outcomes in order, at most PAGES_AT_ONCE together, and no page twice together."""
    batch: dict[str, PageOutcome] = {}
    for outcome in outcomes:
        key = page_key(outcome.key)
        if len(batch) == PAGES_AT_ONCE or key in batch:
            yield list(batch.values())
            batch = {}
        batch[key] = outcome
    if batch:
        yield list(batch.values())


def save(connection: Connection, run_id: int, batch: Sequence[PageOutcome]) -> Saved:
    """Writes one batch; to be called in one transaction."""
    publishers = publisher_ids(connection, (o.publisher for o in batch), min(o.looked_at for o in batch))
    by_look: dict[Look, list[dict[str, Any]]] = {}
    for outcome in sorted(batch, key=lambda o: o.key):  # one order for all writers: PostgreSQL locks row by row
        by_look.setdefault(look_of(outcome), []).append(_page_row(outcome, publishers[outcome.publisher]))
    for look, rows in by_look.items():
        connection.execute(_PAGE_UPSERTS[look](connection), rows)
    page_ids = _page_ids(connection, (page_key(o.key) for o in batch))
    looks = [(page_ids[page_key(o.key)], look_of(o), o) for o in batch]
    connection.execute(
        upsert(connection, Check, ["page_id", "looked_at"]),
        [_check_row(page_id, run_id, outcome) for page_id, _, outcome in looks],
    )
    _save_signs(connection, publishers, looks)
    judgements.keep_unchanged(connection, run_id, [(i, o.looked_at) for i, look, o in looks if look is Look.UNCHANGED])
    saved = judgements.save(
        connection,
        run_id,
        [
            judgements.Judged(
                page_id,
                outcome.looked_at,
                outcome.findings,
                answered=look is not Look.FAILED,
                read=look is Look.READ,
            )
            for page_id, look, outcome in looks
            if look is not Look.UNCHANGED
        ],
    )
    moving.follow(connection, [page_id for page_id, look, _ in looks if look in {Look.READ, Look.REFUSED}])
    followed = following.follow(connection, run_id, [(page_id, outcome) for page_id, _, outcome in looks])
    return replace(saved, looks=followed)


def _save_signs(
    connection: Connection, publishers: Mapping[str, int], looks: Sequence[tuple[int, Look, PageOutcome]]
) -> None:
    """What articles tell besides their mentions. A changed text is compared with others anew."""
    rows = [
        {
            "page_id": page_id,
            "publisher_id": publishers[outcome.publisher],
            "links_out": outcome.signs.links_out,
            "links_followed": outcome.signs.links_followed,
            "credit": outcome.signs.credit,
            "sketch": outcome.signs.sketch,
        }
        for page_id, look, outcome in sorted(looks, key=lambda entry: entry[0])
        if look is Look.READ and outcome.signs is not None
    ]
    if not rows:
        return

    def compared(new: Upsert) -> dict[str, ColumnElement[Any]]:
        same = or_(new.excluded.sketch.is_(None), new.excluded.sketch == Article.sketch)
        return {
            "story_id": case((same, Article.story_id), else_=None),
            "sketch": func.coalesce(new.excluded.sketch, Article.sketch),
            "credit": func.coalesce(new.excluded.credit, Article.credit),
        }

    counted = ["links_out", "links_followed"]
    connection.execute(upsert(connection, Article, ["page_id"], counted, compared), rows)


def _page_row(outcome: PageOutcome, publisher_id: int) -> dict[str, Any]:
    failed = outcome.state is PageState.ERROR
    return {
        "key": page_key(outcome.key),
        "url": outcome.url,
        "publisher_id": publisher_id,
        "found_at": outcome.looked_at,
        "state": outcome.state,
        "last_good_at": None if failed else outcome.looked_at,
        "final_url": outcome.final_url,
        "http_status": outcome.http_status,
        "reason": outcome.reason,
        "etag": outcome.etag,
        "last_modified": outcome.last_modified,
        "content_hash": outcome.content_hash,
        "body_bytes": outcome.body_bytes,
        "title": outcome.title,
        "author": outcome.author,
        "published_at": outcome.published,
        "language": outcome.language,
        "site_name": outcome.site_name,
        "last_looked_at": outcome.looked_at,
        "due_at": None,
        "attempts": int(failed),
        "last_error": (outcome.reason or "the look failed") if failed else None,
        "leads_to": _leads_to(outcome),
        "text": outcome.text,
    }


def _leads_to(outcome: PageOutcome) -> str | None:
    """The key of the other page that this one leads to; None: it leads to none."""
    if outcome.state is not PageState.REDIRECTED or not outcome.final_url:
        return None
    key = page_key(canonical_url(outcome.final_url))
    return key if key != page_key(outcome.key) else None


_LOOKED: Final = ("last_looked_at", "attempts", "last_error", "last_good_at", "due_at")
_STATE: Final = ("state", "final_url", "http_status", "reason")
_ANSWER: Final = ("etag", "last_modified", "content_hash", "body_bytes")
# What a later look may not have read (a page that leaves early is not parsed); then what is known stays.
# Nor does an article forget where its address once led: it may be served in both places.
_READ: Final = ("title", "author", "published_at", "language", "site_name", "leads_to", "text")


def _or_known(new: Upsert) -> dict[str, ColumnElement[Any]]:
    return {name: func.coalesce(new.excluded[name], getattr(Page, name)) for name in _READ}


def _read(connection: Connection) -> Upsert:
    return upsert(connection, Page, ["key"], [*_LOOKED, *_STATE, *_ANSWER], _or_known)


def _refused(connection: Connection) -> Upsert:
    return upsert(connection, Page, ["key"], [*_LOOKED, *_STATE], _or_known)


def _unchanged(connection: Connection) -> Upsert:
    return upsert(connection, Page, ["key"], _LOOKED)


def _failed(connection: Connection) -> Upsert:
    def counted(new: Upsert) -> dict[str, ColumnElement[Any]]:
        never_good = or_(Page.state.is_(None), Page.state == PageState.ERROR)
        later = or_(Page.last_looked_at.is_(None), Page.last_looked_at < new.excluded.last_looked_at)
        return {
            # The same look written twice is one attempt.
            "attempts": case((later, Page.attempts + 1), else_=Page.attempts),
            **{name: case((never_good, new.excluded[name]), else_=getattr(Page, name)) for name in _STATE},
        }

    return upsert(connection, Page, ["key"], ["last_looked_at", "last_error", "due_at"], counted)


_PAGE_UPSERTS: Final = {
    Look.READ: _read,
    Look.UNCHANGED: _unchanged,
    Look.REFUSED: _refused,
    Look.FAILED: _failed,
}


def _page_ids(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    rows = connection.execute(select(Page.key, Page.id).where(Page.key.in_(list(keys))))
    return {row.key: row.id for row in rows}


def _check_row(page_id: int, run_id: int, outcome: PageOutcome) -> dict[str, Any]:
    return {
        "page_id": page_id,
        "run_id": run_id,
        "looked_at": outcome.looked_at,
        "state": outcome.state,
        "http_status": outcome.http_status,
        "reason": outcome.reason,
        "content_hash": outcome.content_hash,
        "body_bytes": outcome.body_bytes,
    }
