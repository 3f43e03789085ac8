"""Trains the block model of `mentions.extraction` on pages with gold article text, and says how good it is by site.

usage: python -m benchmarks.train_zones [ARTICLES_DIR] [--no-write] [--folds 5]

ARTICLES_DIR (default ../shared/articles) holds `pages.warc.gz` and `articles.jsonl` (`url`, `text`). Needs scikit-learn
and catboost, which the product does not: install them beside the project in an environment of its own
(`python -m venv /tmp/train && /tmp/train/bin/pip install -e . scikit-learn catboost`). Takes about ten minutes on two
cores. Writes mentions/extraction/zones.npz (numbers only) and ends with one line of JSON.
"""

import argparse
import json
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from selectolax.lexbor import LexborHTMLParser

from mentions.archive import read_pages
from mentions.extraction.charset import to_utf8
from mentions.extraction.features import FEATURES, Description, describe
from mentions.extraction.features.surroundings import surroundings
from mentions.extraction.vocabulary import Hint
from mentions.extraction.walk import Walk, walk_tree
from mentions.urls import host_of, registrable_domain

ROOT: Final = Path(__file__).resolve().parent.parent
ARTICLES: Final = ROOT.parent / "shared" / "articles"
WEIGHTS: Final = ROOT / "mentions" / "extraction" / "zones.npz"

FIRST_TREES, FIRST_DEPTH = 200, 6
SECOND_TREES, SECOND_DEPTH = 80, 5
_NOT_WORD: Final = re.compile(r"[\W_]+")
_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LONG: Final = 40  # letters from which a piece is looked up anywhere in the gold text, not only in its place

Array = NDArray[Any]


@dataclass(frozen=True)
class Example:
    """One page: its pieces described, which of them are article by the gold text, and how much each weighs."""

    site: str
    kind: str
    page: Description
    gold: Array
    chars: Array
    weight: Array


def main() -> None:
    """Runs the training."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("articles", nargs="?", type=Path, default=ARTICLES)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--no-write", action="store_true")
    arguments = parser.parse_args()
    examples = list(read_examples(arguments.articles))
    folds = _folds(examples, arguments.folds)
    first = _first_by_cross_validation(examples, folds)
    figures = {
        "linear_only": _figures(examples, first["linear"]),
        "forest_only": _figures(examples, first["forest"]),
        "first_stage": _figures(examples, first["both"]),
        "both_stages": _figures(examples, _second_by_cross_validation(examples, folds, first["both"])),
    }
    for name, figure in figures.items():
        print(f"{name:12s}", json.dumps(figure))
    if not arguments.no_write:
        write_weights(examples, first["both"])
    print(
        json.dumps(
            {
                "benchmark": "train_zones",
                "pages": len(examples),
                "sites": len({e.site for e in examples}),
                **figures,
            }
        )
    )


def read_examples(folder: Path) -> Iterator[Example]:
    """The pages with gold text that hold any text."""
    with (folder / "articles.jsonl").open(encoding="utf-8") as lines:
        gold = {row["url"]: row for row in map(json.loads, lines)}
    for page in read_pages(folder / "pages.warc.gz"):
        if not (row := gold.get(page.url)):
            continue
        walk = walk_tree(LexborHTMLParser(to_utf8(page.body, page.headers.get("content-type"))))
        if not walk.pieces:
            continue
        texts = [walk.text[piece.start : piece.end] for piece in walk.pieces]
        labels = label_pieces(texts, row["text"])
        chars = np.array([len(text) for text in texts], float)
        weight = np.sqrt(np.minimum(chars, 600) + 10)
        weight = weight / np.sqrt(weight.sum()) * ~_decided_by_rule(walk)
        site = registrable_domain(host_of(page.url))
        yield Example(
            site,
            row.get("page_type") or "",
            describe(walk, page.url),
            labels,
            chars,
            weight,
        )


def label_pieces(texts: Sequence[str], gold: str) -> Array:
    """1 for the pieces whose text stands in `gold`. Short ones must stand between the long ones around them."""
    whole = _key(gold)
    lines = {_key(line) for line in gold.split("\n")}
    keys = [_key(text) for text in texts]
    labels = np.zeros(len(texts))
    places: dict[int, tuple[int, int]] = {}
    reached = 0
    for index, key in enumerate(keys):
        wide = len(_WIDE.findall(key))
        if len(key) + 1.5 * wide < _LONG:
            continue
        start = whole.find(key, reached)
        start = start if start >= 0 else whole.find(key)
        if start >= 0:
            places[index] = (start, start + len(key))
            reached = max(reached, start)
        else:
            step = 20 if wide < len(key) / 3 else 8
            parts = [key[at : at + step] for at in range(0, max(1, len(key) - step + 1), step // 2)]
            hits = [at for part in parts if (at := whole.find(part)) >= 0]
            if len(hits) * 2 >= len(parts):
                places[index] = (min(hits), max(hits) + step)
    labels[list(places)] = 1
    known = sorted(places)
    for index, key in enumerate(keys):
        if index in places or not key or len(key) + 1.5 * len(_WIDE.findall(key)) >= _LONG:
            continue
        after = bisect_left(known, index)
        low = places[known[after - 1]][1] if after else 0
        high = places[known[after]][0] if after < len(known) else len(whole)
        between = 0 < after < len(known)
        found = whole.find(key, max(0, min(low, high) - 2), max(low, high) + 2) >= 0
        whole_line = key in lines
        labels[index] = (found and (between or whole_line or len(key) >= 20)) if len(key) > 3 else (found and between)
        if not found and whole_line and len(key) >= 20:
            labels[index] = 1
    return labels


def _key(text: str) -> str:
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


def _decided_by_rule(walk: Walk) -> Array:
    """Pieces whose zone the policy decides, whatever a gold text says: headlines, captions, references, comments."""
    decided = np.zeros(len(walk.pieces), bool)
    for index, piece in enumerate(walk.pieces):
        element = walk.elements[piece.element]
        parent = walk.elements[element.parent]
        ruled = int(Hint.CAPTION | Hint.REFERENCES)
        decided[index] = element.tag in {"h1", "figcaption"} or bool((element.hints | parent.hints) & ruled)
    return decided


def _folds(examples: Sequence[Example], count: int) -> Array:
    """A fold for each page, the same for all pages of a site."""
    sites = sorted({example.site for example in examples})
    order = np.random.default_rng(1).permutation(len(sites))
    fold = {site: int(place) % count for site, place in zip(sites, order, strict=True)}
    return np.array([fold[example.site] for example in examples])


def _first_by_cross_validation(examples: Sequence[Example], folds: Array) -> dict[str, list[Array]]:
    """The first stage's log odds for each page, from a model that never saw its site."""
    parts: dict[str, list[Array]] = {name: [np.zeros(0)] * len(examples) for name in ("linear", "forest", "both")}
    for fold in sorted(set(folds.tolist())):
        linear, forest = _fit_first([e for e, own in zip(examples, folds, strict=True) if own != fold])
        for index in np.nonzero(folds == fold)[0].tolist():
            rows = examples[index].page.rows
            odds = (
                _linear_odds(linear, rows),
                forest.predict(rows, prediction_type="RawFormulaVal"),
            )
            parts["linear"][index], parts["forest"][index] = odds
            parts["both"][index] = (odds[0] + odds[1]) / 2
    return parts


def _second_by_cross_validation(examples: Sequence[Example], folds: Array, first: Sequence[Array]) -> list[Array]:
    odds = [np.zeros(0)] * len(examples)
    for fold in sorted(set(folds.tolist())):
        chosen = np.nonzero(folds != fold)[0].tolist()
        forest = _fit_second([examples[i] for i in chosen], [first[i] for i in chosen])
        for index in np.nonzero(folds == fold)[0].tolist():
            rows = surroundings(first[index], examples[index].page)
            odds[index] = (first[index] + forest.predict(rows, prediction_type="RawFormulaVal")) / 2
    return odds


def _fit_first(examples: Sequence[Example]) -> tuple[dict[str, Array], Any]:
    rows = np.concatenate([e.page.rows for e in examples])
    gold = np.concatenate([e.gold for e in examples])
    weight = np.concatenate([e.weight for e in examples])
    mean, scale = rows.mean(axis=0), rows.std(axis=0)
    scale[scale == 0] = 1
    standard = np.clip((rows - mean) / scale, -5, 5)
    fitted = (
        import_module("sklearn.linear_model")
        .LogisticRegression(C=0.05, max_iter=300)
        .fit(standard, gold, sample_weight=weight / weight.mean())
    )
    linear = {
        "mean": mean,
        "scale": scale,
        "weights": fitted.coef_[0],
        "bias": fitted.intercept_[0],
    }
    return linear, _fit_forest(rows, gold, weight, FIRST_TREES, FIRST_DEPTH)


def _fit_second(examples: Sequence[Example], first: Sequence[Array]) -> Any:
    rows = np.concatenate([surroundings(odds, e.page) for e, odds in zip(examples, first, strict=True)])
    gold = np.concatenate([e.gold for e in examples])
    return _fit_forest(
        rows,
        gold,
        np.concatenate([e.weight for e in examples]),
        SECOND_TREES,
        SECOND_DEPTH,
    )


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
    return forest.fit(rows, gold, sample_weight=weight / weight.mean())


def _linear_odds(linear: dict[str, Array], rows: Array) -> Array:
    return np.asarray(np.clip((rows - linear["mean"]) / linear["scale"], -5, 5) @ linear["weights"] + linear["bias"])


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


def write_weights(examples: Sequence[Example], first: Sequence[Array]) -> None:
    """Fit on all pages (the second stage on cross-validated odds of the first) and write the packaged file."""
    linear, forest = _fit_first(examples)
    second = _fit_second(examples, first)
    arrays = {name: np.asarray(value, np.float32) for name, value in linear.items()}
    arrays |= _arrays("first", forest, FIRST_DEPTH) | _arrays("second", second, SECOND_DEPTH)
    np.savez_compressed(WEIGHTS, features=np.array(FEATURES), **arrays)  # type: ignore[arg-type]  # numpy's stub reads ** as its flags


def _arrays(name: str, forest: Any, depth: int) -> dict[str, Array]:
    """The trees of a fitted forest as arrays; leaf values in half precision are exact enough."""
    path = Path("/tmp") / f"zones-{name}.json"
    forest.save_model(str(path), format="json")
    saved = json.loads(path.read_text())
    path.unlink()
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
