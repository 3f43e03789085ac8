"""`mentions suppress import` and `export`: the list as files."""

from pathlib import Path

import click
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, load, now
from mentions.cli.words import clean, indented
from mentions.exceptions import ConfigError, SourceError
from mentions.login_names import login_name
from mentions.outreach.forbidden import delete_files
from mentions.outreach.suppression_files import BadRow, Listed, read_list, write_list

_BAD_SHOWN = 20


@click.command(name="import", short_help="Read a list from a file: CSV, XLSX or text.")
@config_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--reason", help="Why, for rows that do not say it themselves.")
@click.option("--by", help="Who says so. [default: your login name]")
def import_(config_path: Path | None, file: Path, reason: str | None, by: str | None) -> int:
    """Read a list from FILE: CSV or XLSX with a column named address, email, domain or value, or one entry a line.

    Lists that `mentions suppress export` wrote are read as well, when both databases have the same key. Rows that
    cannot be used are shown by line and stop no other; then the exit code is 3.
    """
    from mentions.store import open_store

    config = load(config_path)
    who, at = by or login_name(), now()
    try:
        rows = list(read_list(file.read_bytes(), by=who, now=at))
    except (OSError, SourceError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        raise ConfigError(f"cannot be read: {said}", path=file) from error
    bad = [row for row in rows if isinstance(row, BadRow)]
    good = [row for row in rows if isinstance(row, Listed)]
    store = open_store(config.store_url, key=config.store_key)
    try:
        new, refused = store.import_suppressions(good, reason=reason, by=who, now=at)
        deleted = delete_files(store.drafts(), store.suppression_list(), config.drafts_folder)
    finally:
        store.close()
    bad = sorted([*bad, *refused], key=lambda row: row.line)
    console().print(f"{len(good) - len(refused):,} entries read, {new:,} new.", markup=False)
    if deleted:
        console().print(f"Draft files deleted: {', '.join(path.name for path in deleted)}", markup=False)
    _show(bad, file)
    return EXIT_CODES["partial" if bad else "fine"]


def _show(bad: list[BadRow], file: Path) -> None:
    if not bad:
        return
    err = console(stderr=True)
    err.print(f"{len(bad):,} {'row' if len(bad) == 1 else 'rows'} of {file} left out:", markup=False)
    for row in bad[:_BAD_SHOWN]:
        err.print(indented(Text(f"line {row.line}: {clean(row.problem)}", overflow="fold"), 2))
    if len(bad) > _BAD_SHOWN:
        err.print(f"  … and {len(bad) - _BAD_SHOWN:,} more")


@click.command(short_help="Write the list as CSV, addresses as hashes.")
@config_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default="-",
    help="File to write. [default: standard output]",
)
def export(config_path: Path | None, output: Path) -> int:
    """Write the list as CSV: domains as they are, addresses as hashes that only the same key knows again."""
    from mentions.store import open_store

    config = load(config_path)
    store = open_store(config.store_url, key=config.store_key)
    try:
        entries = store.suppressions()
    finally:
        store.close()
    lines: list[str] = []
    count = write_list(entries, lines.append)
    if str(output) == "-":
        click.echo("".join(lines).encode(), nl=False)
        return EXIT_CODES["fine"]
    try:
        output.write_bytes("".join(lines).encode())
    except OSError as error:
        raise ConfigError(f"cannot be written: {error.strerror}", path=output) from error
    console().print(f"{count:,} {'entry' if count == 1 else 'entries'} written to {output}", markup=False)
    return EXIT_CODES["fine"]
