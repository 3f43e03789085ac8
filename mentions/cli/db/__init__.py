"""`mentions db`: care for the database. One module a command, loaded only when it is called."""

from typing import Final

import click

from mentions.cli.lazy import LazyGroup

COMMANDS: Final = {
    "info": "Show where the database is and what it holds.",
    "check": "Look whether the database is sound.",
    "backup": "Write a checked copy, while others work on it.",
    "restore": "Put a backup in the database's place.",
    "upgrade": "Bring the database to this program's schema.",
}


@click.group(cls=LazyGroup, lazy=COMMANDS, package=__name__)
def db() -> None:
    """Care for the database: look at it, check it, back it up, put a backup back.

    A backup is of the database alone. `mentions db info` names what else belongs to it: the key of the suppression
    list, the drafts, the saved pages.
    """
