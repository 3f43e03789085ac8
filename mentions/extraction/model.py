"""The block model: how likely a piece of a page belongs to its article. Small committed weights, numpy only.

The mean (of the log odds) of a logistic regression and of a forest of oblivious trees, both trained by
`benchmarks/train_zones.py`; see benchmarks/README.md for what each brought.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mentions.extraction.features import FEATURES, Matrix

WEIGHTS: Final = "zones.npz"
_CLIP: Final = 5.0  # standard deviations; beyond, a page is odd and the linear part would shout


@dataclass(frozen=True, slots=True)
class Model:
    """Weights as arrays. T trees of depth D: `splits` (T, D) are columns, `borders` (T, D), `leaves` (T, 2**D)."""

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: float
    splits: NDArray[np.int16]
    borders: NDArray[np.float32]
    leaves: NDArray[np.float32]
    base: float

    def article_odds(self, rows: Matrix) -> NDArray[np.float32]:
        """Log odds of "article" for each row of `features.describe`."""
        linear = np.clip((rows - self.mean) / self.scale, -_CLIP, _CLIP) @ self.weights + self.bias
        trees, depth = self.splits.shape
        above = rows[:, self.splits.ravel()] > self.borders.ravel()
        leaf = above.reshape(len(rows), trees, depth) @ (1 << np.arange(depth, dtype=np.int16))
        forest = self.leaves[np.arange(trees), leaf].sum(axis=1) + self.base
        return np.asarray((linear + forest) / 2, dtype=np.float32)


@lru_cache(maxsize=1)
def load_model() -> Model:
    """The packaged weights; raises ValueError where they were trained on other features than the code computes."""
    data = np.load(BytesIO(files("mentions.extraction").joinpath(WEIGHTS).read_bytes()), allow_pickle=False)
    if tuple(data["features"].tolist()) != FEATURES:
        raise ValueError("zones.npz was trained on other features; run benchmarks/train_zones.py")
    return Model(
        mean=data["mean"],
        scale=data["scale"],
        weights=data["weights"],
        bias=float(data["bias"]),
        splits=data["splits"],
        borders=data["borders"],
        leaves=data["leaves"],
        base=float(data["base"]),
    )
