"""The block model: how likely a piece of a page belongs to its article. Small committed weights, numpy only.

First stage: the mean (of the log odds) of a logistic regression and a forest of oblivious trees over what
`features.describe` measures. Second stage: a smaller forest that looks at the first stage's answer for a piece, its
neighbours and its kin. All are trained by `benchmarks/train_zones.py`; benchmarks/README.md says what each brought.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mentions.extraction.features import FEATURES, Description
from mentions.extraction.features.measures import Matrix
from mentions.extraction.features.surroundings import surroundings

WEIGHTS: Final = "zones.npz"
_CLIP: Final = 5.0  # standard deviations; beyond, a page is odd and the linear part would shout

Odds = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Forest:
    """T oblivious trees of depth D (at most 8): `splits` (T, D) are columns, `borders` (T, D), `leaves` (T, 2**D)."""

    splits: NDArray[np.int16]
    borders: NDArray[np.float32]
    leaves: NDArray[np.float32]
    base: float

    def odds(self, rows: Matrix) -> Odds:
        """Log odds for each row."""
        trees, depth = self.splits.shape
        columns = np.ascontiguousarray(rows.T)
        leaf = np.zeros((trees, len(rows)), np.uint8)
        for level in range(depth):
            above = columns[self.splits[:, level]] > self.borders[:, level, None]
            leaf |= above.view(np.uint8) << level
        places = leaf.T + np.arange(trees) * self.leaves.shape[1]
        return np.asarray(self.leaves.ravel()[places].sum(axis=1) + self.base, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic regression over standardised columns."""

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: float

    def odds(self, rows: Matrix) -> Odds:
        """Log odds for each row."""
        standard = np.clip((rows - self.mean) / self.scale, -_CLIP, _CLIP)
        # Not "@": the library behind it may wake threads, which cost more than they spare on so few rows.
        return np.asarray(np.einsum("ij,j->i", standard, self.weights) + self.bias, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Model:
    """Both stages."""

    linear: Linear
    forest: Forest
    second: Forest

    def first_odds(self, rows: Matrix) -> Odds:
        """Log odds of "article" by the piece alone."""
        return np.asarray((self.linear.odds(rows) + self.forest.odds(rows)) / 2, dtype=np.float32)

    def article_odds(self, page: Description) -> Odds:
        """Log odds of "article" for each piece of a page."""
        first = self.first_odds(page.rows)
        return np.asarray((first + self.second.odds(surroundings(first, page))) / 2, dtype=np.float32)


@lru_cache(maxsize=1)
def load_model() -> Model:
    """The packaged weights."""
    return read_model(files("mentions.extraction").joinpath(WEIGHTS).read_bytes())


def read_model(weights: bytes) -> Model:
    """The model of a file of weights; raises ValueError where they were trained on other features than we compute."""
    data = np.load(BytesIO(weights), allow_pickle=False)
    if tuple(data["features"].tolist()) != FEATURES:
        raise ValueError(f"{WEIGHTS} was trained on other features; run benchmarks/train_zones.py")
    linear = Linear(data["mean"], data["scale"], data["weights"], float(data["bias"]))
    return Model(linear, _forest(data, "first"), _forest(data, "second"))


def _forest(data: Mapping[str, NDArray[np.float32]], name: str) -> Forest:
    return Forest(
        data[f"{name}_splits"].astype(np.int16),
        data[f"{name}_borders"],
        data[f"{name}_leaves"].astype(np.float32),
        float(data[f"{name}_base"]),
    )
