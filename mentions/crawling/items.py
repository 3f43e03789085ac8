"""What travels through the pipelines: one page of one publisher, on its way to an outcome."""

from dataclasses import dataclass

from scrapy.exceptions import DropItem

from mentions.analysis import Analysis
from mentions.crawling.analysts import Reading
from mentions.pages import Page
from mentions.publishers import Publisher
from mentions.store.records import WaitingPage


@dataclass(slots=True)
class PageItem:
    """A fetched page, and what is found out about it."""

    asked: WaitingPage  # as it was found and asked for
    page: Page  # as it came, after redirects
    publisher: Publisher
    early: bool | None = None  # does it surely hold no name of ours? None: nobody has looked
    reading: Reading | None = None  # None until it is read
    analysis: Analysis | None = None  # None until the page is judged

    def __repr__(self) -> str:
        """Short: Scrapy writes items into its log, and a page is up to 5 MB."""
        return f"<page {self.page.url}>"


class LeftEarly(DropItem):
    """A page that cannot hold a name of ours. Raised by `pipelines.extract_article`; counted as "pages/early"."""
