"""Writes the generated parts of the reference; cog calls it, and `cog --check` sees that nothing drifted."""

import types
import typing
from enum import Enum

import click
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from mentions.asking import Asking
from mentions.budgets import Looks, OwnSiteSettings, Rendering
from mentions.cli import COMMANDS, cli
from mentions.config import Config, DraftSettings, Network, Retention, Sender, StoreSettings
from mentions.limits import RunLimits
from mentions.mailboxes import HandOffSettings, Imap
from mentions.notifying.settings import DigestSettings, Webhook
from mentions.operating import Logging, Monitoring
from mentions.publishers import Politeness, Publisher
from mentions.searching import ArchiveFiles, Elsewhere, Gdelt, UrlList
from mentions.serving import ReviewSettings
from mentions.targets import Target, TargetPage

TABLES: dict[str, type[BaseModel]] = {
    "The file itself": Config,
    "[[targets]]": Target,
    "[[targets]] pages": TargetPage,
    "[[publishers]]": Publisher,
    "[[publishers]] politeness": Politeness,
    "[[lists]]": UrlList,
    "[[archives]]": ArchiveFiles,
    "[gdelt]": Gdelt,
    "[elsewhere]": Elsewhere,
    "[sender]": Sender,
    "[network]": Network,
    "[rendering]": Rendering,
    "[looks]": Looks,
    "[own_site]": OwnSiteSettings,
    "[limits]": RunLimits,
    "[monitoring]": Monitoring,
    "[logging]": Logging,
    "[store]": StoreSettings,
    "[retention]": Retention,
    "[asking]": Asking,
    "[drafts]": DraftSettings,
    "[review]": ReviewSettings,
    "[digest]": DigestSettings,
    "[[digest.webhooks]]": Webhook,
    "[handoff]": HandOffSettings,
    "[imap]": Imap,
}


def help_of(command: str | None = None) -> str:
    """The help of one command (of the group, for None), as a terminal of 100 columns shows it."""
    group = click.Context(cli, info_name="mentions", max_content_width=100, terminal_width=100)
    if command is None:
        return f"```text\n$ mentions --help\n{cli.get_help(group)}\n```"
    found = cli.get_command(group, command)
    if found is None:
        raise KeyError(command)
    text = f"```text\n$ mentions {command} --help\n{found.get_help(_context(found, command, group))}\n```"
    if isinstance(found, click.Group):
        parent = _context(found, command, group)
        for name in found.list_commands(parent):
            sub = found.get_command(parent, name)
            if sub is not None:
                help_text = sub.get_help(_context(sub, name, parent))
                text += f"\n\n```text\n$ mentions {command} {name} --help\n{help_text}\n```"
    return text


def _context(command: click.Command, name: str, parent: click.Context) -> click.Context:
    return click.Context(command, info_name=name, parent=parent, max_content_width=100, terminal_width=100)


def commands() -> str:
    """Every command with its help."""
    return "\n\n".join(f"## mentions {name}\n\n{help_of(name)}" for name in COMMANDS)


def configuration() -> str:
    """Every table of mentions.toml with its keys."""
    return "\n\n".join(f"## {title}\n\n{_table(model)}" for title, model in TABLES.items())


def _table(model: type[BaseModel]) -> str:
    rows = [f"{(model.__doc__ or '').strip()}\n", "| key | what it is | kind | default |", "|---|---|---|---|"]
    for name, field in model.model_fields.items():
        says = " ".join((field.description or "").split()).replace("|", "\\|")
        rows.append(f"| `{name}` | {says} | {_kind(field.annotation)} | {_default(field)} |")
    return "\n".join(rows)


def _kind(annotation: object) -> str:
    """A type in words for people who write TOML."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _kind(arguments[0])
    if origin in (typing.Union, types.UnionType):
        return _kind(next(a for a in arguments if a is not type(None)))
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            return f"list of {_kind(arguments[0])}"
        return f"[{', '.join(_kind(a) for a in arguments)}]"
    if origin is dict:
        return "table"
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return " or ".join(f"`{member.value}`" for member in annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "table"
    plain: dict[object, str] = {str: "text", int: "number", float: "number", bool: "true or false"}
    return plain.get(annotation, "path")


def _default(field: FieldInfo) -> str:
    value = field.default
    if value is PydanticUndefined:
        return "**required**"
    if isinstance(value, Enum):
        return f"`{value.value}`"
    if isinstance(value, BaseModel):
        return "as below"
    if value in (None, (), {}):
        return "–"
    if isinstance(value, tuple):
        return f"`{list(value)}`"
    return f"`{value}`"
