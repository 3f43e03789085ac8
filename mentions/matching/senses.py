"""Is it us? The signs of a candidate, weighed: a score, a decision, and the reasons in words a PR person understands.

The weights are learnt (`python benchmarks/senses.py --train`), the signs are named, and the sum is plain addition:
every score can be taken apart. Names that nobody else bears need no weighing; they are us unless something forbids it.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from mentions.extraction.article import Article
from mentions.matching.lessons import Lesson, told
from mentions.matching.mention import Candidate, Decision, Method, Sense
from mentions.matching.profiles import Profile
from mentions.matching.reasons import explain
from mentions.matching.signs import Signs, signs_of
from mentions.matching.surroundings import PageView, Surroundings

WEIGHTS_FILE: Final = "weights.json"
_CERTAIN: Final = 0.97  # the score of a name nobody else bears
_CERTAIN_LOGIT: Final = 3.0  # log odds of such a name, where a person's answers doubt it
_DOUBTED: Final = 1.0  # log odds of answers against it
_MISSPELT: Final = 0.85
_DOUBTFUL_SPELLING: Final = 0.4
_TELLING_LETTERS: Final = 8  # of a name that nothing else is spelt like by chance
# What says that a page with a misspelt name means us.
_SPEAK_OF_US: Final = (
    "certain_name", "link_in_article", "link_outside", "about_on_page", "about_nearby", "ally", "legal_form",
)  # fmt: skip
_FORBIDDEN: Final = 0.03


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign is worth in log odds, and where the decisions lie, in log odds as well."""

    bias: float
    signs: Mapping[str, float]
    not_us_below: float
    us_from: float

    def logit(self, signs: Signs) -> float:
        """The log odds that a candidate with these signs is us."""
        return self.bias + sum(self.signs.get(name, 0.0) * value for name, value in signs.items())

    def decide(self, logit: float) -> Decision:
        """Us, not us, or a question for a person."""
        if logit < self.not_us_below:
            return Decision.NOT_US
        return Decision.US if logit >= self.us_from else Decision.UNSURE


@lru_cache(maxsize=1)
def learnt_weights() -> Weights:
    """The packaged weights."""
    data = json.loads(files("mentions.matching").joinpath(WEIGHTS_FILE).read_text(encoding="utf-8"))
    return Weights(data["bias"], data["signs"], data["not_us_below"], data["us_from"])


def senses_of(
    view: PageView,
    candidates: Sequence[Candidate],
    profile: Profile,
    *,
    lesson: Lesson | None = None,
    weights: Weights | None = None,
) -> list[Sense]:
    """What the candidates of one target in an article mean, in their order.

    `lesson` is what a person's accepting and rejecting taught about this target (see `feedback`).
    """
    found = signs_of(view, candidates, profile, view.article.metadata.language)
    weights = weights or learnt_weights()
    return [
        _sense(view.article, candidate, signs, profile, weights, _push(lesson, view, candidate, signs))
        for candidate, signs in zip(candidates, found, strict=True)
    ]


def _push(lesson: Lesson | None, view: PageView, candidate: Candidate, signs: Signs) -> float:
    return lesson.push(signs, Surroundings(view, candidate).words) if lesson else 0.0


def _sense(
    article: Article, candidate: Candidate, signs: Signs, profile: Profile, weights: Weights, push: float
) -> Sense:
    written = article.text[candidate.start : candidate.end]
    forbidden = forbidden_by(signs, written)
    if forbidden:
        return Sense(Decision.NOT_US, _FORBIDDEN, (forbidden,))
    if signs.get("certain") and push > -_DOUBTED:
        if candidate.method is Method.FUZZY:
            return _sense_of_misspelling(candidate.alias, written, signs, push)
        return Sense(Decision.US, _CERTAIN, (f'nothing else is called "{written}"',))
    logit = push + (_CERTAIN_LOGIT if signs.get("certain") else weights.logit(signs))
    decision = weights.decide(logit)
    reasons = explain(signs, weights.signs, decision, profile, written, taught=told(push))
    return Sense(decision, round(1 / (1 + math.exp(-logit)), 3), reasons)


def _sense_of_misspelling(alias: str, written: str, signs: Signs, push: float) -> Sense:
    """Is this spelling of a name that nobody else bears ours, or a name of its own?

    One letter makes another firm of a short name: of 18 spellings on real pages that were like invented names of five
    to seven letters, 17 were names of their own ("Norda", "Gitea"). What a page spells so again and again is no slip
    either. Both ask for something that speaks of us, on the page or among a person's answers; else a person is asked.
    """
    is_short = len(alias.split()) == 1 and len(alias) < _TELLING_LETTERS
    if (is_short or signs.get("misspelt_again")) and push <= 0 and not any(map(signs.get, _SPEAK_OF_US)):
        reason = f'"{written}" is spelt like {alias}, but may be a name of its own: nothing else here speaks of us'
        return Sense(Decision.UNSURE, _DOUBTFUL_SPELLING, (reason,))
    return Sense(Decision.US, _MISSPELT, (f'"{written}" is a misspelling of {alias}',))


def forbidden_by(signs: Signs, written: str) -> str | None:
    """Why this is no mention whatever else speaks for it; None where nothing forbids it."""
    if signs.get("credit"):
        return f'"{written}" stands in a credit or a dateline, not in the text'
    if signs.get("address"):
        return f'"{written}" is part of an address, a file name or code'
    if signs.get("defined_otherwise"):
        return f'the page says that "{written}" stands for something else'
    if signs.get("misspelt_again") and signs.get("person_on_page"):
        return f'"{written}" is what the page calls a person, again and again'
    if signs.get("rival") and not signs.get("ally"):
        return f'"{written}" is part of a name that the configuration says is not ours'
    return None
