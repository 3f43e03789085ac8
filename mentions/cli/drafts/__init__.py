"""`mentions drafts`: the emails that wait for a person. One module a command, loaded only when it is called."""

from importlib import import_module
from typing import Final

import click

COMMANDS: Final = {
    "list": "List the drafts, the most worth sending first.",
    "show": "Print one email whole, with what happened so far.",
    "edit": "Change text or recipient of a draft, in your editor or from a file.",
    "approve": "Approve drafts: they may go into your mail program.",
    "unapprove": "Take an approval back.",
    "skip": "Leave an article alone for good, with a reason.",
    "snooze": "Put drafts off; they come back by themselves.",
    "wake": "Take up again what was put off.",
    "hand-off": "Put approved drafts into your mail program; nothing is sent.",
    "check-sent": "Look into your mailbox for what was sent, and mark it.",
    "sent": "Say that you sent the email.",
    "replied": "Say that the editor answered.",
    "declined": "Say that the editor does not want to.",
    "no-reply": "Say that nothing came.",
    "reopen": "Take back a skip, a decline or a no-reply.",
    "lint": "Check templates of your own.",
    "write": "Write the drafts as .eml files.",
}


class DraftCommands(click.Group):
    """The commands above; lists when none of them is named: `mentions drafts --target Acme`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = (
            "list_" if cmd_name == "list" else cmd_name.replace("-", "_")
        )  # a module called list would hide the builtin
        command = getattr(import_module(f"{__name__}.{name}"), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{__name__}.{name}.{name} is not a command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = args[:1] and (args[0] in COMMANDS or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named else ["list", *args])


@click.group(cls=DraftCommands)
def drafts() -> None:
    """Show the drafts that wait for a person. Without a command: list them.

    Nothing is ever sent. Each draft also lies as an .eml file in the drafts folder: open it in your mail program,
    read it, add or check the recipient, and send it from your own mailbox.

    \b
    The usual way:
      mentions drafts               what waits, the most worth sending first
      mentions drafts show 12       read one whole
      mentions drafts edit 12       change it, or say whom it goes to
      mentions drafts approve 12    it may go out (or: skip 12 --reason "...")
      mentions drafts hand-off      the approved ones into your mail program
      mentions drafts sent 12       after you sent it; a follow-up is drafted if nothing comes
      mentions drafts replied 12    the editor answered (or: declined 12)
    """
