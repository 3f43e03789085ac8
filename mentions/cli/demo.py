"""`mentions demo`: the nightly job on the bundled demo newsroom."""

import signal
import threading
from pathlib import Path

import click

from mentions.cli.common import EXIT_CODES
from mentions.cli.night import run_and_report
from mentions.config import ENVIRONMENT_VARIABLE, FILE_NAME, Config, load_config
from mentions.demo.configuration import write_configuration
from mentions.demo.content import load_sites
from mentions.demo.newsroom import ADDRESS, Newsroom, serve
from mentions.exceptions import ConfigError

DEFAULT_PORT = 8099

_STOPPED = {EXIT_CODES["interrupted"], EXIT_CODES["terminated"]}  # who stops the run does not want to stay either


@click.command()
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo-run"),
    show_default=True,
    help="Where configuration, database and drafts of the demo lie; kept, so that a second run finds nothing new.",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65_535),
    help=f"Port of the newsroom on {ADDRESS}.  [default: that of the folder's {FILE_NAME}, else {DEFAULT_PORT}]",
)
@click.option("--serve", "stay", is_flag=True, help="Keep the newsroom up after the run, until Ctrl-C.")
def demo(folder: Path, port: int | None, stay: bool) -> int:
    """Run the nightly job on the bundled demo newsroom.

    A small web of invented sites is served on this machine, for this machine only; then the same job runs that
    `mentions nightly` runs, with a configuration that you may read and change.
    """
    from mentions.crawling.digesting import tell_what_is_new  # here: so that the help answers at once
    from mentions.crawling.runner import NIGHTLY

    path = folder / FILE_NAME
    with serve(_port(path, port)) as newsroom:
        config = _configuration(path, newsroom)
        _introduce(config, newsroom)
        code = run_and_report(config, NIGHTLY, drafting=True, kind="nightly", last=tell_what_is_new)
        if stay and code not in _STOPPED:
            _stay(path, newsroom)
        else:
            click.echo(
                f"\nThese commands need the demo's configuration first:  export {ENVIRONMENT_VARIABLE}={path}\n"
                "The newsroom is closed; for whatever looks at its pages again open it:  "
                f"mentions demo{_folder_option(folder)} --serve"
            )
    return code


def _port(path: Path, port: int | None) -> int:
    """The port asked for, else the one that the folder's configuration already speaks of."""
    if port is not None:
        return port
    return load_config(path).network.ports[0] if path.exists() else DEFAULT_PORT


def _configuration(path: Path, newsroom: Newsroom) -> Config:
    """The folder's configuration, written first where there is none. Raises ConfigError."""
    if not path.exists():
        write_configuration(path.parent, newsroom.port)
    config = load_config(path)
    if newsroom.port not in config.network.ports:
        raise ConfigError(
            f"it was written for port {config.network.ports[0]}, not {newsroom.port}; "
            "leave --port away, or choose another --folder",
            path=path,
            where="network.ports",
        )
    return config


def _introduce(config: Config, newsroom: Newsroom) -> None:
    pages = sum(len(site.pages) for site in load_sites().values())
    click.echo(
        f"The demo newsroom: {len(load_sites())} invented sites with {pages} pages at {ADDRESS}:{newsroom.port}.\n"
        f"Looking for {', '.join(target.name for target in config.targets)}, as {config.path} says.\n"
    )


def _folder_option(folder: Path) -> str:
    return "" if folder == Path("demo-run") else f" --folder {folder}"


def _stay(path: Path, newsroom: Newsroom) -> None:
    """Waits for Ctrl-C."""
    # The crawl has put handlers of its own in place; without the usual one Ctrl-C would do nothing here.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: _leave())
    example = newsroom.url("courier.example", "/news/ell-bathing-ban")
    try:
        click.echo(
            f"\nThe newsroom stays open until Ctrl-C. In a browser: http://{ADDRESS}:{newsroom.port}/\n"
            f"In another terminal: mentions review --open --config {path}\n"
            f"                     mentions check --config {path} {example}"
        )
        threading.Event().wait()
    except KeyboardInterrupt:
        click.echo("\nThe newsroom is closed.")


def _leave() -> None:
    raise SystemExit(EXIT_CODES["terminated"])
