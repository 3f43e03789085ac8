"""Who must never be written to: addresses, kept only as keyed hashes, and domains with everything under them. Pure.

Why the hash has a key, and where the key lies: docs/decisions/0011-suppressed-addresses-as-keyed-hashes.md.
"""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Final

from mentions.outreach.addresses import Refused, checked_address
from mentions.urls import ascii_host, registrable_domain

_HOST: Final = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_ADDRESS: Final = b"address\n"  # the same text as an address and as a name must not give the same hash
_NAME: Final = b"name\n"
_KEY: Final = b"which key is this\n"


class SuppressionKind(StrEnum):
    """What is suppressed."""

    ADDRESS = "address"  # one address, kept as a hash
    DOMAIN = "domain"  # every address of a domain and its subdomains
    NAME = "name"  # the name of a person who was erased, kept as a hash, so that no byline brings it back


@dataclass(frozen=True, slots=True)
class Suppression:
    """One entry of the list. `value` is a domain, or the hash of an address or name."""

    kind: SuppressionKind
    value: str
    reason: str | None
    created_at: datetime
    created_by: str
    key_id: str | None = None  # of the key that made the hash; None: a domain


@dataclass(frozen=True, slots=True)
class SuppressionList:
    """The whole list, for asking it often: domain or hash → why, in plain words."""

    domains: Mapping[str, str] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    key: bytes = b""  # that made the hashes; empty: there are none


@lru_cache(maxsize=16_384)  # an export asks for the same newsroom again and again
def normal_address(text: str) -> str:
    """The address as it is hashed: lower case, host in ASCII, without what follows a "+" before the @.

    jane+news@courier.example reaches the same person as jane@courier.example. Raises ValueError in plain words.
    """
    try:
        local, _, domain = checked_address(text.strip().removeprefix("mailto:")).casefold().rpartition("@")
    except Refused as refused:
        raise ValueError(str(refused)) from None  # the refused text may be an address: no traceback shows it
    return f"{local.partition('+')[0] or local}@{ascii_host(domain)}"


def normal_domain(text: str) -> str:
    """A host in lower-case ASCII, from "courier.example", "@courier.example" or "*.courier.example".

    Raises ValueError for what is no domain, or one under which strangers have their own sites (com, co.uk, github.io).
    """
    host = ascii_host(text.strip().removeprefix("@").removeprefix("*").strip(".").casefold())
    if not _HOST.fullmatch(host):
        raise ValueError("it is neither one email address nor a domain such as courier.example")
    if registrable_domain(f"x.{host}") == f"x.{host}":
        raise ValueError("it is an ending that belongs to many, not a domain of one publisher")
    return host


def entry_of(text: str) -> tuple[SuppressionKind, str]:
    """What a person means by a text: an address or a domain, in its normal form. Raises ValueError."""
    local, at, _ = text.strip().rpartition("@")
    if at and local:
        return SuppressionKind.ADDRESS, normal_address(text)
    return SuppressionKind.DOMAIN, normal_domain(text)


def hashed(address: str, key: bytes) -> str:
    """HMAC-SHA-256 of the address in its normal form, in hex. Raises ValueError where it is no address."""
    return _digest(_ADDRESS, normal_address(address), key)


def hashed_name(name: str, key: bytes) -> str:
    """The same of a person's name; case and spaces make no difference."""
    return _digest(_NAME, " ".join(name.split()).casefold(), key)


def key_id(key: bytes) -> str:
    """By which a key is known again without being told: 16 hex digits."""
    return _digest(_KEY, "", key)[:16]


def _digest(purpose: bytes, text: str, key: bytes) -> str:
    return hmac.new(key, purpose + text.encode("utf-8", "replace"), "sha256").hexdigest()


def hosts_above(domain: str) -> tuple[str, ...]:
    """The domain and every domain over it: a.b.example → a.b.example, b.example, example."""
    labels = ascii_host(domain.strip().strip(".").casefold()).split(".")
    return tuple(".".join(labels[start:]) for start in range(len(labels)) if labels[start])


def domains_asked(address: str | None, domain: str) -> tuple[str, ...]:
    """Every domain whose suppression forbids writing to this address about this publisher."""
    own = hosts_above(address.rpartition("@")[2]) if address else ()
    return tuple(dict.fromkeys((*own, *hosts_above(domain))))


def blocking(address: str | None, domain: str, listed: SuppressionList) -> str | None:
    """Why nobody may write to this address about a page of this publisher's domain; None: nothing forbids it.

    A text that is no address can be no one's on the list; whoever takes it as an address refuses it for that.
    """
    if address and listed.addresses:
        try:
            found = listed.addresses.get(hashed(address, listed.key))
        except ValueError:
            found = None
        if found:
            return found
    return next((listed.domains[host] for host in domains_asked(address, domain) if host in listed.domains), None)


def why(entry: Suppression) -> str:
    """The plain words for an entry, without the address: they stand in events, exports and logs."""
    what = f"the domain {entry.value}" if entry.kind is SuppressionKind.DOMAIN else "this address"
    said = f": {entry.reason}" if entry.reason else ""
    return f"{what} is on the suppression list since {entry.created_at:%Y-%m-%d}{said}"
