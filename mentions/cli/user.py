"""`mentions user`: who may come to the review desk."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.table import Table
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, load, now
from mentions.login_names import login_name
from mentions.roles import Role

if TYPE_CHECKING:
    from mentions.store import Store


@click.group()
def user() -> None:
    """Say who may come to the review desk, and what they may do there.

    \b
    viewer    looks
    reviewer  and edits drafts, skips, puts off, claims, marks as sent or answered
    approver  and approves, hands off, suppresses, blocks publishers
    admin     and manages users

    As soon as there is one user, everybody logs in. The first user is an admin.
    """


_name = click.argument("name")
_role = click.Choice([role.value for role in Role])
_by = click.option("--by", help="Who says so. [default: your login name]")
_stdin = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input instead of asking for it."
)


@user.command()
@config_option
@_name
@click.option("--role", type=_role, help="What they may do. [default: reviewer; of the first user: admin]")
@_stdin
@click.option("--no-password", is_flag=True, help='They come in through a proxy only (login = "proxy").')
@_by
def add(
    config_path: Path | None, name: str, role: str | None, password_stdin: bool, no_password: bool, by: str | None
) -> int:
    """Let NAME come in. The password is asked for; it is never an argument, as other users of the machine see those."""
    from mentions.accounts import hash_password

    with _store(config_path) as store:
        name, first = _normal(name), not store.has_users()
        wanted = Role(role) if role else Role.ADMIN if first else Role.REVIEWER
        if first and wanted is not Role.ADMIN:
            raise click.BadParameter("the first user is an admin, who can add the others", param_hint="--role")
        if any(known.name == name for known in store.users()):
            raise click.BadParameter(f"there is a user {name} already", param_hint="NAME")
        hashed = None if no_password else hash_password(_password(name, from_stdin=password_stdin))
        store.add_user(name, wanted, password_hash=hashed, by=_who(by), now=now())
    click.echo(f"{name} may come in as {wanted.value}" + (", through a proxy only" if no_password else ""))
    if first:
        click.echo("From now on everybody logs in.")
    return EXIT_CODES["fine"]


@user.command(name="list")
@config_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for other programs.")
def list_(config_path: Path | None, as_json: bool) -> int:
    """List who may come in, with their roles."""
    with _store(config_path) as store:
        found = store.users()
    if as_json:
        for known in found:
            row = {"name": known.name, "role": known.role.value, "password": known.has_password}
            times = {
                "created_at": known.created_at,
                "disabled_at": known.disabled_at,
                "last_used_at": known.last_used_at,
            }
            click.echo(json.dumps({**row, **{key: at and at.isoformat() for key, at in times.items()}}))
        return EXIT_CODES["fine"]
    screen = console()
    if not found:
        screen.print("There are no users: the desk is for the person at this computer only, without a login.")
        return EXIT_CODES["fine"]
    table = Table(box=None, pad_edge=False)
    for heading in ("name", "role", "since", "last here", ""):
        table.add_column(heading)
    for known in found:
        last = f"{known.last_used_at:%Y-%m-%d}" if known.last_used_at else "–"
        note = f"let in no more since {known.disabled_at:%Y-%m-%d}" if known.disabled_at else ""
        note = note or ("" if known.has_password else "no password: through a proxy only")
        table.add_row(Text(known.name), known.role.value, f"{known.created_at:%Y-%m-%d}", last, note)
    screen.print(table)
    return EXIT_CODES["fine"]


@user.command()
@config_option
@_name
@click.argument("role", type=_role)
@_by
def role(config_path: Path | None, name: str, role: str, by: str | None) -> int:
    """Give NAME another role; it holds from their next click on."""
    with _user(config_path, name) as (store, name):
        changed = store.set_role(name, Role(role), by=_who(by), now=now())
    click.echo(f"{name} is {role} now" if changed else f"{name} was {role} already")
    return EXIT_CODES["fine"]


@user.command()
@config_option
@_name
@_stdin
@_by
def password(config_path: Path | None, name: str, password_stdin: bool, by: str | None) -> int:
    """Give NAME a new password; they are logged out everywhere."""
    from mentions.accounts import hash_password

    with _store(config_path) as store:
        name = _normal(name)
        if all(known.name != name for known in store.users()):
            raise click.BadParameter(f"there is no user {name}", param_hint="NAME")
        hashed = hash_password(_password(name, from_stdin=password_stdin))
        store.set_password(name, hashed, by=_who(by), now=now())
    click.echo(f"{name} has a new password, and is logged out everywhere")
    return EXIT_CODES["fine"]


@user.command()
@config_option
@_name
@_by
def disable(config_path: Path | None, name: str, by: str | None) -> int:
    """Let NAME in no more, and log them out at once. What they did stays in the history."""
    with _user(config_path, name) as (store, name):
        changed = store.disable_user(name, by=_who(by), now=now())
    click.echo(f"{name} is let in no more" if changed else f"{name} was not let in before either")
    return EXIT_CODES["fine"]


@user.command()
@config_option
@_name
@_by
def enable(config_path: Path | None, name: str, by: str | None) -> int:
    """Let NAME in again."""
    with _user(config_path, name) as (store, name):
        changed = store.enable_user(name, by=_who(by), now=now())
    click.echo(f"{name} is let in again" if changed else f"{name} was let in already")
    return EXIT_CODES["fine"]


@user.command(name="log-out")
@config_option
@_name
@_by
def log_out(config_path: Path | None, name: str, by: str | None) -> int:
    """Log NAME out everywhere, as after a lost laptop."""
    with _user(config_path, name) as (store, name):
        ended = store.end_sessions(name, by=_who(by), now=now())
    click.echo(f"{name} is logged out of {ended} session{'' if ended == 1 else 's'}")
    return EXIT_CODES["fine"]


@contextmanager
def _store(config_path: Path | None) -> "Iterator[Store]":
    from mentions.store import open_store

    config = load(config_path)
    store = open_store(config.store_url, key=config.store_key)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _user(config_path: Path | None, name: str) -> "Iterator[tuple[Store, str]]":
    """The store, and the name as it is written down there. Raises click's errors for one that cannot be a name."""
    with _store(config_path) as store:
        yield store, _normal(name)


def _normal(name: str) -> str:
    from mentions.accounts import normal_name

    try:
        return normal_name(name)
    except ValueError as refused:
        raise click.BadParameter(str(refused), param_hint="NAME") from refused


def _password(name: str, *, from_stdin: bool) -> str:
    """A password that may be used, asked for twice or read from the first line of standard input."""
    from mentions.accounts import password_problem

    if from_stdin:
        typed = sys.stdin.readline().rstrip("\r\n")
        problem = password_problem(typed, name)
        if problem:
            raise click.UsageError(f"the password cannot be used: {problem}")
        return typed
    if not sys.stdin.isatty():
        raise click.UsageError("there is no terminal to ask for the password; give it with --password-stdin")

    def checked(typed: Any) -> str:
        problem = password_problem(str(typed), name)
        if problem:
            raise click.BadParameter(problem)
        return str(typed)

    found: str = click.prompt(f"Password for {name}", hide_input=True, confirmation_prompt=True, value_proc=checked)
    return found


def _who(by: str | None) -> str:
    return by or login_name()
