"""Which links of a crawled site are worth following: no calendar, facet, session or mirror trap eats the night.

Pure; the counters of one `TrapGuard` belong to one site and one run. A trap that no rule names still ends at the
page budget of its publisher, and because article-looking pages go first it costs the real pages nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import parse_qsl, unquote, urlsplit

from mentions.sources.listings import PageLink, address_shape
from mentions.urls import host_of

MAX_DEPTH = 8  # links from a start page
MAX_PATH_LENGTH = 300  # characters
MAX_SEGMENTS = 12
MAX_SAME_SEGMENT = 2  # /a/a/a: a relative link on a page that answers to every path
MAX_QUERY_VARIANTS = 5  # addresses with one path: ?sort=, ?colour=, ?page=
MAX_OF_ONE_SHAPE = 60  # addresses of one shape that do not look like articles: /calendar/2031/07, /members/4711
MAX_YEARS_AHEAD = 1  # a calendar goes on for ever, articles do not

_KEYS_OF_A_PAGE = 2  # parameters that may tell one page from another (forum and topic); facets pile up more
_ARTICLE = 0.3  # score from which a link looks like an article's
_SESSION = re.compile(
    r"(?:^|[;/?&(])(?:jsessionid|phpsessid|sessionid|session_id|sid|s)(?:=|\()[A-Za-z0-9]{10,}", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)(20\d\d|2[1-9]\d\d)(?!\d)")
# Parameters that show the same page in another order, dress or language, or that change something.
_VARIANT_KEYS = frozenset(
    {"replytocom", "share", "sort", "order", "orderby", "view", "print", "action", "filter", "lang"}
)


class TrapGuard:
    """Remembers what one site offered this run, and says which of its links to follow."""

    def __init__(self, *, year: int) -> None:
        self._last_year = year + MAX_YEARS_AHEAD
        self._variants: Counter[str] = Counter()
        self._shapes: Counter[str] = Counter()
        self._seen: set[str] = set()

    def worth_following(self, links: Iterable[PageLink], *, depth: int) -> list[PageLink]:
        """The links to follow from a page `depth` links away from the start, article-looking ones first."""
        if depth >= MAX_DEPTH:
            return []
        chosen = [link for link in links if link.score > -1.0 and self._allows(link)]
        return sorted(chosen, key=lambda link: -link.score)

    def _allows(self, link: PageLink) -> bool:
        if link.url in self._seen:
            return False
        if is_trap(link.url, last_year=self._last_year):
            return False
        parts = urlsplit(link.url)
        path = f"{host_of(link.url)}{parts.path}"
        shape = address_shape(link.url)
        # viewtopic.php?t=7 is a page of its own, and its link reads like a headline; ?colour=red does not.
        variant = bool(parts.query) and (link.score < _ARTICLE or parts.query.count("=") > _KEYS_OF_A_PAGE)
        if variant and self._variants[path] >= MAX_QUERY_VARIANTS:
            return False
        if link.score < _ARTICLE and self._shapes[shape] >= MAX_OF_ONE_SHAPE:
            return False
        self._seen.add(link.url)
        if variant:
            self._variants[path] += 1
        if link.score < _ARTICLE:
            self._shapes[shape] += 1
        return True


def is_trap(url: str, *, last_year: int) -> bool:
    """Does the address by itself look like one of endlessly many?"""
    parts = urlsplit(url)
    path = unquote(parts.path)
    segments = [segment for segment in path.split("/") if segment]
    if len(path) > MAX_PATH_LENGTH or len(segments) > MAX_SEGMENTS:
        return True
    if segments and Counter(segments).most_common(1)[0][1] > MAX_SAME_SEGMENT:
        return True
    if _SESSION.search(path) or _SESSION.search(f"?{parts.query}"):
        return True
    if any(int(year) > last_year for year in _YEAR.findall(f"{path}?{parts.query}")):
        return True
    keys = [key.lower() for key, _ in parse_qsl(parts.query, keep_blank_values=True)]
    return len(keys) > 4 or any(key in _VARIANT_KEYS for key in keys)
