"""The documentation says what the code does: links resolve, commands and options exist, settings are explained."""

import re
from pathlib import Path

import click
import pytest

from mentions.cli import COMMANDS, cli

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)(?:#[^)]*)?\)")
CALL = re.compile(r"(?:^\s{4,}|`)(?:\$ )?mentions (?P<command>[a-z]+)(?P<rest>[^`\n#]*)", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), f"{page.relative_to(ROOT)} links to {link}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_in_the_documentation_exist(page: Path) -> None:
    context = click.Context(cli)
    for call in CALL.finditer(page.read_text(encoding="utf-8")):
        command = cli.get_command(context, call["command"])
        assert command is not None, f"{page.relative_to(ROOT)}: mentions {call['command']}"
        known = _options(command)
        for option in re.findall(r"--[a-z][a-z-]+", call["rest"]):
            assert option in known, f"{page.relative_to(ROOT)}: mentions {call['command']} {option}"


def _options(command: click.Command) -> set[str]:
    options = {"--help"} | {o for p in command.params for o in (*p.opts, *p.secondary_opts)}
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            sub = command.get_command(click.Context(command), name)
            options |= _options(sub) if sub else set()
    return options


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"mentions {name} {parameter.opts[0]}"


def test_exit_codes_are_documented() -> None:
    from mentions.cli.common import EXIT_CODES

    documented = re.findall(r"^\| (\d+) \|", (ROOT / "docs/reference/exit-codes.md").read_text(), re.MULTILINE)
    assert sorted(map(int, documented)) == sorted(EXIT_CODES.values())


def test_no_page_names_a_machine_or_a_registry() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"/root/|/home/\w|index-url|/simple/", text), page
