"""The quality floors: what the engine reaches on the labelled real pages, pinned with the digest of those pages.

usage: python benchmarks/floors.py [--pin] [--lower "the argument"]

Without an option: measures, prints each figure beside its floor, exits with 1 where one is missed.
`--pin` raises the floors to what is reached now; it refuses to lower one. `--lower` lowers those that are missed too,
and keeps the argument in the file, for everybody to read.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.common import DEV, ROOT, console, needed, table
from benchmarks.judged import judged_pages
from benchmarks.scoring import read_labels, score, slices

FLOORS: Final = ROOT / "tests" / "quality" / "floors.json"
CORPUS: Final = ("labels.jsonl", "pages.warc.gz", "targets.toml")
# One pair of the 468 is worth .002 of accuracy, and more in the small classes; versions of a parser may move one.
SLACK: Final = 0.003


@dataclass(frozen=True, slots=True)
class Floors:
    """Floors by name (0 … 1), the corpus they were measured on, and why any was ever lowered."""

    corpus: str
    floors: Mapping[str, float]
    arguments: tuple[str, ...] = ()


def read_floors() -> Floors:
    """The pinned floors."""
    data = json.loads(FLOORS.read_text(encoding="utf-8"))
    return Floors(data["corpus"], data["floors"], tuple(data["arguments"]))


def corpus_digest(split: Path) -> str:
    """SHA-256 over the files a score depends on."""
    digest = hashlib.sha256()
    for name in CORPUS:
        digest.update((split / name).read_bytes())
    return digest.hexdigest()


def reached(split: Path) -> dict[str, float]:
    """What the engine reaches now, by the names of the floors."""
    labels = read_labels(split)
    said = judged_pages(split, labels)
    result = score(labels, said)
    figures = {"accuracy": result.accuracy, "macro_f1": result.macro_f1}
    figures |= {f"f1 of {name}": row[2] for name, row in result.by_label.items()}
    # A slice of a few pairs says little, and moves by a quarter when one of them does.
    figures |= {f"accuracy of {name}": right for name, (right, pairs) in slices(labels, said).items() if pairs >= 8}
    return {name: round(value, 4) for name, value in figures.items()}


def missed(floors: Floors, figures: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """(reached, floor) of every figure below its floor; a floor without a figure is missed."""
    return {
        name: (figures.get(name, 0.0), floor)
        for name, floor in floors.floors.items()
        if figures.get(name, 0.0) < floor - SLACK
    }


def main() -> int:
    """Runs the measurement."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("split", nargs="?", type=Path, default=DEV)
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--lower", metavar="ARGUMENT")
    arguments = parser.parse_args()
    split = needed(arguments.split)
    figures = reached(split)
    old = read_floors() if FLOORS.exists() else Floors("", {})
    _show(old, figures)
    below = missed(old, figures)
    if not (arguments.pin or arguments.lower):
        return 1 if below else 0
    if below and not arguments.lower:
        console.print("Not pinned: a floor would be lowered. Put it right, or argue with --lower.")
        return 1
    kept = {name: v if name in below else max(v, old.floors.get(name, 0.0)) for name, v in figures.items()}
    arguments_so_far = (*old.arguments, arguments.lower) if arguments.lower else old.arguments
    written = {"corpus": corpus_digest(split), "floors": kept, "arguments": list(arguments_so_far)}
    FLOORS.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    return 0


def _show(floors: Floors, figures: Mapping[str, float]) -> None:
    shown = table("Quality floors", ("figure", "reached", "floor"))
    for name, value in figures.items():
        floor = floors.floors.get(name)
        shown.add_row(name, f"{value:.3f}", "–" if floor is None else f"{floor:.3f}")
    console.print(shown)


if __name__ == "__main__":
    sys.exit(main())
