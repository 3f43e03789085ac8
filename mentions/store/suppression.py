"""The suppression list in the database: asked, added to, taken from. Addresses go in and never come out."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, update

from mentions.exceptions import StoreError
from mentions.outreach.suppression import (
    Suppression,
    SuppressionKind,
    SuppressionList,
    blocking,
    domains_asked,
    entry_of,
    hashed,
    hashed_name,
    key_id,
    why,
)
from mentions.outreach.suppression_files import Listed
from mentions.redaction import without_addresses
from mentions.store.key import AddressKey
from mentions.store.models import Event
from mentions.store.models import Suppression as Row
from mentions.store.statements import AnyRow, chunks
from mentions.undoing import UNDO_WITHIN

AGAIN: Final = "suppressed again"  # an event: asked for while whoever asked first could still take it back
_HASH: Final = re.compile(r"[0-9a-f]{8,64}")


def suppressed(connection: Connection, key: AddressKey, address: str | None, domain: str) -> str | None:
    """Why nobody may write to this address about this publisher's page, in plain words; None: nothing forbids it.

    Raises StoreError where the list cannot be asked because its key is missing or another one.
    """
    secret = key_in_use(connection, key)
    wanted = _is(SuppressionKind.DOMAIN, domains_asked(address, domain))
    if address and secret:
        wanted = or_(wanted, _is(SuppressionKind.ADDRESS, _hashes([address], secret)))
    return blocking(address, domain, _listed(connection, wanted, secret))


def allowed(connection: Connection, key: AddressKey, addresses: Iterable[str], domain: str) -> set[str]:
    """Those of the addresses that nothing forbids to write to; for writers that must not store the others."""
    asked = set(addresses)
    secret = key_in_use(connection, key)
    domains = {host for address in asked for host in domains_asked(address, domain)}
    hosts = _is(SuppressionKind.DOMAIN, domains)
    wanted = or_(hosts, _is(SuppressionKind.ADDRESS, _hashes(asked, secret))) if secret else hosts
    listed = _listed(connection, wanted, secret)
    return {address for address in asked if blocking(address, domain, listed) is None}


def erased_names(connection: Connection, key: AddressKey, names: Iterable[str]) -> set[str]:
    """Those of the names that belong to people who asked to be erased; for writers that must not store them again."""
    secret = key_in_use(connection, key)
    asked = {name: hashed_name(name, secret) for name in names} if secret else {}
    listed = hashes_on_list(connection, SuppressionKind.NAME, asked.values())
    return {name for name, value in asked.items() if value in listed}


def whole(connection: Connection, key: AddressKey) -> SuppressionList:
    """The list for asking it often, as it is now."""
    return _listed(connection, Row.kind != SuppressionKind.NAME, key_in_use(connection, key))


def find(connection: Connection) -> list[Suppression]:
    """Every entry that people made or an erasure left, domains first, the newest first."""
    query = (
        select(Row.__table__)
        .where(Row.kind != SuppressionKind.NAME)
        .order_by(Row.kind.desc(), Row.created_at.desc(), Row.id.desc())
    )
    return [_entry(row) for row in connection.execute(query)]


def add(
    connection: Connection,
    key: AddressKey,
    text: str,
    *,
    reason: str | None,
    by: str,
    now: datetime,
) -> bool:
    """Suppresses an address or domain; False where it was suppressed already (a new reason is kept all the same).

    Raises ValueError for a text that is neither, StoreError where there is no key.
    """
    return entry_added(connection, key, text, reason=reason, by=by, now=now) is not None


def entry_added(
    connection: Connection, key: AddressKey, text: str, *, reason: str | None, by: str, now: datetime
) -> tuple[SuppressionKind, str] | None:
    """As `add`; the kind and value of the new entry, by which it can be taken off again; None: it was there."""
    kind, value = entry_of(text)
    secret = None
    if kind is not SuppressionKind.DOMAIN:
        secret = key_for_writing(connection, key)
        value = hashed(value, secret)
    return (kind, value) if put(connection, kind, value, key=secret, reason=reason, by=by, now=now) else None


def take_over(
    connection: Connection, key: AddressKey, row: Listed, *, reason: str | None, by: str, now: datetime
) -> bool:
    """Suppresses what a row of a file names; False where it was. Raises ValueError as `add`, and for foreign hashes."""
    entry = row.entry
    if entry is None:
        return add(connection, key, row.text, reason=row.reason or reason, by=by, now=now)
    secret = key_for_writing(connection, key)
    if entry.key_id != key_id(secret):
        raise ValueError("it was hashed with another key than this database's")
    return put(
        connection,
        entry.kind,
        entry.value,
        key=secret,
        reason=row.reason or reason,
        by=entry.created_by,
        now=entry.created_at,
    )


def put(
    connection: Connection,
    kind: SuppressionKind,
    value: str,
    *,
    key: bytes | None,
    reason: str | None,
    by: str,
    now: datetime,
) -> bool:
    """The same for a value that is a domain, or a hash made with `key`."""
    said = without_addresses(" ".join((reason or "").split())) or None
    known = connection.execute(select(Row.id, Row.created_at).where(_is(kind, [value]))).one_or_none()
    if known is not None:
        if said:
            connection.execute(update(Row).where(Row.id == known.id).values(reason=said))
        if now - known.created_at <= UNDO_WITHIN:  # whoever takes theirs back does not take this one back with it
            detail = {"kind": kind.value, "reason": said, **_domain(kind, value)}
            _append(connection, AGAIN, known.id, by, now, detail)
        return False
    made = key_id(key) if key else None
    row = {"kind": kind, "value": value, "reason": said, "created_at": now, "created_by": by, "key_id": made}
    number = connection.execute(insert(Row).returning(Row.id), row).scalar_one()
    if kind is not SuppressionKind.NAME:
        _append(connection, "suppressed", number, by, now, {"kind": kind.value, "reason": said, **_domain(kind, value)})
    return True


def remove(connection: Connection, key: AddressKey, text: str, *, by: str, now: datetime) -> bool:
    """Takes an address, a domain or a hash (as `find` gives it, or its beginning) off the list; False: not on it.

    Raises ValueError for a text that is none of them, or the beginning of several hashes.
    """
    if _HASH.fullmatch(text.strip()):
        wanted: ColumnElement[bool] = and_(Row.kind == SuppressionKind.ADDRESS, Row.value.startswith(text.strip()))
    else:
        kind, value = entry_of(text)
        if kind is SuppressionKind.ADDRESS:
            secret = key_in_use(connection, key)
            value = hashed(value, secret) if secret else ""
        wanted = _is(kind, [value])
    if len(connection.execute(select(Row.id).where(wanted)).all()) > 1:
        raise ValueError("several entries begin like this; give more of the hash")
    return _take_off(connection, wanted, by=by, now=now)


def take_back(connection: Connection, kind: SuppressionKind, value: str, *, by: str, now: datetime) -> bool:
    """Takes an entry off by what `entry_added` gave; False: it stays, as somebody asked for the same since.

    That is somebody else's decision, or the erasure of a person who must never be written to again.
    """
    wanted = _is(kind, [value])
    number = connection.execute(select(Row.id).where(wanted)).scalar()
    again = select(Event.id).where(Event.subject == f"suppression/{number}", Event.kind == AGAIN).limit(1)
    if connection.execute(again).first() is not None:
        return False
    _take_off(connection, wanted, by=by, now=now)
    return True


def _take_off(connection: Connection, wanted: ColumnElement[bool], *, by: str, now: datetime) -> bool:
    found = connection.execute(select(Row.id, Row.kind, Row.value).where(wanted)).all()
    for row in found:
        connection.execute(delete(Row).where(Row.id == row.id))
        _append(connection, "unsuppressed", row.id, by, now, {"kind": row.kind.value, **_domain(row.kind, row.value)})
    return bool(found)


def key_in_use(connection: Connection, key: AddressKey) -> bytes | None:
    """The key that made the hashes of this database; None where there are no hashes.

    Raises StoreError when it is not at hand: an unread list must not be taken for an empty one.
    """
    made = connection.execute(select(Row.key_id).where(Row.key_id.is_not(None)).limit(1)).scalar()
    if made is None:
        return None
    secret = key.find()
    if secret is not None and key_id(secret) == made:
        return secret
    what = "is missing" if secret is None else "is not the one that the addresses were hashed with"
    where = f"restore {key.path}, or " if key.path else ""
    raise StoreError(
        f"the key of the suppression list {what}, so nobody can say who must not be written to; {where}set the "
        "environment variable that store.key_env names to the old key (docs/howto/privacy.md)"
    )


def key_for_writing(connection: Connection, key: AddressKey) -> bytes:
    """The key for another hash; made where there is none yet. Raises StoreError as `key_in_use`."""
    return key_in_use(connection, key) or key.get()


def _hashes(addresses: Iterable[str], secret: bytes) -> list[str]:
    found = []
    for address in addresses:
        try:
            found.append(hashed(address, secret))
        except ValueError:  # no address, so nobody's on the list
            continue
    return found


def _is(kind: SuppressionKind, values: Iterable[str]) -> ColumnElement[bool]:
    return and_(Row.kind == kind, Row.value.in_(list(values)))


def _listed(connection: Connection, wanted: ColumnElement[bool], secret: bytes | None) -> SuppressionList:
    domains: dict[str, str] = {}
    addresses: dict[str, str] = {}
    for row in connection.execute(select(Row.__table__).where(wanted)):
        entry = _entry(row)
        (domains if entry.kind is SuppressionKind.DOMAIN else addresses)[entry.value] = why(entry)
    return SuppressionList(domains, addresses, secret or b"")


def hashes_on_list(connection: Connection, kind: SuppressionKind, hashes: Iterable[str]) -> set[str]:
    """Those of the hashes that are on the list."""
    return {
        value
        for part in chunks(sorted(set(hashes)))
        for value in connection.execute(select(Row.value).where(_is(kind, part))).scalars()
    }


def _entry(row: AnyRow) -> Suppression:
    return Suppression(row.kind, row.value, row.reason, row.created_at, row.created_by, row.key_id)


def _domain(kind: SuppressionKind, value: str) -> dict[str, Any]:
    return {"domain": value} if kind is SuppressionKind.DOMAIN else {}


def _append(connection: Connection, kind: str, number: int, by: str, now: datetime, detail: dict[str, Any]) -> None:
    row = {"at": now, "kind": kind, "subject": f"suppression/{number}", "actor": by, "detail": detail}
    connection.execute(insert(Event), [row])
