"""Groups of commands, one module a command, loaded only when it is called: `--help` answers at once."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

import click
from click.exceptions import NoSuchCommand


class LazyGroup(click.Group):
    """Commands that live in modules of the same name in `package`; `lazy` says what each does, in order.

    `also`: what people type as well → the command meant.
    """

    def __init__(
        self,
        *args: Any,
        lazy: Mapping[str, str],
        package: str,
        also: Mapping[str, str] = MappingProxyType({}),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = lazy
        self._package = package
        self._also = also

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        cmd_name = self._also.get(cmd_name, cmd_name)
        if cmd_name not in self._lazy:
            return None
        # A module called list would hide the builtin in its package.
        name = "list_" if cmd_name == "list" else cmd_name.replace("-", "_")
        command = getattr(import_module(f"{self._package}.{name}"), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self._package}.{name}.{name} is not a command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click has it; who mistypes a name is told the nearest, although none of the commands is loaded."""
        try:
            return super().resolve_command(ctx, args)
        except NoSuchCommand as error:
            raise NoSuchCommand(error.command_name, possibilities=self._lazy, ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self._lazy.items()))
