"""Ports for servers that must be told their number beforehand, and one where nobody answers."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

_FIRST: Final = 20_000
_RANGE: Final = Path("/proc/sys/net/ipv4/ip_local_port_range")
_ELSEWHERE: Final = 49_152  # where systems without that file begin
_handed_out = count(1)


def free_port() -> int:
    """A port of 127.0.0.1 to start a server on a moment later.

    It lies below those that the system lends to connections: one of these may be lent out again before the server
    starts, and the test process next door opens thousands. Test processes begin their search at different places.
    """
    below = int(_RANGE.read_text().split()[0]) if _RANGE.exists() else _ELSEWHERE
    assert below > _FIRST, f"the system lends out ports from {below}"
    for number in _handed_out:
        port = _FIRST + (os.getpid() * 101 + number) % (below - _FIRST)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                continue
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("count() has no end")


@contextmanager
def silent_port() -> Iterator[int]:
    """A port of 127.0.0.1 that refuses every connection while the block runs: taken, so that nobody else answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield int(taken.getsockname()[1])
