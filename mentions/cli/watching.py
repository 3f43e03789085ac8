"""A run while it goes on: a bar over publishers in a terminal, a line now and then in a log."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import click
from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from mentions.crawling.progress import Progress

logger = logging.getLogger(__name__)

OFTEN_S = 10.0  # between two lines in a log, in the first minute
SELDOM_S = 60.0  # later: a night of two hours must not fill a screen with them
_BAR_COLUMNS = 28


@contextmanager
def watched(err: Console, *, quiet: bool = False, logged: bool = False) -> Iterator[Callable[["Progress"], None]]:
    """Gives the function that a run tells how far it is. `quiet`: nothing; `logged`: lines of the log.

    Where nobody can be told any more (a closed pipe, a log on a full disk) the run goes on untold.
    """
    if quiet:
        yield lambda _: None
    elif logged:
        yield _lines(lambda progress: logger.info("%s", progress.line(), extra={"data": asdict(progress)}))
    elif err.is_terminal:
        with Live(Text("starting …"), console=err, refresh_per_second=4, transient=True) as live:
            yield lambda progress: live.update(drawn(progress))
    else:
        yield _lines(_while_heard(lambda progress: click.echo(progress.line(), err=True)))


def drawn(progress: "Progress") -> Group:
    """Two lines of at most 80 columns: time, bar and publishers; what was found and what fails."""
    head = Table.grid(padding=(0, 1))
    bar = ProgressBar(total=max(1, progress.publishers), completed=progress.done, width=_BAR_COLUMNS)
    publishers = f"{progress.done:,} of {progress.publishers:,} publishers done"
    head.add_row(Text(progress.clock(), style="bold"), bar, Text(publishers))
    figures = Text(progress.figures(), style="yellow" if progress.failing else "", overflow="ellipsis", no_wrap=True)
    return Group(head, figures)


def _while_heard(tell: Callable[["Progress"], None]) -> Callable[["Progress"], None]:
    """Tells until it fails, and then no more."""
    heard = True

    def line(progress: "Progress") -> None:
        nonlocal heard
        if heard:
            try:
                tell(progress)
            except OSError:
                heard = False

    return line


def _lines(tell: Callable[["Progress"], None]) -> Callable[["Progress"], None]:
    last_s = -OFTEN_S

    def line(progress: "Progress") -> None:
        nonlocal last_s
        every_s = OFTEN_S if progress.elapsed_s < SELDOM_S else SELDOM_S
        if progress.elapsed_s - last_s >= every_s:
            last_s = progress.elapsed_s
            tell(progress)

    return line
