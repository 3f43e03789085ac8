"""Where the links of a piece lead: editors link to other sites, navigation to its own."""

import re
from functools import lru_cache
from typing import Final

import numpy as np

from mentions.extraction.features.measures import Column, Measures

NAMES: Final = ("links_away", "away_share", "page_away", "forum")
_HOST: Final = re.compile(r"\s*(?:https?:)?//(?:[^/@?#]*@)?([^/:?#\s]+)", re.IGNORECASE)
_NETWORK: Final = re.compile(
    r"(?:^|\.)(?:facebook|twitter|x|instagram|linkedin|pinterest|youtube|tiktok|whatsapp|reddit|tumblr|xing|threads|t|"
    r"telegram|weibo|line|mastodon|bsky)\.(?:com|me|net|app|social)$",
    re.IGNORECASE,
)
FORUM_URL: Final = re.compile(
    r"/(?:forums?|threads?|topic|viewtopic|showthread|questions|discussions?|community|t|comments)[/.?]|"
    r"//(?:forums?|community|discuss|answers?)\.",
    re.IGNORECASE,
)


def columns(page: Measures) -> list[Column]:
    """One column for each of NAMES."""
    count = len(page.size)
    away, home = np.zeros(count), np.zeros(count)
    own = site_of_url(page.url)
    for anchor in page.walk.anchors:
        if anchor.piece < count and not anchor.hidden:
            (away if leaves(anchor.href, own) else home)[anchor.piece] += 1
    return [
        np.minimum(away, 5),
        away / np.maximum(away + home, 1),
        float(np.log1p(away.sum())),
        float(bool(FORUM_URL.search(page.url))),
    ]


def leaves(href: str, own: str) -> bool:
    """Does a link on a page of the site `own` lead to another one that is no social network?"""
    if "//" not in href:  # most links of a page: no host, no pattern needed to see it
        return False
    found = _HOST.match(href)
    return found is not None and _is_away(found[1], own)


@lru_cache(maxsize=20_000)
def _is_away(host: str, own: str) -> bool:
    return _site_of(host) != own and not _NETWORK.search(host)


def site_of_url(url: str) -> str:
    """The site of a URL; "" where it names no host."""
    found = _HOST.match(url)
    return _site_of(found[1]) if found else ""


def _site_of(host: str) -> str:
    """The last two labels of a host: near enough to tell links that stay from links that leave."""
    return ".".join(host.lower().rsplit(".", 2)[-2:])
