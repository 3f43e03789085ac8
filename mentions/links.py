"""Where a link really leads, and whether that is ours."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final
from urllib.parse import urldefrag, urljoin

from mentions import redirectors
from mentions.targets import Target
from mentions.urls import host_of, path_segments, registrable_domain, split


class LinkKind(StrEnum):
    """What an href is."""

    WEB = "web"  # leads to a web page
    SHARE = "share"  # a share, follow or login button that carries an address: never a link to it
    OPAQUE = "opaque"  # a shortener or redirector that hides its target
    MAIL = "mail"  # mailto:
    NOWHERE = "nowhere"  # javascript:, tel:, data:, empty, fragment of the same page, broken


@dataclass(frozen=True, slots=True)
class HrefTarget:
    """Where an href leads.

    `url` is absolute, None where it leads to no web page. `effective_url` is `url` with redirectors that show their
    target unwrapped; None for share buttons and for what hides its target, because nobody knows it.
    """

    url: str | None
    effective_url: str | None
    kind: LinkKind


_NOWHERE: Final = HrefTarget(None, None, LinkKind.NOWHERE)
_STRIPPED_BY_BROWSERS: Final = re.compile(r"[\t\n\r]")  # https://url.spec.whatwg.org/#url-parsing, step 3
# The ordinary hrefs, nineteen of twenty: nothing in them needs a closer look when their host is in no table. A query
# may carry another address only with one of the signs that _CARRYING looks for, or with an escape.
_ORDINARY: Final = re.compile(
    r"(?:https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+))?(/(?![/.])[^?#\\:\s\x00-\x1f]*)(\?[^#\\:%\s\x00-\x1f]+)?"
)
# A host that a browser reads as it stands, with the end of the address or a path behind it: nine of ten addresses.
_PLAIN_HOST: Final = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?=[/?#]|\Z)")
_CARRYING: Final = re.compile(r"//|www\.|aHR0c", re.IGNORECASE)
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_APP_SHARERS: Final = frozenset({"whatsapp", "tg", "fb-messenger", "viber", "line", "threema", "twitter", "sms"})
_WEB: Final = re.compile(r"https?://", re.IGNORECASE)
# What browsers trim: C0 controls and space.
_TRIMMED: Final = "".join(map(chr, range(33))) + "\u00a0"
# Networks that are one under two names.
_SAME_NETWORK: Final = {"x.com": "twitter.com", "fb.com": "facebook.com", "youtu.be": "youtube.com"}


def read_href(href: str, base_url: str) -> HrefTarget:
    """Where `href` leads when it stands on a page whose base (after <base href>) is `base_url`. Never raises."""
    url = _ordinary(href, base_url)
    if url is not None:
        return HrefTarget(url, url, LinkKind.WEB)
    text = _STRIPPED_BY_BROWSERS.sub("", href.strip(_TRIMMED))
    if not text or text.startswith("#"):
        return _NOWHERE
    return _read_closely(text, base_url)


def _ordinary(href: str, base_url: str) -> str | None:
    """The address of a link that leads just where it says; None where that takes a closer look."""
    parts = _ORDINARY.fullmatch(href)
    if parts is None or "/." in href:
        return None
    host, path, query = parts.groups()
    if query and (";" in path or _CARRYING.search(query)):
        return None
    origin, base_host = _origin(base_url)
    if not redirectors.is_plain_host(host or base_host) or redirectors.is_way_out(path):
        return None
    return href if host else origin + href


def _read_closely(text: str, base_url: str) -> HrefTarget:
    scheme = _SCHEME.match(text)
    if scheme and (name := scheme[1].lower()) not in {"http", "https"}:
        if name == "mailto":
            return HrefTarget(None, None, LinkKind.MAIL)
        return HrefTarget(None, None, LinkKind.SHARE) if name in _APP_SHARERS else _NOWHERE
    url = _absolute(text, base_url)
    parts = split(url) if url else None
    if url is None or parts is None or not host_of(url):
        return _NOWHERE
    if parts.fragment and urldefrag(url).url == urldefrag(base_url).url:
        return _NOWHERE
    return _followed(url, base_url)


@lru_cache(maxsize=1024)
def _origin(base_url: str) -> tuple[str, str]:
    """("https://host:port", host) of a base; the host of no table ("") where the base is no web address."""
    parts = split(base_url)
    return (f"{parts.scheme}://{parts.netloc}", host_of(base_url)) if parts else ("", "google.com")


def _absolute(text: str, base_url: str) -> str | None:
    # "https:/acme.example" and "https:///acme.example" mean https://acme.example/ to a browser.
    text = re.sub(r"^(https?):[/\\]+", lambda match: f"{match[1].lower()}://", text, flags=re.IGNORECASE)
    if _WEB.match(text):
        return text
    text = re.sub(r"^[/\\]{2,}", "//", text)
    try:
        return urljoin(base_url, text)
    except ValueError:
        return None


def _followed(url: str, base_url: str) -> HrefTarget:
    parts = split(url)
    if parts is None:
        return _NOWHERE
    if redirectors.is_sharer(parts):
        return HrefTarget(url, None, LinkKind.SHARE)
    target = redirectors.unwrapped(url)
    target_parts = split(target)
    if target_parts is None:
        return _NOWHERE
    if target != url and redirectors.is_sharer(target_parts):
        return HrefTarget(url, None, LinkKind.SHARE)
    if redirectors.hides_target(target_parts) or (
        redirectors.is_way_out(target_parts.path) and _one_site(target, base_url)
    ):
        return HrefTarget(url, None, LinkKind.OPAQUE)
    return HrefTarget(url, target, LinkKind.WEB)


@lru_cache(maxsize=65_536)
def _domain_parts(domain: str) -> tuple[str, tuple[str, ...]]:
    host, _, path = domain.partition("/")
    return host, path_segments(path)


def is_ours(url: str, target: Target) -> bool:
    """Does this address lead to one of the target's domains (subdomains count, a domain with a path counts below it)?

    Decided on whole host labels, never by substring; a company's own shortener counts as the company.
    """
    hosts = _hosts_above(url)
    for domain in target.domains:
        ours, path = _domain_parts(domain)
        if ours in hosts and (not path or _begins_with(url, path)):
            return True
    return False


@lru_cache(maxsize=16_384)
def _hosts_above(url: str) -> frozenset[str]:
    """The host of an address, every host above it ("a.b.c" → b.c, c), and the same for the owner of a shortener.

    Asked for every link of a page by every target that the page names, so each address is taken apart once.
    """
    plain = _PLAIN_HOST.match(url)
    return _above(plain[1] if plain else host_of(url))


@lru_cache(maxsize=16_384)
def _above(host: str) -> frozenset[str]:
    hosts = {host, redirectors.owner_of_shortener(host) or host} if host else set()
    return frozenset(
        ".".join(labels[start:]) for h in hosts for labels in [h.split(".")] for start in range(len(labels))
    )


def _begins_with(url: str, path: tuple[str, ...]) -> bool:
    parts = split(url)
    return parts is not None and path_segments(parts.path)[: len(path)] == path


def is_profile(url: str, target: Target) -> bool:
    """Is this one of the target's own accounts at a social network, or a page of it?"""
    if not target.profiles or (parts := split(url)) is None:
        return False
    network, segments = _network(url), path_segments(parts.path)
    for profile in target.profiles:
        profile_parts = split(profile)
        path = path_segments(profile_parts.path) if profile_parts else ()
        if path and _network(profile) == network and segments[: len(path)] == path:
            return True
    return False


def is_home(url: str, target: Target) -> bool:
    """Is this the front page of one of the target's hosts, and not the page that the target itself is about?"""
    parts = split(url)
    return bool(parts and not path_segments(parts.path) and not parts.query and is_ours(url, target))


def _one_site(one: str, other: str) -> bool:
    return registrable_domain(host_of(one)) == registrable_domain(host_of(other))


def _network(url: str) -> str:
    domain = registrable_domain(host_of(url))
    return _SAME_NETWORK.get(domain, domain)
