"""Redirects as lines for a web server's configuration: nginx and Apache.

The lost addresses come out of other people's links. What could end a string or a directive there never gets into a
line: such an address is named in a comment, without what is dangerous, for a person to write by hand.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from urllib.parse import unquote_to_bytes

from mentions.urls import host_of, split


@dataclass(frozen=True, slots=True)
class Redirect:
    """From an address that is gone to a page that could stand in for it."""

    lost_url: str
    to: str


# Of decoded paths: letters and digits of any script, and what neither server reads as syntax within quotes.
_HARMLESS_PATH: Final = re.compile(r"/[\w\-.~/!&()*+,=:@' ]*")
# Of targets, percent-encoded: both servers put variables where a `$` stands, Apache the match where a `&` does.
_HARMLESS_TARGET: Final = re.compile(r"https?://[A-Za-z0-9\-.~_/:%,=+@?!*()]+")
_COMMENTED: Final = re.compile(r"[^A-Za-z0-9\-._~/:%?=&+,@]")


def nginx(redirects: Iterable[Redirect]) -> Iterator[str]:
    """Lines for the `server` block of each host (https://nginx.org/en/docs/http/ngx_http_core_module.html#location)."""
    return _lines(redirects, "inside of server { server_name %s; … }", _nginx_line)


def apache(redirects: Iterable[Redirect]) -> Iterator[str]:
    """Lines for a <VirtualHost> or .htaccess (https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirectmatch).

    RedirectMatch and not Redirect, which would catch everything below the address too.
    """
    return _lines(redirects, "inside of the <VirtualHost> or .htaccess of %s", _apache_line)


def _nginx_line(path: str, to: str) -> str:
    return f'location = "{path}" {{ return 301 "{to}"; }}'


def _apache_line(path: str, to: str) -> str:
    return f'RedirectMatch 301 "^{re.escape(path)}$" "{to}"'


def _lines(redirects: Iterable[Redirect], where: str, line: Callable[[str, str], str]) -> Iterator[str]:
    yield "# Suggestions: look at each before you use it."
    in_order = sorted(redirects, key=lambda redirect: (host_of(redirect.lost_url), redirect.lost_url))
    for host, group in groupby(in_order, key=lambda redirect: host_of(redirect.lost_url)):
        yield f"# {where % _comment(host)}"
        for redirect in group:
            path = _path(redirect.lost_url)
            if path is None or not _HARMLESS_TARGET.fullmatch(redirect.to):
                yield f"# by hand, its address has a query or odd characters: {_comment(redirect.lost_url)}"
            else:
                yield line(path, redirect.to)


def _path(url: str) -> str | None:
    """The decoded path, as servers match it; None where it cannot be written safely or is not the whole address."""
    parts = split(url)
    if parts is None or parts.query:
        return None
    try:
        path = unquote_to_bytes(parts.path or "/").decode("utf-8")
    except UnicodeDecodeError:
        return None
    return path if path.isprintable() and _HARMLESS_PATH.fullmatch(path) else None


def _comment(text: str) -> str:
    return _COMMENTED.sub("?", text)
