"""How the weights of the senses are learnt, with or without some of the sites."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.senses_examples import BENCHMARK, Example, read_examples
from mentions.matching.senses import Weights

NOT_US_BELOW: Final = 0.0  # log odds; more likely not us than us
US_FROM: Final = 1.1  # three to one; between the two a person decides
_RIDGE: Final = 0.6
_READ_BY_US: Final = 0.5  # weight of a page of our own reading, which holds far more homonyms than the web
FOLDS: Final = 10
_UNLEARNT: Final = frozenset(
    {"certain", "credit", "address", "defined_otherwise", "rival", "rival_on_page", "page_rival"}
)  # decided by rule

# What is known before any page was read. Signs that occur too seldom to be learnt keep these weights.
PRIOR: Final[Mapping[str, float]] = {
    "small_article": -4.0,
    "person": -1.5,
    "person_on_page": -1.0,
    "small": -1.5,
    "acronym": -1.5,
    "comma_after_first": -1.5,
    "ticker": 3.0,
    "legal_form": 3.0,
    "corporate": 2.0,
    "own_address": 2.0,
    "cited": 1.5,
    "source": 1.0,
    "introduced": 1.0,
    "quoted": 0.7,
    "attribute": 0.5,
    "certain_name": 2.0,
    "link_in_article": 3.0,
    "never_small": 0.5,
    "misspelt": -0.5,
    "two_letters": -1.0,
    "noun_determined": -2.0,
    "other_bearer": -3.0,
    "ordinary_here": -1.0,
    "person_or_place_here": -1.0,
    "at_declared_place": -1.5,
    "compound": -1.0,
    "telling_capital_on_page": 0.5,
    "institution_after": -1.0,
    "of_after": -1.0,
    "and_sign": -1.0,
    "given_name": -1.5,
    "cited_author": -1.5,
    "nickname_before": -1.5,
    "misspelt_again": -2.0,
    "odd_before": -0.5,
    "one_phrase": -0.5,
    "model_after": 0.7,
    "listed_names": 0.5,
    "enumerated": 0.7,
    "in_capitals": 1.0,
    "title_article": 2.0,
    "topic_us": 1.0,
    "topic_us_nearby": 1.0,
    "topic_other": -1.0,
    "topic_other_nearby": -1.0,
    "german_inflected_before": -1.0,
    "german_contraction": -1.0,
    "german_bare": 0.5,
}

Array = NDArray[np.float64]


def senses_without(sites: Collection[str]) -> Weights:
    """Weights learnt from every labelled page but those of these registrable domains: for cross-validation.

    The pages are read once a process (some 25 s); each further call takes a tenth of a second. Hand the answer to
    `match_article(…, weights=…)`.
    """
    model = _whole_model()
    return model.weights(~model.of_sites(sites))


@lru_cache(maxsize=1)
def _whole_model() -> "Model":
    return Model(read_examples())


class Model:
    """Logistic regression over the signs, held at PRIOR; every page weighs the same, however often it names."""

    def __init__(self, examples: Sequence[Example], without: tuple[str, ...] = ()) -> None:
        """`without`: signs, or beginnings of their names, that are taken away."""
        self.examples = examples
        every = {name for example in examples for signs in example.signs for name in signs} | PRIOR.keys()
        self.names = sorted(name for name in every - _UNLEARNT if not (without and name.startswith(without)))
        place = {name: nth for nth, name in enumerate(self.names)}
        self.page = np.array([nth for nth, example in enumerate(examples) for _ in example.signs])
        self.seen = np.zeros((len(self.page), len(self.names) + 1))
        self.seen[:, -1] = 1.0
        for row, signs in enumerate(signs for example in examples for signs in example.signs):
            for name, value in signs.items():
                if name in place:
                    self.seen[row, place[name]] = value
        self.answer = np.array([float(examples[page].is_us) for page in self.page])
        worth = [1.0 if example.source == BENCHMARK else _READ_BY_US for example in examples]
        self.weight = np.array([worth[page] / len(examples[page].signs) for page in self.page])
        self.prior = np.array([*(PRIOR.get(name, 0.0) for name in self.names), 0.0])

    def of_sites(self, sites: Collection[str]) -> NDArray[np.bool_]:
        """The rows whose pages stand on these registrable domains."""
        return np.array([self.examples[page].site in sites for page in self.page])

    def fit(self, rows: NDArray[np.bool_]) -> Array:
        """The weights learnt from these rows, the bias last."""
        seen, answer, weight = self.seen[rows], self.answer[rows], self.weight[rows]
        ridge = np.full(seen.shape[1], _RIDGE)
        ridge[-1] = 0.01
        learnt = self.prior.copy()
        for _ in range(40):
            chance = 1 / (1 + np.exp(-seen @ learnt))
            slope = seen.T @ (weight * (chance - answer)) + ridge * (learnt - self.prior)
            curve = (seen.T * (weight * chance * (1 - chance))) @ seen + np.diag(ridge)
            step = np.linalg.solve(curve, slope)
            learnt = learnt - step
            if np.abs(step).max() < 1e-6:
                break
        return learnt

    def weights(self, rows: NDArray[np.bool_]) -> Weights:
        """What is learnt from these rows, as the engine takes it."""
        learnt = self.fit(rows)
        signs = {name: round(float(weight), 3) for name, weight in zip(self.names, learnt[:-1], strict=True)}
        return Weights(round(float(learnt[-1]), 3), signs, NOT_US_BELOW, US_FROM)

    def crossed(self, key: Callable[[Example], str]) -> Array:
        """Log odds of every page, each from weights that never saw anything of its key."""
        keys = sorted({key(example) for example in self.examples})
        np.random.default_rng(0).shuffle(keys)
        fold = {value: nth % FOLDS for nth, value in enumerate(keys)}
        folds = np.array([fold[key(self.examples[page])] for page in self.page])
        logits = np.zeros(len(self.page))
        for nth in range(FOLDS):
            held_back = folds == nth
            logits[held_back] = self.seen[held_back] @ self.fit(~held_back)
        return self.best(logits)

    def best(self, logits: Array) -> Array:
        """A page names us when one of its candidates does."""
        best = np.full(len(self.examples), -np.inf)
        np.maximum.at(best, self.page, logits)
        return best
