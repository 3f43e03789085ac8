"""Contacts: who may be written to, where each was found, and striking out whoever asks for it."""

from typing import Final
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mentions.outreach.suppression import blocking
from mentions.review.forms import BadForm, Form, action, view
from mentions.review.history_words import table_words
from mentions.review.responses import desk_of, flash, page, see_other, visitor_of
from mentions.roles import Role
from mentions.store.addressees import Addressee

_LONGEST: Final = 200  # characters of a search
_CONFIRMATION: Final = "erase"


def contacts(request: Request) -> Response:
    """Every contact, the last found first, a page at a time."""
    store = desk_of(request).store
    text = request.query_params.get("text", "").strip()[:_LONGEST]
    after, before = (_number(request, name) for name in ("after", "before"))
    lines, more = store.addressees(text=text, after=after, before=before)
    if before is not None and not more:  # the beginning of the list, whole
        after = before = None
        lines, more = store.addressees(text=text)
    listed = store.suppression_list()
    return page(
        request,
        "contacts.html",
        lines=lines,
        text=text,
        suppressed={line.id: why for line in lines if (why := blocking(line.address, line.publisher, listed))},
        earlier=_list_url(text, before=lines[0].id) if lines and (after or before) else None,
        later=_list_url(text, after=lines[-1].id) if lines and (more or before) else None,
    )


def erasure(request: Request) -> Response:
    """What erasing one contact would strike out, and the form that does it."""
    contact = _contact(request)
    held = desk_of(request).store.export_contact(contact.address) if contact.address else {"rows": []}
    rows = held["rows"]
    tables: dict[str, int] = {}
    for row in rows if isinstance(rows, list) else []:
        tables[row["table"]] = tables.get(row["table"], 0) + 1
    named = [table_words(table, number) for table, number in tables.items()]
    return page(request, "erase_contact.html", contact=contact, named=named, confirmation=_CONFIRMATION)


def erase(request: Request, form: Form) -> Response:
    """Strikes a contact out of everything stored, and suppresses the address."""
    contact, desk = _contact(request), desk_of(request)
    if contact.address is None:
        raise BadForm("This contact has no address: there is nobody to strike out.")
    if form.text("confirm").lower() != _CONFIRMATION:
        raise BadForm(f"Nothing was erased: type the word “{_CONFIRMATION}” to confirm.")
    erased = desk.store.erase_contact(contact.address, by=visitor_of(request).name, now=desk.now)
    where = ", ".join(table_words(table, number) for table, number in erased.rows.items()) or "nothing that is stored"
    flash(request, f"Erased from {where}. Nobody writes to that address any more.")
    return see_other("/contacts")


def _contact(request: Request) -> Addressee:
    """The contact of the address. Raises HTTPException (404)."""
    found = desk_of(request).store.addressee(int(request.path_params["id"]))
    if found is None:
        raise HTTPException(404, "There is no contact of that number; perhaps it was erased.")
    return found


def _number(request: Request, name: str) -> int | None:
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _list_url(text: str, **place: int) -> str:
    return f"/contacts?{urlencode({**({'text': text} if text else {}), **place})}"


routes = [
    view("/contacts", contacts),
    view("/contacts/{id:int}/erase", erasure, role=Role.APPROVER),
    action("/contacts/{id:int}/erase", erase, role=Role.APPROVER),
]
