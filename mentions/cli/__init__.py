"""The command line. One module a command, loaded only when it is called, so that `mentions --help` answers at once."""

import errno
from collections.abc import Sequence
from typing import Final

import click

from mentions import __version__
from mentions.cli.common import EXIT_CODES, exit_code_of
from mentions.cli.hearing import speak_to_nobody
from mentions.cli.lazy import LazyGroup
from mentions.exceptions import MentionsError
from mentions.redaction import guard_tracebacks, redacted

COMMANDS = {
    "init": "Write a commented mentions.toml to start from.",
    "doctor": "Say in plain words what is missing before a run.",
    "nightly": "Do the whole night's job: crawl every publisher, judge, store, draft.",
    "recheck": "Look again: has the link come, does it still stand?",
    "crawl": "Crawl with one spider, or with all of them.",
    "check": "Judge one page now, and show the evidence.",
    "sources": "Look at the ways pages are found.",
    "publisher": "Declare a publisher: find its feeds, sitemaps, name and rules.",
    "scan": "Judge saved pages (WARC files) offline.",
    "list": "Show what was found.",
    "pages": "Look after your own pages: which are gone, which redirects to add.",
    "links": "Show who links to you, with which words, and what was lost.",
    "review": "Open the review desk: work through the finds in your browser.",
    "drafts": "Show the drafts that wait for a person.",
    "feedback": "Say whether a mention means you; later pages are judged with it.",
    "contacts": "Show whom to write to at a publisher; erase a person who asks for it.",
    "suppress": "Say who must never be written to.",
    "report": "Say what came of it: found, asked, answered, reclaimed, lost.",
    "digest": "Say what is new since the last run, here and in your chat.",
    "export": "Write the reclamation list, or what other tools import.",
    "disavow": "Mark domains whose links to you should not count.",
    "db": "Care for the database: check, back up, restore, upgrade.",
    "user": "Say who may come to the review desk, and what they may do there.",
    "demo": "Run the nightly job on the bundled demo newsroom.",
}

ALSO = {"contact": "contacts"}  # what people type as well


# Of an error that names no file: the standard output is a file on a full disk, or a terminal that has gone.
_NOWHERE: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


class _Commands(LazyGroup):
    def invoke(self, ctx: click.Context) -> object:
        """`mentions list | head`: the reader has gone; there is nothing left to say, and nowhere to say it.

        Here, because Click itself would call that a failure.
        """
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            speak_to_nobody()
            return EXIT_CODES["fine"]


@click.group(
    cls=_Commands,
    lazy=COMMANDS,
    package=__name__,
    also=ALSO,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="mentions")
def cli() -> None:
    """Find pages that name you without linking to you, and draft the email that asks.

    \b
    Start here:
      mentions init      writes mentions.toml; fill in your names and publishers
      mentions doctor    says what is still missing
      mentions nightly   does the night's work
      mentions review    opens what was found in your browser, to work through it
    """


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code (docs/reference/exit-codes.md)."""
    guard_tracebacks()
    try:
        result = cli.main(args=None if argv is None else list(argv), prog_name="mentions", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        return EXIT_CODES["interrupted"]
    except click.ClickException as error:
        error.show()
        return EXIT_CODES["configuration"]
    except MentionsError as error:
        click.echo(f"mentions: {redacted(str(error))}", err=True)
        return exit_code_of(error)
    except OSError as error:
        if error.errno not in _NOWHERE or error.filename is not None:
            raise
        speak_to_nobody()
        click.echo(f"mentions: what it found cannot be written there: {error.strerror}", err=True)
        return EXIT_CODES["error"]
    return result if isinstance(result, int) else 0
