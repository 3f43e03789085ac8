"""A health check hears that a night began and how it ended; its address is told to nobody (F-16)."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from mentions import redaction
from mentions.monitoring.pinging import Pinger
from mentions.redaction import redacted

SECRET = "6f1c9a52-9e1b-4e6e-a0f3-2b7d8f6f0001"


class Check(HTTPServer):
    """A health check on loopback that writes down what it hears."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.heard: list[tuple[str, str, str]] = []
        self.answer = 200

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/ping/{SECRET}"


class _Handler(BaseHTTPRequestHandler):
    server: Check

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.heard.append((self.command, self.path, body))
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def check() -> Iterator[Check]:
    with Check() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction, "_remembered", set())


def test_start_success_and_failure_are_told_apart(check: Check) -> None:
    pinger = Pinger(check.url)
    assert pinger.started() is None
    assert pinger.ended(well=True, says="exit code 0, run 12: finished") is None
    assert pinger.ended(well=False, says="exit code 1") is None
    assert check.heard == [
        ("POST", f"/ping/{SECRET}/start", ""),
        ("POST", f"/ping/{SECRET}", "exit code 0, run 12: finished"),
        ("POST", f"/ping/{SECRET}/fail", "exit code 1"),
    ]


def test_a_query_and_a_last_slash_stay_right(check: Check) -> None:
    Pinger(check.url + "/?create=1").started()
    assert check.heard[0][1] == f"/ping/{SECRET}/start?create=1"


def test_a_check_that_refuses_or_is_away_is_a_sentence_without_its_address(check: Check) -> None:
    pinger = Pinger(check.url)
    check.answer = 500
    assert pinger.started() == "the health check answered 500"
    away = Pinger(f"http://127.0.0.1:9/{SECRET}").started()
    assert away is not None
    assert away.startswith("the health check cannot be reached")
    assert SECRET not in away


def test_the_address_is_struck_out_of_every_text(check: Check) -> None:
    """F-16."""
    Pinger(check.url)
    assert SECRET not in redacted(f"POST {check.url} gave 500; path /ping/{SECRET}/start")


@pytest.mark.parametrize("url", ["", "hello", "file:///etc/passwd", "ftp://check.example/x", "https://"])
def test_only_the_web_is_asked(url: str) -> None:
    with pytest.raises(ValueError, match="holds no http or https address"):
        Pinger(url)
