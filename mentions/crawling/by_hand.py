"""The run of a spider that somebody started by `scrapy crawl`, instead of a command of ours."""

import sys
from contextlib import ExitStack
from datetime import UTC, datetime

from scrapy import signals
from scrapy.crawler import Crawler

from mentions.crawling.configuration import config_of
from mentions.crawling.job import Job, open_job
from mentions.exceptions import MentionsError


def job_by_hand(crawler: Crawler, spider: str) -> Job:
    """A run of its own for the spider of that name, closed when the crawl ends.

    Scrapy shows a traceback for every exception here; a run that may not start deserves a sentence and its exit code.
    """
    from mentions.cli.common import exit_code_of  # here, because only this face of the crawl is a command of its own

    own = ExitStack()
    try:
        config = config_of(crawler.settings)
        job = own.enter_context(open_job(config, kind=f"scrapy crawl {spider}", clock=lambda: datetime.now(UTC)))
    except MentionsError as error:
        sys.stderr.write(f"mentions: {error}\n")
        raise SystemExit(exit_code_of(error)) from error
    crawler.signals.connect(own.close, signals.engine_stopped, weak=False)
    return job
