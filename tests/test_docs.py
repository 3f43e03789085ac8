"""The documentation says what the code does: links resolve, commands and options exist, settings are explained."""

import re
from pathlib import Path

import click
import pytest

from mentions.cli import COMMANDS, cli

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:)(?P<page>[^)#\s]*)(?:#(?P<heading>[^)]*))?\)")
CALL = re.compile(r"(?:^\s{4,}|`)(?:\$ )?mentions (?P<words>[a-z](?:[^`\n# ]| (?! ))*)", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for link in LINK.finditer(page.read_text(encoding="utf-8")):
        there = page.parent / link["page"] if link["page"] else page
        assert there.exists(), f"{page.relative_to(ROOT)} links to {link[0]}"
        if link["heading"]:
            assert link["heading"] in _headings(there), f"{page.relative_to(ROOT)} links to {link[0]}"


def _headings(page: Path) -> set[str]:
    """The headings of a page as links name them: small letters, no punctuation, hyphens for spaces."""
    found = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_in_the_documentation_exist(page: Path) -> None:
    for call in CALL.finditer(page.read_text(encoding="utf-8")):
        where = f"{page.relative_to(ROOT)}: mentions {call['words']}"
        command, known = _command(call["words"].split(), where)
        for option in re.findall(r"(?<!\S)--[a-z][a-z-]+", call["words"]):
            assert option in known, f"{where}: `mentions {command}` has no {option}"


def _command(words: list[str], where: str) -> tuple[str, set[str]]:
    """The command that these words call, with the options it takes. Fails where there is none of that name."""
    command: click.Command = cli
    context, names = click.Context(cli), []
    while isinstance(command, click.Group) and words and re.fullmatch(r"[a-z][a-z-]*[,:;.]?", words[0]):
        found = command.get_command(context, words[0].rstrip(",:;."))
        if found is None and command.invoke_without_command:
            break
        assert found is not None, where
        names.append(words.pop(0))
        command = found
    # A group that is spoken of as a whole may be named with an option of any command in it.
    return " ".join(names), {"--help"} | _options(command)


def _options(command: click.Command) -> set[str]:
    options = {o for p in command.params for o in (*p.opts, *p.secondary_opts)}
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
