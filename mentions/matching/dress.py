"""The ordinary dresses of a name: one alias compiled to a pattern, the letter case it may wear, and its keys.

A pattern is matched against folded text (see folding), so accents, width and typographic quotes are no concern here.
Keys are the words of which at least one stands on every page where the pattern can match: the cheap filter before it.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise, product
from typing import Final

from mentions.matching.folding import IS_SPACELESS, SPACELESS, fold
from mentions.matching.lexicon import is_word, zipf
from mentions.matching.word_lists import word_list

ORDINARY_ZIPF: Final = 3.0  # once in a million words: from here on a string may be a word of its own
COMMON_ZIPF: Final = 4.2

_RARE_ZIPF: Final = 3.5
_LEAST_TORN: Final = 7  # letters of a word that is also looked for in two halves
_LEAST_HALF: Final = 3

# Letter case does not matter to these edges, and asking for it would make them three times as slow to compile.
_NOT_BEFORE: Final = rf"(?<!(?-i:[^\W{SPACELESS}]))"
_NOT_AFTER: Final = rf"(?!(?-i:[^\W{SPACELESS}]))"
_SPACE: Final = r"[^\S\n]"  # a line break stands between two blocks of a page
_TOKEN: Final = re.compile(rf"[^\W_{SPACELESS}]+|[{SPACELESS}]+|[^\w\s]|\s+")
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_AND: Final = frozenset({"and", "und", "et", "y"})
_HUMP_SIGN: Final = "\0"  # stands between the words of YouTube
_GRAMMAR: Final = frozenset({".", ",", "'", '"', ")"})
_AND_PATTERN: Final = rf"(?:{_SPACE}?[&+]{_SPACE}?|{_SPACE}(?:and|und|et|y|e|en|och|og){_SPACE})"
_FUNCTION_WORDS: Final = word_list(
    "the a an of and for in on at to by de la le les du des der die das dem den und et y e el los las del",
    "di il lo da do dos van von für",
)
# After https://en.wikipedia.org/wiki/List_of_legal_entity_types_by_country: the forms that follow names in the press.
_LEGAL: Final = word_list(
    "inc incorporated corp corporation co company ltd limited llc llp plc gmbh ag se kg kgaa sa sas sarl srl spa",
    "bv nv ab oy as aps pty holdings group",
)
_LEGAL_END: Final = re.compile(rf",?\s(?:{'|'.join(sorted(_LEGAL))}|s\.a\.|n\.v\.|s\.p\.a\.|b\.v\.)\.?$", re.IGNORECASE)
# Behind a name, a legal form belongs to it: "Acme Inc.", "Acme GmbH & Co. KG".
LEGAL_AFTER: Final = re.compile(
    rf",?{_SPACE}(?:Inc|Incorporated|Corp|Corporation|Ltd|Limited|LLC|LLP|PLC|plc|GmbH(?: & Co\. KG)?|AG|SE|KGaA|"
    rf"S\.A\.|SA|SAS|SARL|S\.p\.A\.|SpA|S\.r\.l\.|B\.V\.|BV|N\.V\.|NV|AB|ASA|Oyj|Pty){_NOT_AFTER}"
)
# Letters that folding cannot give as one character, and German transliterations, as in "Moebel" for "Möbel".
_SPELT_OUT: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ß": "ss", "æ": "ae", "œ": "oe"}


class Casing(StrEnum):
    """Which letter case a name may wear."""

    ANY = "any"  # no other word is spelt so
    NAME = "name"  # an ordinary word: each capital of the alias must be one on the page
    CAPITALS = "capitals"  # an acronym, or a word that is the name only in capitals
    CAPITALS_OR_TITLE = "capitals_or_title"  # a long acronym that papers also write as a name: Unesco


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word of an alias, and how it may be joined to the next."""

    text: str  # folded
    spellings: tuple[str, ...]  # folded, lower case, without inflection
    endings: tuple[str, ...]  # inflections it may take, "" among them
    joint: str  # pattern between this piece and the next, or of the punctuation that ends the name
    joinable: bool  # may the joint be empty?
    hump: bool = False  # is it followed by the next without a sign, as in YouTube?

    @property
    def pattern(self) -> str:
        """The group that holds the word, and its inflection behind it."""
        stem = "|".join(map(re.escape, sorted(self.spellings, key=len, reverse=True)))
        endings = "|".join(sorted(filter(None, self.endings), key=len, reverse=True))
        return f"({stem})" + (f"(?:{endings})?" if endings else "") + self.joint


@dataclass(frozen=True, slots=True)
class Dress:
    """An alias, compiled."""

    alias: str
    folded: str
    pattern: str
    casing: Casing
    keys: frozenset[str]
    capitals: tuple[bool, ...]  # which words of the alias begin with a capital
    humps: tuple[bool, ...]  # which words are followed by the next without a sign, as in YouTube
    is_acronym: bool = False  # also written with points: I.B.M.
    not_spelt: frozenset[str] = frozenset()  # accented spellings that are another word: "über" for Uber

    def fits(self, match: re.Match[str], as_written: str) -> bool:
        """Is the letter case of a match of `pattern` right, and is it no other word? `as_written` is not folded."""
        if as_written.lower() in self.not_spelt:
            return False
        spans = [span for span in match.regs[1:] if span[0] >= 0]
        if self.is_acronym and len(spans) != len(self.capitals):  # with points
            return match[0].replace(".", "").isupper()
        if len(spans) != len(self.capitals):  # torn into two words
            return all(match.string[start].isupper() for start, _ in spans)
        if self.casing is Casing.CAPITALS and match.string[spans[-1][1] : match.end()].isupper():
            return False  # "APs" are several AP; "APS" is somebody else
        words = [match.string[start:end] for start, end in spans]
        joined = [False, *(before[1] == after[0] for before, after in pairwise(spans))]
        return self._case_fits(words, joined) and self._humps_fit(words, joined)

    def _case_fits(self, words: list[str], joined: list[bool]) -> bool:
        match self.casing:
            case Casing.ANY:
                return True
            case Casing.CAPITALS:
                return all(word.upper() == word for word in words)
            case Casing.CAPITALS_OR_TITLE:
                return words[0].isupper() or (words[0][0].isupper() and words[0][1:].islower())
            case Casing.NAME:
                return all(
                    word[0].isupper() or glued or not capital or word in _FUNCTION_WORDS
                    for word, glued, capital in zip(words, joined, self.capitals, strict=True)
                ) and (words[0][0].isupper() or not self.capitals[0] or len(words) > 1)

    def _humps_fit(self, words: list[str], joined: list[bool]) -> bool:
        """ "Linked In" may be LinkedIn; "linked in" is not."""
        return all(
            joined[nth + 1] or (words[nth][0].isupper() and words[nth + 1][0].isupper())
            for nth, hump in enumerate(self.humps)
            if hump
        )


def dress(alias: str) -> Dress:
    """The alias with every ordinary dress: spacing, hyphens, ampersand, initials, plural, genitive, legal form."""
    folded = " ".join(fold(alias).text.split())
    base = _LEGAL_END.sub("", folded)
    # "Acme Robotics Inc." is also called "Acme Robotics"; "Gap Inc." is not to be taken for every "Gap".
    core = base if base and not _is_ordinary(base) else folded
    lead, pieces = _pieces(core, alias)
    before = _NOT_BEFORE if core[0].isalnum() and not IS_SPACELESS.match(core[0]) else ""
    after = _NOT_AFTER if core[-1].isalnum() and not IS_SPACELESS.match(core[-1]) else ""
    pattern = before + lead + "".join(piece.pattern for piece in pieces) + after
    is_acronym = 2 <= len(core) <= 5 and core.isascii() and core.isalpha() and core.isupper()
    if is_acronym:
        pattern = rf"(?:{pattern}|{_NOT_BEFORE}{_dotted(core)})"
    torn = _torn(core)
    if torn:
        pattern = (
            f"(?:{pattern}|{_NOT_BEFORE}(?:{'|'.join(f'({left})[ -]({right})' for left, right in torn)}){_NOT_AFTER})"
        )
    return Dress(
        alias=alias,
        folded=folded,
        pattern=pattern,
        casing=_casing(core, pieces),
        keys=_keys(pieces) | {min(halves, key=zipf) for halves in torn},
        capitals=tuple(piece.text[0].isupper() for piece in pieces),
        humps=tuple(piece.hump for piece in pieces),
        is_acronym=is_acronym,
        not_spelt=_other_words(alias, core),
    )


def without_spaceless(pattern: str) -> str:
    """`pattern` for texts that hold no letter of a script without spaces: the same matches.

    The ranges of those letters take `re` milliseconds to compile, for every edge of every name.
    """
    return pattern.replace(_NOT_BEFORE, r"(?<!\w)").replace(_NOT_AFTER, r"(?!\w)")


def _torn(core: str) -> list[tuple[str, str]]:
    """The halves of a long word that people write as two, as in "Face Book", where one of them is rare enough."""
    name = core.lower()
    if (
        len(name) < _LEAST_TORN
        or not name.isalpha()
        or not name.isascii()
        or _HUMP.search(core)
        or zipf(name) >= COMMON_ZIPF
    ):
        return []
    halves = [(name[:cut], name[cut:]) for cut in range(_LEAST_HALF, len(name) - _LEAST_HALF + 1)]
    return [pair for pair in halves if min(map(zipf, pair)) < _RARE_ZIPF]


def _dotted(acronym: str) -> str:
    """Acronyms are also written with points: I.B.M."""
    return r"\.".join(acronym) + rf"(?:\.(?!\w)|{_NOT_AFTER})"


def _pieces(core: str, alias: str) -> tuple[str, list[_Piece]]:
    """The pattern of what stands before the first word (".NET"), and the words."""
    words: list[list[str]] = []  # each word with what stands between it and the next
    lead = ""
    for token in _TOKEN.findall(core):
        if not words and not token[0].isalnum():
            lead += token
        elif token[0].isalnum() and not (words and words[-1][1].isspace() and token.lower() in _AND):
            humps = _HUMP.split(token)
            humps = humps if min(map(len, humps)) >= 2 else [token]
            words.extend([hump, _HUMP_SIGN] for hump in humps[:-1])
            words.append([humps[-1], ""])
        else:
            words[-1][1] += token
    if not words:
        return "", [_Piece(core, (core.lower(),), ("",), "", joinable=False)]
    transliterations = _transliterations(alias)
    pieces = []
    for nth, (word, sign) in enumerate(words):
        following = words[nth + 1][0] if nth + 1 < len(words) else None
        joint, joinable = _end(sign, core) if following is None else _joint(word, sign, following, glue=len(words) <= 3)
        spellings = {word.lower(), *transliterations.get(word.lower(), ())}
        if _is_initials(word, words):
            joint = rf"\.?{joint}" if not joint.startswith(r"\.?") else joint
            spellings.add(".".join(word.lower()))
        endings = _endings(word, several=len(words) > 1, last=following is None, closed=bool(sign))
        pieces.append(_Piece(word, tuple(sorted(spellings)), endings, joint, joinable, hump=sign == _HUMP_SIGN))
    return re.escape(lead), pieces


def _is_initials(word: str, words: list[list[str]]) -> bool:
    """Is it the "JD" of "JD Power", also written "J.D."? Not where it is the longest word, by which pages are found."""
    return 2 <= len(word) <= 3 and word.isupper() and word.isalpha() and word != words[-1][0]


def _transliterations(alias: str) -> dict[str, set[str]]:
    """For each folded word of the alias, its spellings without special letters: "moebel" for "mobel" (Möbel)."""
    found: dict[str, set[str]] = {}
    for word in re.findall(r"\w+", alias.lower()):
        marked = [letter for letter in word if letter in _SPELT_OUT]
        if marked and len(marked) <= 3:
            choices = [(letter, _SPELT_OUT[letter]) if letter in _SPELT_OUT else (letter,) for letter in word]
            found[fold(word).text] = {fold("".join(letters)).text for letters in product(*choices)}
    return found


def _endings(word: str, *, several: bool, last: bool, closed: bool) -> tuple[str, ...]:
    """Inflections: plural and genitive of the last word, endings of German adjectives and genitives before it."""
    if (closed and last) or not word.isalpha() or IS_SPACELESS.search(word):
        return ("",)
    if last:
        if len(word) < 3:
            return ("", "s") if word.isupper() and len(word) == 2 else ("",)
        if word.isupper():
            return ("", "s")
        return ("", "es") if word.lower().endswith(("s", "x", "z", "sh", "ch")) else ("", "s")
    if several and len(word) > 3 and word.lower() not in _FUNCTION_WORDS:
        return ("", "n", "r", "s", "m") if word[-1] == "e" else ("", "s")
    return ("",)


def _end(sign: str, core: str) -> tuple[str, bool]:
    """Punctuation at the end of a name: part of it where the name is short or the sign is never grammar."""
    sign = sign.strip()
    if not sign or sign in _GRAMMAR:
        return "", False
    optional = sign in {"!", "?"} and len(core) > 4
    return re.escape(sign) + ("?" if optional else ""), False


def _joint(word: str, between: str, following: str, *, glue: bool) -> tuple[str, bool]:
    """What may stand between two words of a name, and whether nothing may. `glue`: may it be written as one word?"""
    sign = between.strip()
    if between == _HUMP_SIGN:
        return "[ -]?", True
    if "&" in sign or sign == "+" or sign.lower() in _AND:
        if len(word) <= 2 and len(following) <= 2 and sign in {"&", "+"}:  # "AT and T" and "AT+T" are no AT&T
            return f"{_SPACE}?{re.escape(sign)}{_SPACE}?", False
        return _AND_PATTERN, False
    if sign == ".":
        if len(word) == 1 or (len(word) <= 3 and word.isupper()):  # initials
            return rf"\.?{_SPACE}?", True
        return r"\.", False
    if sign == "'":
        return ("'? ?" if len(word) == 1 else "'?"), True
    if sign == ",":
        return rf",?{_SPACE}", False
    if sign in {"", "-", "/", "·"}:
        dot = r"\.?" if len(word) == 1 else ""
        gap = rf"{_SPACE}?[-/·]?{_SPACE}?" if glue else rf"(?:{_SPACE}?[-/·]{_SPACE}?|{_SPACE})"
        return dot + gap, glue
    return rf"{_SPACE}?{re.escape(sign)}{_SPACE}?", False


def _keys(pieces: list[_Piece]) -> frozenset[str]:
    """Words of which every match holds at least one: the rarest word of the alias in every way it may be joined."""
    anchor = max(range(len(pieces)), key=lambda nth: _tells(pieces[nth], nth))
    first, last = anchor, anchor
    while first and pieces[first - 1].joinable:
        first -= 1
    while last < len(pieces) - 1 and pieces[last].joinable:
        last += 1
    return frozenset(
        key
        for start in range(first, anchor + 1)
        for end in range(anchor, last + 1)
        for key in _joined(pieces[start : end + 1])
    )


def _tells(piece: _Piece, nth: int) -> tuple[bool, float, int, int]:
    """How well a word tells pages that may hold its name from others: rare words first, then long ones.

    Never by initials that are also written with points: those are several words to a page.
    """
    return not any("." in spelling for spelling in piece.spellings), -zipf(piece.text), len(piece.text), nth


def _joined(pieces: list[_Piece]) -> set[str]:
    forms = {""}
    for piece in pieces:
        spellings = [spelling for spelling in piece.spellings if "." not in spelling]
        forms = {form + spelling + ending for form in forms for spelling in spellings for ending in piece.endings}
    return forms


def _is_ordinary(name: str) -> bool:
    """Could every word of it stand in a text that has nothing to do with us?"""
    words = [word for word in re.findall(r"\w+", name) if word.lower() not in _FUNCTION_WORDS]
    return all(zipf(word) >= ORDINARY_ZIPF for word in words)


def _is_listed(name: str) -> bool:
    """Does a word list hold every word of it, however rare ("peloton", "workday")?"""
    return all(is_word(word) or word.isdigit() for word in re.findall(r"\w+", name))


def _casing(core: str, pieces: list[_Piece]) -> Casing:
    letters = [letter for letter in core if letter.isalpha() and letter.lower() != letter.upper()]
    if not letters:
        return Casing.ANY
    if all(letter.isupper() for letter in letters):
        long_word = len(letters) >= 4 and len(pieces) == 1
        return Casing.CAPITALS_OR_TITLE if long_word and zipf(core) < COMMON_ZIPF else Casing.CAPITALS
    if core[0].islower():
        return Casing.NAME if core.isalpha() and zipf(core) >= COMMON_ZIPF else Casing.ANY
    humped = any(letter.isupper() for letter in core.split()[0][1:])
    if (len(letters) <= 4 and not humped) or _is_listed(core):
        return Casing.NAME
    return Casing.ANY


_MARKS: Final = {"a": "äáàâãå", "e": "éèêë", "i": "íìîï", "o": "öóòôõø", "u": "üúùû", "n": "ñ", "c": "ç"}


def _other_words(alias: str, core: str) -> frozenset[str]:
    """Very common words that differ from an unaccented alias only by an accent: über for Uber."""
    name = alias.lower()
    if not name.isascii() or not core.isalpha():
        return frozenset()
    return frozenset(
        word
        for place, letter in enumerate(name)
        for mark in _MARKS.get(letter, "")
        if zipf(word := name[:place] + mark + name[place + 1 :]) >= COMMON_ZIPF
    )
