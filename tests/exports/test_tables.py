"""What other tools import: columns, which opportunities, and that no cell computes."""

import csv
import io
from collections import Counter
from datetime import UTC, datetime

import openpyxl
import pytest

from mentions.exports.columns import RECLAIM
from mentions.exports.disavow import Disavowed, write_disavow
from mentions.exports.files import Row
from mentions.exports.leaving_out import allowed
from mentions.exports.tables import TABLES
from mentions.exports.writing import Format, file_name, write_table
from mentions.outreach.suppression import SuppressionList, hashed

KEY = b"a key of the tests"

# The columns as the other tools know them, in their order, and the names of the files (EXPORTS 3 to 7).
DOCUMENTED = {
    "mailmerge": (
        "mailmerge.csv",
        "email,firstName,lastName,companyName,subject,body_text,page_url,page_title,sentence,suggested_link_url,id",
    ),
    "pitchbox": (
        "pitchbox_partners.csv",
        "Partner URL,Partner Category,Contact Email,Contact First Name,Contact Last Name,Company",
    ),
    "buzzstream": (
        "buzzstream_links.csv",
        (
            "Link Partner - Name,Link Partner - Domain,Linking from,Linking To,Anchor Text,Sitewide Link?,"
            "Sitewide - # of links,Acquisition Method"
        ),
    ),
    "hubspot": ("hubspot_contacts.csv", "Email,First Name,Last Name,Company name,Website URL,Job Title,Notes"),
    "salesforce": (
        "salesforce_leads.csv",
        "LastName,FirstName,Company,Email,Title,Website,LeadSource,Description",
    ),
}


def row(number: int = 1, **values: object) -> Row:
    return {
        **dict.fromkeys(RECLAIM),
        "id": number,
        "target": "Acme Robotics",
        "state": "approved",
        "verdict": "unlinked",
        "publisher": "courier.example",
        "publisher_name": "The Daily Courier",
        "page_key": f"https://courier.example/{number}",
        "page_url": f"https://courier.example/{number}",
        "page_title": "Night shift",
        "sentence": "Acme Robotics sorts parcels.",
        "suggested_link_url": "https://acme.example/",
        "suggested_anchor": "Acme Robotics",
        "contact_name": "Jane Doering",
        "contact_email": "jane.doering@courier.example",
        "contact_role": "author",
        "contact_source_url": "https://courier.example/jane",
        "subject": "A link in your article",
        "draft_body": "Dear Jane Doering,\n\nthank you.",
        **values,
    }


def exported(name: str, *rows: Row) -> list[dict[str, str]]:
    stream = io.BytesIO()
    write_table(rows, stream, Format.CSV, TABLES[name])
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", DOCUMENTED)
def test_each_tool_gets_its_own_columns_in_its_order(name: str) -> None:
    """E-03."""
    stream = io.BytesIO()
    assert write_table([row()], stream, Format.CSV, TABLES[name]) == 1
    file, columns = DOCUMENTED[name]
    assert file_name(TABLES[name], Format.CSV) == file
    header = stream.getvalue().decode("utf-8-sig").split("\r\n")[0]
    assert header == ",".join(f'"{column}"' for column in columns.split(","))


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_of_any_table_computes(name: str) -> None:
    """E-01: whatever a page puts into a title, a name or a sentence."""
    for text in ("=1+1", "+1", "-1", "@SUM", "\t=1", " =1", "\u00a0=1", "＝1", "a\n=1"):
        hostile = (
            "page_title",
            "publisher_name",
            "sentence",
            "suggested_anchor",
            "contact_role",
            "subject",
            "draft_body",
        )
        (cells,) = exported(name, {**row(), **dict.fromkeys(hostile, text)})
        for cell in cells.values():
            assert cell.lstrip(" \u00a0")[:1] not in set("=+-@＝"), (name, text, cell)
            assert not set(cell) & set("\r\n\t")


@pytest.mark.parametrize("name", TABLES)
def test_the_same_rows_give_the_same_bytes_in_every_form(name: str) -> None:
    """E-05."""
    for form in Format:
        first, second = io.BytesIO(), io.BytesIO()
        write_table([row(1), row(2, contact_email="desk@courier.example")], first, form, TABLES[name])
        write_table([row(1), row(2, contact_email="desk@courier.example")], second, form, TABLES[name])
        assert first.getvalue() == second.getvalue()
        assert len(first.getvalue()) > 100


def test_a_mail_merge_holds_approved_emails_with_an_address_and_nothing_else() -> None:
    rows = exported(
        "mailmerge",
        row(1),
        row(2, state="drafted"),
        row(3, contact_email=None),
        row(4, state="sent"),
        row(5, draft_body=None),
    )
    (only,) = rows
    assert only["id"] == "1"
    assert only["email"] == "jane.doering@courier.example"
    assert only["companyName"] == "The Daily Courier"
    assert only["subject"] == "A link in your article"


def test_a_workbook_keeps_the_paragraphs_of_an_email() -> None:
    stream = io.BytesIO()
    write_table([row()], stream, Format.XLSX, TABLES["mailmerge"])
    workbook = openpyxl.load_workbook(io.BytesIO(stream.getvalue()))
    sheet = workbook["Mailmerge"]
    body = [cell.value for cell in sheet[1]].index("body_text")
    assert sheet[2][body].value == "Dear Jane Doering,\n\nthank you."
    workbook.close()


@pytest.mark.parametrize("name", ["hubspot", "salesforce"])
def test_a_contact_is_imported_once(name: str) -> None:
    rows = exported(
        name,
        row(1),
        row(2, contact_email="Jane.Doering@courier.example"),
        row(3, contact_email=None),
        row(4, contact_email="desk@courier.example", contact_name=None, contact_role="newsroom"),
    )
    assert [cells["Email"] for cells in rows] == ["jane.doering@courier.example", "desk@courier.example"]


def test_a_lead_always_has_a_last_name_and_a_company() -> None:
    (lead,) = exported("salesforce", row(contact_name=None, publisher_name=None))
    assert (lead["LastName"], lead["Company"], lead["LeadSource"]) == ("Editor", "courier.example", "Unlinked mention")


@pytest.mark.parametrize("name", ["pitchbox", "buzzstream", "hubspot", "salesforce"])
@pytest.mark.parametrize("state", ["ignored", "suppressed", "declined"])
def test_what_people_closed_reaches_no_other_tool(name: str, state: str) -> None:
    assert exported(name, row(state=state)) == []


def test_links_to_watch_name_the_link_that_was_found() -> None:
    asked, found = exported("buzzstream", row(1), row(2, link_url_found="https://acme.example/robots"))
    assert (asked["Linking To"], asked["Acquisition Method"]) == ("https://acme.example/", "Organic")
    assert found["Linking To"] == "https://acme.example/robots"


def test_who_is_on_the_suppression_list_is_left_out_with_the_reason() -> None:
    """A-13."""
    listed = SuppressionList(
        domains={"closed.example": "asked us to stop"},
        addresses={hashed("jane.doering@courier.example", KEY): "unsubscribed"},
        key=KEY,
    )
    left_out: Counter[str] = Counter()
    rows = [
        row(1, contact_email="Jane.Doering@Courier.example"),
        row(2, contact_email="desk@courier.example"),
        row(3, contact_email=None, publisher="news.closed.example"),
    ]
    assert [each["id"] for each in allowed(rows, listed, left_out)] == [2]
    assert left_out == {"unsubscribed": 1, "asked us to stop": 1}


def test_the_disavow_file_is_as_google_reads_it() -> None:
    stream = io.BytesIO()
    day = datetime(2026, 11, 21, tzinfo=UTC)
    marked = [Disavowed("spam.example", "bought\nlinks", "kim", day), Disavowed("casino.example", None, "kim", day)]
    assert write_disavow(marked, stream) == 2
    assert stream.getvalue() == b"domain:casino.example\n# bought links\ndomain:spam.example\n"


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ("unlinked", "is named without a link"),
        ("bare_url", "is named with its address as plain text"),
        ("misdirected", "is linked, but not to the right page"),
        ("linked", "is named and linked"),
        ("not_mentioned", "was named"),
    ],
)
def test_a_note_says_how_the_page_stands(verdict: str, words: str) -> None:
    url = "https://courier.example/1"
    (contact,) = exported("hubspot", row(verdict=verdict))
    assert contact["Notes"].startswith(f"Acme Robotics {words}: {url} | ")
    (lead,) = exported("salesforce", row(verdict=verdict))
    assert lead["Description"] == contact["Notes"]
