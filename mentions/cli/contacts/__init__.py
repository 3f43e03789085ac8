"""`mentions contacts`: who may be asked. One module a command, loaded only when it is called."""

from importlib import import_module
from typing import Final

import click

COMMANDS: Final = {
    "list": "List who is known at the publishers.",
    "show": "Show who may be asked about one article, the best first.",
    "choose": "Say whom the email about an article goes to.",
    "look": "Look for contacts of an article's publisher now.",
    "erase": "Forget a person who asks for it, everywhere.",
    "export": "Write everything held about a person.",
    "forget": "Forget the contacts that nobody used.",
}


class ContactCommands(click.Group):
    """The commands above."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if cmd_name == "list" else cmd_name  # a module called list would hide the builtin
        command = getattr(import_module(f"{__name__}.{name}"), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{__name__}.{name}.{name} is not a command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=ContactCommands)
def contacts() -> None:
    """The people at publishers, and what is kept about them."""
