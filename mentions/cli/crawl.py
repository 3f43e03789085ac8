"""`mentions crawl`: crawling and judging, without drafts."""

from pathlib import Path

import click

from mentions.cli.common import config_option, load, run_options
from mentions.cli.logs import errors_logged, log_format_option, style_of
from mentions.cli.night import run_and_report


@click.command()
@config_option
@run_options
@log_format_option
@click.argument("spider", required=False, type=click.Choice(["news", "industry", "lists", "archives"]))
def crawl(config_path: Path | None, spider: str | None, *, quiet: bool, as_json: bool, log_format: str | None) -> int:
    """Crawl with one SPIDER, or with all of them: find pages, judge and store them. Writes no drafts.

    \b
    news      feeds, sitemaps and listing pages of publishers
    industry  publishers with start pages (`crawl` in mentions.toml), page by page
    lists     searches, GDELT and lists of addresses, on whatever site their pages stand
    archives  pages saved in WARC files, without asking the network
    """
    spiders = [spider] if spider else None
    with errors_logged(style_of(log_format)):
        config = load(config_path)
    style = style_of(log_format, config)
    with errors_logged(style):
        return run_and_report(config, spiders, drafting=False, kind="crawl", quiet=quiet, as_json=as_json, style=style)
