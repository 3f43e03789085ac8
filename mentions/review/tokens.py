"""Secrets of a visit: the cookie's random value, and the token that a form of this visit carries."""

import hashlib
import hmac
import re
import secrets
from typing import Final

_BYTES: Final = 32
_VISIT: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def new_visit() -> str:
    """A fresh random value for a cookie: 256 bits."""
    return secrets.token_urlsafe(_BYTES)


def is_visit(text: str | None) -> bool:
    """Has this the shape of a cookie of ours?"""
    return text is not None and _VISIT.fullmatch(text) is not None


def hash_of(visit: str) -> str:
    """What the store keeps of a session's cookie: nobody can log in with it."""
    return hashlib.sha256(visit.encode()).hexdigest()


def form_token(visit: str) -> str:
    """A token for the forms of this visit, different each time it is asked for.

    The mask keeps compression from telling the token letter by letter (BREACH, http://breachattack.com).
    """
    mask = secrets.token_bytes(_BYTES)
    return (mask + _xor(mask, _secret(visit))).hex()


def fits(visit: str, token: str) -> bool:
    """Is this a token of this visit?"""
    try:
        raw = bytes.fromhex(token)
    except ValueError:
        return False
    if len(raw) != 2 * _BYTES:
        return False
    return hmac.compare_digest(_xor(raw[:_BYTES], raw[_BYTES:]), _secret(visit))


def _secret(visit: str) -> bytes:
    return hmac.digest(visit.encode(), b"form", "sha256")


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))
