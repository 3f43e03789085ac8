"""Bodies that come slowly, or never end."""

import time
from collections.abc import Iterator


def endless() -> Iterator[bytes]:
    """A page larger than any machine keeps."""
    for _ in range(20_000):
        yield b"<p>Acme Robotics</p>" * 3_000


def drip(piece: bytes) -> Iterator[bytes]:
    """The piece again and again, five times a second, until the other side has had enough."""
    for _ in range(3_000):
        time.sleep(0.2)  # in the server's own thread
        yield piece
