"""`mentions contacts export`."""

import json
from pathlib import Path

import click

from mentions.cli.common import EXIT_CODES, config_option, console, load
from mentions.exceptions import ConfigError
from mentions.outreach.erasing import Person
from mentions.outreach.leftovers import copies_naming, drafts_naming, others_naming
from mentions.outreach.suppression import normal_address
from mentions.snapshots import Snapshots


@click.command()
@config_option
@click.argument("address")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default="-",
    help="File to write. [default: standard output]",
)
def export(config_path: Path | None, address: str, output: Path) -> int:
    """Write everything held about the person with this ADDRESS, as JSON: what a person may ask for.

    Each row says which table it is from, where the address was published and when it was seen. Of texts that are about
    others, only what stands around the name. Ends with exit code 1 when nothing is held.
    """
    from mentions.store import open_store

    config = load(config_path)
    try:
        address = normal_address(address)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="ADDRESS") from error
    store = open_store(config.store_url, key=config.store_key)
    try:
        told = store.export_contact(address)
    finally:
        store.close()
    person = Person(address)
    copies = copies_naming(Snapshots(config.pages_folder), person)
    files = [*drafts_naming(config.drafts_folder, person), *others_naming(config.drafts_folder, person), *copies]
    rows = told["rows"]
    text = json.dumps(
        {"address": address, **told, "files": [str(path) for path in files]}, ensure_ascii=False, indent=2
    )
    found = bool(rows or files)
    if str(output) == "-":
        click.echo(text)
    else:
        try:
            output.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise ConfigError(f"cannot be written: {error.strerror}", path=output) from error
        count = len(rows) if isinstance(rows, list) else 0
        console().print(f"{count} rows and {len(files)} files, written to {output}", markup=False)
    return EXIT_CODES["fine" if found else "error"]
