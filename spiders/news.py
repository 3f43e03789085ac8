"""The news spider: feeds, news sitemaps and listing pages of publishers."""

from mentions.config import Config
from mentions.crawling.publisher_spider import PublisherSpider
from mentions.publishers import Publisher


class NewsSpider(PublisherSpider):
    """Reads what publishers announce, and the pages announced. Follows no links."""

    name = "news"

    @classmethod
    def chosen(cls, config: Config) -> list[Publisher]:
        """Every publisher that is not crawled page by page."""
        return [publisher for publisher in config.publishers if not publisher.crawl]
