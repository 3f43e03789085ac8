"""Reading our own site within a budget: what to ask for, and what each answer says. The spider only asks.

Only hosts and paths of the targets' domains are asked for; robots.txt holds here as everywhere.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from urllib.parse import urljoin

from scrapy.http import Response

from mentions.config import Config
from mentions.crawling.job import Job
from mentions.crawling.page_rules import NOFOLLOW
from mentions.crawling.responses import page_from
from mentions.exceptions import StoreError, UnparsablePage
from mentions.extraction import read_article
from mentions.extraction.article import Article
from mentions.links import is_ours
from mentions.own_pages.reading import pages_of_targets, read_tallies
from mentions.own_pages.site import ReadLink, ReadPage, SiteCrawl, site_map
from mentions.sources.anchors import is_page
from mentions.store import Store
from mentions.targets import Target
from mentions.urls import canonical_url, host_of

MOST_LINKS = 1_000  # of one page that are kept
MOST_SLASHES = 3  # redirects that change nothing but a slash or a letter's case, until a page is given up
_LONGEST_TITLE = 300
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_LISTED = frozenset({"noindex", "none"})


class SiteReading:
    """One crawl of our own site. Ask for what `first` and `answered` give; each of them is within the budget."""

    def __init__(self, config: Config) -> None:
        self._targets = config.targets
        self._left_of_budget = config.own_site.max_pages
        self._homes = homes_of(config.targets)
        self._known: dict[str, None] = {}  # canonical URLs that were asked for
        self._beyond: set[str] = set()  # canonical URLs for which the budget was spent
        self._slashes: dict[str, int] = {}
        self._read: dict[str, ReadPage] = {}

    @property
    def answered_any(self) -> bool:
        """Did any page answer at all?"""
        return any(page.http_status is not None for page in self._read.values())

    def first(self, store: Store) -> Iterator[str]:
        """Home pages, pages that drafts ask for, and those that others link to: the budget is theirs first."""
        tallies = read_tallies(store, self._targets)
        linked = sorted(tallies, key=lambda url: (-tallies[url].domains, url))
        known = (page.url for page in store.own_pages())
        for url in (*self._homes, *pages_of_targets(self._targets), *linked, *known):
            if self._take(url):
                yield url

    def answered(self, asked: str, response: Response, now: datetime) -> Iterator[str]:
        """Notes what `asked` answered; gives the addresses to ask for next."""
        key = canonical_url(asked)
        location = response.headers.get("Location")
        if response.status in _REDIRECTS and location:
            yield from self._redirected(
                key, urljoin(response.url, location.decode("utf-8", "replace")), response.status
            )
        elif not 200 <= response.status < 300:
            self._read[key] = ReadPage(key, response.status, f"the site answered {response.status}")
        else:
            yield from self._page(key, response, now)

    def failed(self, asked: str, why: str) -> None:
        """Notes that nothing came."""
        key = canonical_url(asked)
        self._read[key] = ReadPage(key, problem=why)

    def save(self, store: Store, now: datetime) -> SiteCrawl:
        """Writes the site down in place of what the crawl before found. Raises StoreError."""
        homes = [canonical_url(home) for home in self._homes]
        crawl = SiteCrawl(now, sum(page.http_status is not None for page in self._read.values()), len(self._beyond))
        store.save_own_site(crawl, site_map(self._read.values(), homes))
        return crawl

    def _redirected(self, key: str, there: str, status: int) -> Iterator[str]:
        to = canonical_url(there)
        if to == key:  # the same page in another spelling of its address: a slash at the end
            self._slashes[key] = self._slashes.get(key, 0) + 1
            if self._slashes[key] <= MOST_SLASHES:
                yield there
            else:
                self._read[key] = ReadPage(key, status, "it leads to itself")
            return
        self._read[key] = ReadPage(key, status, redirects_to=to)
        if self._take(there):
            yield there

    def _page(self, key: str, response: Response, now: datetime) -> Iterator[str]:
        try:
            article = read_article(page_from(response, now))
        except UnparsablePage as error:
            self._read[key] = ReadPage(key, response.status, str(error))
            return
        links = {} if NOFOLLOW in response.flags else self._links(key, article)
        said = article.metadata
        canonical = canonical_url(said.canonical) if said.canonical else key
        self._read[key] = ReadPage(
            url=key,
            http_status=response.status,
            canonical=None if canonical == key else canonical,
            noindex=bool(said.robots & _NOT_LISTED),
            title=said.title[:_LONGEST_TITLE] if said.title else None,
            links={canonical_url(url): link for url, link in links.items()},
        )
        yield from (url for url in links if self._take(url))

    def _links(self, key: str, article: Article) -> dict[str, ReadLink]:
        """Links to other pages of ours that a reader sees, by address as written; those of the article win."""
        found: dict[str, tuple[str, ReadLink]] = {}
        for link in article.links:
            url = link.effective_url
            if url is None or link.hidden or not is_page(url) or not self._ours(url):
                continue
            to, read = canonical_url(url), ReadLink(link.anchor[:_LONGEST_TITLE], link.zone.is_article)
            if to != key and (to not in found or read.in_article > found[to][1].in_article) and len(found) < MOST_LINKS:
                found[to] = (url.partition("#")[0], read)
        return dict(found.values())

    def _take(self, url: str) -> bool:
        """Is this page to be asked for? Then it has its place in the budget."""
        key = canonical_url(url)
        if key in self._known or not host_of(url) or not self._ours(url):
            return False
        if self._left_of_budget <= 0:
            self._beyond.add(key)
            return False
        self._left_of_budget -= 1
        self._known[key] = None
        return True

    def _ours(self, url: str) -> bool:
        return any(is_ours(url, target) for target in self._targets)


def homes_of(targets: Sequence[Target]) -> list[str]:
    """Where visitors of each domain of ours begin; the scheme and port as the configured pages of that host have it."""
    origins = {host_of(url): url for url in reversed(pages_of_targets(targets))}
    domains = dict.fromkeys(domain for target in targets for domain in target.domains)
    return [urljoin(origins.get(host, f"https://{host}/"), f"/{path}") for host, _, path in map(_parted, domains)]


def _parted(domain: str) -> tuple[str, str, str]:
    return domain.partition("/")


def keep(job: Job, reading: SiteReading, *, finished: bool) -> None:
    """Writes the site down at the end. A crawl that was cut short, or reached nothing, replaces no better one."""
    if not finished or not reading.answered_any or job.ledger.broken:
        return
    try:
        crawl = reading.save(job.store, job.clock())
    except StoreError as error:
        job.ledger.broken = error  # said by whoever started the run, once everything is closed
    else:
        job.ledger.count("own_site/left", times=crawl.left)


def is_due(config: Config, last: SiteCrawl | None, now: datetime) -> bool:
    """Is it time to read our own site again? Never by itself where the configuration does not say how often."""
    days = config.own_site.every_days
    if days is None:
        return False
    # A night does not start at the same second every day.
    return last is None or now - last.ended_at >= timedelta(days=days) - timedelta(hours=4)
