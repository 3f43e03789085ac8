"""`mentions crawl`: crawling and judging, without drafts."""

from pathlib import Path

import click

from mentions.cli.common import config_option, load
from mentions.cli.night import run_and_report


@click.command()
@config_option
@click.argument("spider", required=False, type=click.Choice(["news", "industry"]))
def crawl(config_path: Path | None, spider: str | None) -> int:
    """Crawl with one SPIDER, or with all of them: find pages, judge and store them. Writes no drafts.

    \b
    news      feeds, news sitemaps and listing pages
    industry  publishers with start pages (`crawl` in mentions.toml), page by page
    """
    return run_and_report(load(config_path), [spider] if spider else None, drafting=False, kind="crawl")
