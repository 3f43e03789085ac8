"""`mentions drafts`: the emails that wait for a person."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console, Group
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, load
from mentions.cli.words import indented
from mentions.config import Config, Sender
from mentions.exceptions import ConfigError
from mentions.outreach.cleaning import one_line, plain_lines
from mentions.outreach.eml import as_eml, file_name, write_all
from mentions.store.records import OpportunityState, StoredDraft

# In these states nobody should write to the publisher (any more): their drafts are not written as files.
_CLOSED: Final = frozenset(
    {
        OpportunityState.RECLAIMED,
        OpportunityState.DECLINED,
        OpportunityState.IGNORED,
        OpportunityState.SUPPRESSED,
    }
)


class _ListByDefault(click.Group):
    """A group that lists when no command of its own is named: `mentions drafts --target Acme`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = args[:1] and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named else ["list", *args])


@click.group(cls=_ListByDefault)
def drafts() -> None:
    """Show the drafts that wait for a person. Without a command: list them.

    Nothing is ever sent. Each draft also lies as an .eml file in the drafts folder: open it in your mail program,
    read it, add or check the recipient, and send it from your own mailbox.
    """


def _filters(command: Any) -> Any:
    """Adds --target and --state."""
    state = click.option(
        "--state", type=click.Choice([state.value for state in OpportunityState]), help="Only drafts in this state."
    )
    return click.option("--target", help="Only this target (its name in mentions.toml).")(state(command))


@drafts.command(name="list")
@config_option
@_filters
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for other programs.")
def list_(config_path: Path | None, target: str | None, state: str | None, as_json: bool) -> int:
    """List the drafts, the most worth sending first."""
    config = load(config_path)
    found = sorted(
        _stored(config, target, state),
        key=lambda draft: (-(draft.finding.priority or 0), draft.draft.opportunity_id),
    )
    if as_json:
        for draft in found:
            click.echo(json.dumps(_row(draft), ensure_ascii=False))
        return EXIT_CODES["fine"]
    screen = console()
    if not found:
        screen.print("No drafts so far. A run writes them: [bold]mentions nightly[/]")
        return EXIT_CODES["fine"]
    beside = same_page(found)
    for draft in found:
        screen.print(_entry(draft, beside[draft.draft.opportunity_id]))
    first = found[0].draft.opportunity_id
    screen.print(
        f"[bold]{len(found)}[/] draft{'s' if len(found) > 1 else ''}. Next: [bold]mentions drafts show {first}[/] "
        "reads one whole; [bold]mentions drafts write[/] writes the .eml files again"
    )
    return EXIT_CODES["fine"]


@drafts.command()
@config_option
@click.argument("number", type=click.IntRange(min=1))
@click.option("--json", "as_json", is_flag=True, help="As one JSON object, for other programs.")
@click.option("--eml", is_flag=True, help="The .eml file itself, as it would be written.")
def show(config_path: Path | None, number: int, as_json: bool, eml: bool) -> int:
    """Print one email whole. NUMBER stands first in the list, and in the name of the .eml file."""
    config = load(config_path)
    found = _stored(config, None, None)
    draft = next((draft for draft in found if draft.draft.opportunity_id == number), None)
    if draft is None:
        raise click.BadParameter(f"there is no draft {number}; `mentions drafts` lists them", param_hint="NUMBER")
    if eml:
        click.echo(as_eml(draft, _sender_of(config)), nl=False)
    elif as_json:
        click.echo(json.dumps(_row(draft), ensure_ascii=False, indent=2))
    else:
        _show(console(), draft, same_page(found)[number])
    return EXIT_CODES["fine"]


@drafts.command()
@config_option
@_filters
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to write them [default: drafts.folder of the configuration]",
)
def write(config_path: Path | None, target: str | None, state: str | None, folder: Path | None) -> int:
    """Write the drafts as .eml files.

    One file an email; files that are right already stay as they are. Drafts that were ignored, declined, suppressed or
    reclaimed are left out unless --state asks for them. Ends with exit code 3 when a draft could not be written; the
    others are.
    """
    config = load(config_path)
    sender = _sender_of(config)
    wanted = [draft for draft in _stored(config, target, state) if state or _is_open(draft)]
    folder = folder or config.drafts_folder
    written = write_all(wanted, sender, folder)
    screen = console()
    files = len(written.files)
    screen.print(Text(f"{files} draft{'' if files == 1 else 's'} in {folder}", overflow="fold"))
    problem_screen = console(stderr=True)
    for draft, reason in written.refused:
        line = f"draft {draft.draft.opportunity_id} ({one_line(draft.finding.publisher)}): {one_line(reason)}"
        problem_screen.print(Text(line, overflow="fold"))
    return EXIT_CODES["partial"] if written.refused else EXIT_CODES["fine"]


def _is_open(draft: StoredDraft) -> bool:
    return draft.finding.opportunity_state not in _CLOSED


def _sender_of(config: Config) -> Sender:
    if config.sender is None:
        raise ConfigError("is missing: nobody signs the drafts", path=config.path, where="[sender]")
    return config.sender


def _stored(config: Config, target: str | None, state: str | None) -> Sequence[StoredDraft]:
    from mentions.store import open_store

    if target is not None and target not in {known.name for known in config.targets}:
        known_names = ", ".join(known.name for known in config.targets[:8])
        raise click.BadParameter(f"{target!r} is not a target of {config.path.name}; there are: {known_names}")
    store = open_store(config.store_url)
    return store.drafts(target=target, state=OpportunityState(state) if state else None)


def same_page(found: Sequence[StoredDraft]) -> dict[int, tuple[int, ...]]:
    """For each open draft's number the numbers of the others about the same page: an editor is to get one email."""
    pages: dict[str, list[int]] = {}
    for draft in found:
        if _is_open(draft):
            pages.setdefault(draft.finding.page_url, []).append(draft.draft.opportunity_id)
    return {
        draft.draft.opportunity_id: tuple(
            number for number in pages.get(draft.finding.page_url, ()) if number != draft.draft.opportunity_id
        )
        for draft in found
    }


def _to_do(draft: StoredDraft, others: tuple[int, ...]) -> list[str]:
    problems = [one_line(problem) for problem in draft.draft.problems]
    if others:
        numbers = ", ".join(map(str, others))
        problems.append(f"draft {numbers} is about the same article: send one email, not {len(others) + 1}")
    return problems


def _entry(draft: StoredDraft, others: tuple[int, ...]) -> Group:
    """A few lines that stay readable on a narrow terminal: what, to whom, what is still to do, where."""
    finding, email = draft.finding, draft.draft
    head = Text(overflow="fold")
    head.append(f"{email.opportunity_id:>4}  ", style="bold")
    head.append(one_line(email.subject), style="bold")
    facts = [one_line(finding.publisher_name), finding.target, email.template]
    if finding.priority is not None:
        facts.append(f"priority {finding.priority}")
    if finding.opportunity_state:
        facts.append(finding.opportunity_state.value)
    lines = [Text(" · ".join(facts), overflow="fold"), Text(f"to {_recipient(draft)}", overflow="fold")]
    lines += [Text(f"to do: {line}", style="yellow", overflow="fold") for line in _to_do(draft, others)]
    lines.append(Text(one_line(finding.page_url), style="dim", overflow="fold"))
    return Group(head, *(indented(line, 6) for line in lines))


def _recipient(draft: StoredDraft) -> str:
    email = draft.draft
    if email.to_address is None:
        return "nobody yet"
    name = f"{one_line(email.to_name)} " if email.to_name else ""
    return f"{name}<{one_line(email.to_address)}>"


def _show(screen: Console, draft: StoredDraft, others: tuple[int, ...]) -> None:
    email = draft.draft
    rows = [("To", _recipient(draft)), ("Subject", one_line(email.subject))]
    if email.contact_source_url:
        rows.append(("Address from", one_line(email.contact_source_url)))
    rows += [("Article", one_line(draft.finding.page_url)), ("File", file_name(draft))]
    rows += [("To do", line) for line in _to_do(draft, others)]
    for name, value in rows:
        screen.print(Text.assemble((f"{name}: ", "bold"), value, overflow="fold"))
    screen.print()
    # soft_wrap: the email's own lines, so that copying from the terminal gives what will be sent.
    screen.print(Text(plain_lines(email.body)), soft_wrap=True)


def _row(draft: StoredDraft) -> dict[str, object]:
    finding, email = draft.finding, draft.draft
    return {
        "number": email.opportunity_id,
        "revision": draft.revision,
        "state": finding.opportunity_state.value if finding.opportunity_state else None,
        "priority": finding.priority,
        "target": finding.target,
        "verdict": finding.verdict.value,
        "publisher": finding.publisher,
        "page_url": finding.page_url,
        "page_title": finding.page_title,
        "sentence": finding.sentence,
        "template": email.template,
        "to_name": email.to_name,
        "to_address": email.to_address,
        "contact_source_url": email.contact_source_url,
        "subject": email.subject,
        "body": email.body,
        "suggested_url": email.suggested_url,
        "suggested_anchor": email.suggested_anchor,
        "suggested_html": email.suggested_html,
        "problems": list(email.problems),
        "message_id": draft.message_id,
        "rendered_at": email.rendered_at.isoformat(),
        "file": file_name(draft),
    }
