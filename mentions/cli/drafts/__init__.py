"""`mentions drafts`: the emails that wait for a person. One module a command, loaded only when it is called."""

from typing import Final

import click

from mentions.cli.lazy import LazyGroup

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
    "undo": "Take back what was decided last, within ten minutes.",
    "reopen": "Take back a skip, a decline or a no-reply.",
    "lint": "Check templates of your own.",
    "write": "Write the drafts as .eml files.",
}


class DraftCommands(LazyGroup):
    """Lists when no command is named: `mentions drafts --target Acme`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = args[:1] and (args[0] in COMMANDS or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named else ["list", *args])


@click.group(cls=DraftCommands, lazy=COMMANDS, package=__name__)
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
