"""`mentions drafts edit`."""

import json
from email.utils import parseaddr
from pathlib import Path
from typing import TextIO

import click
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, load, now
from mentions.cli.drafts.common import one, opened, recipient, row
from mentions.cli.drafts.deciding import by_option, json_option, person
from mentions.outreach.addresses import Refused, checked_address
from mentions.outreach.cleaning import display_name, one_line, plain_lines
from mentions.outreach.eml import write_eml
from mentions.outreach.rendering import Rendering
from mentions.store.records import StoredDraft

To = tuple[str | None, str | None, str | None]  # address, name, the page that publishes the address


@click.command()
@click.argument("number", type=click.IntRange(min=1))
@click.option("--subject", help="The new subject.")
@click.option(
    "--body-file",
    type=click.File("r", encoding="utf-8"),
    help="A file with the new text of the email; - reads what is piped in.",
)
@click.option("--to", "address", metavar="ADDRESS", help="Whom it goes to; an empty one takes the recipient out.")
@click.option("--to-name", help="Their full name. Another address without a name goes to nobody by name.")
@click.option("--address-from", metavar="URL", help="The page that publishes the address.")
@by_option
@json_option
@config_option
def edit(
    config_path: Path | None,
    number: int,
    subject: str | None,
    body_file: TextIO | None,
    address: str | None,
    to_name: str | None,
    address_from: str | None,
    by: str | None,
    *,
    as_json: bool,
) -> int:
    """Change a draft. Without options your editor opens (EDITOR or VISUAL names it).

    What the draft still has to do is checked again and shown. An approval of the old text is taken back.
    """
    config = load(config_path)
    store = opened(config)
    draft = one(store.drafts(), number)
    version = store.standing(number).rev
    body = _read(body_file) if body_file else None
    to = _to(draft, address, to_name, address_from)
    if subject is None and body is None and to is None:
        answer = click.edit(_as_text(draft), extension=".txt")
        if answer is None or answer == _as_text(draft):
            click.echo("Nothing was changed.")
            return EXIT_CODES["fine"]
        subject, body, to = _from_text(answer, draft)
    changed = Rendering(config, store).edited(
        draft,
        subject=None if subject is None else one_line(subject),
        body=None if body is None else plain_lines(body).strip("\n"),
        to=to,
    )
    new = changed.draft
    stored = store.edit_draft(
        number,
        subject=new.subject,
        body=new.body,
        to_address=new.to_address,
        to_name=new.to_name,
        contact_source_url=new.contact_source_url,
        problems=new.problems,
        by=person(by),
        now=now(),
        rev=version,
    )
    write_eml(stored, Rendering(config, store).sender, config.drafts_folder)
    _say(stored, as_json=as_json)
    return EXIT_CODES["fine"]


def _say(stored: StoredDraft, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(row(stored), ensure_ascii=False))
        return
    screen = console()
    screen.print(
        Text(
            f"draft {stored.draft.opportunity_id}, revision {stored.revision}, to {recipient(stored)}", overflow="fold"
        )
    )
    for problem in stored.draft.problems:
        screen.print(Text(f"to do: {one_line(problem)}", style="yellow", overflow="fold"))
    if stored.draft.to_address and not stored.draft.contact_source_url:
        screen.print("Where is the address published? [bold]--address-from URL[/] keeps it, and the email says it.")
    if not stored.draft.problems:
        screen.print(f"Next: [bold]mentions drafts approve {stored.draft.opportunity_id}[/]")


def _read(file: TextIO) -> str:
    """The text. Raises BadParameter where it is none."""
    try:
        return file.read()
    except UnicodeDecodeError as error:
        raise click.BadParameter(f"{file.name} is not a text in UTF-8", param_hint="--body-file") from error


def _to(draft: StoredDraft, address: str | None, name: str | None, source: str | None) -> To | None:
    """The recipient after the options; None: as it was. A name of another person does not stay."""
    if address is None and name is None and source is None:
        return None
    old = draft.draft
    if address is not None:
        address = _checked(address)
        moved = address != old.to_address
        name = name if name is not None or moved else old.to_name
        source = source if source is not None or moved else old.contact_source_url
        return address, display_name(name or "") or None, source or None
    new_name = old.to_name if name is None else display_name(name) or None
    return old.to_address, new_name, source or old.contact_source_url


def _checked(address: str) -> str | None:
    if not address.strip():
        return None
    try:
        return checked_address(address.strip())
    except Refused as error:
        raise click.BadParameter(f"{address!r} is refused: {error}", param_hint="--to") from error


def _as_text(draft: StoredDraft) -> str:
    """The draft as it is edited: two header lines, an empty line, the text."""
    email = draft.draft
    to = "" if email.to_address is None else email.to_address
    named = f"{email.to_name} <{to}>" if email.to_name and to else to
    return f"To: {named}\nSubject: {one_line(email.subject)}\n\n{email.body.rstrip()}\n"


def _from_text(text: str, draft: StoredDraft) -> tuple[str, str, To | None]:
    """(subject, text, recipient) of what came back from the editor. Raises BadParameter naming the line."""
    head, _, body = text.replace("\r\n", "\n").partition("\n\n")
    parts = (line.partition(":") for line in head.split("\n"))
    lines = {name.strip().lower(): value.strip() for name, mark, value in parts if mark}
    for name in ("to", "subject"):
        if name not in lines:
            raise click.UsageError(
                f'the text must begin with "To:" and "Subject:", then an empty line; "{name.title()}:" is missing, '
                "and nothing was changed"
            )
    if _as_text(draft).partition("\n")[0] == f"To: {lines['to']}".rstrip():
        return lines["subject"], body, None
    name, address = parseaddr(lines["to"])
    return lines["subject"], body, _to(draft, address, name, None)
