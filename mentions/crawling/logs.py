"""What Scrapy writes into the log about single pages: nothing, unless somebody asks for all of it."""

import logging
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

_ENGINE = logging.getLogger("scrapy.core.engine")


class OnlyIfAsked(LogFormatter):
    """Makes no line for a page that came unless LOG_LEVEL is DEBUG; Scrapy makes one and throws it away.

    What became of each page stands in the database.
    """

    def crawled(self, request: Request, response: Response, spider: Spider) -> LogFormatterResult:
        """Scrapy's line, or None: nothing is logged."""
        if not _ENGINE.isEnabledFor(logging.DEBUG):
            return None  # type: ignore[return-value]  # documented for 2.x, and not in the annotation
        return super().crawled(request, response, spider)

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Likewise."""
        if not _ENGINE.isEnabledFor(logging.DEBUG):
            return None  # type: ignore[return-value]  # likewise
        return super().dropped(item, exception, response, spider)
