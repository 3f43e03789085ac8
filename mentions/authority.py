"""Imported scores of publishers: a CSV file with the columns domain and score, as SEO tools export them."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mentions.asking import Authority
from mentions.exceptions import ConfigError
from mentions.urls import ascii_host, host_of, registrable_domain

_DOMAIN: Final = ("domain", "target", "site", "website", "root domain", "hostname")
_SCORE: Final = ("score", "domain rating", "dr", "domain authority", "da", "authority score", "authority", "trust flow")


@dataclass(frozen=True, slots=True)
class Authorities:
    """The scores by registrable domain, and what was wrong with rows that could not be used, each named by its line."""

    scores: Mapping[str, Authority] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


NO_AUTHORITIES: Final = Authorities()


def read_authorities(path: Path) -> Authorities:
    """The scores in a file. Raises ConfigError where it cannot be read, or has no such columns; bad rows are named."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", path=path) from error
    return parse_authorities(text, path)


def parse_authorities(text: str, path: Path) -> Authorities:
    """The scores in a file's text; commas, semicolons or tabs between the columns. Raises ConfigError."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(text.splitlines(), delimiter=delimiter)
    head = [cell.strip().lower() for cell in next(rows, [])]
    domain_at, score_at = _column(head, _DOMAIN), _column(head, _SCORE)
    if domain_at is None or score_at is None:
        raise ConfigError("its first line must name the columns domain and score", path=path, where="line 1")
    scores: dict[str, Authority] = {}
    problems = []
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        try:
            domain, score = _read(row, domain_at, score_at)
        except ValueError as error:
            problems.append(f"{path.name}, line {rows.line_num}: {error}; the row is left out")
            continue
        known = scores.get(domain)
        if known is None or score > known.score:
            scores[domain] = Authority(score, path.name)
    return Authorities(scores, tuple(problems))


def _column(head: list[str], names: tuple[str, ...]) -> int | None:
    return next((head.index(name) for name in names if name in head), None)


def _read(row: list[str], domain_at: int, score_at: int) -> tuple[str, float]:
    if len(row) <= max(domain_at, score_at):
        raise ValueError(f"has {len(row)} column{'s' * (len(row) != 1)}")
    written, number = row[domain_at].strip(), row[score_at].strip()
    domain = registrable_domain(host_of(written) or ascii_host(written.lower().partition("/")[0]))
    if "." not in domain:
        raise ValueError(f"{written!r} is no domain")
    try:
        score = float(number.replace(",", "."))
    except ValueError:
        raise ValueError(f"{number!r} is no number") from None
    if not 0 <= score <= 100:  # also refuses nan
        raise ValueError(f"{number} is not between 0 and 100")
    return domain, score
