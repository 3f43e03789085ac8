"""What a robots.txt allows one crawler: RFC 9309, and where that is silent, Google's published reading of it.

Pure. Linear in the size of the file and in the length of a rule and an address; nothing here is a regular expression
made of what a site wrote. Read as https://developers.google.com/search/docs/crawling-indexing/robots/robots_txt says
and https://github.com/google/robotstxt does, with these differences, each the stricter or the RFC's own:

- escaped ordinary letters (`/%62az`) and escaped `*` and `$` are read as RFC 9309, 2.2.2 has them;
- digits belong to a crawler's name, since `network.robots_name` may hold some;
- Crawl-delay is read. It neither opens nor closes a group; the longest of ours counts.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

MAX_LINE_BYTES: Final = 8 * 2_083  # of one line; what follows is not read. As Google has it
_END_OF_LINE: Final = re.compile(rb"\r\n|\n|\r")
_NAME: Final = re.compile(r"[A-Za-z0-9_-]*")
_ESCAPED: Final = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_BOM: Final = b"\xef\xbb\xbf"

# The spellings that Google accepts, and no others. It compares beginnings ("user-agents:" is a user-agent line too).
_USER_AGENT: Final = ("user-agent", "useragent", "user agent")
_DISALLOW: Final = ("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw")
_ALLOW: Final = ("allow",)
_SITEMAP: Final = ("sitemap", "site-map")
_CRAWL_DELAY: Final = ("crawl-delay", "crawldelay", "crawl delay")


@dataclass(frozen=True, slots=True)
class Rule:
    """One Allow or Disallow line. `weight` is its length in bytes: the longest rule that fits an address decides."""

    allows: bool
    pieces: tuple[str, ...]  # what stands between the asterisks, in comparable form
    to_the_end: bool  # it ends with $
    weight: int

    def fits(self, path: str) -> bool:
        """Does the rule speak of `path`, in comparable form?

        Each piece is taken where it comes first: if the rule fits anywhere, it fits so too.
        """
        first, *rest = self.pieces
        if not path.startswith(first):
            return False
        place = len(first)
        if not self.to_the_end:
            for piece in rest:
                place = path.find(piece, place)
                if place < 0:
                    return False
                place += len(piece)
            return True
        if not rest:
            return path == first
        *middle, last = rest
        for piece in middle:
            place = path.find(piece, place)
            if place < 0:
                return False
            place += len(piece)
        return len(path) - len(last) >= place and path.endswith(last)


@dataclass(slots=True)
class _Group:
    """All groups for one name are one group (RFC 9309, 2.2.1)."""

    named: bool = False  # did any User-agent line name it?
    rules: list[Rule] = field(default_factory=list)
    crawl_delay_s: float = 0.0


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """What one robots.txt says to one crawler. `sitemaps` are as written, for everybody."""

    rules: tuple[Rule, ...] = ()  # the deciding ones first: longest, and of two as long the one that allows
    crawl_delay_s: float = 0.0  # 0: it asks for none
    named_us: bool = False  # it speaks to this crawler by its own name
    sitemaps: tuple[str, ...] = ()

    def allows(self, url: str) -> bool:
        """May `url` be fetched? The first rule that fits decides; where none does, it may."""
        path = comparable_path(url)
        if path == "/robots.txt":
            return True
        return next((rule.allows for rule in self.rules if rule.fits(path)), True)


def read_rules(body: bytes, robots_name: str) -> RobotsRules:
    """The rules of a robots.txt for the crawler `robots_name`. Any bytes will do; lines that make no sense say nothing.

    A group that names the crawler replaces those for everybody ("*"), also where it holds no rule at all.
    """
    ours, everybody = _Group(), _Group()
    sitemaps: list[str] = []
    open_groups: list[_Group] = []  # those that the next rule belongs to; others are read past
    in_group = closing = False  # has any User-agent line been seen; has a rule followed the last of them?
    for key, value in _lines(body):
        if key.startswith(_USER_AGENT):
            if closing:
                open_groups, closing = [], False
            in_group = True
            group = ours if _name(value) == robots_name.lower() else everybody if _is_everybody(value) else None
            if group is not None and group not in open_groups:
                group.named = True
                open_groups.append(group)
        elif key.startswith(_CRAWL_DELAY):
            for group in open_groups:
                group.crawl_delay_s = max(group.crawl_delay_s, _seconds(value))
        elif key.startswith(_SITEMAP):
            sitemaps.append(value)
        elif in_group and key.startswith((*_ALLOW, *_DISALLOW)):
            closing = True
            for group in open_groups:
                group.rules.extend(_rules(value, allows=key.startswith(_ALLOW)))
    chosen = ours if ours.named else everybody
    rules = sorted(chosen.rules, key=lambda rule: (-rule.weight, not rule.allows))
    return RobotsRules(tuple(rules), chosen.crawl_delay_s, ours.named, tuple(sitemaps))


def comparable_path(url: str) -> str:
    """Path, parameters and query of an address as rules are compared with it; "/" where it has none."""
    _, scheme, rest = url.partition("://")
    after = rest if scheme else url
    start = min((place for mark in "/?;" if (place := after.find(mark)) >= 0), default=-1)
    end = after.find("#")
    if start < 0 or 0 <= end < start:
        return "/"
    path = after[start : end if end >= 0 else None]
    path = path if path.startswith("/") else f"/{path}"
    return comparable(path).replace("*", "%2A").replace("$", "%24")


def comparable(text: str) -> str:
    """One spelling for all that mean the same (RFC 9309, 2.2.2).

    Bytes beyond ASCII are escaped, ordinary characters are not, escapes are written in capitals.
    """
    escaped = "".join(c if c.isascii() else _escaped(c) for c in text) if not text.isascii() else text
    return _ESCAPED.sub(_plain_or_capital, escaped) if "%" in escaped else escaped


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogateescape"))


def _plain_or_capital(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _lines(body: bytes) -> Iterator[tuple[str, str]]:
    """(key in lower case, value) of every line that has both a key and a separator."""
    for line in _END_OF_LINE.split(body.removeprefix(_BOM)):
        # Bytes that are no UTF-8 stand for themselves, so that a rule in Latin-1 fits the address in Latin-1.
        text = line[:MAX_LINE_BYTES].decode("utf-8", "surrogateescape").partition("#")[0].strip()
        key, colon, value = text.partition(":")
        if colon:
            yield key.strip().lower(), value.strip()
        elif len(words := text.split()) == 2:  # the colon is missing; with more words it is prose
            yield words[0].lower(), words[1]


def _name(value: str) -> str:
    match = _NAME.match(value)
    return match[0].lower() if match else ""


def _is_everybody(value: str) -> bool:
    return value[:1] == "*" and (len(value) == 1 or value[1].isspace())


def _rules(value: str, *, allows: bool) -> Iterator[Rule]:
    """The rule that a value stands for, none where it is empty.

    Who allows /x/index.html allows /x/ too, as Google has it.
    """
    if not value:
        return
    yield _rule(value, allows=allows)
    folder, slash, page = value.rpartition("/")
    if allows and slash and page.startswith("index.htm"):
        yield _rule(f"{folder}/$", allows=True)


def _rule(value: str, *, allows: bool) -> Rule:
    to_the_end = value.endswith("$")
    pattern = comparable(value.removesuffix("$")).replace("$", "%24")
    weight = len(_google_length(value))
    return Rule(allows, tuple(pattern.split("*")), to_the_end, weight)


def _google_length(value: str) -> str:
    """The text whose length is a rule's weight: as written, with bytes beyond ASCII escaped."""
    return value if value.isascii() else "".join(c if c.isascii() else _escaped(c) for c in value)


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        return 0.0
    return seconds if math.isfinite(seconds) and seconds > 0 else 0.0
