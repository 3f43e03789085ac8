"""Is an author's line the name of one person? A wrong name is worse than none (B-03), so doubt means None."""

import re
import unicodedata
from typing import Final

from mentions.outreach.cleaning import one_line, words
from mentions.outreach.given_names import GIVEN_NAMES

_BYLINE: Final = re.compile(r"(?:written by|by|von|par|por|text(?: von)?:|autor(?:in)?:|author:)\s+", re.IGNORECASE)
_ROLE: Final = re.compile(
    r"\s*(?:,|\||–|—|•|/| - | for | at | für | bei | pour )"
)  # what follows a name, not part of it
_TITLES: Final = re.compile(r"(?:(?:dr|prof|mr|mrs|ms|mx|sir|dame|herr|frau|m|mme|sr|sra)\.?\s+)+", re.IGNORECASE)
_SEVERAL: Final = re.compile(r"\s(?:and|und|et|y|e|with|mit|avec|con)\s|&|\+|;|\bet al\b", re.IGNORECASE)

# A word of a real name: letters with accents, O'Neill, Jean-Luc, McDonald; or an initial.
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*\.?")
_PARTICLES: Final = words("van von der den de del della di da dos du la le el al bin ibn ben ter ten zu zum af")

# Words of desks, agencies, sites and accounts. A surname that is one of them costs its bearer a nameless greeting.
_NOT_A_PERSON: Final = words(
    """
    staff team desk news newsroom newsdesk editor editors editorial editorials redaktion redaction rédaction
    redacción reporter reporters reporting correspondent correspondents writer writers author authors
    contributor contributors contributing guest admin administrator webmaster agency agencies agentur agence
    agencia wire wires press presse prensa media medien magazine magazin journal times tribune gazette herald
    post daily weekly today online digital network radio television tv channel group inc ltd llc gmbh ag sa
    company corp association institute university reuters bloomberg afp dpa ap upi ansa efe apa sda anonymous
    unknown user community blog podcast video service services release special report sponsored partner content
    marketing communications pr sports business tech technology world local national international weather
    science health culture politics opinion views robot
    """
)


def person_name(author: str | None, *, site_names: tuple[str, ...] = ()) -> str | None:
    """The full name to greet, when the line is certainly one person's name in Latin letters; else None.

    Which word of it is the given name is another question: `first_and_last` answers it where that is certain.
    """
    if not author:
        return None
    line = without_by(author)
    if _SEVERAL.search(line) or "@" in line or "://" in line:
        return None
    name, rest = _split_role(line)
    if _is_second_person(rest):
        return None
    name = _TITLES.sub("", name, count=1) if _TITLES.match(name) else name
    words = name.split()
    return name if _is_person(words) and not _is_site(name, site_names) else None


def without_by(author: str) -> str:
    """An author's line without the "By", "Von", "Par" or "Por" that it begins with."""
    line = one_line(author)
    byline = _BYLINE.match(line)
    return line[byline.end() :] if byline else line


def first_and_last(author: str) -> tuple[str, str]:
    """("Jane", "van der Berg") of an author's line where the given name is certain; else ("", "").

    Certain is one person's name that starts with a well-known Western given name, written in full, and goes on with
    one or two surnames that are no given names: so its order is not the other one (Orbán Viktor, Mao Zedong, Nagy
    Anna). A middle name or initial belongs to neither part.
    """
    name = person_name(author)
    if name is None:
        return "", ""
    first, *last = name.split()
    while len(last) > 1 and (_INITIAL.fullmatch(last[0]) or _is_given(last[0])):
        last = last[1:]
    surnames = [word for word in last if word.casefold() not in _PARTICLES]
    certain = _is_given(first) and len(surnames) <= _MOST_SURNAMES and not any(map(_is_given, surnames))
    return (first, " ".join(last)) if certain else ("", "")


_INITIAL: Final = re.compile(r"[^\W\d_]\.?")
_MOST_SURNAMES: Final = 2  # García Márquez, Silva Santos


def _is_given(word: str) -> bool:
    return word.casefold() in GIVEN_NAMES


def _split_role(line: str) -> tuple[str, str]:
    """("Jane Doe", "Senior Reporter") of "Jane Doe, Senior Reporter"."""
    found = _ROLE.search(line)
    return (line[: found.start()].strip(), line[found.end() :].strip()) if found else (line, "")


def _is_second_person(rest: str) -> bool:
    """After "Jane Doe, ": another name ("Bob Roe"), or a role ("Senior Reporter", "PhD")?"""
    words = re.split(r"[,|/]", rest)[0].split()
    return _is_person(words) and not any(word.casefold() in _ROLE_WORDS for word in words)


_ROLE_WORDS: Final = words(
    """
    senior junior chief managing deputy associate assistant executive contributing staff freelance head director
    manager lead founder analyst columnist journalist critic producer photographer researcher professor fellow phd
    leitende leitender freie freier chefredakteur chefredakteurin redakteur redakteurin korrespondent journaliste
    rédacteur rédactrice periodista redactor redactora correspondant corresponsal
    """
)


def _is_person(words: list[str]) -> bool:
    if not 2 <= len(words) <= 5 or words[0].casefold() in _PARTICLES or words[-1].casefold() in _PARTICLES:
        return False
    return all(_is_name_word(word) for word in words)


def _is_name_word(word: str) -> bool:
    if word.casefold() in _PARTICLES:
        return True
    if not _WORD.fullmatch(word) or word.rstrip(".").casefold() in _NOT_A_PERSON:
        return False
    if len(word) > 2 and word.isupper():  # JANE DOE: how it is really written (McDonald, de la Cruz) is not certain
        return False
    return word[0].isupper() and all(_is_latin(letter) for letter in word if letter.isalpha())


def _is_latin(letter: str) -> bool:
    return "LATIN" in unicodedata.name(letter, "")


def _is_site(name: str, site_names: tuple[str, ...]) -> bool:
    folded = "".join(name.casefold().split())
    return any(folded in "".join(site.casefold().split()) for site in site_names if site)
