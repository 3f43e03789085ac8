"""Lists of addresses from files: read at the start of a run, each only when it changed since the last one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from mentions.crawling.bookkeeping import Bookkeeper
from mentions.crawling.job import Job
from mentions.crawling.source_reader import SourceReader
from mentions.exceptions import SourceError
from mentions.publishers import SourceKind
from mentions.searching import files_of
from mentions.sources import Announced, Reading, Source, read_source

MAX_FILE_BYTES = 200_000_000  # the largest exports we know have 60 MB


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file of the configuration: as a source, and the mark by which a change is seen."""

    path: Path
    source: Source
    mark: str


def given_files(job: Job, bookkeeper: Bookkeeper, patterns: tuple[str, ...], kind: SourceKind) -> Iterator[GivenFile]:
    """The files that these patterns name and that changed since they were last read; each once.

    A pattern without a file is a warning of the run; a file that did not change is counted.
    """
    folder = job.config.folder
    for pattern in patterns:
        paths = files_of(pattern, folder)
        if not paths:
            job.ledger.warn(f"{pattern}: there is no such file in {folder}")
        for path in paths:
            known_as = str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)
            status = path.stat()
            given = GivenFile(path, Source(known_as, kind), f"{status.st_size} bytes, {status.st_mtime_ns}")
            if job.store.source_validators(known_as)[1] == given.mark:
                bookkeeper.source_unchanged(given.source)
            else:
                yield given


def read_lists(job: Job, reader: SourceReader, bookkeeper: Bookkeeper) -> list[str]:
    """Writes down what the lists of the configuration name; the domains of the publishers on whose sites it stands."""
    publishers: dict[str, None] = {}
    for declared in job.config.lists:
        oldest = job.clock() - timedelta(days=declared.max_age_days) if declared.max_age_days else None
        for given in given_files(job, bookkeeper, (declared.file,), SourceKind.LIST):
            try:
                reading = read_file(given)
            except SourceError as error:
                bookkeeper.source_failed(given.source, str(error))
                continue
            pages = [page for page in reading.pages if _young_enough(page, oldest)]
            job.ledger.count("skipped/too_old", times=len(reading.pages) - len(pages))
            found, domains = reader.announced(given.source, pages, job.clock())
            # A list that held more than one night takes up is read again.
            bookkeeper.source_read(given.source, reading, found, last_modified=None if found.over else given.mark)
            publishers.update(dict.fromkeys(domains))
    return list(publishers)


def read_file(given: GivenFile) -> Reading:
    """What a file announces. Raises SourceError with a plain reason."""
    try:
        with given.path.open("rb") as file:
            body = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}") from error
    if len(body) > MAX_FILE_BYTES:
        raise SourceError(f"is larger than {MAX_FILE_BYTES:,} bytes")
    return read_source(given.source, body, "")


def _young_enough(page: Announced, oldest: datetime | None) -> bool:
    return oldest is None or page.dated is None or page.dated >= oldest
