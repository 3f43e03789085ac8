"""Posting to chats: limited in time, no redirects, no address in any word."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from mentions.exceptions import NotifyError
from mentions.notifying.sending import post
from tests.ports import silent_port

SECRET = "T0SECRETB1"


class Chat(BaseHTTPRequestHandler):
    """A chat that answers as its path says."""

    heard: ClassVar[list[tuple[str, dict[str, str], bytes]]] = []
    never: ClassVar[threading.Event] = threading.Event()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((self.path, dict(self.headers), body))
        answer = self.path.strip("/").partition("/")[0]
        if answer == "silent":
            self.never.wait(60)
            return
        self.send_response(int(answer))
        self.send_header("Location", "/200/elsewhere")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def do_GET(self) -> None:
        self.heard.append((self.path, {}, b""))
        self.send_error(500)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def chat() -> Iterator[str]:
    Chat.heard.clear()
    Chat.never.clear()
    server = HTTPServer(("127.0.0.1", 0), Chat)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        Chat.never.set()
        server.shutdown()
        thread.join()
        server.server_close()


def send(url: str, timeout_s: float = 60.0) -> None:
    post(url, {"text": "Grüße"}, timeout_s=timeout_s, user_agent="MentionsBot/1 (+https://acme.example/)")


def test_the_payload_arrives_as_json_with_our_name() -> None:
    with chat() as base:
        send(f"{base}/200/{SECRET}")
    ((path, headers, body),) = Chat.heard
    assert path == f"/200/{SECRET}"
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert headers["User-Agent"].startswith("MentionsBot/")
    assert json.loads(body) == {"text": "Grüße"}


@pytest.mark.parametrize(
    ("status", "words"), [(404, "still valid"), (429, "too many"), (302, "elsewhere"), (500, "500")]
)
def test_a_refusal_is_told_without_the_address(status: int, words: str) -> None:
    with chat() as base, pytest.raises(NotifyError) as caught:
        send(f"{base}/{status}/{SECRET}")
    assert words in str(caught.value)
    assert SECRET not in str(caught.value)
    assert len(Chat.heard) == 1, "a redirect was followed"


def test_a_chat_that_does_not_answer_is_given_up() -> None:
    with chat() as base, pytest.raises(NotifyError) as caught:
        send(f"{base}/silent/{SECRET}", timeout_s=0.2)
    assert "no answer" in str(caught.value)
    assert SECRET not in str(caught.value)


def test_a_host_that_is_not_there_is_told_without_the_address() -> None:
    with silent_port() as port, pytest.raises(NotifyError, match="could not be reached") as caught:
        send(f"http://127.0.0.1:{port}/{SECRET}")
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        f"http://hooks.slack.example/{SECRET}",
        f"ftp://127.0.0.1/{SECRET}",
        f"file:///etc/{SECRET}",
        f"https:///{SECRET}",
        f"https://[::1/{SECRET}",
        f"https://a.example/{SECRET} x",
        f"https://a.example/{SECRET}\r\nX: y",
        SECRET,
        "",
    ],
)
def test_only_encrypted_addresses_of_the_web_are_posted_to(url: str) -> None:
    with pytest.raises(NotifyError) as caught:
        send(url)
    assert SECRET not in str(caught.value)
