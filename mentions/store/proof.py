"""The mentions and links by which a finding is proved: written beneath it, each known again by its own key.

Every statement names crawler-owned columns only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from mentions.findings import Finding as Judgement
from mentions.opportunities import Assessment
from mentions.store.keys import link_key, numbered, sentence_key
from mentions.store.models import Link, Mention
from mentions.store.statements import chunks, upsert


@dataclass(frozen=True, slots=True)
class Written:
    """A finding that was written, by the row it has."""

    finding_id: int
    place: tuple[int, int]  # page and target
    at: datetime
    judgement: Judgement
    assessment: Assessment


def save_mentions(connection: Connection, written: Sequence[Written]) -> int:
    """Writes the mentions; returns how many were not known before."""
    rows: list[dict[str, Any]] = []
    for finding in written:
        mentions = [judged.mention for judged in finding.judgement.mentions]
        keys = numbered(sentence_key(mention.sentence) for mention in mentions)
        for judged, (key, nth) in zip(finding.judgement.mentions, keys, strict=True):
            mention = judged.mention
            rows.append(
                {
                    "finding_id": finding.finding_id,
                    "sentence_key": key,
                    "nth": nth,
                    "alias": mention.alias,
                    "matched": mention.matched,
                    "start": mention.start,
                    "end": mention.end,
                    "zone": mention.zone,
                    "sentence": mention.sentence,
                    "similarity": mention.similarity,
                    "method": mention.method,
                    "sense": mention.sense.decision,
                    "sense_score": mention.sense.score,
                    "sense_reasons": list(mention.sense.reasons),
                    "distance": judged.distance,
                    "first_seen_at": finding.at,
                    "last_seen_at": finding.at,
                }
            )
    if not rows:
        return 0
    unique = ["finding_id", "sentence_key", "nth"]
    ids = sorted({row["finding_id"] for row in rows})
    known = {
        tuple(row)
        for part in chunks(ids)
        for row in connection.execute(
            select(Mention.finding_id, Mention.sentence_key, Mention.nth).where(Mention.finding_id.in_(part))
        )
    }
    updated = [name for name in rows[0] if name not in {*unique, "first_seen_at"}]
    connection.execute(upsert(connection, Mention, unique, updated), rows)
    return sum((row["finding_id"], row["sentence_key"], row["nth"]) not in known for row in rows)


def save_links(connection: Connection, written: Sequence[Written]) -> None:
    """Writes the links, in the order in which they stand on the page."""
    rows: list[dict[str, Any]] = []
    for finding in written:
        links = finding.judgement.links
        keys = numbered(
            link_key(j.link.effective_url or j.link.url or j.link.href, j.link.anchor, j.link.zone) for j in links
        )
        for place, (judged, (key, nth)) in enumerate(zip(links, keys, strict=True)):
            rows.append(
                {
                    "finding_id": finding.finding_id,
                    "link_key": key,
                    "nth": nth,
                    "place": place,
                    "url": judged.link.url or judged.link.href,
                    "effective_url": judged.link.effective_url,
                    "rel": list(judged.rel),
                    "zone": judged.link.zone,
                    "anchor": judged.link.anchor,
                    "ours": judged.ours,
                    "hidden": judged.link.hidden,
                    "first_seen_at": finding.at,
                    "last_seen_at": finding.at,
                }
            )
    if rows:
        unique = ["finding_id", "link_key", "nth"]
        updated = [name for name in rows[0] if name not in {*unique, "first_seen_at"}]
        connection.execute(upsert(connection, Link, unique, updated), rows)
