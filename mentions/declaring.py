"""The declaration of a publisher, from what its site was found to be. Pure."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from mentions.publishers import Publisher, SourceKind
from mentions.sources import Announced
from mentions.urls import canonical_url

_FAIR_SAMPLE = 5  # dated pages, below which nothing is said about how many to expect
_LOOKED_BACK = timedelta(days=14)  # a feed's oldest items may be evergreens
_LEAST, _MOST = 0.3, 3.0  # of the mean: weekends and big days
_KEYS = {
    SourceKind.FEED: "feeds",
    SourceKind.NEWS_SITEMAP: "news_sitemaps",
    SourceKind.SITEMAP: "sitemaps",
    SourceKind.LISTING: "listings",
    SourceKind.CRAWL: "crawl",
}


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A source that a site was found to have, and what it announced. `sitemaps`: of an index, how many it names."""

    kind: SourceKind
    url: str
    pages: tuple[Announced, ...] = ()
    sitemaps: int = 0


@dataclass(frozen=True, slots=True)
class FoundSite:
    """A site as it was found."""

    domain: str  # registrable
    front_url: str  # of its front page, after redirects
    name: str | None = None
    language: str | None = None
    crawl_delay_s: float = 0.0
    named_us: bool = False  # its robots.txt speaks to our crawler by name
    sources: tuple[FoundSource, ...] = ()
    problems: tuple[str, ...] = ()  # what was looked at and could not be used, in plain words


def chosen_sources(site: FoundSite) -> tuple[FoundSource, ...]:
    """Those worth asking every night: none that announces nothing another one does not announce as well.

    A news sitemap says the most, a feed comes next; a plain sitemap names old pages for the most part, and is used
    only where there is neither. Without any source the front page is taken as a listing.
    """
    order = [SourceKind.NEWS_SITEMAP, SourceKind.FEED, SourceKind.SITEMAP]
    ranked = sorted(
        (source for source in site.sources if source.kind in order),
        key=lambda source: (order.index(source.kind), -len(source.pages)),
    )
    chosen: list[FoundSource] = []
    known: set[str] = set()
    for source in ranked:
        keys = {canonical_url(page.url) for page in source.pages}
        if source.kind is SourceKind.SITEMAP and chosen:
            continue
        if (keys - known) or source.sitemaps:
            chosen.append(source)
            known |= keys
    if chosen:
        return tuple(chosen)
    return tuple(source for source in site.sources if source.kind is SourceKind.LISTING)


def pages_per_night(pages: Iterable[Announced], *, now: datetime) -> tuple[int, int] | None:
    """How many new pages a night to expect, [at least, at most], from their dates; None where there are too few."""
    first: dict[str, datetime] = {}
    for page in pages:
        if page.published and now - _LOOKED_BACK <= page.published <= now:
            first.setdefault(canonical_url(page.url), page.published)
    if len(first) < _FAIR_SAMPLE:
        return None
    days = max((now - min(first.values())) / timedelta(days=1), 1.0)
    rate = len(first) / days
    return math.floor(rate * _LEAST), max(math.ceil(rate * _MOST), 3)


def declaration(site: FoundSite, *, now: datetime) -> Publisher:
    """The site as a publisher. Raises ValueError when no source of it can be used."""
    sources = chosen_sources(site)
    told: dict[str, list[str]] = {}
    for source in sources:
        told.setdefault(_KEYS[source.kind], []).append(source.url)
    dated = chain.from_iterable(source.pages for source in sources if source.kind is not SourceKind.SITEMAP)
    return Publisher.model_validate(
        {
            "name": site.name or site.domain,
            "domain": site.domain,
            **told,
            "language": site.language,
            "pages_per_night": pages_per_night(dated, now=now),
        }
    )


def as_toml(publisher: Publisher, *, remarks: Sequence[str] = ()) -> str:
    """The declaration as people read and change it; `remarks` stand above it."""
    lines = [f"# {remark}" for remark in remarks]
    lines.append("[[publishers]]")
    lines.append(f"name = {_quoted(publisher.name)}")
    lines.append(f"domain = {_quoted(publisher.domain)}")
    for key in _KEYS.values():
        urls: tuple[str, ...] = getattr(publisher, key)
        if len(urls) == 1:
            lines.append(f"{key} = [{_quoted(urls[0])}]")
        elif urls:
            lines += [f"{key} = [", *(f"    {_quoted(url)}," for url in urls), "]"]
    if publisher.language:
        lines.append(f"language = {_quoted(publisher.language)}")
    if publisher.pages_per_night:
        least, most = publisher.pages_per_night
        lines.append(f"pages_per_night = [{least}, {most}]  # expected new pages; outside this range the run warns")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A basic string of TOML. JSON's escapes are TOML's, but for the DEL character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
