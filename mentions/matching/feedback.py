"""What a person's accepting and rejecting teaches about a target's names. Pure functions; the store keeps the examples.

Each example is what was seen when a person decided: the signs of the mention, and the answer. From them a small
adjustment of the weights is learnt for that target alone, held near zero by a prior, so that one answer leans and
twenty decide.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Final

from mentions.matching.senses import Weights, learnt_weights

LEANING: Final = ""  # the key of an adjustment that holds whatever the signs
_PRIOR: Final = 1.0  # how strongly an adjustment is held at zero; of the order of one example
_STEPS: Final = 200
_RATE: Final = 0.15
_LARGEST: Final = 6.0  # log odds; nobody's answers make a certainty


@dataclass(frozen=True, slots=True)
class Example:
    """A person's answer about one mention: which target, what was seen, and was it us?"""

    target: str
    signs: Mapping[str, float]
    is_us: bool


Adjustments = dict[str, dict[str, float]]  # by target: sign → what to add to its weight


def learn(examples: Iterable[Example], weights: Weights | None = None) -> Adjustments:
    """The adjustment of every target that has examples. The same examples give the same adjustments, in any order."""
    by_target: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_target[example.target].append(example)
    return {
        target: _adjustment(sorted(answers, key=_order), weights or learnt_weights())
        for target, answers in sorted(by_target.items())
    }


def _order(example: Example) -> tuple[bool, list[tuple[str, float]]]:
    return example.is_us, sorted(example.signs.items())


def _adjustment(examples: list[Example], weights: Weights) -> dict[str, float]:
    """Logistic regression by gradient descent from the learnt weights, with a Gaussian prior around them."""
    adjustment: dict[str, float] = defaultdict(float)
    for _ in range(_STEPS):
        slopes = {name: _PRIOR * value for name, value in adjustment.items()}
        for example in examples:
            seen = {LEANING: 1.0, **example.signs}
            logit = weights.logit(dict(example.signs)) + sum(adjustment[name] * value for name, value in seen.items())
            error = 1 / (1 + math.exp(-max(min(logit, 30.0), -30.0))) - float(example.is_us)
            for name, value in seen.items():
                slopes[name] = slopes.get(name, 0.0) + error * value
        rate = _RATE / (1 + len(examples) / 4)
        for name, slope in slopes.items():
            adjustment[name] = max(min(adjustment[name] - rate * slope, _LARGEST), -_LARGEST)
    return {name: round(value, 4) for name, value in sorted(adjustment.items()) if abs(value) >= 1e-3}


def to_json(examples: Iterable[Example]) -> str:
    """Examples as JSON Lines, to be kept, moved and read again."""
    return "".join(json.dumps(asdict(example), ensure_ascii=False, sort_keys=True) + "\n" for example in examples)


def from_json(text: str) -> list[Example]:
    """What `to_json` wrote. Raises ValueError naming the line that is something else."""
    examples = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            row = json.loads(line)
            signs = {str(name): float(value) for name, value in row["signs"].items()}
            examples.append(Example(str(row["target"]), signs, bool(row["is_us"])))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"line {number} is no feedback example: {error}") from error
    return examples
