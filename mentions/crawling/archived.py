"""Pages out of WARC files, as if the crawl had fetched them: judged and stored, without asking the network."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from mentions.archive import read_pages
from mentions.crawling.bookkeeping import Bookkeeper
from mentions.crawling.frontier import Found
from mentions.crawling.items import PageItem
from mentions.crawling.job import Job
from mentions.crawling.list_files import GivenFile, given_files
from mentions.exceptions import ArchiveError
from mentions.pages import Page
from mentions.publishers import SourceKind
from mentions.sources import Announced, Reading, Source
from mentions.store.keys import page_key
from mentions.store.records import FoundPage, WaitingPage
from mentions.urls import canonical_url

AT_ONCE = 100  # pages asked about in the store together


def archived_items(job: Job, bookkeeper: Bookkeeper) -> Iterator[PageItem]:
    """The pages of every archive of the configuration that nobody has looked at yet, in order.

    A page that was looked at before, on the web or in an archive, stays as it is: what is saved is never newer than
    what was seen. Archives that did not change since they were read whole are not opened.
    """
    patterns = tuple(declared.file for declared in job.config.archives)
    for given in given_files(job, bookkeeper, patterns, SourceKind.ARCHIVE):
        yield from _of_archive(job, bookkeeper, given)


def _of_archive(job: Job, bookkeeper: Bookkeeper, given: GivenFile) -> Iterator[PageItem]:
    skipped: Counter[str] = Counter()
    pages = read_pages(given.path, skipped=skipped)
    new = known = 0
    try:
        while batch := list(islice(pages, AT_ONCE)):
            fresh = _not_looked_at(job, batch)
            known += len(batch) - len(fresh)
            job.ledger.count("pages/known", times=len(batch) - len(fresh))
            new += len(fresh)
            yield from _items(job, given.source, fresh)
    except ArchiveError as error:
        bookkeeper.source_failed(given.source, _without_path(error, given.path))
        return
    # What was announced is written down already; the books only need to know whether there was anything.
    reading = Reading(pages=(Announced(given.source.url),) if new or known else ())
    bookkeeper.source_read(given.source, reading, Found(new=new, known=known), last_modified=given.mark)


def _not_looked_at(job: Job, batch: list[Page]) -> dict[str, Page]:
    """By key; of two captures in one batch the later counts."""
    by_key = {canonical_url(page.url): page for page in batch}
    seen = job.store.looked_at(list(by_key))
    return {key: page for key, page in by_key.items() if key not in seen}


def _items(job: Job, source: Source, pages: dict[str, Page]) -> Iterator[PageItem]:
    now = job.clock()
    owners = {key: job.publisher_of(page.url, asked="") for key, page in pages.items()}
    job.store.add_found(
        [FoundPage(key, page.url, owners[key], source.url, source.kind, now) for key, page in pages.items()]
    )
    for key, page in pages.items():
        publisher = job.publisher(owners[key])
        job.frontier.admit(publisher)
        job.ledger.count("pages/new", publisher.domain)
        job.ledger.count("pages/archived", publisher.domain)
        yield PageItem(WaitingPage(page_key(key), page.url, publisher.domain), page, publisher)


def _without_path(error: ArchiveError, path: Path) -> str:
    return str(error).removeprefix(f"{path}: ")
