"""The industry spider: sites that announce little or nothing, crawled politely from their start pages."""

from mentions.config import Config
from mentions.crawling.publisher_spider import PublisherSpider
from mentions.publishers import Publisher


class IndustrySpider(PublisherSpider):
    """Follows links within a publisher's registrable domain, article-looking ones first, until its budget is spent.

    A publisher with start pages (`crawl`) is visited by this spider alone, its feeds and sitemaps included.
    """

    name = "industry"

    @classmethod
    def chosen(cls, config: Config) -> list[Publisher]:
        """Every publisher with start pages."""
        return [publisher for publisher in config.publishers if publisher.crawl]
