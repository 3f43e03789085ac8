"""Python's garbage collector, told what a crawl or a scan is like: much stays to the end, much goes at once.

Names, patterns and libraries are a million objects that never become garbage, and each full collection looks at all of
them; a request leaves some hundred objects in circles, so collections are frequent. Together they take a fifth of a
crawl's CPU time with Python's defaults.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

THRESHOLDS: Final = (20_000, 10, 20)  # Python's: 700, 10, 10; a request makes some 300 objects that outlive it a while


@contextmanager
def seldom() -> Iterator[None]:
    """What is there now is never looked at again while the block runs, and new objects less often."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
