"""Is it us? How often the senses are right on names that may mean something else, and how their weights are learnt.

usage: python benchmarks/senses.py [--train] [--errors] [--pages DIR] [--articles FILE]

Cross-validates twice, leaving out sites and leaving out targets (users have other names than these), and prints the
share of pages answered rightly, the decisions, what each group of signs brings, and one line of JSON. `--train` also
writes mentions/matching/weights.json.

Learnt from two sources: the labelled pages of ../shared/bench/dev, and our own reading of ../shared/articles
(benchmarks/senses_labels: target, address, answer; the texts stay where they are).
"""

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.common import ARTICLES, DEV, ROOT, console, finish, needed, table
from mentions.archive import read_pages
from mentions.config import load_config
from mentions.extraction import read_article
from mentions.extraction.article import Article, Block, Metadata, Zone
from mentions.matching import Watchlist, compile_watchlist
from mentions.matching.mention import Candidate
from mentions.matching.senses import WEIGHTS_FILE, forbidden_by
from mentions.matching.signs import Signs, signs_of
from mentions.matching.surroundings import PageView
from mentions.urls import host_of, registrable_domain

LABELS: Final = ROOT / "benchmarks" / "senses_labels"
NOT_US_BELOW: Final = -0.75  # log odds; between the two a person decides
US_FROM: Final = 0.75
_RIDGE: Final = 0.6
_READ_BY_US: Final = 0.5  # weight of a page of our own reading, which holds far more homonyms than the web
_FOLDS: Final = 10
_UNLEARNT: Final = frozenset(
    {"certain", "credit", "address", "rival", "rival_on_page", "page_rival"}
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
}
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "the configuration's words": ("about", "not_about", "declared", "ally"),
    "links to us": ("link_",),
    "letter case": ("telling", "lower_case", "any_lower", "small", "never_small", "noun", "first", "titled", "acronym"),
    "how common the word is": ("common_word", "small_share", "share_unknown", "two_letters"),
    "longer names and persons": ("joined", "page_joined", "titled_", "person", "page_person", "both", "free"),
    "grammar around the name": (
        "deed", "page_deed", "attribute", "page_attribute", "introduced", "page_introduced", "source", "definite",
        "indefinite", "possessive", "page_possessive", "agent", "place", "comma", "listed", "page_listed", "quoted",
    ),
}  # fmt: skip

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One page and target: the signs of every candidate that must be weighed, and whether any is us."""

    target: str
    site: str
    is_us: bool
    source: str
    signs: tuple[Signs, ...]
    shown: tuple[str, ...]  # each candidate with what stands around it, for reading errors


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", action="store_true", help="write the weights")
    parser.add_argument(
        "--errors", action="store_true", help="show what is answered wrongly when its target is left out"
    )
    parser.add_argument("--pages", type=Path, default=DEV)
    parser.add_argument("--articles", type=Path, default=ARTICLES / "articles.jsonl")
    arguments = parser.parse_args()
    examples = [*_benchmark(needed(arguments.pages)), *_own_reading(needed(arguments.articles))]
    model = Model(examples)
    by_site = model.crossed(lambda example: example.site)
    by_target = model.crossed(lambda example: _bearer(example.target))
    _show(examples, by_site, by_target)
    figures: dict[str, object] = {"pages": len(examples)}
    for name, logits in (("site", by_site), ("target", by_target)):
        for source in ("benchmark", "own reading"):
            figures[f"accuracy_by_{name}_{source.replace(' ', '_')}"] = round(_accuracy(examples, logits, source), 4)
    _ablate(examples, model)
    if arguments.errors:
        _show_errors(examples, by_target)
    if arguments.train:
        _write(model)
    finish("senses", figures)


def _bearer(target: str) -> str:
    """Targets of one name in several scripts are left out together."""
    return {"苹果": "Apple", "アップル": "Apple"}.get(target, target)


def _benchmark(folder: Path) -> Iterator[Example]:
    watchlist = compile_watchlist(load_config(folder / "targets.toml").targets)
    labels = defaultdict(list)
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").split("\n"):
        if line:
            label = json.loads(line)
            if not label["own_site"] and (label["article_mention"] or label["homonym"]):
                labels[label["url"]].append(label)
    for page in read_pages(folder / "pages.warc.gz"):
        if page.url in labels:
            article = read_article(page)
            found = _by_target(watchlist, article)
            for label in labels[page.url]:
                candidates = found.get(label["target"])
                if candidates:
                    is_us = bool(label["article_mention"])
                    yield from _example(article, candidates, label["target"], watchlist, is_us, "benchmark")


def _own_reading(path: Path) -> Iterator[Example]:
    ours = load_config(LABELS / "targets.toml").targets
    names = {target.name for target in ours}
    watchlists = {True: compile_watchlist(ours), False: compile_watchlist(load_config(DEV / "targets.toml").targets)}
    texts = {row["url"]: row["text"] for row in map(json.loads, filter(None, path.read_text("utf-8").split("\n")))}
    found: dict[tuple[str, bool], tuple[Article, dict[str, list[Candidate]]]] = {}
    with (LABELS / "labels.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            own = row["target"] in names
            key = row["url"], own
            if key not in found:
                article = _plain(row["url"], texts[row["url"]])
                found[key] = article, _by_target(watchlists[own], article)
            article, candidates = found[key]
            if row["target"] in candidates:
                is_us = row["answer"] == "us"
                yield from _example(
                    article, candidates[row["target"]], row["target"], watchlists[own], is_us, "own reading"
                )


def _plain(url: str, text: str) -> Article:
    """A text without mark-up as an article, a line a block."""
    blocks, place = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(place, place + len(line), Zone.BODY, "p"))
        place += len(line) + 1
    return Article(url, text, tuple(blocks), (), Metadata(language="en"))


def _by_target(watchlist: Watchlist, article: Article) -> dict[str, list[Candidate]]:
    found: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in watchlist.candidates(article.text):
        found[candidate.target].append(candidate)
    return found


def _example(
    article: Article, candidates: Sequence[Candidate], target: str, watchlist: Watchlist, is_us: bool, source: str
) -> Iterator[Example]:
    """The example, unless rules alone decide it."""
    signs = signs_of(PageView(article), candidates, watchlist.profile(target), article.metadata.language)
    inside = [nth for nth, c in enumerate(candidates) if article.zone_at(c.start).is_article] or range(len(candidates))
    weighed = [
        nth for nth in inside if not signs[nth].get("certain") and not forbidden_by(signs[nth], candidates[nth].alias)
    ]
    if weighed:
        yield Example(
            target=target,
            site=registrable_domain(host_of(article.url)),
            is_us=is_us,
            source=source,
            signs=tuple(signs[nth] for nth in weighed),
            shown=tuple(_around(article.text, candidates[nth]) for nth in weighed),
        )


def _around(text: str, candidate: Candidate) -> str:
    start, end = candidate.start, candidate.end
    return f"{text[max(start - 60, 0) : start]}[{text[start:end]}]{text[end : end + 40]}".replace("\n", " | ")


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
        worth = [1.0 if example.source == "benchmark" else _READ_BY_US for example in examples]
        self.weight = np.array([worth[page] / len(examples[page].signs) for page in self.page])
        self.prior = np.array([*(PRIOR.get(name, 0.0) for name in self.names), 0.0])

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

    def crossed(self, key: Callable[[Example], str]) -> Array:
        """Log odds of every row, each from weights that never saw anything of its key."""
        keys = sorted({key(example) for example in self.examples})
        np.random.default_rng(0).shuffle(keys)
        fold = {value: nth % _FOLDS for nth, value in enumerate(keys)}
        folds = np.array([fold[key(self.examples[page])] for page in self.page])
        logits = np.zeros(len(self.page))
        for nth in range(_FOLDS):
            held_back = folds == nth
            logits[held_back] = self.seen[held_back] @ self.fit(~held_back)
        return self.best(logits)

    def best(self, logits: Array) -> Array:
        """A page names us when one of its candidates does."""
        best = np.full(len(self.examples), -np.inf)
        np.maximum.at(best, self.page, logits)
        return best


def _accuracy(examples: Sequence[Example], logits: Array, source: str, *, only: bool | None = None) -> float:
    rows = [
        bool(logit >= NOT_US_BELOW) == example.is_us
        for example, logit in zip(examples, logits, strict=True)
        if example.source == source and only in {None, example.is_us}
    ]
    return sum(rows) / len(rows)


def _show(examples: Sequence[Example], by_site: Array, by_target: Array) -> None:
    shown = table("Answered rightly, of pages with a name that may mean something else",
                  ("pages", "by site", "by target", "unsure"))  # fmt: skip
    for source in ("benchmark", "own reading"):
        for only, label in ((True, "us"), (False, "something else"), (None, "all")):
            unsure = [
                NOT_US_BELOW <= logit < US_FROM
                for example, logit in zip(examples, by_target, strict=True)
                if example.source == source and only in {None, example.is_us}
            ]
            site = _accuracy(examples, by_site, source, only=only)
            target = _accuracy(examples, by_target, source, only=only)
            shown.add_row(
                f"{source}, {label} ({len(unsure)})", f"{site:.3f}", f"{target:.3f}", f"{np.mean(unsure):.3f}"
            )
    console.print(shown)


def _ablate(examples: Sequence[Example], model: Model) -> None:
    shown = table("Without one group of signs, targets left out", ("group", "benchmark", "own reading"))
    rows = [("nothing taken away", model), *((name, Model(examples, signs)) for name, signs in GROUPS.items())]
    for name, changed in rows:
        logits = changed.crossed(lambda example: _bearer(example.target))
        shown.add_row(name, *(f"{_accuracy(examples, logits, source):.3f}" for source in ("benchmark", "own reading")))
    console.print(shown)


def _show_errors(examples: Sequence[Example], best: Array) -> None:
    for nth, example in enumerate(examples):
        if (best[nth] >= NOT_US_BELOW) != example.is_us:
            what = "us, rejected" if example.is_us else "something else, accepted"
            console.print(f"{what}: {example.target} {best[nth]:+.1f} {example.shown[0]}", markup=False)


def _write(model: Model) -> None:
    learnt = model.fit(np.ones(len(model.page), dtype=bool))
    data = {
        "command": "python benchmarks/senses.py --train",
        "bias": round(float(learnt[-1]), 3),
        "not_us_below": NOT_US_BELOW,
        "us_from": US_FROM,
        "signs": {name: round(float(weight), 3) for name, weight in zip(model.names, learnt, strict=False)},
    }
    path = ROOT / "mentions" / "matching" / WEIGHTS_FILE
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    console.print(f"{len(model.names)} weights written to {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
