"""`mentions nightly`: the whole night's job."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mentions.cli.common import EXIT_CODES, config_option, exit_code_of, load, now, run_options
from mentions.cli.logs import errors_logged, log_format_option, style_of
from mentions.config import Config
from mentions.exceptions import AlreadyRunning, MentionsError
from mentions.file_locks import refuse_second_run
from mentions.operating import LogFormat

if TYPE_CHECKING:
    from mentions.monitoring.tending import Tending


@click.command()
@config_option
@run_options
@log_format_option
def nightly(config_path: Path | None, *, quiet: bool, as_json: bool, log_format: str | None) -> int:
    """Do the whole night's job: crawl, look again, weigh, draft, forget what is old, tell what is new.

    Made to be run by a scheduler: one run at a time, safe to kill and to run again. A part that fails does not stop
    those after it. Ends with an exit code that says how it went. Nothing is ever sent to an editor.
    """
    with errors_logged(style_of(log_format)):
        config = load(config_path)
    style = style_of(log_format, config)
    with errors_logged(style):
        refuse_second_run(config.store_url)
        from mentions.monitoring.tending import Tending  # here: a second run is refused before anything slow is loaded

        tending = Tending(config, now)
        tending.started()
        try:
            return _night(config, tending, quiet=quiet, as_json=as_json, style=style)
        except AlreadyRunning:
            raise  # somebody was quicker in the last moment, and will tell for itself
        except MentionsError as error:
            tending.ended(exit_code_of(error))
            raise
        except BaseException:
            tending.ended(EXIT_CODES["error"])
            raise


def _night(config: Config, tending: "Tending", *, quiet: bool, as_json: bool, style: LogFormat) -> int:
    from mentions.cli.night import run_and_report
    from mentions.crawling.digesting import tell_what_is_new
    from mentions.crawling.runner import NIGHTLY

    return run_and_report(
        config,
        NIGHTLY,
        drafting=True,
        kind="nightly",
        quiet=quiet,
        as_json=as_json,
        style=style,
        tending=tending,
        last=tell_what_is_new,
    )
