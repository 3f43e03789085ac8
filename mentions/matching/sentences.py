"""The sentence in which a name stands, short enough for an email."""

import re
from typing import Final

from mentions.matching.word_lists import word_list

MAX_LENGTH: Final = 400  # characters; a longer sentence is cut between words around the name

_ABBREVIATIONS: Final = word_list(
    # English, German, French, Spanish; without the last point, lower case
    "mr mrs ms dr prof rev hon sen rep gov gen col lt sgt st jr sr inc corp co ltd llc plc bros dept est fig no nos",
    "figs vol vols p pp ed eds vs etc e.g i.e cf approx al ca u.s u.k u.n e.u d.c ph.d a.m p.m jan feb mar apr jun jul",
    "aug sep sept oct nov dec z.b d.h u.a bzw usw ggf inkl evtl nr str abs hrsg mio mrd tel vgl o.ä u.ä s.o z.t i.d.r",
    "m me mlle mme mm sté cie av env p.ex c.-à-d sr sra srta dra ud uds ee.uu pág págs ej núm",
)
_STOP: Final = re.compile(r"[.!?…]+[\"'”’»›)\]]*(?=\s)|[。！？｡]+[」』”）]*|\n")
_LAST_WORD: Final = re.compile(r"[^\s(\[\"'“„«]*$")
_OPENERS: Final = "\"'“„«‹(["


def sentence_span(text: str, start: int, end: int, low: int = 0, high: int | None = None) -> tuple[int, int]:
    """The sentence of `text[low:high]` (a block) that holds `text[start:end]`, as offsets into `text`.

    An abbreviation, an initial, a number or a small letter behind a point does not end a sentence. What is longer than
    MAX_LENGTH is cut between words, with the name inside.
    """
    high = len(text) if high is None else high
    first, last = low, high
    for stop in _STOP.finditer(text, low, high):
        if stop.start() >= end and _ends_sentence(text, stop, high):
            last = stop.end()
            break
        if stop.end() <= start and _ends_sentence(text, stop, high):
            first = stop.end()
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return _shortened(text, first, last, start, end)


def _ends_sentence(text: str, stop: re.Match[str], high: int) -> bool:
    if stop[0][0] != ".":
        return stop[0][0] not in "!?" or not _goes_on(text, stop.end(), high)
    if len(stop[0].rstrip("\"'”’»›)]")) > 1:  # an ellipsis
        return not _goes_on(text, stop.end(), high)
    found = _LAST_WORD.search(text, max(stop.start() - 30, 0), stop.start())
    word = found[0].lower() if found else ""
    if word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()) or re.fullmatch(r"(?:\w\.)+\w", word):
        return False
    if word.isdigit() and len(word) <= 2:  # German dates: am 3. Mai
        return False
    return not _goes_on(text, stop.end(), high)


def _goes_on(text: str, place: int, high: int) -> bool:
    """Does a small letter follow, so that the sentence cannot have ended?"""
    rest = text[place : min(place + 40, high)].lstrip().lstrip(_OPENERS)
    return rest[:1].islower()


def _shortened(text: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    if last - first <= MAX_LENGTH:
        return first, last
    room = max(MAX_LENGTH - (end - start), 0)
    left = max(start - room // 2, first)
    right = min(left + max(MAX_LENGTH, end - start), last)
    left = max(min(left, right - MAX_LENGTH), first)
    if left > first:
        space = text.find(" ", left, start)
        left = space + 1 if space >= 0 else left
    if right < last:
        space = text.rfind(" ", end, right)
        right = space if space >= 0 else right
    return left, right
