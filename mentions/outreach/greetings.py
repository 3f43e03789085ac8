"""Whom does the first line of an email greet? A person's own text may still greet whoever it was written to first."""

import re
from collections.abc import Sequence
from typing import Final

from mentions.outreach.names import person_name

_HELLO: Final = (
    r"(?:dear|hello|hi|good (?:morning|afternoon|day)|guten (?:tag|morgen)|hallo|lieber?|sehr geehrte[rs]?|bonjour"
    r"|chère?|hola|buenos días|estimad[oa]s?|querid[oa]s?)"
)
_TITLE: Final = r"(?:mr|mrs|ms|mx|dr|prof|herrn?|frau|m|mme|sr|sra)"
_GREETING: Final = re.compile(rf"{_HELLO},?\s+(?P<title>(?:{_TITLE}\.?\s+)*)(?P<name>[^,:!]+?)\s*[,:!]", re.IGNORECASE)
_NOBODY: Final = re.compile(
    rf"(?:dear|sehr geehrte[rs]?|lieber?|chère?|estimad[oa]|{_HELLO},?\s+{_TITLE}\.?)\s*[,:!]", re.IGNORECASE
)


def greeting_problem(body: str, recipient: str, others: Sequence[str] = ()) -> str | None:
    """What is wrong with the greeting in the first line of a text, in plain words; None: nothing.

    `recipient`: the name of whom the email goes to, empty where no name is known: then any name may stand there.
    `others`: people whom an email about this article may have been written to, such as its author. A short form of
    the recipient's name (Kate for Katherine) is nobody else.
    """
    line = body.lstrip().partition("\n")[0].strip()
    if _NOBODY.fullmatch(line):
        return f'the greeting names nobody: "{line}"'
    found = _GREETING.match(line)
    if found is None or not recipient:
        return None
    greeted, known = _words(found["name"]), _words(recipient)
    is_name = bool(found["title"] or person_name(found["name"])) or greeted <= set().union(*map(_words, others))
    if is_name and not greeted & known:
        return f'the greeting says "{found["name"]}", and the email goes to {recipient}'
    return None


def _words(name: str) -> set[str]:
    return {word.strip(".").casefold() for word in name.split()}
