"""`mentions contacts erase`."""

import json
from pathlib import Path

import click
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, load, now
from mentions.cli.words import indented
from mentions.login_names import login_name
from mentions.outreach.leftovers import copies_naming, drafts_naming, naming, others_naming
from mentions.outreach.suppression import normal_address
from mentions.snapshots import Snapshots


@click.command()
@config_option
@click.argument("address")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option("--by", help="Who does it. [default: your login name]")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object, for other programs; implies --yes.")
def erase(config_path: Path | None, address: str, *, yes: bool, by: str | None, as_json: bool) -> int:
    """Forget the person with this ADDRESS, for good.

    Address and name are struck out of the whole database (contacts, drafts, saved texts, history); drafts and saved
    pages that name them are deleted. A hash stays on the suppression list, so that nobody writes to them and no crawl
    stores them again. What cannot be reached from here, such as backups and emails already sent, is named.
    """
    from mentions.store import open_store

    config = load(config_path)
    try:
        normal_address(address)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="ADDRESS") from error
    if not (yes or as_json):
        click.confirm("Forget this person everywhere? This cannot be undone.", abort=True, err=True)
    store = open_store(config.store_url, key=config.store_key)
    try:
        erased = store.erase_contact(address, by=by or login_name(), now=now())
        backups = store.backups()
    finally:
        store.close()
    copies = copies_naming(Snapshots(config.pages_folder), erased.person)
    gone = [*drafts_naming(config.drafts_folder, erased.person), *copies]
    for path in gone:
        path.unlink(missing_ok=True)
    left = [*others_naming(config.drafts_folder, erased.person), *naming(backups, erased.person)]
    if as_json:
        told = {
            "rows": dict(erased.rows),
            "opportunities": list(erased.opportunities),
            "files_deleted": [str(path) for path in gone],
            "files_left": [str(path) for path in left],
        }
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        _tell(sum(erased.rows.values()), erased.opportunities, len(gone) - len(copies), len(copies), left)
    return EXIT_CODES["partial" if left else "fine"]


def _tell(rows: int, opportunities: tuple[int, ...], drafts: int, copies: int, left: list[Path]) -> None:
    screen = console()
    where = f"struck out of {_counted(rows, 'row')} of the database" if rows else "not in the database"
    pages = f"; {_counted(copies, 'saved page')} deleted" if copies else ""
    screen.print(f"Forgotten: {where}; {_counted(drafts, 'draft file')} deleted{pages}; on the suppression list.")
    if opportunities:
        numbers = ", ".join(map(str, opportunities))
        screen.print(f"Their drafts have no recipient any more: {numbers} (mentions drafts list)", markup=False)
    if left:
        screen.print(Text("These files still name them; delete them when you no longer need them:", style="yellow"))
        for path in left:
            screen.print(indented(Text(str(path), overflow="fold"), 2))
    screen.print("Look yourself into your mailbox, files you exported, the log and other backups.")


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
