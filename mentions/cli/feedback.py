"""`mentions feedback`: a person says whether a mention means us; later pages are judged with it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.console import Group
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, load, now
from mentions.cli.lessons import read_answers
from mentions.cli.words import clean, indented, marked
from mentions.config import Config
from mentions.exceptions import ConfigError
from mentions.login_names import login_name
from mentions.matching.feedback import Answer, answered, to_json
from mentions.matching.profiles import profile

_MOST = 50  # answers listed unless told otherwise


@click.group()
def feedback() -> None:
    """Say whether a mention means you. Later pages like it are judged with your answer.

    Answers weigh within bounds: they never outweigh a link to you on the page, and reasons say where they counted.
    """


def _answer_options(command: Any) -> Any:
    by = click.option("--by", help="Who says so. [default: your login name]")
    note = click.option("--note", help="Why, in your words; kept with the answer.")
    number = click.argument("opportunity", type=click.IntRange(min=1))
    return config_option(number(note(by(command))))


@feedback.command()
@_answer_options
def accept(config_path: Path | None, opportunity: int, note: str | None, by: str | None) -> int:
    """Yes, OPPORTUNITY is about you. One rejected by mistake is reopened."""
    return _say(load(config_path), opportunity, is_us=True, note=note, by=by)


@feedback.command()
@_answer_options
def reject(config_path: Path | None, opportunity: int, note: str | None, by: str | None) -> int:
    """No, OPPORTUNITY means something else. It is closed (ignored), and pages like it score lower from now on."""
    return _say(load(config_path), opportunity, is_us=False, note=note, by=by)


def _say(config: Config, opportunity: int, *, is_us: bool, note: str | None, by: str | None) -> int:
    from mentions.store import open_store

    said_by = (by or login_name()).strip()
    store = open_store(config.store_url, key=config.store_key)
    try:
        case = store.case(opportunity)
        target = next((target for target in config.targets if target.name == case.target), None)
        if target is None:
            raise ConfigError(
                f"no longer watches {case.target!r}, which opportunity {opportunity} names", path=config.path
            )
        answer = answered(case, profile(target), is_us=is_us, said_by=said_by, said_at=now(), note=note)
        store.save_answers([answer])
        count = len(store.answers(target=case.target))
    finally:
        store.close()
    screen = console()
    screen.print(_shown(answer, case.candidates[0][0].alias))
    screen.print(
        f"{_answers(count)} known for {clean(case.target)}; they count from the next run, check or scan on.",
        markup=False,
    )
    return EXIT_CODES["fine"]


@feedback.command(name="list")
@config_option
@click.option("--target", help="Only this target.")
@click.option("--limit", type=click.IntRange(min=1), default=_MOST, show_default=True, help="At most so many.")
def list_(config_path: Path | None, target: str | None, limit: int) -> int:
    """List what people said, by target and page."""
    answers = _stored(load(config_path), target)
    screen = console()
    if not answers:
        screen.print("No answers so far. Give one: [bold]mentions feedback reject NUMBER[/] (numbers: mentions drafts)")
        return EXIT_CODES["fine"]
    for answer in answers[:limit]:
        screen.print(_shown(answer, answer.target))
    left = len(answers) - limit
    screen.print(f"{_answers(len(answers))}{f'; {left} more with --limit {len(answers)}' if left > 0 else ''}")
    return EXIT_CODES["fine"]


@feedback.command()
@config_option
@click.option("--target", help="Only this target.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default="-",
    help="Where the answers go, one JSON object a line. [default: standard output]",
)
def export(config_path: Path | None, target: str | None, output: Path) -> int:
    """Write the answers as JSON Lines, for another database or for `mentions scan --feedback`."""
    answers = _stored(load(config_path), target)
    if str(output) == "-":
        click.echo(to_json(answers), nl=False)
        return EXIT_CODES["fine"]
    try:
        output.write_text(to_json(answers), encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"cannot be written: {error.strerror}", path=output) from error
    console().print(f"{_answers(len(answers))} written to {output}", markup=False)
    return EXIT_CODES["fine"]


@feedback.command(name="import")
@config_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def import_(config_path: Path | None, file: Path) -> int:
    """Read answers that `mentions feedback export` wrote. Of two about one mention, the newer counts."""
    from mentions.store import open_store

    config = load(config_path)
    answers = [replace(answer, opportunity_id=None) for answer in read_answers(file)]
    store = open_store(config.store_url, key=config.store_key)
    try:
        changed = store.save_answers(answers)
    finally:
        store.close()
    watched = {target.name for target in config.targets}
    strangers = sorted({answer.target for answer in answers} - watched)
    screen = console()
    screen.print(f"{_answers(len(answers))} read, {changed} new.", markup=False)
    if strangers:
        screen.print(f"Not watched here, kept all the same: {clean(', '.join(strangers))}", markup=False)
    return EXIT_CODES["fine"]


def _stored(config: Config, target: str | None) -> list[Answer]:
    from mentions.store import open_store

    store = open_store(config.store_url, key=config.store_key)
    try:
        return store.answers(target=target)
    finally:
        store.close()


def _answers(count: int) -> str:
    return "1 answer" if count == 1 else f"{count} answers"


def _shown(answer: Answer, name: str) -> Group:
    """Two to four lines: the answer; the sentence; the page; the note."""
    head = Text.assemble(
        (clean(answer.target), "bold"),
        "  ",
        ("us", "bold green") if answer.is_us else ("something else", "bold red"),
        (f"  {clean(answer.said_by)}, {answer.said_at:%Y-%m-%d}", "dim"),
    )
    lines = [marked(answer.sentence, name), Text(clean(answer.page_url), style="dim", overflow="fold")]
    if answer.note:
        lines.append(Text(f"note: {clean(answer.note)}", style="dim"))
    return Group(head, *(indented(line, 4) for line in lines))
