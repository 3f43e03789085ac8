"""What is said to somebody who may have gone: a pipe that nobody reads any more, a log on a full disk."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

logger = logging.getLogger(__name__)


@contextmanager
def heard_or_not() -> Iterator[None]:
    """For what is shown when the work is done: it is done, whether anybody hears of it or not.

    A reader who has gone (`mentions nightly | head`) is no news; any other reason is a warning in the log.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        speak_to_nobody()
    except OSError as error:
        speak_to_nobody()
        logger.warning("what came of it cannot be shown here: %s", error.strerror or error)


def speak_to_nobody() -> None:
    """From now on the standard output leads nowhere, so that Python's own last flush does not fail once more."""
    with suppress(OSError, ValueError):  # a test's output has no file behind it
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
