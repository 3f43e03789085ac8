"""`mentions contacts`: who may be asked. One module a command, loaded only when it is called."""

from typing import Final

import click

from mentions.cli.lazy import LazyGroup

COMMANDS: Final = {
    "list": "List who is known at the publishers.",
    "show": "Show who may be asked about one article, the best first.",
    "choose": "Say whom the email about an article goes to.",
    "look": "Look for contacts of an article's publisher now.",
    "erase": "Forget a person who asks for it, everywhere.",
    "export": "Write everything held about a person.",
    "forget": "Forget the contacts that nobody used.",
}


@click.group(cls=LazyGroup, lazy=COMMANDS, package=__name__)
def contacts() -> None:
    """The people at publishers, and what is kept about them."""
