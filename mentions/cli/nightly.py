"""`mentions nightly`: the whole night's job."""

from pathlib import Path

import click

from mentions.cli.common import config_option, load, run_options
from mentions.cli.night import run_and_report


@click.command()
@config_option
@run_options
def nightly(config_path: Path | None, *, quiet: bool, as_json: bool) -> int:
    """Do the whole night's job: crawl every publisher, judge, store, draft.

    Made to be run by a scheduler: one run at a time, safe to kill and to run again. Nothing is ever sent.
    """
    return run_and_report(load(config_path), drafting=True, kind="nightly", quiet=quiet, as_json=as_json)
