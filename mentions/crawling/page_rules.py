"""Pages that ask our robot by its name to leave them out: `<meta name="mentionsbot" content="noindex">`, X-Robots-Tag.

What a page says to every robot is evidence, read with the rest of it (mentions.extraction.metadata): it does not keep
us from reading, but "nofollow" keeps us from following its links.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from mentions.crawling.refusals import RobotsDenied

HEAD_BYTES: Final = (
    65_536  # of the page; meta tags stand in its head, and what stands later comes too late for browsers too
)
NOFOLLOW: Final = "nofollow"  # flag of a response whose links are not followed

_META: Final = re.compile(rb"<meta\b([^<>]{0,1000})>")
_ATTRIBUTE: Final = re.compile(rb"""\b(name|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LEAVE_OUT: Final = frozenset({"noindex", "none"})
_DO_NOT_FOLLOW: Final = frozenset({"nofollow", "none"})
_ROBOT: Final = re.compile(r"[a-z][a-z0-9_-]*|\*")
# Rules of X-Robots-Tag that carry a value after a colon, and so look like a robot's name.
_WITH_VALUE: Final = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})


def rules_for(robots_name: str, head: bytes, header: str) -> tuple[frozenset[str], frozenset[str]]:
    """(what the page says to our robot by its name, what it says to us or to everybody); rules in lower case.

    `head`: the beginning of the page; `header`: X-Robots-Tag, several joined by commas.
    """
    ours: set[str] = set()
    everybodys: set[str] = set()
    name = robots_name.lower()
    for robot, rules in (*_of_header(header), *_of_metas(head)):
        if robot == name:
            ours.update(rules)
        elif robot == "*":
            everybodys.update(rules)
    return frozenset(ours), frozenset(ours | everybodys)


def _of_header(header: str) -> Iterator[tuple[str, list[str]]]:
    """ "otherbot: noindex, nofollow": a name holds for what follows it, up to the next name."""
    robot = "*"
    for part in header.lower().split(","):
        name, colon, rest = (piece.strip() for piece in part.partition(":"))
        if colon and name not in _WITH_VALUE and _ROBOT.fullmatch(name):
            robot, part = name, rest
        yield robot, _rules(part)


def _of_metas(head: bytes) -> Iterator[tuple[str, list[str]]]:
    text = head[:HEAD_BYTES].lower().partition(b"<body")[0]
    for tag in _META.finditer(text):
        said = {key: b"".join(values) for key, *values in _ATTRIBUTE.findall(tag[1])}
        name = said.get(b"name", b"").decode("latin-1").strip()
        yield ("*" if name == "robots" else name), _rules(said.get(b"content", b"").decode("latin-1"))


def _rules(text: str) -> list[str]:
    return [rule for part in text.split(",") if (rule := part.strip())]


class PageRules:
    """Downloader middleware: hands on no page that asks us by name to leave it out."""

    def __init__(self, robots_name: str) -> None:
        self._name = robots_name

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, once a crawl."""
        return cls(str(crawler.settings["ROBOTSTXT_USER_AGENT"]))

    def process_response(self, request: Request, response: Response) -> Response:
        """The response, flagged where its links are not to be followed. Raises RobotsDenied."""
        headers: Iterable[bytes] = response.headers.getlist("X-Robots-Tag")
        header = ",".join(value.decode("latin-1") for value in headers)
        ours, all_rules = rules_for(self._name, response.body[:HEAD_BYTES], header)
        if ours & _LEAVE_OUT:
            raise RobotsDenied(f"the page asks {self._name} to leave it out")
        if all_rules & _DO_NOT_FOLLOW:
            response.flags.append(NOFOLLOW)
        return response
