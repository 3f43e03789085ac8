"""What a page says its abbreviations stand for: "Advanced Placement (AP)" is nobody's news agency.

A page that spells an abbreviation out in its own way means that, wherever it uses it. Whether ours is meant is told by
the target's own names: one that the abbreviation may stand for, or words of ours in what is spelt out.
"""

import re
from collections.abc import Sequence
from typing import Final

from mentions.matching.folding import fold
from mentions.matching.profiles import Profile, words_of
from mentions.matching.surroundings import PageView
from mentions.matching.vocabulary import FIRST_NAMES, STOP_WORDS

_LENGTHS: Final = range(2, 7)  # letters; longer ones are words
_BEFORE: Final = 120  # characters that are looked at for what a bracket abbreviates
_MORE_WORDS: Final = 4  # than letters, small ones like "of" and "and" included
_LEFT_OUT: Final = 1  # words that give no letter: "age-related macular degeneration (AMD)"
_WORD: Final = re.compile(r"[^\W_]+(?:'[a-z]+)?")


def is_abbreviation(alias: str) -> bool:
    """May a page spell this name out?"""
    return alias.isupper() and alias.isalpha() and alias.isascii() and len(alias) in _LENGTHS


def defined_otherwise(view: PageView, alias: str, profile: Profile) -> bool:
    """Does the page spell the abbreviation `alias` out, and never as one of the target's own names?

    Where no name of the target has its initials, only words written small are surely something else: who is called AMD
    may not have told us what that stands for.
    """
    spelt_out = _spelt_out(view.folded, alias)
    if not spelt_out or any(_is_ours(words, alias, profile) for words in spelt_out):
        return False
    known = any(_abbreviates(words_of(name), alias) for name in profile.target.names if name != alias)
    return known or all(word.islower() for words in spelt_out for word in words)


def _spelt_out(text: str, alias: str) -> list[list[str]]:
    """The words before each "(alias)" that it abbreviates."""
    found = []
    for bracket in (f"({alias})", f"({alias}s)"):
        position = text.find(bracket)
        while position >= 0:
            words = _WORD.findall(text[max(0, position - _BEFORE) : position])
            if text[position - 1 : position] == " " and (phrase := _phrase(words, alias)):
                found.append(phrase)
            position = text.find(bracket, position + 1)
    return found


def _phrase(words: Sequence[str], alias: str) -> list[str] | None:
    """The shortest run at the end of `words` that begins with the first letter and spells the rest."""
    for count in range(len(alias) - 1, len(alias) + _MORE_WORDS + 1):
        run = list(words[-count:])
        begins = run[0].lower() if run else ""
        if len(run) == count >= 2 and begins not in STOP_WORDS | FIRST_NAMES and _abbreviates(run, alias):
            return run
    return None


def _abbreviates(words: Sequence[str], alias: str) -> bool:
    """Are the letters of `alias` the initials of words in their order, the first word's and the last one's too?"""
    letters = alias.lower()
    initials = [fold(word).text.lower()[:1] for word in words]
    if len(words) < 2 or initials[0] != letters[0] or initials[-1] not in letters[1:]:
        return False
    if sum(word.lower() not in STOP_WORDS for word in words) > len(letters) + _LEFT_OUT:
        return False
    rest = iter(initials)
    return all(letter in rest for letter in letters)


def _is_ours(words: Sequence[str], alias: str, profile: Profile) -> bool:
    telling = {fold(word).text.lower() for word in words} - STOP_WORDS - {alias.lower()}
    return bool(telling & profile.own_words) or any(word[:6] in profile.about for word in telling)
