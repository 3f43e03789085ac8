"""Lists of addresses (exports of SEO tools, hand-made lists, saved feeds) → announced pages; bad rows are named."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice

from mentions.exceptions import SourceError
from mentions.sources.announced import Announced, iso_time, plain_title, web_address
from mentions.sources.columns import Columns, find_columns, looks_like_address
from mentions.sources.searches import read_search
from mentions.sources.tables import MAX_ROWS, Row, read_rows

MAX_PAGES = 100_000  # of one list
MAX_PROBLEMS = 5  # rows named one by one; the rest is counted

_LOOKED_AT = 50  # rows by which columns are recognised
# Dates of exports, in the order in which they are tried; "03/04/2026" is left open, nobody knows which is the month.
_DATES = ("%d.%m.%Y %H:%M", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%Y/%m/%d", "%d %b %Y, %H:%M")


@dataclass(frozen=True, slots=True)
class ListReading:
    """What a list holds. `rows` were read; `problems` names the first bad ones and counts the others."""

    pages: tuple[Announced, ...]
    rows: int = 0
    problems: tuple[str, ...] = ()
    cut: bool = False
    lines: tuple[int, ...] = ()  # the line of each page


def read_list(body: bytes, url: str = "") -> ListReading:
    """The pages of a list, in its order, each once, MAX_PAGES at most.

    Takes CSV, TSV and XLSX with the headers of Ahrefs, Semrush, Screaming Frog, Google Search Console and others, plain
    lines, and saved feeds. Raises SourceError with a plain reason when there is no column of addresses.
    """
    if _is_feed(body):
        pages = read_search(body, url)
        return ListReading(tuple(pages), len(pages))
    rows = read_rows(body)
    sample = list(islice(rows, _LOOKED_AT))
    if not sample:
        raise SourceError("the list is empty")
    columns = find_columns(sample[0].cells, [row.cells for row in sample[1:]])
    if columns is None:
        raise SourceError(_why_no_list(sample))
    return _read(
        chain(sample[1:] if columns.header or not _is_address_row(sample[0], columns) else sample, rows), columns
    )


def _read(rows: "chain[Row]", columns: Columns) -> ListReading:
    pages: dict[str, Announced] = {}
    lines: dict[str, int] = {}
    bad: list[str] = []
    reasons: Counter[str] = Counter()
    count = 0
    for row in rows:
        if len(row.cells) == 1 and row.cells[0].startswith("#"):
            continue  # a remark in a list made by hand
        count += 1
        page, problem = _page(row.cells, columns)
        if page is None:
            reasons[problem] += 1
            if len(bad) < MAX_PROBLEMS:
                bad.append(f"line {row.line}: {problem}")
        elif page.url not in pages and len(pages) < MAX_PAGES:
            pages[page.url] = page
            lines[page.url] = row.line
    total = sum(reasons.values())
    if total > len(bad):
        bad.append(f"and {total - len(bad):,} more rows without a web address")
    return ListReading(
        tuple(pages.values()),
        count,
        tuple(bad),
        count >= MAX_ROWS - 1 or len(pages) >= MAX_PAGES,
        tuple(lines.values()),
    )


def _page(cells: Sequence[str], columns: Columns) -> tuple[Announced | None, str]:
    given = _cell(cells, columns.address)
    if not given:
        return None, "has no address"
    address = _address(given, _cell(cells, columns.domain))
    if address is None:
        return None, f"{given[:80]!r} is not a web address"
    return Announced(address, plain_title(_cell(cells, columns.title)), when(_cell(cells, columns.date))), ""


def _address(given: str, domain: str) -> str | None:
    if given.startswith("/") and domain:  # "Page" with the site in a column of its own
        given = f"https://{domain}{given}"
    elif "://" not in given and looks_like_address(given):
        given = f"https://{given}"
    return web_address(given, "") if "://" in given else None


def _cell(cells: Sequence[str], index: int | None) -> str:
    return cells[index] if index is not None and index < len(cells) else ""


def when(text: str) -> datetime | None:
    """A date as exports write it, aware UTC; None where it is none, or where day and month cannot be told apart."""
    text = text.strip()
    if not text:
        return None
    if moment := iso_time(text):
        return moment
    for form in _DATES:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _is_address_row(row: Row, columns: Columns) -> bool:
    return looks_like_address(_cell(row.cells, columns.address))


def _is_feed(body: bytes) -> bool:
    start = body[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf")) or (start[:1] == b"{" and b'"items"' in body)


def _why_no_list(sample: Sequence[Row]) -> str:
    shown = ", ".join(repr(cell[:30]) for cell in sample[0].cells[:6])
    return f"no column holds web addresses; the first row is {shown}"
