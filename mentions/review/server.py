"""Serving the desk: one process, one socket that is open already, no log of who asked for what."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import uvicorn

from mentions.exceptions import ConfigError
from mentions.review.app import create_app
from mentions.review.desk import Desk

_LAST_WORDS_S: Final = 10  # for answers under way when the desk is stopped
# Longer than reverse proxies keep a connection that nobody uses (nginx and load balancers: 60 s): where the desk hangs
# up first, a form may be on its way, and somebody reads "502" instead of what came of their decision.
KEEP_ALIVE_S: Final = 75


def may_listen(desk: Desk) -> None:
    """Raises ConfigError, in plain words, where the desk would be open to strangers."""
    settings, path = desk.config.review, desk.config.path
    if not settings.is_private and not desk.store.has_users():
        raise ConfigError(
            "others can reach the desk like this, and it has no users yet, so anybody could come in; add the first "
            "with `mentions user add NAME --role admin`",
            path=path,
            where="[review]",
        )


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0: any that is free. Raises ConfigError, in plain words, where it cannot."""
    try:
        family, _kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server((str(address[0]), port), family=family, backlog=256)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ConfigError(
            f"cannot listen on {host} port {port}: {why}; choose another with --port, or stop what uses it",
            where="[review]",
        ) from error


def serve(desk: Desk, listening: socket.socket) -> None:
    """Serves until SIGINT or SIGTERM; answers under way are finished first."""
    _Server(server_config(desk)).run(sockets=[listening])


def server_config(desk: Desk) -> uvicorn.Config:
    """How the desk is served; the caller brings a socket that listens."""
    return uvicorn.Config(
        create_app(desk),
        http="h11",
        ws="none",
        lifespan="on",
        log_config=None,  # the caller's handlers, which strike out secrets
        access_log=False,  # addresses hold what people search for, and names of users' sessions are no one's business
        proxy_headers=False,  # mentions.review.layers.proxies believes the configured ones
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=_LAST_WORDS_S,
    )


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn's, but a signal ends serving only: uvicorn raises it again, and nothing would be closed."""
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
