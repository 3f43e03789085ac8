"""What travels through the pipelines: one page of one publisher, on its way to an outcome."""

from dataclasses import dataclass, field

from scrapy.exceptions import DropItem

from mentions.analysis import Analysis
from mentions.extraction.article import Article
from mentions.matching.mention import Matches
from mentions.pages import Page, PageState
from mentions.publishers import Publisher
from mentions.store.records import WaitingPage


@dataclass(slots=True)
class PageItem:
    """A fetched page. Each pipeline fills in what it finds out; `reason` says why there is no article."""

    asked: WaitingPage  # as it was found and asked for
    page: Page  # as it came, after redirects
    publisher: Publisher
    article: Article | None = None
    matches: Matches = field(default_factory=Matches)
    state: PageState = PageState.LIVE
    reason: str | None = None
    analysis: Analysis | None = None  # None until the page is judged

    def __repr__(self) -> str:
        """Short: Scrapy writes items into its log, and a page is up to 5 MB."""
        return f"<page {self.page.url}>"


class LeftEarly(DropItem):
    """A page that cannot hold a name of ours. Raised by `pipelines.extract_article`; counted as "pages/early"."""
