"""Is it us? How often the senses are right on names that may mean something else, and how their weights are learnt.

usage: python benchmarks/senses.py [--train] [--errors] [--pages DIR] [--articles DIR]

Cross-validates twice, leaving out sites (what is answered for sites never seen) and leaving out targets (users have
other names than these); scores pages held back, that were read by us after the signs were chosen, with weights that
never saw their sites; prints how honest the chances are, what goes to a person, what each group of signs brings, and
one line of JSON. `--train` also writes mentions/matching/weights.json.

Learnt from two sources: the labelled pages of ../shared/bench/dev, and our own reading of those pages and of
../shared/articles (benchmarks/senses_labels: target, address, answer; the pages stay where they are).
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.common import ARTICLES, DEV, ROOT, console, finish, needed, table
from benchmarks.senses_examples import Example, read_examples, read_held_back
from benchmarks.senses_model import NOT_US_BELOW, US_FROM, Array, Model
from mentions.matching.senses import WEIGHTS_FILE

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "the configuration's words": ("about", "not_about", "declared", "ally"),
    "the field of those words": ("topic", "kin"),
    "links to us": ("link_",),
    "letter case": ("telling", "lower_case", "any_lower", "small", "never_small", "noun", "first", "titled", "acronym"),
    "how common the word is": ("common_", "small_share", "share_unknown", "two_letters"),
    "longer names": (
        "joined", "page_joined", "titled_", "both", "free", "page_free", "institution", "of_", "and_sign", "one_phrase",
        "model",
    ),
    "persons": ("person", "page_person", "given", "cited_author", "nickname", "declared_person"),
    "lists": ("listed", "page_listed"),
    "German": ("german", "noun", "title_article"),
    "grammar around the name": (
        "deed", "page_deed", "attribute", "page_attribute", "introduced", "page_introduced", "source", "definite",
        "indefinite", "possessive", "page_possessive", "agent", "place", "comma", "quoted",
    ),
}  # fmt: skip
_BANDS: Final = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)  # chances, for the table that says how honest they are


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", action="store_true", help="write the weights")
    parser.add_argument("--errors", action="store_true", help="show what is answered wrongly when its site is left out")
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
    held_back = read_held_back(arguments.pages, arguments.articles)
    figures["accuracy_held_back"] = round(_held_back(model, held_back), 4)
    figures["unsure_share"] = round(_calibration(examples, by_site), 4)
    _ablate(examples, model)
    if arguments.errors:
        _show_errors(examples, by_site)
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
                for example, logit in zip(examples, by_site, strict=True)
                if example.source == source and only in {None, example.is_us}
            ]
            site = _accuracy(examples, by_site, source, only=only)
            target = _accuracy(examples, by_target, source, only=only)
            shown.add_row(
                f"{source}, {label} ({len(unsure)})", f"{site:.3f}", f"{target:.3f}", f"{np.mean(unsure):.3f}"
            )
    console.print(shown)


def _held_back(model: Model, held_back: Sequence[Example]) -> float:
    """The share answered rightly of the pages held back, with weights that saw none of their sites."""
    weights = model.weights(~model.of_sites({example.site for example in held_back}))
    logits = np.array([max(weights.logit(signs) for signs in example.signs) for example in held_back])
    shown = table("Held back: read by us after the signs were chosen", ("pages", "right", "unsure"))
    for only, label in ((True, "us"), (False, "something else"), (None, "all")):
        rows = [nth for nth, example in enumerate(held_back) if only in {None, example.is_us}]
        right = np.mean([bool(logits[nth] >= NOT_US_BELOW) == held_back[nth].is_us for nth in rows])
        unsure = np.mean([NOT_US_BELOW <= logits[nth] < US_FROM for nth in rows])
        shown.add_row(f"{label} ({len(rows)})", f"{right:.3f}", f"{unsure:.3f}")
    console.print(shown)
    return float(right)


def _calibration(examples: Sequence[Example], logits: Array) -> float:
    """Prints how often pages of each chance are us, and how right the sure answers are; returns the unsure share."""
    chances, is_us = 1 / (1 + np.exp(-logits)), np.array([example.is_us for example in examples])
    shown = table("How honest the chances are, sites left out", ("chance of us", "pages", "said", "are us"))
    for low, high in pairwise(_BANDS):
        rows = (chances >= low) & ((chances < high) | (high == 1.0))
        if rows.any():
            said, are = f"{chances[rows].mean():.2f}", f"{is_us[rows].mean():.2f}"
            shown.add_row(f"{low:.2f} … {high:.2f}", str(rows.sum()), said, are)
    console.print(shown)
    unsure = (logits >= NOT_US_BELOW) & (logits < US_FROM)
    sure = (logits[~unsure] >= NOT_US_BELOW) == is_us[~unsure]
    console.print(
        f"{unsure.mean():.1%} go to a person ({is_us[unsure].mean():.0%} of them us); "
        f"{sure.mean():.1%} of the other answers are right.\n"
    )
    return float(unsure.mean())


def _ablate(examples: Sequence[Example], model: Model) -> None:
    shown = table("Without one group of signs, sites left out", ("group", "benchmark", "own reading"))
    rows = [("nothing taken away", model), *((name, Model(examples, signs)) for name, signs in GROUPS.items())]
    for name, changed in rows:
        logits = changed.crossed(lambda example: example.site)
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
