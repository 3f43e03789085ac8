"""Names that are also words, persons, places or other firms: is a mention of somebody else's taken for ours?

usage: python -m benchmarks.homonyms [--articles DIR] [--pages DIR] [--errors] [--packaged]

`benchmarks/homonym_labels` holds pairs of pages and names that no other set of labels holds: names of the benchmark
that stand on its pages or on those of ../shared/articles as text, and further names that the senses were never trained
on. Verdict and meaning were given by reading what stands around the name and the links, by the policy of
docs/reference/verdicts.md, before the engine had judged them. `meaning` is "other" where the name means something else,
"us" where it is ours, be it in the article or outside it.

Two parts without a common site, told by the second byte of a digest of the site's name: the wrong pairs of "opened" may
be read (`--errors`), those of "held back" are only ever counted. Zones and senses are learnt without the page's site;
`--packaged` takes the packaged weights, which know other names on most of these pages.
"""

import argparse
import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks.common import ARTICLES, DEV, ROOT, console, finish, needed, table
from benchmarks.crossed import crossed
from benchmarks.judged import Split, engine, labels_said
from benchmarks.scoring import Label, Pair, answer, score
from benchmarks.senses_model import senses_without
from mentions.archive import read_pages
from mentions.config import load_config
from mentions.findings import Finding
from mentions.matching import compile_watchlist
from mentions.pages import Page

FOLDER: Final = ROOT / "benchmarks" / "homonym_labels"
PARTS: Final = ("opened", "held back")


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=Path, default=ARTICLES)
    parser.add_argument("--pages", type=Path, default=DEV)
    parser.add_argument("--errors", action="store_true", help="show the wrong pairs of the opened part")
    parser.add_argument("--packaged", action="store_true", help="take the packaged weights")
    arguments = parser.parse_args()
    figures: dict[str, object] = {}
    for part in PARTS:
        split = read_homonyms([part], articles=needed(arguments.articles), benchmark=needed(arguments.pages))
        found = engine(split)[0] if arguments.packaged else crossed(split, senses_without)
        figures |= show(part, split, found)
        if arguments.errors and part == "opened":
            _errors(split, found)
    finish("homonyms", figures)


def read_homonyms(parts: Sequence[str] = PARTS, *, articles: Path = ARTICLES, benchmark: Path = DEV) -> Split:
    """The labelled pairs of these parts with their pages, and all targets: the benchmark's and our further ones."""
    with (FOLDER / "labels.tsv").open(encoding="utf-8", newline="") as file:
        labels = [row for row in csv.DictReader(file, delimiter="\t") if row["part"] in parts]
    wanted = {label["url"] for label in labels}
    pages: dict[str, Page] = {}
    for folder in (articles, benchmark):
        pages |= {page.url: page for page in read_pages(folder / "pages.warc.gz") if page.url in wanted}
    ours = load_config(FOLDER / "targets.toml").targets
    theirs = load_config(benchmark / "targets.toml").targets
    return Split(labels, list(pages.values()), compile_watchlist([*theirs, *ours]))


def show(part: str, split: Split, found: Mapping[Pair, Finding]) -> dict[str, object]:
    """Prints a table of the part, and returns its figures."""
    said = labels_said(found)
    result = score(split.labels, said)
    key = part.replace(" ", "_")
    figures: dict[str, object] = {
        f"homonyms_{key}_accuracy": round(result.accuracy, 4),
        f"homonyms_{key}_macro_f1": round(result.macro_f1, 4),
    }
    rights: dict[str, list[bool]] = defaultdict(list)
    for label in split.labels:
        rights[_slice(label)].append(answer(label, said) == label["verdict"])
    shown = table(f"Homonyms, {part}", ("pairs", "accuracy"))
    for name, right in (("all", [right for row in rights.values() for right in row]), *sorted(rights.items())):
        shown.add_row(f"{name} ({len(right)})", f"{sum(right) / len(right):.3f}")
    console.print(shown, f"macro-F1 {result.macro_f1:.3f}\n")
    other = rights["means something else"]
    return figures | {f"homonyms_{key}_something_else": round(sum(other) / len(other), 4)}


def _slice(label: Label) -> str:
    if label["meaning"] == "other":
        return "means something else"
    return "us, but outside the article" if label["verdict"] == "no_mention" else "us"


def _errors(split: Split, found: Mapping[Pair, Finding]) -> None:
    said = labels_said(found)
    for label in split.labels:
        if answer(label, said) != label["verdict"]:
            pair = label["url"], label["target"]
            wanted = f"{label['verdict']} ({label['meaning']})"
            console.print(f"{wanted} read as {answer(label, said)}: {pair}", markup=False)
            for judged in found[pair].mentions[:3] if pair in found else ():
                mention = judged.mention
                sense = f"{mention.sense.score:.2f}: {'; '.join(mention.sense.reasons)}"
                console.print(f"  [{mention.zone.value}] {mention.sentence[:160]} | {sense}", markup=False)


if __name__ == "__main__":
    main()
