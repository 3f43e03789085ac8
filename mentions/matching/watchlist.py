"""All names of all targets, compiled once: which of them may a text hold, and where?"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from mentions.matching.dress import LEGAL_AFTER, Dress, dress, without_spaceless
from mentions.matching.folding import IS_SPACELESS, Folded, fold
from mentions.matching.fuzzy import FuzzyIndex, Misspelling
from mentions.matching.lessons import Lesson
from mentions.matching.mention import Candidate, Method
from mentions.matching.page_words import PageWords
from mentions.matching.profiles import Profile, profile
from mentions.targets import Target

if TYPE_CHECKING:
    from mentions.matching.prefilter import Prefilter

_SLACK: Final = 40  # characters; signs between the words of a name, and a legal form


@dataclass(frozen=True, slots=True)
class Name:
    """One alias of one target."""

    target: str
    dress: Dress


def _prefilter(dresses: Sequence[Dress], fuzzy: FuzzyIndex, found_in: Callable[[str], object]) -> "Prefilter | None":
    """The sieve on raw bytes; None where hyperscan has no build: every page is read then, with the same findings."""
    if find_spec("hyperscan") is None:
        return None
    from mentions.matching.prefilter import Prefilter

    return Prefilter(dresses, fuzzy, found_in)


class Watchlist:
    """Every alias of every target, compiled. Cheap to pickle; patterns are compiled when they are first needed."""

    def __init__(self, targets: Iterable[Target], lessons: Mapping[str, Lesson] | None = None) -> None:
        """Compiles every name; about 1 s for the word lists and 0.1 ms a name."""
        self.targets: tuple[Target, ...] = tuple(targets)
        self.lessons: Mapping[str, Lesson] = lessons or {}
        compiled: dict[str, Dress] = {}
        self._names: list[Name] = []
        self._by_key: dict[str, list[int]] = {}
        for target in self.targets:
            for alias in target.names:
                form = compiled.get(alias) or compiled.setdefault(alias, dress(alias))
                for key in form.keys:
                    self._by_key.setdefault(_key(key), []).append(len(self._names))
                self._names.append(Name(target.name, form))
        self._patterns: dict[tuple[str, bool], re.Pattern[str]] = {}  # by pattern, and whether for all scripts
        self._profiles: dict[str, Profile] = {}
        self._last: tuple[str, list[Candidate]] | None = None  # the text looked at last, and what stands in it
        self._targets = {target.name: target for target in self.targets}
        dresses = [name.dress for name in self._names]
        self._fuzzy = FuzzyIndex(dresses)
        self._prefilter = _prefilter(dresses, self._fuzzy, self._looked_for)

    def __getstate__(self) -> dict[str, object]:
        return self.__dict__ | {"_patterns": {}, "_last": None}

    def may_mention(self, body: bytes) -> bool:
        """May the page of these bytes hold a candidate? False only when it surely does not; when in doubt, True."""
        return self._prefilter is None or self._prefilter.may_match(body)

    @property
    def prefilter(self) -> "Prefilter":
        """The sieve itself. Raises LookupError where hyperscan is not installed and there is none."""
        if self._prefilter is None:
            raise LookupError("hyperscan is not installed: every page is read")
        return self._prefilter

    def profile(self, target: str) -> Profile:
        """What senses need to know of a target, by name; compiled when it is first needed."""
        known = self._profiles.get(target)
        if known is None:
            known = self._profiles.setdefault(target, profile(self._targets[target]))
        return known

    def candidates(self, text: str) -> list[Candidate]:
        """Every place of `text` where a name may stand, in order; of overlapping ones of a target only the longest.

        Asked twice in a row for the same text (to see whether a page is worth reading, and to judge it), it looks once.
        """
        if self._last is None or self._last[0] is not text:
            self._last = text, self._looked_for(text)
        return self._last[1].copy()

    def _looked_for(self, text: str) -> list[Candidate]:
        folded = fold(text)
        page = PageWords(folded)
        found = [
            candidate for nth in self._possible(page) for candidate in self._spellings(self._names[nth], page, text)
        ]
        misspelt = [
            self._misspelt(misspelling, folded) for misspelling in self._fuzzy.search(folded.text, page.spellings)
        ]
        return _longest(found, misspelt)

    def _misspelt(self, misspelling: Misspelling, folded: Folded) -> Candidate:
        name = self._names[misspelling.nth]
        start, end = folded.span(misspelling.start, misspelling.end)
        similarity = 1 - misspelling.distance / len(name.dress.folded)
        return Candidate(name.target, name.dress.alias, start, end, similarity, Method.FUZZY)

    def _possible(self, page: PageWords) -> list[int]:
        """The names of which a key stands in the text."""
        return sorted({nth for key in page.keys & self._by_key.keys() for nth in self._by_key[key]})

    @staticmethod
    def _matches(name: Name, pattern: re.Pattern[str], page: PageWords) -> Iterator[re.Match[str]]:
        """The matches of the pattern, looked for only where one of the name's keys stands."""
        reach = 2 * len(name.dress.folded) + _SLACK
        seen: set[tuple[int, int]] = set()
        for place in page.places(name.dress):
            for match in pattern.finditer(page.folded.text, max(place - reach, 0), place + reach):
                if match.span() not in seen:
                    seen.add(match.span())
                    yield match

    def _pattern(self, form: Dress, page: PageWords) -> re.Pattern[str]:
        """The pattern of a name, compiled when a page first needs it."""
        key = form.pattern, page.has_spaceless
        pattern = self._patterns.get(key)
        if pattern is None:
            source = form.pattern if page.has_spaceless else without_spaceless(form.pattern)
            pattern = self._patterns.setdefault(key, re.compile(source, re.IGNORECASE))
        return pattern

    def _spellings(self, name: Name, page: PageWords, text: str) -> Iterable[Candidate]:
        form, folded = name.dress, page.folded
        for match in self._matches(name, self._pattern(form, page), page):
            start, end = folded.span(match.start(), match.end())
            if form.fits(match, text[start:end]):
                legal = LEGAL_AFTER.match(folded.text, match.end())
                if legal:
                    end = folded.span(match.start(), legal.end())[1]
                written = text[start:end]
                method = Method.EXACT if written == form.alias else Method.VARIANT
                yield Candidate(name.target, form.alias, start, end, 1.0, method)


def compile_watchlist(targets: Iterable[Target], lessons: Mapping[str, Lesson] | None = None) -> Watchlist:
    """The targets, ready to be looked for; `lessons` is what a person's answers taught (see `feedback.learn`)."""
    return Watchlist(targets, lessons)


def _key(key: str) -> str:
    """Of a name in a script without spaces, the first two letters: where words begin there, nobody marks."""
    return key if _is_spaced(key) else key[:2]


def _is_spaced(word: str) -> bool:
    return not IS_SPACELESS.match(word)


def _longest(spelt: Sequence[Candidate], misspelt: Sequence[Candidate]) -> list[Candidate]:
    """Of overlapping candidates of one target the longest, then the exact one; all in page order.

    A misspelling counts only where the name does not also stand as it should.
    """
    taken: dict[str, list[tuple[int, int]]] = {}
    kept = []
    for candidate in (*sorted(spelt, key=_preference), *sorted(misspelt, key=_preference)):
        spans = taken.setdefault(candidate.target, [])
        if all(candidate.end <= start or end <= candidate.start for start, end in spans):
            spans.append((candidate.start, candidate.end))
            kept.append(candidate)
    return sorted(kept, key=lambda candidate: (candidate.start, candidate.end, candidate.target))


def _preference(candidate: Candidate) -> tuple[int, float, bool, int]:
    length = candidate.end - candidate.start
    return -length, -candidate.similarity, candidate.method is not Method.EXACT, candidate.start
