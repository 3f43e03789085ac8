"""One find: the evidence on the left, the work on the right; its saved text, and its saved copy in a sandbox."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from mentions.exceptions import UnparsablePage
from mentions.links import is_ours
from mentions.review import find_words, finds, queue_words
from mentions.review.forms import view
from mentions.review.offers import decisions_for
from mentions.review.preferences import Theme
from mentions.review.preferences import of as preferences_of
from mentions.review.queue_links import back_to_queue, last_before, next_after
from mentions.review.responses import desk_of, page, visitor_of
from mentions.review.saved_copies import POLICY, document
from mentions.snapshots import Snapshots
from mentions.store.dossiers import Dossier

_SCHEMES = {Theme.LIGHT: "light", Theme.DARK: "dark"}


def opportunity(request: Request) -> Response:
    """The find of that number. The query of the address is that of the queue it was opened from."""
    desk, visitor = desk_of(request), visitor_of(request)
    dossier = dossier_of(request)
    number, query = dossier.opportunity_id, request.url.query
    return page(
        request,
        "opportunity.html",
        find=finds.shown(desk, visitor, dossier),
        decisions=decisions_for(desk, visitor, number, dossier),
        queue=query,
        back=back_to_queue(query),
        earlier=last_before(desk, visitor, query, number),
        later=next_after(desk, visitor, query, number),
        words=find_words,
        levels=queue_words.LEVELS,
        sender=desk.config.sender,
    )


def saved_text(request: Request) -> Response:
    """The text of the page as we read it, with every name marked."""
    dossier = dossier_of(request)
    return page(
        request, "opportunity_text.html", dossier=dossier, paragraphs=finds.paragraphs(dossier), queue=request.url.query
    )


def saved_copy(request: Request) -> Response:
    """The page on which the saved copy stands in a frame."""
    dossier = dossier_of(request)
    copy = finds.saved_copy(desk_of(request), dossier)
    return page(
        request,
        "opportunity_copy.html",
        frames=True,
        dossier=dossier,
        copy=copy,
        days=desk_of(request).config.retention.pages_days,
        queue=request.url.query,
    )


def framed_copy(request: Request) -> Response:
    """The saved copy itself: its words, without anything that could act. See mentions.review.saved_copies."""
    desk, dossier = desk_of(request), dossier_of(request)
    copy = finds.saved_copy(desk, dossier)
    body = Snapshots(desk.config.pages_folder).read(copy.digest) if copy else None
    if body is None:
        raise HTTPException(404, "No copy of this page is kept.")
    target = finds.target_of(desk.config, dossier.finding.target)
    try:
        shown = document(
            body,
            title=dossier.page.title,
            names=[mention.matched for mention in dossier.mentions],
            sentence=dossier.finding.sentence,
            is_ours=lambda url: target is not None and is_ours(url, target),
            color_scheme=_SCHEMES.get(preferences_of(request).theme, "light dark"),
        )
    except UnparsablePage as error:
        raise HTTPException(404, f"The copy cannot be shown: {error}.") from error
    return HTMLResponse(shown, headers={"Content-Security-Policy": POLICY, "X-Frame-Options": "SAMEORIGIN"})


def dossier_of(request: Request) -> Dossier:
    """Everything about the find of this address. Raises HTTPException (404)."""
    dossier = desk_of(request).store.dossier(int(request.path_params["id"]))
    if dossier is None:
        raise HTTPException(404, "There is no find of that number.")
    return dossier


routes = [
    view("/opportunities/{id:int}", opportunity),
    view("/opportunities/{id:int}/text", saved_text),
    view("/opportunities/{id:int}/copy", saved_copy),
    view("/opportunities/{id:int}/copy/page", framed_copy),
]
