"""Web addresses: the key under which a page is known, hosts as the browser sees them, and who registered them."""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

from publicsuffixlist import PublicSuffixList

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_LONGEST_HOST: Final = 253  # RFC 1035; also keeps IDNA encoding away from endless labels

# Parameters that say where a reader came from and never what the page shows: the campaign parameters of the large
# analytics, advertising and newsletter systems, as their own documentation names them.
_TRACKING: Final = re.compile(
    r"(?:utm_|at_|hsa_|mtm_|matomo_|pk_|piwik_|oly_|vero_|trk_|_hs|wt[._]mc|wt[._]z|ns_campaign|ns_mchannel|ns_source)"
    r"|(?:fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|mkt_tok|_ga|_gl"
    r"|cmpid|cmp|ocid|ncid|smid|ito|icid|xtor|s_cid|sr_share|ftag|__twitter_impression|spm|wpsrc|rss"
    # And those that carry a session, where cookies are refused: every visitor gets another one.
    r"|phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken|zenid)$",
    re.IGNORECASE,
)
_SESSION_IN_PATH: Final = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)  # of Java servers
_UNRESERVED: Final = "-._~"
_PATH_SAFE: Final = "/!$&'()*+,;=:@%" + _UNRESERVED
_ESCAPE: Final = re.compile(r"%([0-9A-Fa-f]{2})")
_suffixes: Final = PublicSuffixList()


@lru_cache(maxsize=65_536)
def ascii_host(host: str) -> str:
    """A host name lower-case, in its ASCII (IDNA) form, without a trailing dot; "" where it is no host name."""
    if "%" in host:  # browsers unescape hosts: acme%2Eexample is acme.example
        host = unquote_to_bytes(host).decode("utf-8", "replace")
    host = host.rstrip(".").lower()
    if len(host) > _LONGEST_HOST:
        return ""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii").rstrip(".").lower()
    except UnicodeError:
        return ""


@lru_cache(maxsize=16_384)
def split(url: str) -> SplitResult | None:
    """The parts of an absolute web address as a browser reads them; None where it is none.

    Browsers read a backslash as a slash (https://url.spec.whatwg.org/#special-authority-slashes-state): in
    `https://evil.test\\@acme.example` the host is evil.test.
    """
    cut = re.search(r"[?#]", url)
    end = cut.start() if cut else len(url)
    try:
        parts = urlsplit(url[:end].replace("\\", "/") + url[end:])
        if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
            return None
        _ = parts.port  # raises where the port is no number up to 65535
    except ValueError:
        return None
    return parts


@lru_cache(maxsize=16_384)
def host_of(url: str) -> str:
    """The host of a web address: lower-case, IDNA, no port, no user info, no trailing dot; "" where there is none."""
    parts = split(url)
    return ascii_host(parts.hostname or "") if parts else ""


@lru_cache(maxsize=65_536)
def registrable_domain(host: str) -> str:
    """The part of a host that somebody registered: "news.site.co.uk" → "site.co.uk".

    By the Public Suffix List with its private section, so that two blogs of one hosting service are two publishers.
    IP addresses, single labels and public suffixes are their own answer.
    """
    host = ascii_host(host)
    if not host or ":" in host or host.replace(".", "").isdigit():
        return host
    return _suffixes.privatesuffix(host) or host


def canonical_url(url: str) -> str:
    """The key of a page: two addresses with one key show the same page to every reader.

    Scheme and host lower-case (IDNA), user info, default port, fragment and tracking parameters dropped, the other
    parameters sorted, escapes in one spelling, dot segments resolved, no trailing slash but the root's. What is no
    web address comes back trimmed and otherwise as it is. Idempotent.
    """
    text = url.strip()
    parts = split(text)
    host = ascii_host(parts.hostname or "") if parts else ""
    if parts is None or not host:
        return text
    if ":" in host:
        host = f"[{host}]"
    port = "" if parts.port in {None, _DEFAULT_PORTS[parts.scheme]} else f":{parts.port}"
    path = _one_spelling(_without_dots(_SESSION_IN_PATH.sub("", parts.path))).rstrip("/") or "/"
    query = "&".join(sorted(p for p in parts.query.split("&") if p and not _TRACKING.match(p.partition("=")[0])))
    return f"{parts.scheme}://{host}{port}{path}" + (f"?{_one_spelling(query, extra='?')}" if query else "")


def _without_dots(path: str) -> str:
    """RFC 3986 section 5.2.4, for paths that hold dot segments; all others as they are."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for index, segment in enumerate(segments):
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
        if segment in {".", ".."} and index == len(segments) - 1:
            kept.append("")
    return "/" + "/".join(kept)


def _one_spelling(text: str, *, extra: str = "") -> str:
    """Percent escapes in one spelling: upper-case digits, unreserved letters plain, everything else escaped."""

    def plain(match: re.Match[str]) -> str:
        letter = chr(int(match[1], 16))
        return letter if letter.isascii() and (letter.isalnum() or letter in _UNRESERVED) else match[0].upper()

    escaped = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    return quote(_ESCAPE.sub(plain, escaped), safe=_PATH_SAFE + extra)


def path_segments(path: str) -> tuple[str, ...]:
    """The segments of a path, unescaped and case-folded, empty ones dropped: "/Blog/%41/" → ("blog", "a")."""
    return tuple(
        unquote_to_bytes(segment).decode("utf-8", "replace").casefold() for segment in path.split("/") if segment
    )
