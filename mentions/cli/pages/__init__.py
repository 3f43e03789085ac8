"""`mentions pages`: our own pages. One module a command, loaded only when it is called."""

from typing import Final

import click

from mentions.cli.lazy import LazyGroup

COMMANDS: Final = {
    "list": "List your pages that others link to, those that are gone first.",
    "redirects": "Write the redirects that would mend links to pages that are gone.",
    "crawl": "Read your own site: which of your pages link to which.",
}


class PageCommands(LazyGroup):
    """Lists when no command is named: `mentions pages --dead`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = args[:1] and (args[0] in COMMANDS or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named else ["list", *args])


@click.group(cls=PageCommands, lazy=COMMANDS, package=__name__)
def pages() -> None:
    """Look after your own pages that others link to. Without a command: list them.

    A link to a page that is gone brings no reader. A redirect on your own site mends every link to it at once, without
    asking anybody; `mentions pages redirects` says which ones.
    """
