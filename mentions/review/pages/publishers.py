"""Publishers: all of them, and what is known of one; approvers may block it and let it be asked again."""

from typing import Final
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mentions.outreach.suppression import blocking
from mentions.queueing import QueueFilters, Shown
from mentions.review.flashes import Tone
from mentions.review.forms import Form, action, view
from mentions.review.queue_links import queue_url
from mentions.review.responses import desk_of, flash, page, see_other, visitor_of
from mentions.roles import Role

_LONGEST: Final = 200  # characters of a search


def publishers(request: Request) -> Response:
    """Every publisher by domain, a page at a time."""
    store = desk_of(request).store
    text = request.query_params.get("text", "").strip()[:_LONGEST]
    after, before = (request.query_params.get(name) or None for name in ("after", "before"))
    lines, more = store.publishers(text=text, after=after, before=before)
    if before is not None and not more:  # the beginning of the list, whole
        after = before = None
        lines, more = store.publishers(text=text)
    listed = store.suppression_list()
    return page(
        request,
        "publishers.html",
        lines=lines,
        text=text,
        blocked={line.domain for line in lines if blocking(None, line.domain, listed)},
        earlier=_list_url(text, before=lines[0].domain) if lines and (after or before) else None,
        later=_list_url(text, after=lines[-1].domain) if lines and (more or before) else None,
    )


def publisher(request: Request) -> Response:
    """Everything about one publisher."""
    store, domain = desk_of(request).store, request.path_params["domain"].lower()
    facts = store.publisher(domain)
    if facts is None:
        raise HTTPException(404, "No publisher of that domain is known.")
    return page(
        request,
        "publisher.html",
        facts=facts,
        contacts=store.contacts_of(domain),
        blocked=store.suppressed(None, domain),
        finds_url=queue_url(QueueFilters(publisher=domain, state=Shown.ANY)),
        waiting_url=queue_url(QueueFilters(publisher=domain)),
    )


def block(request: Request, form: Form) -> Response:
    """Nobody writes to this publisher any more."""
    domain, reason = _known(request), form.required("reason", longest=300)
    desk = desk_of(request)
    desk.store.suppress(domain, reason=reason, by=visitor_of(request).name, now=desk.now)
    flash(request, f"Nobody writes to {domain} any more. Its open finds are held back from the next run on.")
    return see_other(_url(domain))


def unblock(request: Request, _form: Form) -> Response:
    """This publisher may be written to again."""
    domain = _known(request)
    desk = desk_of(request)
    if desk.store.unsuppress(domain, by=visitor_of(request).name, now=desk.now):
        flash(request, f"{domain} may be written to again. The next run weighs its finds anew.")
    else:
        flash(
            request,
            f"{domain} itself is not on the suppression list; perhaps a domain above it is. See the list.",
            tone=Tone.WARNING,
        )
    return see_other(_url(domain))


def _known(request: Request) -> str:
    """The domain of the address, which must be a publisher's. Raises HTTPException (404)."""
    domain = str(request.path_params["domain"]).lower()
    if desk_of(request).store.publisher(domain) is None:
        raise HTTPException(404, "No publisher of that domain is known.")
    return domain


def _url(domain: str) -> str:
    return f"/publishers/{quote(domain, safe='')}"


def _list_url(text: str, **place: str) -> str:
    return f"/publishers?{urlencode({**({'text': text} if text else {}), **place})}"


routes = [
    view("/publishers", publishers),
    view("/publishers/{domain}", publisher),
    action("/publishers/{domain}/block", block, role=Role.APPROVER),
    action("/publishers/{domain}/unblock", unblock, role=Role.APPROVER),
]
