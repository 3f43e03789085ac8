"""Lists of addresses: the exports of the tools PR people use, as those tools write them, and lists made by hand."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from mentions.exceptions import SourceError
from mentions.sources.lists import MAX_PROBLEMS, ListReading, read_list, when

ONE, TWO = "https://one.example/a-story", "https://two.example/b"


def urls(found: ListReading) -> list[str]:
    return [page.url for page in found.pages]


def table(*rows: tuple[str, ...], separator: str = ",", quote: bool = False) -> str:
    lines = (separator.join(f'"{cell}"' if quote else cell for cell in row) for row in rows)
    return "\r\n".join(lines) + "\r\n"


AHREFS = table(
    ("#", "Referring page title", "Referring page URL", "Language", "First seen", "Target URL", "Anchor"),
    ("1", "Robots, again", ONE, "en", "2026-11-01 10:00:00", "https://acme.example/", "Acme"),
    ("2", "", TWO, "de", "", "https://acme.example/x", ""),
    separator="\t",
    quote=True,
)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig"])
def test_ahrefs_backlinks_in_every_encoding_it_was_ever_given_in(encoding: str) -> None:
    """The page that refers is asked for, not our own page it refers to."""
    found = read_list(AHREFS.encode(encoding))
    assert urls(found) == [ONE, TWO]
    assert [page.title for page in found.pages] == ["Robots, again", None]
    assert [page.published for page in found.pages] == [None, None], "first seen is not published"
    assert found.lines == (2, 3)
    assert found.problems == ()


@pytest.mark.parametrize(
    ("text", "title", "day"),
    [
        pytest.param(
            table(("Content Title", "Content URL", "Published", "DR"), ("T", ONE, "2026-11-03", "70")), "T", 3,
            id="Ahrefs Content Explorer",
        ),
        pytest.param(
            table(("Page ascore", "Source title", "Source url", "Target url"), ("12", "T", ONE, "https://acme.example")),
            "T", None, id="Semrush Backlinks",
        ),
        pytest.param(
            table(("Address", "Content Type", "Status Code", "Title 1"), (ONE, "text/html", "200", "T")), "T", None,
            id="Screaming Frog internal",
        ),
        pytest.param(
            table(("Type", "Source", "Destination", "Anchor"), ("Hyperlink", ONE, "https://acme.example/", "x")), None,
            None, id="Screaming Frog inlinks",
        ),
        pytest.param(table(("Linking page", "Last crawled"), (ONE, "2026-11-03")), None, None, id="Search Console"),
        pytest.param(
            table(("Verlinkende Seite", "Zuletzt gecrawlt"), (ONE, "03.11.2026")), None, None, id="the same in German"
        ),
        pytest.param(table(("Page d'origine", "x"), (ONE, "1")), None, None, id="in French"),
        pytest.param(table(("Pages les plus populaires", "Clics"), (ONE, "4")), None, None, id="a header nobody knows"),
        pytest.param(
            table(("URL", "Titel", "Datum"), (ONE, "T", "03.11.2026"), separator=";"), "T", 3, id="by hand, semicolons"
        ),
        pytest.param(table(("3", ONE)), None, None, id="no header"),
        pytest.param(table(("title", "page", "domain"), ("T", "/a-story", "one.example")), "T", None, id="path, site"),
    ],
)  # fmt: skip
def test_the_column_of_addresses_is_recognised(text: str, title: str | None, day: int | None) -> None:
    (page,) = read_list(text.encode()).pages
    assert page.url == ONE
    assert page.title == title
    assert page.published == (datetime(2026, 11, day, tzinfo=UTC) if day else None)


def test_plain_lines_with_remarks_blank_lines_and_missing_schemes() -> None:
    found = read_list(f"# from the newsletter\n{ONE}\n\n{TWO}#top\ntwo.example/b\nwww.three.example/c\n".encode())
    assert urls(found) == [ONE, TWO, "https://www.three.example/c"]
    assert found.problems == ()


def test_bad_rows_are_named_by_line_and_counted_and_the_rest_is_read() -> None:
    rows = [("URL", "Title"), (ONE, "good"), *((f"no address {n}", "") for n in range(8)), ("", "empty"), (TWO, "good")]
    found = read_list(table(*rows).encode())
    assert urls(found) == [ONE, TWO]
    assert found.problems[0] == "line 3: 'no address 0' is not a web address"
    assert len(found.problems) == MAX_PROBLEMS + 1
    assert found.problems[-1] == "and 4 more rows without a web address"
    assert found.rows == 11


def test_windows_letters_and_cells_with_line_breaks() -> None:
    text = f'URL;Titel\r\n{ONE};"Roboter für\r\nLager"\r\n{TWO};Größe\r\n'
    found = read_list(text.encode("windows-1252"))
    assert [page.title for page in found.pages] == ["Roboter für Lager", "Größe"]
    assert found.lines == (2, 4)


def test_a_quote_that_is_never_closed_costs_no_more_than_its_row() -> None:
    lines = "".join(f"https://one.example/{n}\t0\n" for n in range(20_000))
    found = read_list(f'URL\tx\n{ONE}\t"open\n{lines}'.encode())
    assert len(found.pages) > 10_000


def test_a_workbook_is_read_as_a_person_sees_it() -> None:
    book = Workbook()
    book.create_sheet("Notes", 0)
    sheet = book.create_sheet("Export")
    sheet.append(["Content Title", "Content URL", "Published"])
    sheet.append(["T", ONE, datetime(2026, 11, 3)])  # noqa: DTZ001 (spreadsheets know no time zones)
    out = BytesIO()
    book.save(out)
    (page,) = read_list(out.getvalue()).pages
    assert (page.url, page.title, page.published) == (ONE, "T", datetime(2026, 11, 3, tzinfo=UTC))


def test_a_saved_feed_of_alerts_is_a_list() -> None:
    body = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Alert</title><entry><title>&lt;b&gt;Acme&lt;/b&gt;</title>
      <link href="https://www.google.com/url?rct=j&amp;url={ONE}&amp;ct=ga"/></entry></feed>"""
    (page,) = read_list(body.encode()).pages
    assert (page.url, page.title) == (ONE, "Acme")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"name,colour\nAcme,red\n", "no column holds web addresses; the first row is 'name', 'colour'"),
        (b"Site,Linking pages\none.example,4\n", "no column holds web addresses"),
        (b"Target URL,Anchor\nhttps://acme.example/,x\n", "no column holds web addresses"),
        (b"PK\x03\x04 broken", "cannot be read"),
        (b"GIF89a\x00\x00\x01\x00" * 50, "binary file"),
    ],
)
def test_what_is_no_list_is_refused_with_a_reason(body: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        read_list(body)


def test_dates_whose_day_and_month_nobody_can_tell_apart_are_left_open() -> None:
    assert when("03/04/2026") is None
    assert when("3 Nov 2026") == datetime(2026, 11, 3, tzinfo=UTC)
    assert when("yesterday") is None
