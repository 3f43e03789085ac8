"""Regular expressions that find names in the raw bytes of a page, and signs of what must be undone before they can.

They are written for hyperscan (no look-around, no back references) and let too much through rather than too little.
What makes them fast is that each begins or ends with plain letters, as many as can be, in one letter case: misspellings
of short words are spelt out one by one rather than described. A word that mark-up cuts in two ("A<b>cme</b>") is found
by its longer half beside a bracket. Escapes, accents and invisible signs are found by SIGNS; raw_text undoes them, and
the page is looked at again.
"""

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from string import ascii_lowercase, ascii_uppercase
from typing import Final

from mentions.matching.dress import Dress
from mentions.matching.folding import IS_SPACELESS, WORD

_EDGE: Final = r"(?:\b|_)"
_ONE_TAG: Final = r"</?[a-z!][^<>]*>"
_BETWEEN: Final = r"(?:[^a-z0-9<>&]|&#?[a-z0-9]{2,8};|&|<[^<>]*>)*"
_MOST_LETTERS: Final = 16  # of a word that is looked for; of longer words the beginning is enough
# Charsets in which names outside ASCII are looked for: those of the Encoding Standard that pages still use.
_CHARSETS: Final = (
    "utf-8", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "iso8859-2", "iso8859-5",
    "koi8-r", "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr", "cp874",
)  # fmt: skip
# By the length of a word: how many letters are right where an edit stands behind them, and from which one on they are
# where it stands before.
_KEPT: Final = {4: (4, 1), 5: (3, 2), 6: (4, 2), 7: (4, 3)}
_PLAIN_LETTERS: Final = 5  # of a misspelling that is looked for wherever it stands, in other words as well
_MOST_INITIALS: Final = 3
_START: Final = 4  # letters by which a companion is known: inflections come after them
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
    ZERO = 7  # NUL bytes as in UTF-16, shifts of ISO-2022: nothing is undone, somebody has to parse the page


# Several short patterns for a sign are found in half the time that one with alternatives takes.
SIGNS: Final[dict[Sign, tuple[str, ...]]] = {
    Sign.UTF8_DECLARED: (r"charset=[\"' ]{0,3}utf-?8",),
    Sign.ACCENTS: (r"[\xc3-\xc9\xcc\xcd][\x80-\xbf]", r"\xe1[\xb8-\xbb][\x80-\xbf]"),
    Sign.UNSEEN: (
        r"\xc2\xad", "&shy;", "&#173;", "&#xad;", r"\xe2\x80[\x8b-\x8f\xaa-\xae]", r"\xe2\x81[\xa0-\xa4]", r"\xd8\x9c",
        r"\xe1\xa0\x8e", "&zwj;", "&zwnj;", "&lrm;", "&rlm;", "&#820[3-7];", "&#x200[b-f];", r"[a-z]\xef\xbb\xbf",
        "&#65279;", "&#xfeff;",
    ),
    Sign.ESCAPES: (
        "acute;", "grave;", "circ;", "uml;", "tilde;", "ring;", "cedil;", "caron;", "slash;", "breve;", "macr;",
        "ogon;", "strok;", "dot;",
    ),
    Sign.NUMBERS: (
        r"&#0*(?:6[5-9]|[78]\d|9[07-9]|1[01]\d|12[0-2]|19[2-9]|2\d\d|[3-5]\d\d);",
        r"&#x0*(?:4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a]|[c-f][0-9a-f]|[12][0-9a-f]{2});",
    ),
    Sign.RUN_ON: tuple(f"&{name}[a-z]{{3}}" for name in ["nbsp", "copy", "reg", "laquo", "raquo", "middot", "shy"]),
    Sign.WIDE: (r"\xef\xbc[\x90-\x99\xa1-\xba]", r"\xef\xbd[\x81-\x9a]"),
    Sign.ZERO: (r"\x00", r"\x1b[$(]"),
}  # fmt: skip

# A letter of another script beside a Latin one: they look alike, and take each other's place ("Асme").
_OTHER_LETTER: Final = r"(?:[\xca\xcb\xce-\xdf]|\xe1[\x80-\xb7])[\x80-\xbf]"
MIXED: Final = (f"[a-z]{_OTHER_LETTER}", f"{_OTHER_LETTER}[a-z]")

# Mark-up between two letters, with nothing that parts words: an element ends, begins, or ends and another begins.
GLUES: Final = (
    rf"[a-z](?:</(?:{_INLINE})>){{1,3}}[a-z]",
    rf"[a-z]<(?:{_INLINE})(?: [^<>]*)?>[a-z]",
    rf"[a-z]</(?:{_INLINE})><(?:{_INLINE})(?: [^<>]*)?>[a-z]",
    r"[a-z]<!--[^<>]*-->[a-z]",
)


def spelling_patterns(keys: Iterable[str]) -> Iterator[str]:
    """Patterns of which at least one matches where one of these keys stands whole.

    Keys outside ASCII are left to `outside_ascii_patterns`.
    """
    for stem, endings in _grouped(key for key in keys if key.isascii()):
        tail = rf"(?:{'|'.join(endings)})?" if endings else ""
        if len(stem) > _MOST_LETTERS:
            stem, tail = stem[:_MOST_LETTERS], "[a-z0-9]*"
        yield f"{_EDGE}{stem}{tail}{_EDGE}"


def dotted_patterns(dress: Dress) -> Iterator[str]:
    """The pattern of an acronym with points: I.B.M."""
    if dress.is_acronym:
        letters = dress.folded.split()[0]  # a legal form may follow
        yield r"\b" + r"\.".join(letters.lower())


def misspelling_patterns(
    word: str, edits: int, *, humped: bool = False, is_common: bool = False
) -> Iterator[tuple[str, bool]]:
    """Patterns of which one matches every spelling of `word` with one to `edits` edits, its first letter right.

    With each comes whether letter case matters: they ask for one capital or for all, as FuzzyIndex does, but for words
    that are `humped`. Words that are `is_common` match nothing themselves.
    """
    if not word.isascii() or not edits:
        return
    spell = _two_edits if edits > 1 else _every_edit if is_common else _one_edit
    if humped:
        yield from ((pattern, False) for pattern in spell(word, ascii_lowercase))
    else:
        yield from ((pattern, True) for pattern in spell(word.capitalize(), ascii_lowercase))
        yield from ((pattern, True) for pattern in spell(word.upper(), ascii_uppercase))


def cut_patterns(keys: Iterable[str]) -> Iterator[str]:
    """Patterns of which one matches where mark-up cuts one of these keys in two: its longer half and the bracket."""
    for stem, _ in _grouped(key for key in keys if key.isascii()):
        yield from _cuts(stem[:_MOST_LETTERS])


def companion_patterns(word: str) -> Iterator[str]:
    """Patterns of another word of a name, inflected, cut by mark-up, or as initials with points; not misspelt."""
    if len(word) <= _MOST_INITIALS:
        yield f"{_EDGE}{word}(?:e?s)?{_EDGE}"
        yield r"\b" + r"\.".join(word)
    else:
        yield f"{_EDGE}{word[:_START]}"
    yield from _cuts(word[:_MOST_LETTERS])


def outside_ascii_patterns(keys: Iterable[str], misspellable: Iterable[str]) -> Iterator[str]:
    """Patterns of words outside ASCII: whole; and for those that may be misspelt, their first letter."""
    for key in keys:
        if not key.isascii():
            yield from _outside_ascii(key)
    for word in misspellable:
        if not word.isascii():
            forms = sorted({_bytes(case, "utf-8") or "" for case in (word[0].upper(), word[0].lower())})
            yield f"(?:{'|'.join(forms)}|{_escape(word[0])})"


def symbolic_pattern(dress: Dress) -> str | None:
    """The one pattern for names whose telling word has two letters or fewer, or none: AT&T, E!, C++."""
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


def _cuts(word: str) -> Iterator[str]:
    for cut in range(1, len(word)):
        yield rf"\b{word[:cut]}</?[a-z!]" if 2 * cut >= len(word) else f">{word[cut:]}"


def _one_edit(word: str, letters: str) -> Iterator[str]:
    """Every spelling with one edit behind the first letter; `letters` are those that may be put in.

    What stands before `head`, or from `tail` on, is right where the edit lies beyond; edits between are spelt out, as
    plain letters that are found fastest, wherever they stand.
    """
    size = len(word)
    head, tail = _KEPT.get(size, (size // 2, size // 2))
    some = f"[{letters[0]}-{letters[-1]}]"
    yield f"{_EDGE}{word[:head]}{some}{{{max(size - head - 1, 1)},{size - head + 1}}}{_EDGE}"
    yield f"{_EDGE}{word[0]}{some}{{{max(tail - 2, 1 // tail)},{tail}}}{word[tail:]}{_EDGE}"
    yield from (
        spelt if len(spelt) >= _PLAIN_LETTERS else f"{_EDGE}{spelt}{_EDGE}"
        for spelt in _spelt_out(word, letters, head, tail)
    )


def _every_edit(word: str, letters: str) -> Iterator[str]:
    """Every spelling with one edit behind the first letter, spelt out."""
    for spelt in _spelt_out(word, letters, len(word), 1):
        yield f"{_EDGE}{spelt}{_EDGE}"
    yield from (f"{_EDGE}{word[:at]}[{letters[0]}-{letters[-1]}]{word[at:]}{_EDGE}" for at in (1, len(word)))


def _spelt_out(word: str, letters: str, head: int, tail: int) -> Iterator[str]:
    for at in range(tail, head):
        yield f"{word[:at]}{word[at + 1 :]}"
        yield from (f"{word[:at]}{letter}{word[at + 1 :]}" for letter in letters if letter != word[at])
        if at > tail:
            yield from (f"{word[:at]}{letter}{word[at:]}" for letter in letters)
    for at in range(max(tail - 1, 1), min(head, len(word) - 1)):
        yield f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"


def _two_edits(word: str, letters: str) -> Iterator[str]:
    """Of three pieces of the word one stays whole, but for the letters at a cut, which a transposition may swap."""
    third = len(word) // 3
    some = rf"[{letters[0]}-{letters[-1]}\x80-\xff]"  # a letter of another script has up to three bytes more
    spans = ((0, third), (third, 2 * third), (2 * third, len(word)))
    for start, end in spans:
        piece = word[start:end]
        forms = {piece}
        if end < len(word):
            forms.add(piece[:-1] + word[end])
        if start:
            forms.add(word[start - 1] + piece[1:])
        rest = len(word) - end
        before = f"{_EDGE}{word[0]}{some}{{{max(start - 3, 0)},{start + 7}}}" if start else _EDGE
        behind = rf"{some}{{{max(rest - 2, 0)},{rest + 8}}}"
        yield from (f"{before}{form}{behind}" for form in sorted(forms))


def _outside_ascii(key: str) -> Iterator[str]:
    """A word outside ASCII in every charset that can hold it, each letter in either case, and as escapes."""
    gap = f"(?:{_ONE_TAG})?"
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
