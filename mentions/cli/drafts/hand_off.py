"""`mentions drafts hand-off`."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, load, now
from mentions.cli.drafts.common import opened, sender_of
from mentions.cli.drafts.deciding import by_option, json_option, person
from mentions.config import Config
from mentions.outreach.cleaning import one_line
from mentions.outreach.handoff import handing
from mentions.outreach.handoff.records import Done, Left, Way
from mentions.redaction import redacted
from mentions.workflow import OpportunityState

if TYPE_CHECKING:
    from mentions.store import Store


@click.command(name="hand-off")
@click.argument("numbers", metavar="[NUMBER]...", nargs=-1, type=click.IntRange(min=1))
@click.option("--to", "way", type=click.Choice([way.value for way in Way]), help="[default: handoff.to, else eml]")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Folder for the .eml files, or file for the archive. [default: in handoff.folder]",
)
@click.option("--dry-run", is_flag=True, help="Say what would be handed off, and what not and why; change nothing.")
@by_option
@json_option
@config_option
def hand_off(
    config_path: Path | None,
    numbers: tuple[int, ...],
    way: str | None,
    output: Path | None,
    by: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Put approved drafts into your mail program. Nothing is sent: you read each once more and send it yourself.

    \b
    eml     one file an email; opens in Thunderbird, Outlook, Apple Mail
    zip     the same files in one archive, with a list
    imap    into the Drafts folder of the mailbox in [imap], each exactly once
    mailto  a link an email that opens your mail program, for short ones

    Without a NUMBER all approved drafts are meant. One is left, with the reason, when its recipient is on the
    suppression list by now, or when the article links to you or is gone at our last look. Ends with exit code 3 when
    one was left; the others are handed off.
    """
    from mentions.store.lock import hand_off_lock

    config = load(config_path)
    sender_of(config)
    chosen = Way(way or config.handoff.to)
    screen = _Screen(chosen, as_json=as_json, dry_run=dry_run)
    with hand_off_lock(config.store_url):
        store = opened(config)
        what = handing.ready(store, now=now(), numbers=numbers or None)
        known = {each.number for each in what.approved} | {left.approved.number for left in what.left}
        for number in sorted(set(numbers) - known):
            screen.refuse(number, _why_not_waiting(store, number))
        with _handing(config, chosen, output, needed=bool(what.approved)) as hand_over:
            if dry_run:
                screen.show([*what.left, *(Done(each, "") for each in what.approved)])
            else:
                screen.show(handing.hand_off(store, what, chosen, hand_over, by=person(by), now=now()))
    return screen.close()


def _why_not_waiting(store: "Store", number: int) -> str:
    """Of a number that no approved draft has: most often nobody approved it, or its link came after that."""
    if store.draft_of(number) is not None and store.standing(number).state is OpportunityState.RECLAIMED:
        return "already linked: a look at the article found the link, and closed it"
    return f"it is not approved: mentions drafts approve {number}"


@contextmanager
def _handing(config: Config, way: Way, output: Path | None, *, needed: bool) -> Iterator[handing.Handing]:
    """How drafts are handed over; a mailbox is opened only when it is needed."""
    sender = sender_of(config)
    folder = config.folder / config.handoff.folder
    if way is Way.EML:
        yield handing.as_files(output or folder, sender)
    elif way is Way.ZIP:
        yield handing.as_archive(output or _next_archive(folder, now().date()), sender)
    elif way is Way.MAILTO:
        yield handing.as_links
    elif not needed:
        yield lambda _approved: iter(())
    else:
        from mentions.outreach.handoff.mailbox import Mailbox
        from mentions.outreach.handoff.push import drafts_folder
        from mentions.outreach.handoff.secrets import secret_of

        settings = config.mailbox
        with Mailbox(settings, secret_of(settings)) as mailbox:
            drafts_folder(mailbox)  # where there is none, that is said before anything is done
            yield handing.into_mailbox(mailbox, sender)


def _next_archive(folder: Path, today: date) -> Path:
    """An archive of earlier drafts is never overwritten: they will not be handed off again."""
    names = (f"drafts-{today.isoformat()}{f'-{number}' if number > 1 else ''}.zip" for number in count(1))
    return next(path for name in names if not (path := folder / name).exists())


class _Screen:
    """Says what came of each draft as soon as it is known, and counts."""

    def __init__(self, way: Way, *, as_json: bool, dry_run: bool) -> None:
        self._way, self._as_json, self._dry_run = way, as_json, dry_run
        self._screen, self._problems = console(), console(stderr=True)
        self._done = self._left = 0

    def show(self, results: Iterator[Done | Left] | Sequence[Done | Left]) -> None:
        for result in results:
            if isinstance(result, Left):
                self.refuse(result.approved.number, result.why)
            else:
                self._accept(result)

    def refuse(self, number: int, why: str) -> None:
        self._left += 1
        why = one_line(redacted(why))
        if self._as_json:
            click.echo(json.dumps({"number": number, "handed_off": False, "reason": why}, ensure_ascii=False))
        else:
            self._problems.print(Text(f"draft {number} is left: {why}", style="red", overflow="fold"))

    def _accept(self, done: Done) -> None:
        self._done += 1
        number, place = done.approved.number, done.place
        if self._as_json:
            row: dict[str, object] = {"number": number, "handed_off": not self._dry_run, "via": self._way.value}
            row |= {"where": done.where or None, "message_id": done.approved.draft.message_id}
            row["uid"] = place.uid if place else None
            click.echo(json.dumps(row, ensure_ascii=False))
            return
        email = done.approved.draft.draft
        to = f"to {one_line(email.to_address or 'nobody')}"
        line = Text(f"draft {number}  {one_line(email.subject)}  ({to})", overflow="fold")
        self._screen.print(line)
        if done.where:
            # soft_wrap: a link or path that is broken into lines can be neither clicked nor copied.
            self._screen.print(Text(f"  → {done.where}", style="dim"), soft_wrap=True)

    def close(self) -> int:
        """The last line, and the exit code."""
        if not self._as_json:
            self._screen.print(Text(self._summary(), overflow="fold"))
        return EXIT_CODES["partial"] if self._left else EXIT_CODES["fine"]

    def _summary(self) -> str:
        if not self._done and not self._left:
            return "No approved draft waits. Approve some: mentions drafts approve NUMBER"
        drafts = f"{self._done} draft{'' if self._done == 1 else 's'}"
        left = f", {self._left} left as they were" if self._left else ""
        if self._dry_run:
            return f"{drafts} would be handed off{left}. Nothing was changed."
        ending = (
            " Nothing was sent: read each, send it yourself, then: mentions drafts check-sent" if self._done else ""
        )
        return f"{drafts} handed off{left}.{ending}"
