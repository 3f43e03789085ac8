"""Trains the block model of `mentions.extraction` on pages with gold article text, and says how good it is by site.

usage: python -m benchmarks.train_zones [ARTICLES_DIR] [--no-write]

ARTICLES_DIR (default ../shared/articles) holds `pages.warc.gz` and `articles.jsonl` (`url`, `text`). Needs scikit-learn
and catboost, which the product does not: install them beside the project in an environment of its own
(`python -m venv ENV && ENV/bin/pip install -e . scikit-learn catboost`). Takes about ten minutes on two cores. Writes
mentions/extraction/zones.npz, trained on all pages, and for every part of the sites benchmarks/zone_folds/N.npz,
trained without them (numbers only); ends with one line of JSON.
"""

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.common import ARTICLES, ROOT, needed
from benchmarks.crossed import FOLDS, fold_of, weights_of
from benchmarks.zone_examples import Array, Example, read_examples
from mentions.extraction.features import FEATURES
from mentions.extraction.features.surroundings import surroundings

WEIGHTS: Final = ROOT / "mentions" / "extraction" / "zones.npz"
FIRST_TREES, FIRST_DEPTH = 200, 6
SECOND_TREES, SECOND_DEPTH = 80, 5


@dataclass(frozen=True)
class First:
    """The first stage, fitted: a logistic regression over standardised columns, and a forest."""

    linear: dict[str, Array]
    forest: Any

    def odds(self, rows: Array) -> Array:
        """The log odds of both, and their mean."""
        standard = np.clip((rows - self.linear["mean"]) / self.linear["scale"], -5, 5)
        linear = standard @ self.linear["weights"] + self.linear["bias"]
        return np.asarray((linear + self.forest.predict(rows, prediction_type="RawFormulaVal")) / 2)


def main() -> None:
    """Runs the training."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("articles", nargs="?", type=Path, default=ARTICLES)
    parser.add_argument("--no-write", action="store_true")
    arguments = parser.parse_args()
    examples = list(read_examples(needed(arguments.articles)))
    folds = np.array([fold_of(example.site) for example in examples])
    firsts, first = _first_by_cross_validation(examples, folds)
    seconds, both = _second_by_cross_validation(examples, folds, first)
    figures = {"first_stage": _figures(examples, first), "both_stages": _figures(examples, both)}
    for name, figure in figures.items():
        print(f"{name:12s}", json.dumps(figure))
    if not arguments.no_write:
        for fold in range(FOLDS):
            write_weights(weights_of(fold), firsts[fold], seconds[fold])
        write_weights(WEIGHTS, _fit_first(examples), _fit_second(examples, first))
    counts = {"pages": len(examples), "sites": len({example.site for example in examples})}
    print(json.dumps({"benchmark": "train_zones", **counts, **figures}))


def _first_by_cross_validation(examples: Sequence[Example], folds: Array) -> tuple[list[First], list[Array]]:
    """The first stage for each part, and each page's log odds by the one that never saw its site."""
    odds = [np.zeros(0)] * len(examples)
    fitted = []
    for fold in range(FOLDS):
        fitted.append(_fit_first([examples[i] for i in np.nonzero(folds != fold)[0].tolist()]))
        for index in np.nonzero(folds == fold)[0].tolist():
            odds[index] = fitted[fold].odds(examples[index].page.rows)
    return fitted, odds


def _second_by_cross_validation(
    examples: Sequence[Example], folds: Array, first: Sequence[Array]
) -> tuple[list[Any], list[Array]]:
    """The second stage for each part, and each page's log odds by both stages."""
    odds = [np.zeros(0)] * len(examples)
    fitted = []
    for fold in range(FOLDS):
        chosen = np.nonzero(folds != fold)[0].tolist()
        fitted.append(_fit_second([examples[i] for i in chosen], [first[i] for i in chosen]))
        for index in np.nonzero(folds == fold)[0].tolist():
            rows = surroundings(first[index], examples[index].page)
            odds[index] = (first[index] + fitted[fold].predict(rows, prediction_type="RawFormulaVal")) / 2
    return fitted, odds


def _fit_first(examples: Sequence[Example]) -> First:
    rows, gold, weight = _weighed([e.page.rows for e in examples], examples)
    mean, scale = rows.mean(axis=0), rows.std(axis=0)
    scale[scale == 0] = 1
    standard = np.clip((rows - mean) / scale, -5, 5)
    regression = import_module("sklearn.linear_model").LogisticRegression(C=0.05, max_iter=300)
    fitted = regression.fit(standard, gold, sample_weight=weight)
    linear = {"mean": mean, "scale": scale, "weights": fitted.coef_[0], "bias": fitted.intercept_[0]}
    return First(linear, _fit_forest(rows, gold, weight, FIRST_TREES, FIRST_DEPTH))


def _fit_second(examples: Sequence[Example], first: Sequence[Array]) -> Any:
    around = [surroundings(odds, e.page) for e, odds in zip(examples, first, strict=True)]
    return _fit_forest(*_weighed(around, examples), SECOND_TREES, SECOND_DEPTH)


def _weighed(rows: Sequence[Array], examples: Sequence[Example]) -> tuple[Array, Array, Array]:
    """All rows with their gold and weight (mean 1), but those that weigh nothing."""
    weight = np.concatenate([e.weight for e in examples])
    kept = weight > 0
    gold = np.concatenate([e.gold for e in examples])[kept]
    return np.concatenate(rows)[kept], gold, weight[kept] / weight[kept].mean()


def _fit_forest(rows: Array, gold: Array, weight: Array, trees: int, depth: int) -> Any:
    forest = import_module("catboost").CatBoostClassifier(
        iterations=trees,
        depth=depth,
        learning_rate=0.12,
        l2_leaf_reg=5,
        random_seed=1,
        verbose=0,
        allow_writing_files=False,
    )
    return forest.fit(rows, gold, sample_weight=weight)


def _figures(examples: Sequence[Example], odds: Sequence[Array]) -> dict[str, float]:
    """F1 over characters of all pages, and the mean of the pages' F1, by kind of page too."""
    hit = said = gold = 0.0
    by_kind: dict[str, list[float]] = defaultdict(list)
    for example, values in zip(examples, odds, strict=True):
        chars = example.chars * (example.weight > 0)
        article = values > 0
        a, b, c = (
            (chars * article * example.gold).sum(),
            (chars * article).sum(),
            (chars * example.gold).sum(),
        )
        hit, said, gold = hit + a, said + b, gold + c
        by_kind[example.kind].append(2 * a / (b + c) if b + c else 1.0)
    pages = [value for values in by_kind.values() for value in values]
    figures: dict[str, float] = {
        "char_f1": float(2 * hit / (said + gold)),
        "precision": float(hit / said),
        "recall": float(hit / gold),
        "page_f1": float(np.mean(pages)),
    }
    for kind in sorted(by_kind):
        figures[f"page_f1_{kind}"] = float(np.mean(by_kind[kind]))
    return {name: round(value, 4) for name, value in figures.items()}


def write_weights(path: Path, first: First, second: Any) -> None:
    """Both stages as the arrays that `mentions.extraction.model` reads."""
    arrays = {name: np.asarray(value, np.float32) for name, value in first.linear.items()}
    arrays |= _arrays("first", first.forest, FIRST_DEPTH) | _arrays("second", second, SECOND_DEPTH)
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(path, features=np.array(FEATURES), **arrays)  # type: ignore[arg-type]  # numpy's stub reads ** as its flags


def _arrays(name: str, forest: Any, depth: int) -> dict[str, Array]:
    """The trees of a fitted forest as arrays; leaf values in half precision are exact enough."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forest.json"
        forest.save_model(str(path), format="json")
        saved = json.loads(path.read_text())
    scale, (base,) = saved["scale_and_bias"]
    trees = saved["oblivious_trees"]
    splits = np.zeros((len(trees), depth), np.int16)
    borders = np.full((len(trees), depth), np.inf, np.float32)
    leaves = np.zeros((len(trees), 2**depth), np.float16)
    for number, tree in enumerate(trees):
        for place, split in enumerate(tree["splits"] or []):
            splits[number, place], borders[number, place] = (
                split["float_feature_index"],
                split["border"],
            )
        leaves[number, : len(tree["leaf_values"])] = np.array(tree["leaf_values"]) * scale
    return {
        f"{name}_splits": splits,
        f"{name}_borders": borders,
        f"{name}_leaves": leaves,
        f"{name}_base": np.asarray(base, np.float32),
    }


if __name__ == "__main__":
    main()
