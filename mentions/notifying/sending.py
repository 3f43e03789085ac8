"""Posting a payload to an address that the team gave us: limited in time, no redirects, its address never shown."""

import json
import ssl
import threading
from collections.abc import Mapping
from http.client import HTTPException, HTTPMessage
from ipaddress import ip_address
from typing import IO, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, Request, build_opener

from mentions.exceptions import NotifyError

_MOST_READ: Final = 2000  # bytes of an answer; chats answer "ok"


class _NoRedirects(HTTPRedirectHandler):
    """A webhook that moves is one that somebody must look at: its text must not follow to where it points."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        return None


def post(url: str, payload: Mapping[str, Any], *, timeout_s: float, user_agent: str) -> None:
    """Posts JSON. Raises NotifyError, which says what happened and never where, after `timeout_s` at the latest."""
    _check(url)
    body = json.dumps(payload, ensure_ascii=False).encode("utf-8", "replace")
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": user_agent}
    request = Request(url, data=body, headers=headers, method="POST")  # noqa: S310  # _check lets https and loopback pass
    problems: list[str | None] = []
    # A server that drips its answer keeps every single read within its timeout; only a clock beside it ends that.
    worker = threading.Thread(target=lambda: problems.append(_problem(request, timeout_s)), daemon=True)
    worker.start()
    worker.join(timeout_s)
    if not problems:
        raise NotifyError(f"no answer within {timeout_s:.0f} s")
    if problems[0] is not None:
        raise NotifyError(problems[0])


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        raise NotifyError("its address is not one of the web") from None
    if not host or not url.isprintable() or " " in url:
        raise NotifyError("its address is not one of the web")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(host)):
        raise NotifyError("its address must begin with https://")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _problem(request: Request, timeout_s: float) -> str | None:
    """What went wrong, in words that hold no part of the address; None: the chat took it."""
    try:
        with _opener().open(request, timeout=timeout_s) as answer:
            answer.read(_MOST_READ)
            return None
    except HTTPError as error:
        with error:
            return f"it answered {error.code}{_meaning(error.code)}"
    except URLError as error:
        return f"it could not be reached ({_reason(error.reason)})"
    except (OSError, HTTPException) as error:
        return f"it could not be reached ({_reason(error)})"


def _opener() -> OpenerDirector:
    return build_opener(_NoRedirects, HTTPSHandler(context=ssl.create_default_context()))


def _meaning(status: int) -> str:
    if status in {401, 403, 404, 410}:
        return ": is the address still valid?"
    if 300 <= status < 400:
        return ": it points elsewhere, which is not followed"
    return ": too many messages" if status == 429 else ""


def _reason(error: object) -> str:
    """The kind of error, or the system's words for it: messages of libraries may quote the address."""
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, ssl.SSLError):
        return "its certificate cannot be trusted"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return type(error).__name__
