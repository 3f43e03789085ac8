"""Text in `<pre>` that is no code (mails, releases, old pages): its lines are wrapped, its blank lines part it."""

import re
from itertools import pairwise
from typing import Final

from selectolax.lexbor import LexborNode

_CODE: Final = "code, kbd, samp, var, span, div, table, ol, ul, p"  # what stands around code, or lays it out
HEADER: Final = re.compile(
    r"(?:From|To|Cc|Bcc|Subject|Date|Sent|Reply-To|Message-ID|In-Reply-To|References|Sender|Newsgroups|Organization|"
    r"Von|An|Betreff|Datum|De|À|Objet|Asunto|Fecha|Para)\s?:\s",
    re.IGNORECASE,
)
QUOTED: Final = re.compile(r">(?!>> )")  # ">>> " is what Python asks with
ATTRIBUTION: Final = re.compile(
    r"\b(?:wrote|writes|said|schrieb(?: am\b.{1,60})?|a écrit|escribió|ha scritto|schreef)\s?:$", re.IGNORECASE
)
SIGNATURE: Final = re.compile(r"--$|_{20,}$")
# What begins a line of its own and goes on with none before it.
_BEGINS: Final = re.compile(rf"{QUOTED.pattern}|{SIGNATURE.pattern}|{HEADER.pattern}|[*+•o-] |\[?\d{{1,3}}[.)\]] |\|")
_PROSE_LINE: Final = re.compile(r"\s{0,3}[\"'“(]?[^\W\d_][^{}<>=;\\|$#]{38,120}$")
_LEAST_PROSE: Final = 3  # lines
_LEAST_SHARE: Final = 0.5  # of the lines that are not short
_WRAPPED: Final = 40  # characters of a line that ends because it is full
_LOOKED_AT: Final = 100_000  # characters
_HEAD: Final = 12  # lines in which a mail's headers stand
_LONGEST_WORDS: Final = 12  # characters of a word of prose and its space, in the mean of a line; code has fewer spaces


def is_plain_text(node: LexborNode) -> bool:
    """Is this `<pre>` a mail or prose, and not code, a table or a picture made of letters?"""
    text = node.text()[:_LOOKED_AT]
    if "\n" not in text.strip() or node.css_first(_CODE) is not None:
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    long = [line for line in lines if len(line) > _WRAPPED]
    prose = [line for line in long if _is_prose(line)]
    if len(prose) < _LEAST_PROSE or len(prose) < _LEAST_SHARE * len(long):
        return _is_mail(lines)
    return True


def _is_prose(line: str) -> bool:
    own = line.lstrip("> ")
    return bool(_PROSE_LINE.match(own)) and own.count(" ") > len(own) / _LONGEST_WORDS


def _is_mail(lines: list[str]) -> bool:
    heads = sum(1 for line in lines[:_HEAD] if HEADER.match(line))
    answers = any(ATTRIBUTION.search(line.strip()) and QUOTED.match(after) for line, after in pairwise(lines))
    return heads > 1 or answers


def reflowed(text: str) -> str:
    """The paragraph with a space for every line break at which a sentence only goes on; as long as it was."""
    if "\n" not in text:
        return text
    lines = text.split("\n")
    parts = [lines[0]]
    for before, line in pairwise(lines):
        whole = len(before) < _WRAPPED or _BEGINS.match(line) or QUOTED.match(before) or HEADER.match(before)
        parts += ["\n" if whole else " ", line]
    return "".join(parts)
