"""`mentions drafts lint`."""

import json
from pathlib import Path

import click
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, load
from mentions.cli.drafts.deciding import json_option
from mentions.exceptions import ConfigError
from mentions.outreach.template_folders import problems_in


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@json_option
@config_option
def lint(config_path: Path | None, folder: Path | None, *, as_json: bool) -> int:
    """Check templates of your own: every file is read, and a sample of every email is written and judged.

    FOLDER holds <case>/<language>/subject.txt and body.txt; without it the folder of the configuration is checked
    (templates in [drafts]). Each problem names its file and line. Ends with exit code 3 when there is one.
    """
    if folder is None:
        config = load(config_path)
        if config.templates_folder is None:
            raise ConfigError(
                "names no folder with templates of your own; name one here: mentions drafts lint FOLDER",
                path=config.path,
                where="drafts.templates",
            )
        folder = config.templates_folder
    problems = problems_in(folder)
    for problem in problems:
        if as_json:
            click.echo(json.dumps({"problem": problem}, ensure_ascii=False))
        else:
            console(stderr=True).print(Text(problem, overflow="fold"))
    if not problems and not as_json:
        console().print(Text(f"{folder}: all templates can be used", overflow="fold"))
    return EXIT_CODES["partial"] if problems else EXIT_CODES["fine"]
