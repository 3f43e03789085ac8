"""Every table that can be exported: its columns, its file's name, and which opportunities it holds.

Formats 3 to 7 are what other tools import. They read columns by name or by position: neither ever changes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from mentions.exports.columns import RECLAIM
from mentions.exports.files import Row
from mentions.findings import Verdict
from mentions.outreach.names import first_and_last


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of export. `rows` takes the reclamation list's rows and leaves out what does not belong in it."""

    name: str
    file_stem: str
    columns: tuple[str, ...]
    holds: str  # in a person's words
    rows: Callable[[Iterable[Row]], Iterator[Row]]


def _all(rows: Iterable[Row]) -> Iterator[Row]:
    yield from rows


def _mail_merge(rows: Iterable[Row]) -> Iterator[Row]:
    """Approved emails with an address: importers map columns, so the finished subject and body are columns."""
    for row in rows:
        if row["state"] != "approved" or not row["contact_email"] or not row["draft_body"]:
            continue
        first, last = _name(row)
        yield {
            "email": row["contact_email"],
            "firstName": first,
            "lastName": last,
            "companyName": row["publisher_name"],
            "subject": row["subject"],
            "body_text": row["draft_body"],
            "page_url": row["page_url"],
            "page_title": row["page_title"],
            "sentence": row["sentence"],
            "suggested_link_url": row["suggested_link_url"],
            "id": row["id"],
        }


def _pitchbox(rows: Iterable[Row]) -> Iterator[Row]:
    for row in _open(rows):
        first, last = _name(row)
        yield {
            "Partner URL": row["page_url"],
            "Partner Category": f"Unlinked mention of {row['target']}",
            "Contact Email": row["contact_email"],
            "Contact First Name": first,
            "Contact Last Name": last,
            "Company": row["publisher_name"],
        }


def _buzzstream(rows: Iterable[Row]) -> Iterator[Row]:
    """Links to watch: the one that was found, else the one that is asked for."""
    for row in _open(rows):
        yield {
            "Link Partner - Name": row["publisher_name"],
            "Link Partner - Domain": row["publisher"],
            "Linking from": row["page_url"],
            "Linking To": row["link_url_found"] or row["suggested_link_url"],
            "Anchor Text": row["suggested_anchor"],
            "Sitewide Link?": "No",
            "Sitewide - # of links": None,
            "Acquisition Method": "Organic",
        }


def _hubspot(rows: Iterable[Row]) -> Iterator[Row]:
    for row in _one_a_person(_open(rows)):
        first, last = _name(row)
        yield {
            "Email": row["contact_email"],
            "First Name": first,
            "Last Name": last,
            "Company name": row["publisher_name"],
            "Website URL": f"https://{row['publisher']}/",
            "Job Title": row["contact_role"],
            "Notes": _notes(row),
        }


def _salesforce(rows: Iterable[Row]) -> Iterator[Row]:
    """A lead needs a last name and a company."""
    for row in _one_a_person(_open(rows)):
        first, last = _name(row)
        yield {
            "LastName": last or "Editor",
            "FirstName": first,
            "Company": row["publisher_name"] or row["publisher"],
            "Email": row["contact_email"],
            "Title": row["contact_role"],
            "Website": f"https://{row['publisher']}/",
            "LeadSource": "Unlinked mention",
            "Description": _notes(row),
        }


# Nobody should be written to about these (any more): other tools would.
_CLOSED: Final = frozenset({"ignored", "suppressed", "declined"})


def _open(rows: Iterable[Row]) -> Iterator[Row]:
    return (row for row in rows if row["state"] not in _CLOSED)


def _one_a_person(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows with an address, the first of each: a contact is imported once."""
    seen: set[str] = set()
    for row in rows:
        address = row["contact_email"]
        if isinstance(address, str) and address.casefold() not in seen:
            seen.add(address.casefold())
            yield row


def _name(row: Row) -> tuple[str, str]:
    """First and last name; the whole name as the last one where it is not certain which word is which."""
    name = row["contact_name"]
    if not isinstance(name, str):
        return "", ""
    first, last = first_and_last(name)
    return (first, last) if last else ("", name)


_STANDS: Final[Mapping[str, str]] = {
    Verdict.UNLINKED: "is named without a link",
    Verdict.OUTSIDE: "is linked outside the article only",
    Verdict.BARE_URL: "is named with its address as plain text",
    Verdict.MISDIRECTED: "is linked, but not to the right page",
    Verdict.QUALIFIED: "is linked, but marked so that search engines do not follow",
    Verdict.LINKED: "is named and linked",
}


def _notes(row: Row) -> str:
    """What to know before writing: how the page stands, the sentence, where the address was published."""
    parts = (
        f"{row['target']} {_STANDS.get(str(row['verdict']), 'was named')}: {row['page_url']}",
        f'"{row["sentence"]}"' if row["sentence"] else None,
        f"Address published at {row['contact_source_url']}" if row["contact_source_url"] else None,
    )
    return " | ".join(part for part in parts if part)


RECLAIM_TABLE: Final = Table("reclaim", "reclaim", RECLAIM, "every opportunity: the reclamation list", _all)

TABLES: Final = {
    table.name: table
    for table in (
        RECLAIM_TABLE,
        Table(
            "mailmerge",
            "mailmerge",
            (
                "email",
                "firstName",
                "lastName",
                "companyName",
                "subject",
                "body_text",
                "page_url",
                "page_title",
                "sentence",
                "suggested_link_url",
                "id",
            ),
            "approved emails with an address, for YAMM, GMass, Mailshake, lemlist, Hunter and other mail merges",
            _mail_merge,
        ),
        Table(
            "pitchbox",
            "pitchbox_partners",
            (
                "Partner URL",
                "Partner Category",
                "Contact Email",
                "Contact First Name",
                "Contact Last Name",
                "Company",
            ),
            "open opportunities as partners, for Pitchbox",
            _pitchbox,
        ),
        Table(
            "buzzstream",
            "buzzstream_links",
            (
                "Link Partner - Name",
                "Link Partner - Domain",
                "Linking from",
                "Linking To",
                "Anchor Text",
                "Sitewide Link?",
                "Sitewide - # of links",
                "Acquisition Method",
            ),
            "open opportunities as links to watch, for BuzzStream (columns by position)",
            _buzzstream,
        ),
        Table(
            "hubspot",
            "hubspot_contacts",
            ("Email", "First Name", "Last Name", "Company name", "Website URL", "Job Title", "Notes"),
            "each contact with an address once, for HubSpot",
            _hubspot,
        ),
        Table(
            "salesforce",
            "salesforce_leads",
            ("LastName", "FirstName", "Company", "Email", "Title", "Website", "LeadSource", "Description"),
            "each contact with an address once, as leads for Salesforce",
            _salesforce,
        ),
    )
}
