"""Who must never be written to: the list, one more, one less."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from mentions.outreach.forbidden import delete_files
from mentions.outreach.suppression import SuppressionKind, entry_of, normal_domain
from mentions.redaction import without_addresses
from mentions.review.flashes import Tone
from mentions.review.forms import Form, action, view
from mentions.review.responses import desk_of, flash, page, see_other, visitor_of
from mentions.roles import Role

_SHOWN: Final = 500  # entries; `mentions suppress export` writes them all


def suppression(request: Request) -> Response:
    """The list."""
    return _suppression(request)


def ask(request: Request, form: Form) -> Response:
    """Whether an address or domain is on the list. A form that changes nothing: an address belongs into no URL."""
    return _suppression(request, asked=form.required("of", longest=320))


def suppress(request: Request, form: Form) -> Response:
    """Puts an address or domain on the list; drafts to it are taken out of the drafts folder."""
    desk, text, reason = desk_of(request), form.required("entry", longest=320), form.optional("reason", longest=500)
    try:
        new = desk.store.suppress(text, reason=reason, by=visitor_of(request).name, now=desk.now)
    except ValueError as error:
        return _suppression(request, problem=f"That cannot be suppressed: {error}.", typed=text, reason=reason or "")
    deleted = delete_files(desk.store.drafts(), desk.store.suppression_list(), desk.config.drafts_folder)
    words = "Nobody writes there any more." if new else "It was on the list already; the reason is kept."
    flash(request, words + (f" Draft files taken away: {len(deleted)}." if deleted else ""))
    return see_other("/suppression")


def unsuppress(request: Request, form: Form) -> Response:
    """Takes an entry off the list; the reason goes into the history."""
    desk, by, value = desk_of(request), visitor_of(request).name, form.required("value", longest=320)
    reason = form.required("reason", longest=500)
    try:
        found = desk.store.unsuppress(value, by=by, now=desk.now)
    except ValueError as error:
        flash(request, f"{error}.", tone=Tone.PROBLEM)
        return see_other("/suppression")
    if found:
        detail = {"reason": without_addresses(reason)}
        desk.store.record_event("why unsuppressed", "suppression/list", detail, desk.now, actor=by)
    flash(request, "It is off the list: they may be written to again." if found else "It was not on the list.")
    return see_other("/suppression")


def _suppression(
    request: Request, *, asked: str = "", problem: str | None = None, typed: str = "", reason: str = ""
) -> Response:
    entries = [entry for entry in desk_of(request).store.suppressions() if entry.kind is not SuppressionKind.NAME]
    return page(
        request,
        "suppression.html",
        status=400 if problem else 200,
        entries=entries[:_SHOWN],
        count=len(entries),
        asked=asked,
        answer=_answer(request, asked) if asked else None,
        problem=problem,
        typed=typed,
        reason=reason,
    )


def _answer(request: Request, asked: str) -> str:
    """Whether somebody is on the list, as a sentence."""
    try:
        kind, value = entry_of(asked)
        address = value if kind is SuppressionKind.ADDRESS else None
        domain = value.rpartition("@")[2] if address else normal_domain(asked)
    except ValueError as error:
        return f"That cannot be looked up: {error}."
    why = desk_of(request).store.suppressed(address, domain)
    return f"Nobody may write there: {why}." if why else "It is not on the list."


routes = [
    view("/suppression", suppression),
    action("/suppression/ask", ask, role=Role.VIEWER),
    action("/suppression/add", suppress, role=Role.APPROVER),
    action("/suppression/remove", unsuppress, role=Role.APPROVER),
]
