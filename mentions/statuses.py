"""What an HTTP status says of a page, in one look: for the crawl, for saved pages and for single checks alike. Pure."""

from http import HTTPStatus

from mentions.pages import PageState

# One look decides no more than one look can: a 404 is an error with the reason "not found", because a page is `gone`
# only after three such looks on three days, and the store counts those.
_BY_STATUS: dict[int, tuple[PageState, str]] = {
    401: (PageState.BLOCKED, "the site wants a login"),
    402: (PageState.PAYWALLED, "the site wants a payment"),
    403: (PageState.BLOCKED, "the site refuses us"),
    404: (PageState.ERROR, "not found"),
    407: (PageState.BLOCKED, "the site wants a login"),
    408: (PageState.ERROR, "the site took too long"),
    410: (PageState.ERROR, "not found: removed by the site"),
    429: (PageState.BLOCKED, "the site says we ask too often"),
    451: (PageState.BLOCKED, "withheld for legal reasons"),
}


def state_of_status(status: int) -> tuple[PageState, str | None]:
    """The state of a page that was answered so, and the reason in words; (live, None) where there is something to read.

    304 is live as well: nothing has changed since the last look.
    """
    if 200 <= status < 300 or status == HTTPStatus.NOT_MODIFIED:
        return PageState.LIVE, None
    state, words = _BY_STATUS.get(status) or _by_class(status)
    return state, f"{words} (HTTP {status})"


def _by_class(status: int) -> tuple[PageState, str]:
    if 300 <= status < 400:
        return PageState.REDIRECTED, "the page leads elsewhere"
    if 400 <= status < 500:
        return PageState.ERROR, "the site does not accept the request"
    return PageState.ERROR, "the site has a problem"
