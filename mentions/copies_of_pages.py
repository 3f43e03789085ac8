"""Which page of its own site a page is a copy of: AMP and mobile forms, forms for printing, other addresses."""

import re
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from mentions.sources.anchors import is_page, slug_score
from mentions.urls import canonical_url, host_of, registrable_domain, split

_FRONT_PAGE: Final = -1.0  # of slug_score: surely no article

# Hosts that serve the same pages for small screens, before the site's own name.
_MOBILE_HOST: Final = re.compile(r"(?:m|mobile|amp|touch|wap)\.", re.IGNORECASE)
_AMP_PATH: Final = re.compile(r"^/amp(?=/.)|/amp/?$|\.amp(?=\.html?$)|\.amp$", re.IGNORECASE)
_AMP_PARAMETER: Final = re.compile(r"(?:amp(?:=(?:1|true)?)?|outputtype=amp|output=amp|m=1)$", re.IGNORECASE)


def original_of(url: str, canonical: str | None) -> str | None:
    """The address that the page at `url` says is its own (rel=canonical), where that is another page of its site.

    None where it says nothing, names itself (in whatever scheme), or cannot be believed: another site (that is evidence
    of syndication, and proves no identity), a front page or a file, which is what a content system with a common fault
    puts on every page, and a port that only the server behind a proxy knows.
    """
    if not canonical or canonical_url(canonical) == canonical_url(url):
        return None
    if registrable_domain(host_of(canonical)) != registrable_domain(host_of(url)):
        return None
    if slug_score(canonical) <= _FRONT_PAGE or not is_page(canonical):
        return None
    here, there = split(canonical_url(url)), split(canonical_url(canonical))
    if here is None or there is None or there.port not in {None, here.port}:
        return None
    if (here.hostname, here.path, here.query) == (there.hostname, there.path, there.query):
        return None  # http and https, or a port: the page itself, served in another way
    return canonical


def plain_forms(url: str) -> tuple[str, ...]:
    """The keys under which the page may be known, whose AMP or mobile form `url` looks like; empty where it does not.

    Nothing follows from the look alone: m.site.example may be another site. It only says where to look first.
    """
    parts = urlsplit(url)
    path = _AMP_PATH.sub("", parts.path)
    query = "&".join(part for part in parts.query.split("&") if part and not _AMP_PARAMETER.match(part))
    host = _MOBILE_HOST.sub("", parts.netloc, count=1) if _MOBILE_HOST.match(parts.netloc) else parts.netloc
    hosts = [host] if host == parts.netloc else [host, f"www.{host}"]
    if registrable_domain(host_of(url)) != registrable_domain(host.partition(":")[0]):
        return ()  # the site itself is called m.example
    given = canonical_url(url)
    forms = (
        canonical_url(urlunsplit((scheme, name, path, query, ""))) for scheme in ("https", "http") for name in hosts
    )
    return (
        tuple(form for form in dict.fromkeys(forms) if form != given)
        if _marked(parts.path, path, parts.query, query, hosts)
        else ()
    )


def _marked(path: str, plain_path: str, query: str, plain_query: str, hosts: list[str]) -> bool:
    return path != plain_path or query != plain_query or len(hosts) > 1
