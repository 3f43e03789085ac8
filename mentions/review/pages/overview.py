"""The first page: what there is."""

from starlette.requests import Request
from starlette.responses import Response

from mentions.review.forms import view
from mentions.review.responses import desk_of, page


def overview(request: Request) -> Response:
    """How many findings have each verdict, and the last run."""
    store = desk_of(request).store
    return page(request, "overview.html", counts=store.counts_by_verdict(), last_run=store.last_run())


routes = [view("/", overview)]
