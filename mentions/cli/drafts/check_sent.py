"""`mentions drafts check-sent`."""

import json
from pathlib import Path

import click
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, load, now
from mentions.cli.drafts.common import opened
from mentions.cli.drafts.deciding import by_option, json_option, person
from mentions.cli.words import indented
from mentions.exceptions import DecisionRefused
from mentions.outreach.cleaning import one_line
from mentions.outreach.handoff.sent import Answer, Report

_WORDS = {Answer.SENT: "sent", Answer.WAITING: "not sent yet", Answer.UNCLEAR: "did you send it?"}


@click.command(name="check-sent")
@click.option("--dry-run", is_flag=True, help="Only say what the mailbox shows; mark nothing as sent.")
@by_option
@json_option
@config_option
def check_sent(config_path: Path | None, by: str | None, *, dry_run: bool, as_json: bool) -> int:
    """Look into Drafts and Sent of your mailbox for what was handed off, and mark what was sent.

    A draft counts as sent when it is gone from Drafts and an email to the same person with the article's address lies
    in Sent. Where that is not clear you are asked, and nothing is marked. Needs [imap]; the mailbox is only read.
    """
    from mentions.outreach.handoff.checking import check_sent as look
    from mentions.outreach.handoff.mailbox import Mailbox
    from mentions.outreach.handoff.secrets import secret_of

    config = load(config_path)
    settings = config.mailbox
    store = opened(config)
    waiting = store.handed_off()
    if not waiting:
        if not as_json:
            console().print("Nothing that was handed off waits to be sent.")
        return EXIT_CODES["fine"]
    with Mailbox(settings, secret_of(settings)) as mailbox:
        reports = look(mailbox, waiting)
    for report in reports:
        problem = None
        if report.answer is Answer.SENT and not dry_run:
            moment = now()
            try:
                store.mark_found_sent(
                    report.handed_off, at=report.at or moment, message_id=report.message_id, by=person(by), now=moment
                )
            except DecisionRefused as error:
                problem = str(error)
        _show(report, problem, as_json=as_json)
    return EXIT_CODES["fine"]


def _show(report: Report, problem: str | None, *, as_json: bool) -> None:
    draft = report.handed_off.draft
    number = report.handed_off.number
    if as_json:
        row = {
            "number": number,
            "answer": report.answer.value,
            "says": report.says,
            "sent_at": report.at.isoformat() if report.at else None,
            "problem": problem,
        }
        click.echo(json.dumps(row, ensure_ascii=False))
        return
    screen = console()
    head = Text(f"draft {number}  ", style="bold", overflow="fold")
    head.append(f"{_WORDS[report.answer]}: {report.says}", style="")
    screen.print(head)
    lines = [f"{one_line(draft.draft.subject)} (to {one_line(draft.draft.to_address or 'nobody')})"]
    if report.answer is Answer.UNCLEAR:
        lines.append(f"if you sent it: mentions drafts sent {number} · if not: mentions drafts unapprove {number}")
    if problem:
        lines.append(f"not marked: {problem}")
    for line in lines:
        screen.print(indented(Text(line, style="dim", overflow="fold"), 2))
