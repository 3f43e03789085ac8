"""Is it us? How often the senses are right on names that may mean something else, and how their weights are learnt.

usage: python benchmarks/senses.py [--train] [--errors] [--pages DIR] [--articles FILE]

Cross-validates twice, leaving out sites and leaving out targets (users have other names than these), and prints the
share of pages answered rightly, the decisions, what each group of signs brings, and one line of JSON. `--train` also
writes mentions/matching/weights.json.

Learnt from two sources: the labelled pages of ../shared/bench/dev, and our own reading of ../shared/articles
(benchmarks/senses_labels: target, address, answer; the texts stay where they are).
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.common import ARTICLES, DEV, ROOT, console, finish, needed, table
from benchmarks.senses_examples import Example, read_examples
from benchmarks.senses_model import NOT_US_BELOW, US_FROM, Array, Model
from mentions.matching.senses import WEIGHTS_FILE

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


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", action="store_true", help="write the weights")
    parser.add_argument(
        "--errors", action="store_true", help="show what is answered wrongly when its target is left out"
    )
    parser.add_argument("--pages", type=Path, default=DEV)
    parser.add_argument("--articles", type=Path, default=ARTICLES)
    arguments = parser.parse_args()
    examples = read_examples(needed(arguments.pages), needed(arguments.articles))
    model = Model(examples)
    by_site = model.crossed(lambda example: example.site)
    by_target = model.crossed(lambda example: example.bearer)
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
        logits = changed.crossed(lambda example: example.bearer)
        shown.add_row(name, *(f"{_accuracy(examples, logits, source):.3f}" for source in ("benchmark", "own reading")))
    console.print(shown)


def _show_errors(examples: Sequence[Example], best: Array) -> None:
    for nth, example in enumerate(examples):
        if (best[nth] >= NOT_US_BELOW) != example.is_us:
            what = "us, rejected" if example.is_us else "something else, accepted"
            console.print(f"{what}: {example.target} {best[nth]:+.1f} {example.shown[0]}", markup=False)


def _write(model: Model) -> None:
    learnt = model.weights(np.ones(len(model.page), dtype=bool))
    data = {
        "command": "python benchmarks/senses.py --train",
        "bias": learnt.bias,
        "not_us_below": learnt.not_us_below,
        "us_from": learnt.us_from,
        "signs": learnt.signs,
    }
    path = ROOT / "mentions" / "matching" / WEIGHTS_FILE
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    console.print(f"{len(model.names)} weights written to {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
