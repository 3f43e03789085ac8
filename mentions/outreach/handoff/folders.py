"""Which folder of a mailbox holds drafts, and which what was sent: LIST answers read, names decoded. Pure."""

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_LIST: Final = re.compile(rb'\((?P<flags>[^)]*)\)\s+(?:"(?P<delimiter>(?:\\.|[^"\\])*)"|NIL)\s*(?P<name>.*)', re.DOTALL)
_ENCODED: Final = re.compile(r"&([^-]*)-")
_UNUSABLE: Final = frozenset({"\\noselect", "\\nonexistent"})


class Use(StrEnum):
    """What a folder is for, as RFC 6154 marks it."""

    DRAFTS = "\\drafts"
    SENT = "\\sent"


# Names that servers and mail programs give where nothing is marked, the commonest first; compared without case.
_NAMES: Final = {
    Use.DRAFTS: (
        "Drafts",
        "Draft",
        "Entwürfe",
        "Brouillons",
        "Borradores",
        "Bozze",
        "Concepten",
        "Rascunhos",
        "Utkast",
        "Kladder",
        "Luonnokset",
        "Wersje robocze",
        "Szkice",
        "下書き",
        "草稿",
    ),
    Use.SENT: (
        "Sent",
        "Sent Items",
        "Sent Messages",
        "Sent Mail",
        "Gesendet",
        "Gesendete Objekte",
        "Gesendete Elemente",
        "Gesendete Nachrichten",
        "Envoyés",
        "Messages envoyés",
        "Éléments envoyés",
        "Objets envoyés",
        "Enviados",
        "Elementos enviados",
        "Posta inviata",
        "Inviata",
        "Verzonden",
        "Verzonden items",
        "Itens enviados",
        "Skickat",
        "Sendt",
        "Lähetetyt",
        "Wysłane",
        "送信済み",
    ),
}


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as the server lists it. `wire` is its name byte for byte, `name` what people read."""

    wire: bytes
    name: str
    delimiter: str | None
    flags: frozenset[str]  # lower case

    @property
    def usable(self) -> bool:
        """Can it be opened?"""
        return not self.flags & _UNUSABLE

    @property
    def last_part(self) -> str:
        """The name without the folders above it."""
        return self.name.rpartition(self.delimiter)[2] if self.delimiter else self.name


def read_list(answers: Iterable[bytes | tuple[bytes, bytes] | None]) -> tuple[Folder, ...]:
    """The folders of a LIST answer as imaplib gives it: lines, or a line with a literal. Odd lines are passed over."""
    folders = []
    for answer in answers:
        line, literal = answer if isinstance(answer, tuple) else (answer, None)
        if not line or not (found := _LIST.match(line)):
            continue
        wire = literal if literal is not None else _unquoted(found["name"].strip())
        delimiter = _unquoted(b'"' + found["delimiter"] + b'"').decode("latin-1") if found["delimiter"] else None
        flags = frozenset(found["flags"].decode("ascii", "replace").lower().split())
        folders.append(Folder(wire, decoded(wire), delimiter, flags))
    return tuple(folders)


def folder_for(use: Use, folders: Sequence[Folder], wanted: str | None = None) -> Folder | None:
    """The folder for a use: the one that is `wanted` by name, else the one marked for it, else a usual name."""
    usable = [folder for folder in folders if folder.usable]
    if wanted is not None:
        return next((folder for folder in usable if _same(folder.name, wanted)), None)
    marked = sorted((folder for folder in usable if use in folder.flags), key=lambda folder: folder.name)
    if marked:
        return marked[0]
    for name in _NAMES[use]:
        named = sorted((folder for folder in usable if _same(folder.last_part, name)), key=lambda f: len(f.name))
        if named:
            return named[0]
    return None


def decoded(wire: bytes) -> str:
    """A folder's name as people read it: from modified UTF-7 (RFC 3501 section 5.1.3), or from UTF-8."""
    try:
        text = wire.decode("ascii")
    except UnicodeDecodeError:
        return wire.decode("utf-8", "replace")
    return _ENCODED.sub(_shifted, text)


def quoted(name: bytes) -> bytes:
    """A name as a quoted string of a command. Raises ValueError for control characters: they could end the command."""
    if any(byte < 32 or byte == 127 for byte in name):
        raise ValueError("it holds a line break or another control character")
    return b'"' + name.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


def _shifted(found: re.Match[str]) -> str:
    if not found[1]:
        return "&"
    padded = found[1].replace(",", "/") + "=" * (-len(found[1]) % 4)
    try:
        return base64.b64decode(padded, validate=True).decode("utf-16-be")
    except (binascii.Error, UnicodeDecodeError):
        return found[0]


def _unquoted(name: bytes) -> bytes:
    if len(name) >= 2 and name.startswith(b'"') and name.endswith(b'"'):
        return re.sub(rb"\\(.)", rb"\1", name[1:-1])
    return name


def _same(one: str, other: str) -> bool:
    return unicodedata.normalize("NFC", one).casefold() == unicodedata.normalize("NFC", other).casefold()
