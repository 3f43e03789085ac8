"""What every command shares: the --config option, consoles, exit codes, readable times."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from rich.console import Console

from mentions.config import Config, find_config, load_config
from mentions.exceptions import AlreadyRunning, ConfigError, MentionsError

EXIT_CODES: Final = {
    "fine": 0,
    "error": 1,
    "configuration": 2,
    "partial": 3,
    "limited": 4,
    "unreachable": 5,
    "already running": 75,
    "interrupted": 130,
    "terminated": 143,
}

# A log or a pipe has no width of its own; 100 columns keep a table's sentences readable and a log's lines whole.
PLAIN_WIDTH: Final = 100

Command = TypeVar("Command", bound=Callable[..., Any])


def exit_code_of(error: MentionsError) -> int:
    """The exit code a whole command ends with when this error stops it."""
    if isinstance(error, ConfigError):
        return EXIT_CODES["configuration"]
    if isinstance(error, AlreadyRunning):
        return EXIT_CODES["already running"]
    return EXIT_CODES["error"]


def config_option(command: Command) -> Command:
    """Adds --config FILE; without it MENTIONS_CONFIG, else mentions.toml in the working directory is used."""
    return click.option(
        "--config",
        "config_path",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Configuration file. [default: MENTIONS_CONFIG, else ./mentions.toml]",
    )(command)


def run_options(command: Command) -> Command:
    """Adds --quiet and --json to a command that runs the crawl."""
    command = click.option("--json", "as_json", is_flag=True, help="Print the run as one JSON object, no summary.")(
        command
    )
    return click.option("-q", "--quiet", is_flag=True, help="Show no progress; warnings and the summary stay.")(command)


def format_option(forms: type[StrEnum], default: StrEnum, help_text: str) -> Callable[[Command], Command]:
    """Adds --format FORM, as `form`: in which of these forms something is written or shown."""
    return click.option(
        "--format",
        "form",
        type=click.Choice([form.value for form in forms]),
        default=default.value,
        show_default=True,
        help=help_text,
    )


def output_option(otherwise: str) -> Callable[[Command], Command]:
    """Adds -o FILE, as `output`; `otherwise` says what is written to without it."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
        help=f"File to write{otherwise}",
    )


def load(config_path: Path | None) -> Config:
    """The configuration a command works with. Raises ConfigError."""
    return load_config(find_config(config_path))


class _Console(Console):
    """Rich's, but a reader who has gone is an error like any other: the caller knows what the command ends with."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console(*, stderr: bool = False) -> Console:
    """A console that is coloured in a terminal, and plain, 100 columns wide, in a log or a pipe."""
    probe = _Console(stderr=stderr)
    if probe.is_terminal or "COLUMNS" in os.environ:
        return probe
    return _Console(stderr=stderr, width=PLAIN_WIDTH, highlight=False)


def now() -> datetime:
    """The one place where a command reads the clock; everything below takes `now` as an argument."""
    return datetime.now(UTC)
