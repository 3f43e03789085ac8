"""`mentions review`: the review desk, in the browser."""

import logging
import webbrowser
from pathlib import Path
from typing import Any

import click

from mentions.cli.common import EXIT_CODES, config_option, load
from mentions.config import Config
from mentions.redaction import Redacting
from mentions.serving import LOOPBACK_NAMES, is_any


@click.command()
@config_option
@click.option("--host", help="Address to listen on. [default: review.host, else 127.0.0.1]")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0: any that is free. [default: review.port, else 8765]",
)
@click.option("--open", "opens", is_flag=True, help="Open the desk in your browser.")
def review(config_path: Path | None, host: str | None, port: int | None, opens: bool) -> int:
    """Open the review desk: work through what was found, in your browser.

    On this computer it needs nothing else. For a team, add users with `mentions user add` and put a reverse proxy in
    front (docs/howto/review-desk.md); without users it listens on no address but loopback. Ctrl+C stops it.
    """
    from mentions.review.desk import Desk
    from mentions.review.server import listening_socket, may_listen, serve
    from mentions.store import open_store
    from mentions.store.lock import desk_lock

    config = _with(load(config_path), host=host, port=port)
    _log_to_stderr()
    store = open_store(config.store_url, key=config.store_key)
    try:
        desk = Desk(config, store)
        may_listen(desk)
        with desk_lock(config.store_url), listening_socket(config.review.host, config.review.port) as listening:
            url = config.review.base_url or _url(config.review.host, listening.getsockname()[1])
            click.echo(f"The review desk: {url}\nCtrl+C stops it.")
            if config.review.is_private and not store.has_users():
                click.echo("Nobody logs in: it is for the person at this computer only. For a team: mentions user add")
            if is_any(config.review.host) and not config.review.host_names - LOOPBACK_NAMES:
                click.echo("It answers to no name but localhost: add others to allowed_hosts in [review].")
            if opens:
                webbrowser.open(url)
            serve(desk, listening)
    finally:
        store.close()
    click.echo("Stopped.")
    return EXIT_CODES["fine"]


def _with(config: Config, **given: Any) -> Config:
    """The configuration with what the command line says instead."""
    said = {name: value for name, value in given.items() if value is not None}
    return config.model_copy(update={"review": config.review.model_copy(update=said)}) if said else config


def _url(host: str, port: int) -> str:
    name = host.strip("[]")
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def _log_to_stderr() -> None:
    """Errors of the desk, with their tracebacks, without secrets and email addresses."""
    handler = logging.StreamHandler()
    handler.addFilter(Redacting())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
