"""SIGTERM and Ctrl-C: the first ends a run cleanly, the second at once."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def on_signals(first: Callable[[int], None], second: Callable[[], bool]) -> Iterator[None]:
    """Calls `first` with the number of the first signal, `second` at the next one; for the main thread.

    `second` says whether it could end the work; where it could not, the process ends as if it had no handler.
    The handlers of before are put back at the end. Unlike asyncio's own handlers these also hear a signal while no
    event loop runs, or while one is busy.
    """
    seen = 0

    def caught(number: int, _: FrameType | None) -> None:
        nonlocal seen
        seen += 1
        if seen == 1:
            first(number)
        elif not second():
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)

    before = {number: signal.signal(number, caught) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
