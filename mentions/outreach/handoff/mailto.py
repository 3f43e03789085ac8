"""A draft as a mail link (RFC 6068): a click opens the mail program with everything filled in. Pure."""

from typing import Final
from urllib.parse import quote

from mentions.exceptions import DraftError
from mentions.outreach.addresses import Refused, checked_address
from mentions.outreach.cleaning import header_text, plain_lines
from mentions.store.records import NewDraft

# Windows hands a link of at most 2,083 characters to a program (INTERNET_MAX_URL_LENGTH of wininet.h); some space is
# left for what a browser puts around it.
LONGEST_LINK: Final = 1_900


def mail_link(draft: NewDraft) -> str:
    """`mailto:…` with everything encoded that could end a field. Raises DraftError where there can be no such link.

    A text that is too long for a link is copied by the person instead: subject and body each with a button (A-15).
    """
    if draft.to_address is None:
        raise DraftError("it goes to nobody: there is no address")
    try:
        address = checked_address(draft.to_address)
    except Refused as error:
        raise DraftError(f"the recipient's address is refused, {error}") from error
    body = plain_lines(draft.body).rstrip("\n").replace("\n", "\r\n")  # RFC 6068 section 5: %0D%0A between lines
    link = f"mailto:{quote(address, safe='@')}?subject={_field(header_text(draft.subject))}&body={_field(body)}"
    if len(link) > LONGEST_LINK:
        raise DraftError(
            f"too long for a mail link ({len(link):,} characters, {LONGEST_LINK:,} at most): copy it from "
            f"`mentions drafts show {draft.opportunity_id}`, or hand it off as a file"
        )
    return link


def _field(text: str) -> str:
    return quote(text, safe="")
