"""Regular expressions that find names in the raw bytes of a page, and signs of what must be undone before they can.

They are written for hyperscan (no look-around, no back references) and let too much through rather than too little.
A word that mark-up cuts in two ("A<b>cme</b>") is found by its own patterns. Escapes, accents and invisible signs are
found by `DISGUISES`; raw_text undoes them, and the page is looked at again. All costs were measured together on 900
real pages of 190 KB: 90 µs a page for one name, 800 µs for a hundred, of which misspellings of short words cost nearly
all. What raw_passages leaves of a page is looked through in an eighth of that time.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from typing import Final

from mentions.matching.dress import Dress
from mentions.matching.folding import IS_SPACELESS, WORD

_BOUND: Final = r"\b"
_EDGE: Final = r"(?:\b|_)"
_ONE_TAG: Final = r"</?[a-z!][^<>]*>"
_TWO_TAGS: Final = r"</[^<>]*><[^<>]*>"
TAGS: Final = (_ONE_TAG, _TWO_TAGS)  # what may cut a word in two, in the bytes of a page
TAG_SIGN: Final = r" \x01 "  # what stands for it in raw_passages
_BETWEEN: Final = r"(?:[^a-z0-9<>&]|&#?[a-z0-9]{2,8};|&|<[^<>]*>)*"
_MOST_LETTERS: Final = 16  # of a word that is looked for; of longer words the beginning is enough
# Charsets in which names outside ASCII are looked for: those of the Encoding Standard that pages still use.
_CHARSETS: Final = (
    "utf-8", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "iso8859-2", "iso8859-5",
    "koi8-r", "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr", "cp874",
)  # fmt: skip
_INLINE: Final = (
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|nobr|q|s|samp|small|span|strike|"
    "strong|sub|sup|time|tt|u|var|wbr"
)


class Sign(IntEnum):
    """What the bytes of a page show besides names."""

    UTF8_DECLARED = 0
    ACCENTS = 1  # letters outside ASCII, in UTF-8
    UNSEEN = 2  # soft hyphens and other signs that nobody sees
    ESCAPES = 3  # letters written as &eacute; or &#65;
    NUMBERS = 4  # the same, as hexadecimal or decimal numbers
    RUN_ON = 5  # escapes that browsers read without their semicolon: &nbspAcme
    WIDE = 6  # full-width letters and digits
    ZERO = 7  # NUL bytes, as in UTF-16: nothing is undone, somebody has to parse the page


SIGNS: Final = {
    Sign.UTF8_DECLARED: r"charset=[\"' ]{0,3}utf-?8",
    Sign.ACCENTS: r"[\xc3-\xc9\xcc\xcd][\x80-\xbf]|\xe1[\xb8-\xbb][\x80-\xbf]",
    Sign.UNSEEN: (
        r"\xc2\xad|&shy;|&#173;|&#xad;|\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0-\xa4]|\xd8\x9c|\xe1\xa0\x8e|&zwn?j;|"
        r"&[lr]rm;|&#820[3-7];|&#x200[b-f];|[a-z]\xef\xbb\xbf|&#65279;|&#xfeff;"
    ),
    Sign.ESCAPES: r"[a-z](?:acute|grave|circ|uml|tilde|ring|cedil|caron|slash|breve|macr|ogon|strok|dot);",
    Sign.NUMBERS: (
        r"&#0*(?:6[5-9]|[78]\d|9[07-9]|1[01]\d|12[0-2]|19[2-9]|2\d\d|[3-5]\d\d);|"
        r"&#x0*(?:4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a]|[c-f][0-9a-f]|[12][0-9a-f]{2});"
    ),
    Sign.RUN_ON: r"&(?:nbsp|copy|reg|laquo|raquo|middot|shy)[a-z]{3}",
    Sign.WIDE: r"\xef\xbc[\x90-\x99\xa1-\xba]|\xef\xbd[\x81-\x9a]",
    Sign.ZERO: r"\x00",
}

# Mark-up between two letters, with nothing that parts words: an element ends, begins, or ends and another begins.
GLUES: Final = (
    rf"[a-z](?:</(?:{_INLINE})>){{1,3}}[a-z]",
    rf"[a-z]<(?:{_INLINE})(?: [^<>]*)?>[a-z]",
    rf"[a-z]</(?:{_INLINE})><(?:{_INLINE})(?: [^<>]*)?>[a-z]",
    r"[a-z]<!--[^<>]*-->[a-z]",
)


def spelling_patterns(dress: Dress, cuts: Sequence[str] = TAGS) -> Iterator[str]:
    """Patterns of which at least one matches where the name stands as it should, in any of its dresses.

    `cuts` are patterns of what may stand within a word that mark-up cuts in two.
    """
    odd = _is_short_or_symbolic(dress)
    if odd is not None:
        yield odd
        return
    for stem, endings in _grouped(dress.keys):
        if not stem.isascii():  # see outside_ascii_patterns
            continue
        tail = rf"(?:{'|'.join(endings)})?" if endings else ""
        yield from _word_patterns(stem, tail, cuts)
    yield from dotted_patterns(dress)


def dotted_patterns(dress: Dress) -> Iterator[str]:
    """The pattern of an acronym with points: I.B.M."""
    if dress.is_acronym:
        letters = dress.folded.split()[0]  # a legal form may follow
        yield r"\b" + r"\.".join(letters.lower())


def misspelling_patterns(word: str, edits: int, *, humped: bool = False) -> Iterator[str]:
    """Patterns of which one matches every spelling of `word` with one to `edits` edits, its first letter right.

    They ask for one capital or for all, as FuzzyIndex does (a third of the time, a tenth of the matches); words that
    are `humped`, and those of two edits, which are long and rare, in any letter case.
    """
    if not word.isascii() or not edits:
        return
    if edits > 1:
        yield from _two_edits(word)
    elif humped:
        yield from _one_edit(word, "[a-z]")
    else:
        yield from (f"(?-i){_BOUND}{word[0].upper()}{rest}" for rest in _one_edit_behind(word, "[a-z]"))
        yield from (f"(?-i){_BOUND}{word[0].upper()}{rest}" for rest in _one_edit_behind(word.upper(), "[A-Z]"))


def outside_ascii_patterns(keys: Iterable[str], misspellable: Iterable[str]) -> Iterator[str]:
    """Patterns of words outside ASCII: whole; and for those that may be misspelt, their first letter."""
    for key in keys:
        if not key.isascii():
            yield from _outside_ascii(key)
    for word in misspellable:
        if not word.isascii():
            forms = sorted({_bytes(case, "utf-8") or "" for case in (word[0].upper(), word[0].lower())})
            yield f"(?:{'|'.join(forms)}|{_escape(word[0])})"


def _is_short_or_symbolic(dress: Dress) -> str | None:
    """One pattern for names whose telling word has two letters or fewer, or none: AT&T, E!, C++."""
    if dress.keys and min(map(len, dress.keys)) > 2:
        return None
    if not dress.folded.isascii():
        return None
    words = WORD.findall(dress.folded.lower())
    if not words:
        return re.escape(dress.folded)
    joint = rf"{_BETWEEN}(?:(?:and|und|et|y|e|en|och|og){_BETWEEN})?"
    return rf"\b{joint.join(map(re.escape, words))}"


def _grouped(keys: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Keys by the shortest that begins them, with what follows it; of long endings the first three letters do."""
    stems: dict[str, set[str]] = {}
    for key in sorted(keys, key=lambda key: (len(key), key)):
        stem = next((stem for stem in stems if key.startswith(stem)), None)
        if stem is None:
            stems[key] = set()
        else:
            stems[stem].add(key[len(stem) :])
    for stem, endings in stems.items():
        short = {ending if len(ending) < 3 else f"{re.escape(ending[:3])}[a-z0-9]*" for ending in endings}
        yield stem, tuple(sorted(short))


def _word_patterns(word: str, tail: str, cuts: Sequence[str]) -> Iterator[str]:
    """The word whole, and cut in two by mark-up."""
    if len(word) > _MOST_LETTERS:
        word, tail = word[:_MOST_LETTERS], "[a-z0-9]*"
    yield f"{_EDGE}{re.escape(word)}{tail}{_EDGE}"
    for cut in range(1, len(word)):
        before, after = re.escape(word[:cut]), re.escape(word[cut:])
        yield from (rf"\b{before}{gap}{after}" for gap in cuts)


def _one_edit(word: str, letter: str) -> Iterator[str]:
    yield from (f"{_BOUND}{word[0]}{rest}" for rest in _one_edit_behind(word, letter))


def _one_edit_behind(word: str, letter: str) -> Iterator[str]:
    """Patterns of what stands behind the first letter; `letter` is the class of what may be put in."""
    for place in range(1, len(word)):
        yield rf"{word[1:place]}{letter}{{0,2}}{word[place + 1 :]}\b"
        if place + 1 < len(word):
            yield rf"{word[1:place]}{word[place + 1]}{word[place]}{word[place + 2 :]}\b"


def _two_edits(word: str) -> Iterator[str]:
    """Of three pieces of the word one stays whole, but for the letters at a cut, which a transposition may swap."""
    third = len(word) // 3
    spans = ((0, third), (third, 2 * third), (2 * third, len(word)))
    for start, end in spans:
        piece = word[start:end]
        forms = {piece}
        if end < len(word):
            forms.add(piece[:-1] + word[end])
        if start:
            forms.add(word[start - 1] + piece[1:])
        for form in sorted(forms):
            if not start:
                yield rf"\b{form}[a-z]{{{len(word) - end - 2},{len(word) - end + 2}}}\b"
                continue
            rest = len(word) - end
            before = rf"{word[0]}[a-z]{{{max(start - 3, 0)},{start + 1}}}"
            yield rf"\b{before}{form}" + (rf"[a-z]{{{max(rest - 2, 0)},{rest + 2}}}\b" if rest else r"[a-z]{0,2}\b")


def _outside_ascii(key: str) -> Iterator[str]:
    """A word outside ASCII in every charset that can hold it, each letter in either case, and as escapes."""
    gap = f"(?:{_ONE_TAG}|{TAG_SIGN})?"
    spaceless = bool(IS_SPACELESS.search(key))
    seen = set()
    for charset in _CHARSETS:
        letters = []
        for letter in key:
            forms = {form for case in {letter, letter.upper(), letter.lower()} if (form := _bytes(case, charset))}
            letters.append(f"(?:{'|'.join(sorted(forms))})" if forms else "")
        if all(letters):
            pattern = gap.join(letters) if spaceless else "".join(letters)
            if pattern not in seen:
                seen.add(pattern)
                yield pattern
    yield gap.join(_escape(letter) for letter in key)


def _bytes(text: str, charset: str) -> str | None:
    try:
        return "".join(f"\\x{byte:02x}" for byte in text.encode(charset))
    except UnicodeEncodeError:
        return None


def _escape(letter: str) -> str:
    forms = {f"&#{ord(case)};" for case in {letter, letter.upper(), letter.lower()} if len(case) == 1}
    forms |= {f"&#x0*{ord(case):x};" for case in {letter, letter.upper(), letter.lower()} if len(case) == 1}
    return f"(?:{'|'.join(sorted(forms))})"
