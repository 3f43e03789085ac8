"""What a failed request means, in one look."""

import pytest
from scrapy import exceptions
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from mentions.crawling import refusals
from mentions.crawling.failures import trouble_of, trouble_of_status
from mentions.pages import PageState
from mentions.summary import skipped_in_words


@pytest.mark.parametrize(
    ("status", "state", "counter"),
    [
        (302, PageState.ERROR, "skipped/redirects"),
        (400, PageState.ERROR, "skipped/client_error"),
        (401, PageState.BLOCKED, "skipped/blocked"),
        (402, PageState.PAYWALLED, "skipped/paywalled"),
        (403, PageState.BLOCKED, "skipped/blocked"),
        (404, PageState.ERROR, "skipped/not_found"),
        (410, PageState.ERROR, "skipped/not_found"),
        (418, PageState.ERROR, "skipped/client_error"),
        (429, PageState.BLOCKED, "skipped/blocked"),
        (451, PageState.BLOCKED, "skipped/blocked"),
        (500, PageState.ERROR, "skipped/server_error"),
        (503, PageState.ERROR, "skipped/server_error"),
        (599, PageState.ERROR, "skipped/server_error"),
        (999, PageState.ERROR, "skipped/server_error"),
    ],
)
def test_statuses(status: int, state: PageState, counter: str) -> None:
    trouble = trouble_of_status(status)
    assert trouble is not None
    assert (trouble.state, trouble.counter, trouble.http_status) == (state, counter, status)
    assert f"(HTTP {status})" in trouble.reason
    assert trouble_of(HttpError(Response("http://site.example/", status=status))) == trouble


@pytest.mark.parametrize("status", [200, 203, 206, 304])
def test_statuses_that_bring_a_page_are_no_trouble(status: int) -> None:
    assert trouble_of_status(status) is None


@pytest.mark.parametrize(
    ("error", "counter"),
    [
        (exceptions.DownloadTimeoutError("x"), "skipped/timeout"),
        (exceptions.CannotResolveHostError("x"), "skipped/dns"),
        (exceptions.DownloadConnectionRefusedError("x"), "skipped/connection"),
        (exceptions.DownloadFailedError("x"), "skipped/connection"),
        (exceptions.ResponseDataLossError("x"), "skipped/connection"),
        (exceptions.NotSupported("x"), "skipped/forbidden_address"),
        (ConnectionResetError("x"), "skipped/connection"),
        (KeyError("x"), "skipped/other"),
    ],
)
def test_failures_of_the_network_are_errors_to_look_at_again(error: Exception, counter: str) -> None:
    trouble = trouble_of(error)
    assert (trouble.state, trouble.counter, trouble.http_status) == (PageState.ERROR, counter, None)
    assert "x" not in trouble.reason.split()  # Scrapy's own words stay in the log


def test_refusals_carry_their_own_state_reason_and_counter() -> None:
    kinds = refusals.Refused.__subclasses__()
    assert len({kind.counter for kind in kinds}) == len(kinds) == 9
    for kind in kinds:
        trouble = trouble_of(kind("because of a reason"))
        assert (trouble.state, trouble.reason, trouble.counter) == (kind.state, "because of a reason", kind.counter)


def test_every_reason_has_words_in_the_summary() -> None:
    errors = [KeyError(), OSError(), exceptions.DownloadTimeoutError(), exceptions.CannotResolveHostError()]
    troubles = [trouble_of(error) for error in errors] + [trouble_of_status(status) for status in range(100, 600)]
    counters = {kind.counter for kind in refusals.Refused.__subclasses__()} | {t.counter for t in troubles if t}
    for counter in counters:
        [(words, _)] = skipped_in_words({counter: 1})
        assert words != counter.removeprefix("skipped/").replace("_", " "), counter
