"""The newsroom, open for all tests of this folder, and plain requests to it."""

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse

import pytest

from mentions.demo.newsroom import ADDRESS, Newsroom, serve


@pytest.fixture(scope="session")
def newsroom() -> Iterator[Newsroom]:
    with serve(0) as opened:
        yield opened


def ask(newsroom: Newsroom, host: str, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    """The answer to one GET, and its body."""
    connection = HTTPConnection(ADDRESS, newsroom.port, timeout=60)
    try:
        connection.request("GET", path, headers={"Host": f"{host}:{newsroom.port}", **headers})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()
