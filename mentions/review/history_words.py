"""How the history reads: what happened, to what, with which details, in words that a PR person uses; and back.

The database keeps `opportunity/12`, `sense rejected`, `{"from": "drafted", "to": "approved"}`; nobody should have to.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from mentions.review.find_words import EVENTS

# The kind of a subject → how one of them, and all of them, are called.
_SUBJECTS: Final[Mapping[str, tuple[str, str]]] = {
    "opportunity": ("find", "finds"),
    "user": ("user", "users"),
    "suppression": ("suppression", "suppression list"),
    "export": ("export", "exports"),
    "run": ("run", "runs"),
    "contact": ("contact", "contacts"),
}
_ALONE: Final[Mapping[str, str]] = {"contact": "a contact", "suppression/list": "the suppression list"}
_KINDS: Final[Mapping[str, str]] = {
    **EVENTS,
    "undone": "taken back",
    "sense accepted": "said to be us",
    "login locked": "login locked after wrong passwords",
    "contacts forgotten": "old contacts forgotten",
    "why unsuppressed": "why it was taken off the suppression list",
    "suppressed": "put on the suppression list",
    "unsuppressed": "taken off the suppression list",
    "suppressed again": "asked for again to be on the suppression list",
}
_DETAILS: Final[Mapping[str, str]] = {
    "from": "before",
    "to": "now",
    "via": "by way of",
    "revision": "version of the text",
    "contact": "contact number",
    "undone": "what",
    "rows": "entries",
    "url": "page",
    "anchor": "words",
    "until": "until",
}
# A table of the database → what one of its rows is to whoever erases a person.
_TABLES: Final[Mapping[str, tuple[str, str]]] = {
    "answer": ("answer about a name", "answers about names"),
    "contact": ("entry of the contacts", "entries of the contacts"),
    "contact_page": ("page that publishes contacts", "pages that publish contacts"),
    "change": ("decision of the last day", "decisions of the last day"),
    "draft": ("version of an email", "versions of emails"),
    "event": ("entry of the history", "entries of the history"),
    "finding": ("find", "finds"),
    "link": ("link", "links"),
    "mention": ("mention", "mentions"),
    "opportunity": ("note or decision about a find", "notes or decisions about finds"),
    "page": ("saved article", "saved articles"),
    "publisher": ("publisher", "publishers"),
    "run": ("report of a run", "reports of runs"),
}


def kind_words(kind: str) -> str:
    """What happened: "skipped" for "ignore"."""
    return _KINDS.get(kind, kind.replace("_", " "))


def kind_choices(also: Iterable[str]) -> list[tuple[str, str]]:
    """Every kind that can be asked for, with its words, by words; `also`: kinds that no list knows."""
    return sorted(((kind, kind_words(kind)) for kind in {*_KINDS, *also}), key=lambda pair: (pair[1], pair[0]))


def subject_words(subject: str) -> str:
    """What it happened to: "find 12" for "opportunity/12", "finds" for "opportunity/"."""
    kind, slash, name = subject.partition("/")
    if subject in _ALONE or kind not in _SUBJECTS:
        return _ALONE.get(subject, subject)
    one, all_of_them = _SUBJECTS[kind]
    return f"{one} {name}" if name else all_of_them if slash else one


def subject_of(text: str) -> str:
    """What a person typed as the database has it: "find 12" → "opportunity/12", "users" → "user/"; else as it is."""
    said = " ".join(text.split())
    for kind, (one, all_of_them) in _SUBJECTS.items():
        if said.lower() in {all_of_them, one}:
            return f"{kind}/" if kind != "contact" else kind
        if said.lower().startswith(f"{one} "):
            return f"{kind}/{said[len(one) + 1 :]}"
    return said


def details(detail: Mapping[str, object]) -> list[tuple[str, str]]:
    """What more is known, as pairs of name and value."""
    return [
        (_DETAILS.get(name, name.replace("_", " ")), _told(name, value))
        for name, value in detail.items()
        if value is not None
    ]


def table_words(table: str, number: int) -> str:
    """So many rows of a table, in words: "2 versions of emails"."""
    one, several = _TABLES.get(table, (f"entry of “{table.replace('_', ' ')}”", f"entries of “{table}”"))
    return f"{number:,} {one if number == 1 else several}"


def _told(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "rows" and isinstance(value, Mapping):
        return ", ".join(table_words(str(table), int(number)) for table, number in value.items())
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {each}" for key, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if name == "undone":
        return kind_words(str(value))
    if name == "until":
        return str(value)[:10]
    return str(value).replace("_", " ") if name in {"from", "to", "kind"} else str(value)
