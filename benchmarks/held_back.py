"""Our own reading of pages that the benchmark does not hold: labelled blind, a part of it never looked at for errors.

benchmarks/reading_labels holds two files that name the pair, the verdict and the part. The verdicts were given by
reading what stands around the name and the links, by the policy of docs/reference/verdicts.md, before the engine had
judged them. The parts share no site:

- "open": may be read when judged wrongly;
- "opened": held back until 21 November 2026, 08:46 UTC; then its wrong pairs were read and their causes mended;
- "opened second": held back until 21 November 2026, 13:40 UTC; then the same;
- "held back": 217 pairs of 114 pages, labelled before the second part was opened, on sites that stand in no other set
  of labels, the senses' and the benchmark's open pages included; only ever counted. Its 16 qualified links stand on
  four sites.
"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.common import ARTICLES, DEV, ROOT
from benchmarks.judged import Split, read_split
from benchmarks.scoring import Label
from mentions.config import load_config

FOLDER: Final = ROOT / "benchmarks" / "reading_labels"
FILES: Final = ("labels.tsv", "held_back.tsv")
PARTS: Final = ("open", "opened", "opened second", "held back")


def read_held_back(parts: Sequence[str] = PARTS, *, articles: Path = ARTICLES, benchmark: Path = DEV) -> Split:
    """The labelled pairs of these parts with their pages, and all targets: the benchmark's and our further ones."""
    labels = [label for label in _labels() if label["part"] in parts]
    ours = load_config(FOLDER / "targets.toml").targets
    theirs = load_config(benchmark / "targets.toml").targets
    return read_split(labels, articles / "pages.warc.gz", [*theirs, *ours])


def _labels() -> Iterator[Label]:
    for name in FILES:
        with (FOLDER / name).open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file, delimiter="\t")
