"""Google's disavow file: the domains whose links we do not want to be judged by. A person marks each of them.

https://support.google.com/webmasters/answer/2648487
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Final

from mentions.outreach.cleaning import one_line

DISAVOW_FILE: Final = "disavow.txt"


@dataclass(frozen=True, slots=True)
class Disavowed:
    """A domain that a person marked, with who, when and why."""

    domain: str  # lower-case ASCII
    reason: str | None
    marked_by: str
    marked_at: datetime


def write_disavow(marked: Iterable[Disavowed], stream: IO[bytes]) -> int:
    """`domain:` lines sorted by domain, each reason as a comment before its line. Returns how many domains.

    UTF-8, as Google asks for; domains are ASCII.
    """
    lines = []
    for entry in sorted(marked, key=lambda entry: entry.domain):
        if entry.reason:
            lines.append(f"# {one_line(entry.reason)}")
        lines.append(f"domain:{entry.domain}")
    count = sum(not line.startswith("#") for line in lines)
    stream.write("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
    return count
