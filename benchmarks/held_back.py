"""Our own reading of pages that the benchmark does not hold: labelled blind, half of it never looked at for errors.

benchmarks/reading_labels/labels.tsv names the pair, the verdict and the part. The verdicts were given by reading what
stands around the name and the links, by the policy of docs/reference/verdicts.md, before the engine had judged them.
The part goes by site: "open" pairs may be read when they are judged wrongly, "held back" ones are only counted.
"""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.common import ARTICLES, DEV, ROOT
from benchmarks.judged import Split, read_split
from benchmarks.scoring import Label
from mentions.config import load_config

FOLDER: Final = ROOT / "benchmarks" / "reading_labels"
PARTS: Final = ("open", "held back")


def read_held_back(parts: Sequence[str] = PARTS, *, articles: Path = ARTICLES, benchmark: Path = DEV) -> Split:
    """The labelled pairs of these parts with their pages, and all targets: the benchmark's and our further ones."""
    with (FOLDER / "labels.tsv").open(encoding="utf-8", newline="") as file:
        labels: list[Label] = [row for row in csv.DictReader(file, delimiter="\t") if row["part"] in parts]
    ours = load_config(FOLDER / "targets.toml").targets
    theirs = load_config(benchmark / "targets.toml").targets
    return read_split(labels, articles / "pages.warc.gz", [*theirs, *ours])
