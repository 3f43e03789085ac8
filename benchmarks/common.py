"""What the benchmarks share: where the real pages lie, timing, tables, and the closing line of JSON."""

import json
import platform
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from rich.console import Console
from rich.table import Table

ROOT: Final = Path(__file__).resolve().parent.parent
SHARED: Final = ROOT.parent / "shared"
DEV: Final = SHARED / "bench" / "dev"
ARTICLES: Final = SHARED / "articles"

console: Final = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
Answer = TypeVar("Answer")


def needed(path: Path) -> Path:
    """The path, or the end of the program with a sentence when it is missing."""
    if not path.exists():
        sys.exit(f"{path} is missing; name the folder of the benchmark's pages as an argument")
    return path


@contextmanager
def cpu_seconds() -> Iterator[Callable[[], float]]:
    """CPU seconds of this process since the start of the block."""
    started = time.process_time()
    yield lambda: time.process_time() - started


def best_of(times: int, work: Callable[[], Answer]) -> tuple[float, Answer]:
    """(least CPU seconds of so many runs, the last run's answer): the least is the one least disturbed."""
    best = float("inf")
    for _ in range(times):
        with cpu_seconds() as elapsed:
            answer = work()
        best = min(best, elapsed())
    return best, answer


def table(title: str, columns: tuple[str, ...]) -> Table:
    """A plain table: first column left, the others right."""
    made = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for number, column in enumerate(columns):
        made.add_column(column, justify="right" if number else "left", no_wrap=not number)
    return made


def finish(name: str, figures: Mapping[str, object]) -> None:
    """The closing line: one JSON object with the figures, the benchmark's name and the machine."""
    machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    print(json.dumps({"benchmark": name, **figures, "machine": machine}))
