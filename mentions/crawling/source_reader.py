"""What becomes of an answered source: announced pages are written down for their publishers, and what to ask next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scrapy.http import Response

from mentions.crawling.bookkeeping import Bookkeeper
from mentions.crawling.elsewhere import by_publisher, write_down
from mentions.crawling.frontier import Found
from mentions.crawling.job import Job
from mentions.exceptions import SourceError
from mentions.owners import Owners
from mentions.publishers import SourceKind
from mentions.sources import Announced, Reading, Source, read_source
from mentions.store.records import WaitingPage


@dataclass(frozen=True, slots=True)
class Told:
    """What a source led to."""

    publishers: tuple[str, ...] = ()  # domains of the publishers whose pages it may have announced
    sources: tuple[Source, ...] = ()  # to be read next: sitemaps of an index, the next page of a listing
    start: WaitingPage | None = None  # the source itself, where it is a page to judge


class SourceReader:
    """Reads the answers of sources for one spider."""

    def __init__(self, job: Job, bookkeeper: Bookkeeper) -> None:
        self._job, self._bookkeeper = job, bookkeeper
        self._owners = Owners(job.config.targets)

    def answered(self, source: Source, response: Response) -> Told:
        """What to do after this answer. A source that cannot be read is noted, and leads nowhere."""
        if response.status == 304:
            self._bookkeeper.source_unchanged(source)
            return Told(_own(source))
        now = self._job.clock()
        pattern = self._job.publisher(source.publisher).listing_pattern if source.publisher else None
        try:
            reading = read_source(
                source, response.body, response.url, _header(response, "Content-Type"), listing_pattern=pattern
            )
        except SourceError as error:
            self._bookkeeper.source_failed(source, str(error))
            return Told(_own(source))
        return self._written_down(source, reading, response, now)

    def _written_down(self, source: Source, reading: Reading, response: Response, now: datetime) -> Told:
        frontier = self._job.frontier
        start = None
        if source.kind is SourceKind.CRAWL:
            found = frontier.linked(source.publisher, reading.links, source_url=source.url, depth=0, now=now)
            start = frontier.start_page(source, response.url, now=now)
            publishers = _own(source)
        else:
            found, publishers = self.announced(source, reading.pages, now)
        self._bookkeeper.source_read(
            source,
            reading,
            found,
            # A listing that was turned is asked for anew each night: its pages move.
            etag=None if source.turned else _header(response, "ETag"),
            last_modified=None if source.turned else _header(response, "Last-Modified"),
        )
        more = frontier.sitemaps_of(source, reading, now=now) if source.publisher else []
        more += self._next_page(source, reading, found)
        return Told(publishers, tuple(more), start)

    def announced(self, source: Source, pages: Sequence[Announced], now: datetime) -> tuple[Found, tuple[str, ...]]:
        """Writes down announced pages; what became of them, and the publishers they belong to.

        A source of a publisher announces its pages. What a search or a list names belongs to the site it stands on,
        and pages of our own are left out: nobody needs to be asked about them.
        """
        if source.publisher:
            return self._job.frontier.announced(source, pages, now=now), (source.publisher,)
        others = [page for page in pages if not self._owners.of(page.url)]
        self._job.ledger.count("skipped/own_page", times=len(pages) - len(others))
        founds = write_down(self._job, source, by_publisher(self._job, others), now)
        for domain, found in founds.items():
            self._bookkeeper.found(domain, found)
        new, over = sum(found.new for found in founds.values()), sum(found.over for found in founds.values())
        return Found(new=new, over=over), tuple(founds)

    def _next_page(self, source: Source, reading: Reading, found: Found) -> Iterator[Source]:
        """Where a listing goes on, as long as it shows something new and its publisher allows."""
        if reading.next_page is None or source.kind is not SourceKind.LISTING or not found.new:
            return
        if source.turned + 1 < self._job.publisher(source.publisher).listing_pages:
            yield replace(source, url=reading.next_page, turned=source.turned + 1)


def _own(source: Source) -> tuple[str, ...]:
    return (source.publisher,) if source.publisher else ()


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
