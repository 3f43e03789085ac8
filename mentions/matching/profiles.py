"""A target, as the question "is it us?" needs it: compiled once from its own words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from mentions.matching import letter_case
from mentions.matching.folding import WORD, fold
from mentions.matching.lexicon import zipf
from mentions.matching.topics import related
from mentions.matching.vocabulary import DEFINITE, STOP_WORDS
from mentions.matching.word_lists import word_list
from mentions.targets import Kind, Target

_WORDLIKE_ZIPF: Final = 2.0
_PLACES: Final = word_list(
    "region regions city town village country county state island islands place river mountain lake valley province",
    "district ocean stadt ort land insel fluss gegend provinz ville pays ile region ciudad pueblo pais isla rio lugar",
)
_PERSONS: Final = word_list(
    "surname surnames surname forename person persons people president chancellor nachname vorname familienname",
    "person personen prenom patronyme apellido nombre first",
)
_STEM: Final = 6  # letters; long words of several languages agree in so many, whatever their endings
_PARTS: Final = re.compile(r"[;,/:()=]|\betc\b\.?|\.\s")


@dataclass(frozen=True, slots=True)
class Profile:
    """What speaks for and against a target, and how far each of its names can be trusted."""

    target: Target
    commonness: dict[str, float]  # by alias: Zipf figure of a single-word name, 0.0 for a name nobody mistakes
    small_share: dict[str, float]  # by alias: how often the word is written small where we counted; absent: not known
    about: Mapping[str, str]  # what speaks for us: stem → the word in the configuration
    not_about: Mapping[str, str]  # what speaks against us
    allies: frozenset[str]  # folded phrases that hold our name and are us: "apple music"
    rivals: frozenset[str]  # folded phrases that hold our name and are somebody else: "linux mint"
    own_words: frozenset[str]  # words of our names
    about_topics: frozenset[str] = frozenset()  # stems of the topics of `about`, and of no topic of `not_about`
    not_about_topics: frozenset[str] = frozenset()

    @property
    def may_be_place(self) -> bool:
        """Does the configuration say that the name is also a place?"""
        return not _PLACES.isdisjoint(self.not_about.values())

    @property
    def may_be_person(self) -> bool:
        """Does the configuration say that the name is also a person's?"""
        return not _PERSONS.isdisjoint(self.not_about.values())

    @property
    def is_declared_ambiguous(self) -> bool:
        """Does the configuration say what else the name may mean?"""
        return bool(self.target.not_about)


def profile(target: Target) -> Profile:
    """Compiles a target's own words."""
    own = frozenset(word for name in target.names for word in words_of(name))
    about, allies = _speaks(target.about, own)
    not_about, rivals = _speaks(target.not_about, own)
    pages = {stem(word): word for page in target.pages for phrase in page.when for word in words_of(phrase)}
    about_topics, not_about_topics = related(about), related(not_about)
    return Profile(
        target=target,
        commonness={name: _commonness(name) for name in target.names},
        small_share={
            name: share for name in target.names if (share := letter_case.small_share(name.lower())) is not None
        },
        about={key: word for key, word in (pages | about).items() if key not in not_about},
        not_about={key: word for key, word in not_about.items() if key not in about},
        allies=allies - rivals,
        # "Kelvar University Press" does not forbid "Kelvar University" to the university.
        rivals=frozenset(phrase for phrase in rivals if about.keys().isdisjoint(map(stem, phrase.split()))),
        own_words=own,
        about_topics=frozenset(about_topics - not_about_topics - not_about.keys()),
        not_about_topics=frozenset(not_about_topics - about_topics - about.keys()),
    )


def words_of(text: str) -> list[str]:
    """The words of a text, folded and in lower case."""
    return WORD.findall(fold(text).text.lower())


def stem(word: str) -> str:
    """The part of a folded lower-case word that its inflections share, roughly."""
    if len(word) > _STEM:
        return word[:_STEM]
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def stems(words: Iterable[str]) -> dict[str, str]:
    """The stems of words worth counting, each with the first word that has it."""
    found: dict[str, str] = {}
    for word in words:
        if len(word) > 2 and word not in STOP_WORDS:
            found.setdefault(word[:_STEM] if len(word) > _STEM else stem(word), word)
    return found


def _speaks(text: str | None, own: frozenset[str]) -> tuple[dict[str, str], frozenset[str]]:
    """The stems of `text`, and its phrases that hold one of our words beside others."""
    found: dict[str, str] = {}
    phrases: set[str] = set()
    for part in _PARTS.split(text or ""):
        words = [word for word in words_of(part) if word != "s"]  # "Heron's box"
        found |= stems(word for word in words if word not in own)
        phrases |= _around(words, own)
    return found, frozenset(phrases)


def _around(words: list[str], own: frozenset[str]) -> set[str]:
    """Our word with its neighbours: "linux mint", "mint mobile", and over a particle "hero of alexandria"."""
    phrases = set()
    for left, right in pairwise(words):
        if (left in own) != (right in own) and not {left, right} & STOP_WORDS:
            phrases.add(f"{left} {right}")
    for left, particle, right in zip(words, words[1:], words[2:], strict=False):
        if (left in own) != (right in own) and particle in STOP_WORDS and not {left, right} & STOP_WORDS:
            phrases.add(f"{left} {particle} {right}")
    return phrases


def _commonness(name: str) -> float:
    """The Zipf figure of a name that is one word, an article before it aside ("Die Zeit"); 0.0 where nobody errs."""
    words = words_of(name)
    if len(words) == 2 and words[0] in DEFINITE:
        words = words[1:]
    if len(words) != 1 or any(sign in name for sign in "&!+.@"):
        return 0.0
    figure = max(zipf(words[0]), zipf(name))
    humped = any(letter.isupper() for letter in name.split()[-1][1:]) and not name.isupper()
    return 0.0 if humped or figure < _WORDLIKE_ZIPF else figure


def is_product(target: Target) -> bool:
    """Is the target a thing one has ("an iPhone") rather than somebody who acts?"""
    return target.kind is Kind.PRODUCT
