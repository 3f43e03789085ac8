"""Telling a health check that a night began, ended well, or failed (https://healthchecks.io/docs/http_api/)."""

from http.client import HTTPException
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import Request, urlopen

from mentions.redaction import remember

TIMEOUT_S: Final = 10.0

_LONGEST_BODY: Final = 200  # characters


class Pinger:
    """One health check. Its address is a secret: whoever knows it can say that all is well."""

    def __init__(self, url: str) -> None:
        """Raises ValueError, without the address, where it is none of the web."""
        parts = urlsplit(remember(url.strip()))
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("holds no http or https address")
        self._parts = parts
        remember(parts.path.strip("/"))

    def started(self) -> str | None:
        """A night begins. Returns what went wrong with telling so, in plain words; None: it was told."""
        return self._ping("/start", "")

    def ended(self, *, well: bool, says: str) -> str | None:
        """A night has ended; likewise. `says` goes along, and holds nothing that a page said."""
        return self._ping("" if well else "/fail", says)

    def _ping(self, end: str, says: str) -> str | None:
        path = self._parts.path.rstrip("/") + end
        address = urlunsplit((self._parts.scheme, self._parts.netloc, path or "/", self._parts.query, ""))
        request = Request(address, data=says[:_LONGEST_BODY].encode(), method="POST")  # noqa: S310  # http and https only
        try:
            with urlopen(request, timeout=TIMEOUT_S):  # noqa: S310  # likewise
                return None
        except HTTPError as error:
            error.close()
            return f"the health check answered {error.code}"
        except URLError as error:
            return f"the health check cannot be reached: {error.reason}"
        except (OSError, HTTPException, ValueError) as error:
            return f"the health check cannot be reached: {type(error).__name__}"
