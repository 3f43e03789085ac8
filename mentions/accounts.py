"""The accounts of the review desk: their names, what a password must be, how it is kept. Pure but for randomness."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from mentions.roles import Role

MIN_PASSWORD: Final = 12
MAX_PASSWORD: Final = 1000  # hashing reads it all; nobody types more
_FEWEST_LETTERS: Final = 5  # different ones
_NAME: Final = re.compile(r"[\w](?:[\w.@+-]{0,62}[\w])?")
# What people choose when twelve characters are asked for; lists of leaked passwords begin with these.
_POPULAR: Final = (
    "123456789012",
    "abcdefghijkl",
    "qwertyuiop",
    "password",
    "passwort",
    "letmein",
    "iloveyou",
    "changeme",
    "administrator",
)


@dataclass(frozen=True, slots=True)
class User:
    """A person at the desk."""

    name: str
    role: Role
    has_password: bool  # False: a trusted proxy says who they are
    created_at: datetime
    disabled_at: datetime | None  # None: may log in
    last_used_at: datetime | None  # of their newest session; None: there is none


@dataclass(frozen=True, slots=True)
class Login:
    """A session that is still good."""

    id: int
    name: str
    role: Role
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime


def normal_name(text: str) -> str:
    """The name as it is kept: lower case. Raises ValueError, in plain words, for what is no name."""
    name = unicodedata.normalize("NFKC", text).strip().lower()
    if not _NAME.fullmatch(name):
        raise ValueError(f"{text[:80]!r} is not a user name: 1 to 64 letters, digits and . _ - + @, no blanks")
    return name


def password_problem(password: str, name: str) -> str | None:
    """Why this cannot be the password of that user, in plain words; None: it can.

    Length counts, not signs and digits (NIST SP 800-63B, section 3.1.1.2).
    """
    plain = password.casefold()
    if len(password) < MIN_PASSWORD:
        return f"a password has {MIN_PASSWORD} characters or more; several words are easy to remember"
    if len(password) > MAX_PASSWORD:
        return f"a password has {MAX_PASSWORD} characters at most"
    if len(set(plain)) < _FEWEST_LETTERS:
        return "the same few characters again and again are quickly guessed"
    rest = plain
    for word in (name.partition("@")[0], *_POPULAR):
        rest = rest.replace(word, "") if len(word) > 2 else rest
    if len(rest) < MIN_PASSWORD // 2:
        return "this is among the first passwords that are tried; take several words of your own"
    return None


@cache
def _hasher() -> PasswordHash:
    # 46 MiB, one pass, one lane: a line of OWASP's Password Storage Cheat Sheet. One lane, so that a login takes one
    # core and no more while others work at the desk.
    return PasswordHash((Argon2Hasher(time_cost=1, memory_cost=47_104, parallelism=1),))


def hash_password(password: str) -> str:
    """What is kept of a password. Takes some 40 ms of one core, on purpose."""
    return _hasher().hash(password)


def is_password(password: str, kept: str | None) -> bool:
    """Is this the password? Takes the same time where nothing is kept, so that nobody learns which users there are."""
    good = _hasher().verify(password[:MAX_PASSWORD], kept or _nobody())
    return good and kept is not None


@cache
def _nobody() -> str:
    """A hash that no password of anybody has."""
    return hash_password("the password of a user who is not there")
