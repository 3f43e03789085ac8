"""What people's answers taught, for commands that judge pages without a run."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from mentions.config import Config
from mentions.exceptions import ConfigError, StoreError
from mentions.matching.feedback import Answer, Lessons, from_json, learn

Command = TypeVar("Command", bound=Callable[..., Any])


def feedback_option(command: Command) -> Command:
    """Adds --feedback FILE."""
    return click.option(
        "--feedback",
        "feedback_file",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Answers written by `mentions feedback export`, used instead of those in the database.",
    )(command)


def lessons_for(config: Config, feedback_file: Path | None) -> Lessons:
    """What the answers in a file taught; without one, those of the database, if it is there. Nothing is changed in it.

    A database that cannot be read as it stands teaches nothing, and a line on standard error says so.
    """
    if feedback_file is not None:
        return learn(read_answers(feedback_file))
    from mentions.store import is_there, open_store

    if not is_there(config.store_url):
        return {}
    try:
        store = open_store(config.store_url, upgrade=False, key=config.store_key)
        try:
            return learn(store.answers())
        finally:
            store.close()
    except StoreError as error:
        click.echo(f"mentions: judged without what people accepted and rejected: {error}", err=True)
        return {}


def read_answers(path: Path) -> list[Answer]:
    """The answers of an exported file. Raises ConfigError naming the line that is something else."""
    try:
        return from_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", path=path) from error
    except UnicodeDecodeError as error:
        raise ConfigError("is not UTF-8 text; name a file written by `mentions feedback export`", path=path) from error
    except ValueError as error:
        raise ConfigError(str(error), path=path) from error
