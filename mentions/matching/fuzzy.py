"""Misspelt names: within a small OSA distance (a transposition is one edit), behind a filter that loses nothing.

The words of a name are compared one by one. The filter is a delete-neighbourhood index: two words within k edits of
each other share a string that either becomes by deleting at most k of its letters, because every edit, a transposition
included, is undone by one deletion on each side. rapidfuzz then judges what the filter lets through.

The guards keep a name from being found in its neighbours (measured on 739 pages: from 9.7 false hits per name and
1,000 pages down to 0.03, keeping 91–93 % of typos):
no edits under five letters or in acronyms, one up to eleven, two from twelve; the first letter equal; capitalised, and
with capitals within a word only where the name has some; not a dictionary word, unless other words of the name stand
beside it unchanged; not the name with a suffix; not another name.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from mentions.matching.dress import Casing, Dress
from mentions.matching.folding import IS_SPACELESS, WORD
from mentions.matching.lexicon import words_like

_LEAST_LETTERS: Final = 5
_LEAST_LETTERS_OF_A_WORD: Final = 4  # beside other words of the name
_TWO_EDITS_FROM: Final = 12
_LONGEST_WORD: Final = 40  # letters; longer strings are addresses and codes
_GAP: Final = frozenset(" -&'.,/+·")
_CONJUNCTIONS: Final = frozenset({"and", "und", "et", "y", "e"})
_LARGEST_MEMORY: Final = 200_000  # spellings remembered before the memory is emptied


@dataclass(frozen=True, slots=True)
class Misspelling:
    """`text[start:end]` of a folded text is name number `nth` with `distance` edits."""

    nth: int
    start: int
    end: int
    distance: int


@dataclass(frozen=True, slots=True)
class _Name:
    nth: int
    words: tuple[str, ...]
    budgets: tuple[int, ...]  # edits allowed in each word
    budget: int  # edits allowed in all


Word = tuple[str, int, int]  # folded, as written but for accents; start; end


def edits_allowed(letters: int) -> int:
    """How many edits a name of so many letters may have."""
    return 0 if letters < _LEAST_LETTERS else 1 if letters < _TWO_EDITS_FROM else 2


def edits_of_a_word(letters: int) -> int:
    """How many edits one word of a name may have; the whole name has a limit of its own."""
    return 1 if letters == _LEAST_LETTERS_OF_A_WORD else edits_allowed(letters)


class FuzzyIndex:
    """Every name that may be misspelt."""

    def __init__(self, dresses: Sequence[Dress]) -> None:
        """Compiles names and guards; `Misspelling.nth` counts in `dresses`."""
        self._names = {name.nth: name for name in map(_misspellable, range(len(dresses)), dresses) if name}
        places: dict[str, list[tuple[int, int]]] = defaultdict(list)  # word → (name, place in it)
        for name in self._names.values():
            for place, budget in enumerate(name.budgets):
                if budget:
                    places[name.words[place]].append((name.nth, place))
        self._places = dict(places)
        self._neighbourly = {word: self._by_neighbour(found) for word, found in places.items()}
        self._index: dict[str, list[str]] = defaultdict(list)
        for word in self._places:
            for rest in deletions(word, edits_of_a_word(len(word))):
                self._index[rest].append(word)
        # How many letters to delete from a spelling, by its first letter and length; absent: no name is like it.
        self._depths: dict[tuple[str, int], int] = {}
        for word in self._places:
            edits = edits_of_a_word(len(word))
            for length in range(len(word) - edits, min(len(word) + edits, _LONGEST_WORD) + 1):
                shape = word[0], length
                self._depths[shape] = max(self._depths.get(shape, 0), edits)
        self._real_words = neighbours(self._places)
        self._beside_others = {word for name in self._names.values() if len(name.words) > 1 for word in name.words}
        self._known = {key for dress in dresses for key in dress.keys} | {
            word for dress in dresses for word in words_of(dress)
        }
        self.humped = frozenset(
            word.lower() for dress in dresses for word in WORD.findall(dress.folded) if _is_humped(word)
        )
        self._memory: dict[str, tuple[tuple[str, int], ...]] = {}
        self._hopeless: set[str] = set()  # spellings that are no misspelling, of the pages before

    def __getstate__(self) -> dict[str, object]:
        return self.__dict__ | {"_memory": {}, "_hopeless": set()}

    def _by_neighbour(self, places: Sequence[tuple[int, int]]) -> dict[str, list[tuple[int, int]]]:
        """Places by the first letter of the next word of the name, of the last word by that of the one before."""
        groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for nth, place in places:
            words = self._names[nth].words
            if place + 1 < len(words):
                groups[f">{words[place + 1][0]}"].append((nth, place))
            else:
                groups[f"<{words[place - 1][0]}" if place else ""].append((nth, place))
        return dict(groups)

    def search(self, folded: str, spellings: Set[str]) -> list[Misspelling]:
        """Every misspelt name of a folded text, guards applied; `spellings` are the different words of the text."""
        changed = self._changed(spellings)
        if not changed:
            return []
        return [
            misspelling
            for words in _lines(folded, changed)
            for at, (spelling, _, _) in enumerate(words)
            if spelling in changed
            for word in changed[spelling]
            for nth, place in self._beside(word, words, at)
            for misspelling in self._verified(self._names[nth], words, at - place, place, folded)
        ]

    def _beside(self, word: str, words: Sequence[Word], at: int) -> Iterator[tuple[int, int]]:
        """The names with `word`, and its place in them, whose next word may be the one that stands beside words[at].

        Hundreds of names end in "Group"; the first letter of the word before it, never misspelt, leaves a few.
        """
        groups = self._neighbourly[word]
        before = words[at - 1][0].lower() if at else ""
        after = words[at + 1][0].lower() if at + 1 < len(words) else ""
        if before in _CONJUNCTIONS or after in _CONJUNCTIONS:
            yield from self._places[word]
            return
        for side in ("", f"<{before[:1]}", f">{after[:1]}"):
            yield from groups.get(side, ())

    def _changed(self, spellings: Set[str]) -> dict[str, tuple[str, ...]]:
        """The spellings that may be misspelt words of names, with those words. Most words of a page are old friends."""
        new = spellings - self._hopeless
        changed = {spelling: near for spelling in new if (near := self.promising(spelling))}
        if len(self._hopeless) >= _LARGEST_MEMORY:
            self._hopeless.clear()
        self._hopeless |= new - changed.keys()
        return changed

    def promising(self, spelling: str) -> tuple[str, ...]:
        """The words of names that a spelling may be a misspelling of, as far as guards tell without its neighbours."""
        if not self._could_be_name(spelling):
            return ()
        spelt = spelling.lower()
        return tuple(
            word
            for word, _ in self.near(spelt)
            if self._is_written_as(spelling, word)
            and not spelt.startswith(word)
            and (word in self._beside_others or not self.is_real_word(spelt, word))
        )

    def _is_written_as(self, spelling: str, word: str) -> bool:
        """Are the capitals of a spelling those of a name: the first, all, or some where the name has some within?"""
        return not _is_humped(spelling) or word in self.humped

    def telling_words(self, dresses: Sequence[Dress]) -> Iterator[tuple[str, int, str]]:
        """Of each name that may be misspelt the word that tells most, as its keys do; its edits; the alias."""
        for nth, name in self._names.items():
            keys = dresses[nth].keys
            telling = max(range(len(name.words)), key=lambda place: (name.words[place] in keys, len(name.words[place])))
            yield name.words[telling], name.budgets[telling], dresses[nth].alias

    def may_be_misspelt(self, spelling: str, words: Collection[str]) -> bool:
        """May a folded spelling, in its letter case, be a misspelling of one of `words`? Guards that cost nothing."""
        return any(word in words for word in self.promising(spelling))

    def near(self, spelling: str) -> tuple[tuple[str, int], ...]:
        """The words of names within their edits of a lower-case spelling, not equal to it, with the distance."""
        near = self._memory.get(spelling)
        if near is None:
            if len(self._memory) >= _LARGEST_MEMORY:
                self._memory.clear()
            near = self._memory[spelling] = self._judged(spelling)
        return near

    def _judged(self, spelling: str) -> tuple[tuple[str, int], ...]:
        depth = self._depths.get((spelling[:1], len(spelling)))
        if not depth:
            return ()
        similar = {word for rest in deletions(spelling, depth) for word in self._index.get(rest, ())}
        judged = []
        for word in sorted(similar):
            allowed = edits_of_a_word(len(word))
            distance = OSA.distance(spelling, word, score_cutoff=allowed)
            if 0 < distance <= allowed and spelling[0] == word[0]:
                judged.append((word, distance))
        return tuple(judged)

    @staticmethod
    def _could_be_name(spelling: str) -> bool:
        return spelling.isalpha() and not spelling.islower() and not IS_SPACELESS.match(spelling)

    def _verified(
        self, name: _Name, words: Sequence[Word], first: int, place: int, folded: str
    ) -> Iterator[Misspelling]:
        """The name at words[first:…], when `place` is the first of its words that is misspelt there."""
        window = _window(words, first, len(name.words), folded) if first >= 0 else None
        if window is None:
            return
        spelt = [word[0].lower() for word in window]
        wrong = [nth for nth, word in enumerate(name.words) if spelt[nth] != word]
        if wrong[0] != place:
            return
        distances = [OSA.distance(spelt[nth], name.words[nth], score_cutoff=name.budgets[nth]) for nth in wrong]
        if any(distance > name.budgets[nth] for nth, distance in zip(wrong, distances, strict=True)):
            return
        total = sum(distances)
        if total <= name.budget and all(self._guarded(name, window, nth, len(wrong)) for nth in wrong):
            yield Misspelling(name.nth, window[0][1], window[-1][2], total)

    def _guarded(self, name: _Name, window: Sequence[Word], nth: int, wrong: int) -> bool:
        """Do the guards let this word of the window pass as a misspelling?"""
        written, word = window[nth][0], name.words[nth]
        spelt = written.lower()
        unchanged = sum(len(other) for place, other in enumerate(name.words) if place != nth) if wrong == 1 else 0
        return (
            spelt[0] == word[0]
            and not written.islower()
            and self._is_written_as(written, word)
            and not spelt.startswith(word)
            and not (len(name.words) == 1 and spelt in self._known)
            and (self._stands_out(word, unchanged) or not self.is_real_word(spelt, word))
        )

    def is_real_word(self, spelling: str, word: str) -> bool:
        """Is this lower-case spelling, which is like `word`, a word of a dictionary?"""
        return spelling in self._real_words.get(word, ())

    def may_stand_for(self, spelling: str, word: str, letters: int) -> bool:
        """May a lower-case spelling like `word` be one in a name of which the other words have so many letters?"""
        if not letters and spelling in self._known:
            return False
        return self._stands_out(word, letters) or not self.is_real_word(spelling, word)

    @staticmethod
    def _stands_out(word: str, unchanged: int) -> bool:
        """Is a dictionary word still a misspelling, because of the rest of the name? "Proctor & Gamble" is."""
        return len(word) >= _LEAST_LETTERS and unchanged >= _LEAST_LETTERS_OF_A_WORD


def _is_humped(spelling: str) -> bool:
    """Has it capitals beyond the first letter, and small letters too?"""
    return not (spelling[1:].islower() or spelling.isupper() or spelling.islower())


def _misspellable(nth: int, dress: Dress) -> _Name | None:
    words = tuple(words_of(dress))
    letters = sum(map(len, words))
    if dress.casing is Casing.CAPITALS or dress.casing is Casing.CAPITALS_OR_TITLE or not words:
        return None
    budgets = tuple(
        edits_of_a_word(len(word)) if word.isalpha() and not IS_SPACELESS.search(word) else 0 for word in words
    )
    budget = edits_allowed(letters)
    return _Name(nth, words, budgets, budget) if budget and any(budgets) else None


def words_of(dress: Dress) -> list[str]:
    """The words that a misspelt name is compared by."""
    return [word for word in WORD.findall(dress.folded.lower()) if word not in _CONJUNCTIONS or " " not in dress.folded]


def _lines(folded: str, spellings: Collection[str]) -> Iterator[list[Word]]:
    """The words of each line that holds one of the spellings, in page order: no name goes on beyond its line."""
    lines: dict[int, int] = {}  # start → end
    for spelling in spellings:
        place = folded.find(spelling)
        while place >= 0:
            start = folded.rfind("\n", 0, place) + 1
            end = folded.find("\n", place)
            end = lines[start] = end if end >= 0 else len(folded)
            place = folded.find(spelling, end)
    for start, end in sorted(lines.items()):
        yield [(match[0], match.start(), match.end()) for match in WORD.finditer(folded, start, end)]


def _window(words: Sequence[Word], first: int, count: int, folded: str) -> list[Word] | None:
    """So many words in a row, conjunctions left out; None where anything but the signs of names stands between."""
    window: list[Word] = []
    at = first
    while at < len(words) and len(window) < count:
        word = words[at]
        if window:
            between = folded[words[at - 1][2] : word[1]]
            if len(between) > 3 or not _GAP.issuperset(between) or between.startswith((". ", ", ")):
                return None
            if word[0] in _CONJUNCTIONS:
                at += 1
                continue
        window.append(word)
        at += 1
    return window if len(window) == count else None


def deletions(word: str, depth: int) -> set[str]:
    """`word`, and what becomes of it by deleting up to `depth` letters."""
    found = {word}
    shorter = found
    for _ in range(depth):
        shorter = {rest[:place] + rest[place + 1 :] for rest in shorter for place in range(len(rest))}
        found |= shorter
    return found


def neighbours(words: Collection[str]) -> dict[str, frozenset[str]]:
    """For each word, the dictionary words within its edits, folded: what must not be taken for a misspelling of it."""
    by_start: dict[tuple[str, int], list[str]] = defaultdict(list)
    for word in words:
        by_start[word[0], len(word)].append(word)
    found: dict[str, frozenset[str]] = {}
    for (letter, length), group in by_start.items():
        allowed = edits_of_a_word(length)
        listed = words_like(letter, range(length - allowed, length + allowed + 1))
        if listed:
            distances = process.cdist(group, listed, scorer=OSA.distance, score_cutoff=allowed)
            for word, row in zip(group, distances, strict=True):
                found[word] = frozenset(listed[at] for at in (row <= allowed).nonzero()[0]) - {word}
    return found
