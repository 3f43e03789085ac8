"""Files that still name a person who is to be forgotten: drafts as .eml, archives, lists, copies of pages, backups."""

import html
import io
import zipfile
from collections.abc import Iterable, Iterator
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Final

from mentions.extraction.charset import decode
from mentions.outreach.erasing import Person
from mentions.snapshots import Snapshots

_LARGEST: Final = 500_000_000  # bytes; larger files are named without being read
_ADDRESS_HEADERS: Final = ("From", "To", "Cc", "Bcc", "Reply-To", "Subject")


def naming(files: Iterable[Path], person: Person) -> Iterator[Path]:
    """Those of the files that name the person, or that cannot be read, which a human must look at."""
    for path in files:
        try:
            if path.stat().st_size > _LARGEST or _names(path.name, path.read_bytes(), person):
                yield path
        except OSError:
            yield path


def has_drafts(folder: Path) -> bool:
    """Does a draft lie in the drafts folder, or in a folder of it?"""
    return any(_files(folder, "*.eml"))


def drafts_naming(folder: Path, person: Person) -> list[Path]:
    """The .eml files of the drafts folder that name the person, sorted."""
    return sorted(naming(_files(folder, "*.eml"), person))


def others_naming(folder: Path, person: Person) -> list[Path]:
    """The other files of the folder that do: archives, lists."""
    return sorted(naming((path for path in _files(folder, "*") if path.suffix != ".eml"), person))


def copies_naming(snapshots: Snapshots, person: Person) -> list[Path]:
    """The saved copies of pages that name the person, sorted; those that cannot be read any more as well."""
    found = []
    for path in snapshots.files():
        body = snapshots.read(path.name.partition(".")[0])
        if body is None or person.is_in(html.unescape(decode(body, None))):
            found.append(path)
    return sorted(found)


def _files(folder: Path, pattern: str) -> Iterator[Path]:
    return (path for path in folder.rglob(pattern) if path.is_file()) if folder.is_dir() else iter(())


def _names(name: str, content: bytes, person: Person) -> bool:
    if name.endswith(".eml"):
        return any(person.is_in(text) for text in _texts_of_email(content))
    if content[:4] == b"PK\x03\x04":  # a .zip, and an .xlsx too
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                return any(
                    _names(entry.filename, packed.read(entry), person)
                    for entry in packed.infolist()
                    if entry.file_size <= _LARGEST
                )
        except (zipfile.BadZipFile, OSError, RuntimeError):  # RuntimeError: it has a password
            return True
    # A database's file holds one text right behind another, so nothing tells where a word begins: rather one too many.
    text = content.decode("utf-8", "replace").casefold()
    whole = (spelling.casefold() for spelling in person.spellings if not spelling.endswith("+"))
    return any(spelling in text for spelling in whole) or person.is_in(text)


def _texts_of_email(content: bytes) -> Iterator[str]:
    """Headers and text as a reader sees them: the bytes hold them in pieces of an encoding."""
    yield content.decode("utf-8", "replace")
    try:
        message = BytesParser(policy=default).parsebytes(content)
        if isinstance(message, EmailMessage):
            yield from (str(message[name]) for name in _ADDRESS_HEADERS if message[name])
            body = message.get_body(("plain", "html"))
            if body is not None:
                yield str(body.get_content())
    except (MessageError, LookupError, ValueError):  # whatever else it is, its bytes were looked at
        return
