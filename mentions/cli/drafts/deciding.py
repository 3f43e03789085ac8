"""What the commands share by which a person decides: who, several numbers at once, and what came of each."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, load, now
from mentions.cli.drafts.common import opened
from mentions.exceptions import DecisionRefused, StoreError
from mentions.login_names import login_name
from mentions.store.workflow import OpportunityChange
from mentions.workflow import Decision


def decision_options(command: Any) -> Any:
    """Adds NUMBER…, --note, --by, --json and --config."""
    numbers = click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True, type=click.IntRange(min=1))
    note = click.option("--note", help="A word for your colleagues; kept with the draft.")
    return numbers(note(by_option(json_option(config_option(command)))))


def by_option(command: Any) -> Any:
    """Adds --by."""
    return click.option("--by", help="Who decides. [default: your login name]")(command)


def json_option(command: Any) -> Any:
    """Adds --json."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for other programs.")(command)


def person(by: str | None) -> str:
    """Who decides: as named, else the login name."""
    return (by or "").strip() or login_name()


def decide_each(
    config_path: Path | None,
    numbers: Sequence[int],
    decision: Decision,
    *,
    note: str | None,
    by: str | None,
    as_json: bool,
) -> int:
    """Makes the decision for each number and says what came of it; one that is refused stops no other (exit code 3)."""
    config = load(config_path)
    store = opened(config)
    screen, problem_screen = console(), console(stderr=True)
    refused = 0
    for number in dict.fromkeys(numbers):
        try:
            change = store.decide(
                number, replace(decision, note=note), by=person(by), now=now(), strict=config.drafts.strict
            )
        except (DecisionRefused, StoreError) as error:
            refused += 1
            if as_json:
                click.echo(json.dumps({"number": number, "refused": str(error)}, ensure_ascii=False))
            else:
                problem_screen.print(Text(str(error), style="red", overflow="fold"))
            continue
        if as_json:
            click.echo(json.dumps(_row(change), ensure_ascii=False))
        else:
            screen.print(Text(f"draft {number}: {_words(change)}", overflow="fold"))
            for warning in change.warnings:
                screen.print(Text(f"  note: {warning}", style="yellow", overflow="fold"))
    return EXIT_CODES["partial"] if refused else EXIT_CODES["fine"]


def _words(change: OpportunityChange) -> str:
    before, after = change.before, change.after
    if after.snoozed_until is not None and after.snoozed_until != before.snoozed_until:
        return f"put off until {after.snoozed_until:%Y-%m-%d}"
    if before.snoozed_until is not None and after.snoozed_until is None and before.state is after.state:
        return "not put off any more"
    return f"{before.state.value.replace('_', ' ')} → {after.state.value.replace('_', ' ')}"


def _row(change: OpportunityChange) -> dict[str, object]:
    until = change.after.snoozed_until
    return {
        "number": change.opportunity_id,
        "before": change.before.state.value,
        "state": change.after.state.value,
        "version": change.after.rev,
        "snoozed_until": until.isoformat() if until else None,
        "reason": change.after.reason,
        "note": change.after.note,
        "warnings": list(change.warnings),
    }
