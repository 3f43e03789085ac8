"""`mentions crawl`: crawling and judging, without drafts."""

from pathlib import Path

import click

from mentions.cli.common import config_option, load, run_options
from mentions.cli.night import run_and_report


@click.command()
@config_option
@run_options
@click.argument("spider", required=False, type=click.Choice(["news", "industry", "lists", "archives"]))
def crawl(config_path: Path | None, spider: str | None, *, quiet: bool, as_json: bool) -> int:
    """Crawl with one SPIDER, or with all of them: find pages, judge and store them. Writes no drafts.

    \b
    news      feeds, sitemaps and listing pages of publishers
    industry  publishers with start pages (`crawl` in mentions.toml), page by page
    lists     searches, GDELT and lists of addresses, on whatever site their pages stand
    archives  pages saved in WARC files, without asking the network
    """
    spiders = [spider] if spider else None
    return run_and_report(load(config_path), spiders, drafting=False, kind="crawl", quiet=quiet, as_json=as_json)
