"""What a failed request means: page state, HTTP status, a plain reason and the key it is counted under."""

from collections.abc import Iterator
from dataclasses import dataclass
from ssl import SSLError

from OpenSSL import SSL
from scrapy import exceptions
from scrapy.spidermiddlewares.httperror import HttpError
from service_identity import VerificationError
from twisted.python.failure import Failure

from mentions.crawling.refusals import Refused
from mentions.pages import PageState
from mentions.statuses import state_of_status


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no page to judge. `counter` is a key of RunSummary.counts; `http_status` None: no answer."""

    state: PageState
    reason: str
    counter: str
    http_status: int | None = None


_COUNTER_OF_STATE = {
    PageState.BLOCKED: "skipped/blocked",
    PageState.PAYWALLED: "skipped/paywalled",
}
_COUNTER_OF_STATUS = {404: "skipped/not_found", 408: "skipped/timeout", 410: "skipped/not_found"}


def trouble_of_status(status: int) -> Trouble | None:
    """What an HTTP status means for a page; None for those that brought one (2xx) or say it is unchanged (304)."""
    state, reason = state_of_status(status)
    if reason is None:
        return None
    if state is PageState.REDIRECTED:  # a redirect that the crawl could follow never comes here
        state, reason = PageState.ERROR, f"the site redirects to nowhere (HTTP {status})"
        return Trouble(state, reason, "skipped/redirects", status)
    by_class = "skipped/server_error" if status >= 500 else "skipped/client_error"
    counter = _COUNTER_OF_STATUS.get(status) or _COUNTER_OF_STATE.get(state) or by_class
    return Trouble(state, reason, counter, status)


_BY_TYPE: tuple[tuple[type[BaseException], str, str], ...] = (
    (exceptions.DownloadTimeoutError, "no answer in time", "skipped/timeout"),
    (exceptions.CannotResolveHostError, "there is no such host", "skipped/dns"),
    (exceptions.DownloadConnectionRefusedError, "the host refuses connections", "skipped/connection"),
    (exceptions.ResponseDataLossError, "the connection broke off in the middle of the page", "skipped/connection"),
    (exceptions.DownloadFailedError, "the connection broke off", "skipped/connection"),
    (exceptions.UnsupportedURLSchemeError, "only http and https are fetched", "skipped/forbidden_address"),
    (exceptions.NotSupported, "only http and https are fetched", "skipped/forbidden_address"),
    (OSError, "the connection broke off", "skipped/connection"),
)


def trouble_of(failure: Failure | BaseException) -> Trouble:
    """What the failure handed to an errback means. Never raises; an error nobody foresaw is `error` with its name."""
    error = _error_of(failure)
    if isinstance(error, Refused):
        return Trouble(error.state, str(error), error.counter)
    if isinstance(error, HttpError):
        status = error.response.status
        return trouble_of_status(status) or Trouble(
            PageState.ERROR, f"unexpected answer (HTTP {status})", "skipped/other", status
        )
    if isinstance(error, exceptions.DownloadCancelledError):  # raised by Scrapy where a body exceeds DOWNLOAD_MAXSIZE
        return Trouble(PageState.UNPARSABLE, "the page is larger than we read", "skipped/too_large")
    certificate = _certificate_problem(error)
    if certificate:
        reason = f"the site's certificate cannot be trusted ({certificate})"
        return Trouble(PageState.ERROR, reason, "skipped/certificate")
    for kind, reason, counter in _BY_TYPE:
        if isinstance(error, kind):
            return Trouble(PageState.ERROR, reason, counter)
    return Trouble(PageState.ERROR, f"unexpected: {type(error).__name__}", "skipped/other")


def _error_of(failure: Failure | BaseException) -> BaseException:
    error = failure.value if isinstance(failure, Failure) else failure
    return error if error is not None else RuntimeError("a failure without an error")


def _certificate_problem(error: BaseException) -> str | None:
    for cause in _causes(error):
        if isinstance(cause, VerificationError):
            return "it was made out to another host"
        if isinstance(cause, SSL.Error | SSLError):
            return _openssl_words(cause)
    return None


def _causes(error: BaseException | None, depth: int = 0) -> Iterator[BaseException]:
    """An error and what caused it; Twisted wraps the causes of a broken connection in `reasons`."""
    if error is None or depth > 5:
        return
    yield error
    for reason in getattr(error, "reasons", None) or ():
        yield from _causes(_error_of(reason), depth + 1)
    yield from _causes(error.__cause__, depth + 1)


def _openssl_words(error: BaseException) -> str:
    """The last words of OpenSSL's triples: [("SSL routines", "", "certificate verify failed")]."""
    triples = error.args[0] if error.args else None
    try:
        return str(triples[-1][-1]) if triples else "the connection could not be secured"
    except (TypeError, IndexError):
        return "the connection could not be secured"
