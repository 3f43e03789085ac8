"""The sources that the configuration declares: of a publisher, and of the targets."""

from datetime import datetime

from mentions.publishers import Publisher, SourceKind
from mentions.searching import Gdelt
from mentions.sources.gdelt import query_for, query_url
from mentions.sources.reading import Source
from mentions.targets import Target


def sources_of(publisher: Publisher) -> tuple[Source, ...]:
    """Every declared source, each address once, in the order they are read: what announces most for least first."""
    declared = (
        (SourceKind.NEWS_SITEMAP, publisher.news_sitemaps),
        (SourceKind.FEED, publisher.feeds),
        (SourceKind.SITEMAP, publisher.sitemaps),
        (SourceKind.LISTING, publisher.listings),
        (SourceKind.CRAWL, publisher.crawl),
    )
    sources = [Source(url, kind, publisher.domain) for kind, urls in declared for url in urls]
    return tuple({source.url: source for source in reversed(sources)}.values())[::-1]


def searches_of(target: Target) -> tuple[Source, ...]:
    """The target's feeds of search results, each once."""
    return tuple(
        Source(url, SourceKind.SEARCH, target=target.name, query=target.name) for url in dict.fromkeys(target.searches)
    )


def gdelt_of(target: Target, gdelt: Gdelt, *, since: datetime | None, now: datetime) -> tuple[Source, ...]:
    """The target's queries to GDELT for what it saw since the last good answer; several where its names are many.

    Known by endpoint and query, without the times, so that next night finds when it was last asked.
    """
    if not target.gdelt:
        return ()
    return tuple(
        Source(
            query_url(gdelt.endpoint, query),
            SourceKind.GDELT,
            target=target.name,
            query=query,
            request_url=query_url(gdelt.endpoint, query, since=since, now=now, first_days=gdelt.first_days),
        )
        for query in query_for(target.names, languages=gdelt.languages, countries=gdelt.countries)
    )
