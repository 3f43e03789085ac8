"""What a person's answers about a target change: a bounded push on the score, never against strong evidence.

A lesson has two parts: what the answers taught about signs (`feedback.learn`), and the words that stood around the
mentions a person accepted or rejected, so that a page like them is known again.
"""

import math
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Final

LEANING: Final = ""  # the key of a weight that holds whatever the signs
LARGEST: Final = 4.0  # log odds; nobody's answers make a certainty
REJECTED: Final = "a person rejected this sense on similar pages"
ACCEPTED: Final = "a person accepted this sense on similar pages"

_LIKENESS: Final = 2.5  # log odds of words just like those of an answer
_UNLIKE: Final = 0.12  # cosine that any two paragraphs of one language reach
_ALIKE: Final = 0.45  # cosine from which two paragraphs speak of one thing
_LEAST_COMMON: Final = 2  # words
_WORTH_TELLING: Final = 0.5  # log odds
# What the page itself proves: no answer given elsewhere speaks against it.
_STRONG: Final = ("link_in_article", "own_address", "legal_form", "ticker")


@dataclass(frozen=True, slots=True)
class Lesson:
    """What answers taught about one target."""

    weights: Mapping[str, float] = field(default_factory=dict)  # sign → what to add to its weight
    rejected: tuple[frozenset[str], ...] = ()  # stems around each mention that a person rejected
    accepted: tuple[frozenset[str], ...] = ()

    def push(self, signs: Mapping[str, float], words: Set[str]) -> float:
        """Log odds to add for a mention with these signs and these stems around it; at most LARGEST either way."""
        taught = self.weights.get(LEANING, 0.0) + sum(
            self.weights.get(name, 0.0) * value for name, value in signs.items()
        )
        taught += _LIKENESS * (_likeness(words, self.accepted) - _likeness(words, self.rejected))
        push = max(min(taught, LARGEST), -LARGEST)
        # A full name beside the short one proves it; the full name itself may be somebody else's all the same.
        proved = any(signs.get(name) for name in _STRONG) or (signs.get("certain_name") and not signs.get("certain"))
        return max(push, 0.0) if proved else push


def told(push: float) -> str | None:
    """The push in words; None where it is too small to tell."""
    if abs(push) < _WORTH_TELLING:
        return None
    return ACCEPTED if push > 0 else REJECTED


def _likeness(words: Set[str], examples: tuple[frozenset[str], ...]) -> float:
    """How like the likest example these words are, 0 … 1."""
    best = 0.0
    for example in examples:
        common = len(words & example)
        if common >= _LEAST_COMMON:
            best = max(best, common / math.sqrt(len(words) * len(example)))
    return max(min((best - _UNLIKE) / (_ALIKE - _UNLIKE), 1.0), 0.0)
