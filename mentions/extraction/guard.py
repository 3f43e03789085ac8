"""The parser guard: refuses, in linear time, bytes on which a tree parser would spend minutes.

Tree builders are quadratic in the depth of the open elements and in the attributes of one tag (measured with lexbor:
200,000 nested <div> take 139 s), and copy every open formatting element into each new paragraph. The scan below follows
the tokeniser of the HTML standard closely enough that comments, scripts, quoted values and ignored end tags do not hide
depth from it. It takes 3 ms a page, so a proof comes first that most pages pass in a third of that: if everything that
looks like a tag were one, wherever it stands, no limit could be reached.
"""

import re
from collections import Counter
from itertools import islice
from typing import Final

from mentions.exceptions import UnparsablePage

MAX_BYTES: Final = 5 * 1024 * 1024  # as large as the crawl downloads; real pages stay under 3 MB
MAX_TAGS: Final = 300_000
MAX_DEPTH: Final = 2_000  # open elements; real pages stay under 100, sloppy ones under 600
MAX_ATTRIBUTES: Final = 500  # of one tag; real ones stay under 100. 5 MB of tags with 500 each take a second
MAX_COPIES: Final = 3_000_000  # formatting elements a parser would copy into later elements

_MANY_BRACKETS: Final = 2 * MAX_TAGS + 100_000  # a start and an end for each tag, and some to spare

_MOST_STEPS: Final = 40 * MAX_TAGS  # looking for the element that an end tag closes

# The proof. Every start tag of the tokeniser is among these, as those in comments, scripts and values are.
_START: Final = re.compile(rb"<(?=([a-zA-Z][^\s/>]{0,40}))")
# A tag that is not plainly written, with at most 100 attributes: it has to be looked at.
_ODD_TAG: Final = re.compile(
    rb"""<(?=/?[a-zA-Z])(?!/?+[a-zA-Z][^\s/>]{0,40}+"""
    rb"""(?:\s++[^\s>"'=/]++(?:=(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`/]++))?+){0,100}+\s*+/?+>)"""
)
_FEW_BRACKETS: Final = 20_000  # the proof looks at up to a hundred attributes behind each
_MOST_ODD: Final = 2_000  # tags; with more a page is scanned

_TOKEN: Final = re.compile(rb"<(?:!--|(/?)([a-zA-Z][^\s/>]{0,40})|[!?/])")
_COMMENT_END: Final = re.compile(rb"--!?>")
# The rest of a tag. Possessive, so that a tag without an end fails once and without backtracking.
_TAG_REST: Final = re.compile(rb"""(?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')|["'=])*+>""")
# One attribute as the tokeniser of the standard reads it: quotes hold a value only where one begins.
_ATTRIBUTE: Final = re.compile(rb"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?""")
_LONG_TAG: Final = 2 * MAX_ATTRIBUTES  # bytes; shorter ones cannot hold so many attributes
_RAW_TEXT_END: Final = {
    name: re.compile(rb"</" + name + rb"[\s/>]", re.IGNORECASE)
    for name in (
        b"script",
        b"style",
        b"textarea",
        b"title",
        b"xmp",
        b"iframe",
        b"noembed",
        b"noframes",
    )
}
_ESCAPED_SCRIPT: Final = re.compile(rb"<!--(?:(?!-->).)*<script[\s/>]", re.IGNORECASE | re.DOTALL)

_VOID: Final = frozenset(b"area base br col embed frame hr image img input link meta param source track wbr".split())
# These close their own kind when they open, so they nest only through an element that is counted.
_SELF_LIMITING: Final = frozenset(b"p li option td th tr tbody thead tfoot dt dd html head body".split())
_FORMATTING: Final = frozenset(b"a b big code em font i nobr s small strike strong tt u".split())
_FLAT: Final = _VOID | _SELF_LIMITING
_COPIED: Final = _FORMATTING - {b"a"}  # an <a> closes the one before
_SCOPE: Final = frozenset(b"table template object marquee applet".split())
# "Special" of the standard: an end tag of another kind is ignored when one of these stands in between.
_SPECIAL: Final = _SCOPE | frozenset(
    b"address article aside blockquote button center details dialog dir div dl fieldset figcaption figure footer form "
    b"frameset h1 h2 h3 h4 h5 h6 header hgroup main menu nav ol pre search section select summary ul".split()
)


def check_bytes(body: bytes) -> None:
    """Raise UnparsablePage, with a reason a person understands, when these bytes must not go into a tree parser.

    To be called before every parser of fetched bytes: pages, feeds, sitemaps, listings.
    """
    if len(body) > MAX_BYTES:
        raise UnparsablePage(f"the page is {len(body) / 1e6:.1f} MB; more than {MAX_BYTES / 1e6:.1f} MB is not read")
    brackets = body.count(b"<")
    if brackets > _MANY_BRACKETS:
        raise UnparsablePage("the page is mostly angle brackets, not text")
    if brackets > _FEW_BRACKETS or not is_harmless(body, brackets):
        _Scan(body).run()


def is_harmless(body: bytes, brackets: int) -> bool:
    """Is it certain that the scan would refuse nothing? `brackets` are the "<" of the page.

    Each limit is held against the worst that so many tags could do: all open, all formatting open at each of them.
    """
    names = Counter(_START.findall(body))
    starts = names.total()
    nesting = sum(count for name, count in names.items() if name.lower() not in _FLAT)
    formatting = sum(count for name, count in names.items() if name.lower() in _COPIED)
    return (
        brackets <= MAX_TAGS
        and nesting <= MAX_DEPTH
        and starts * formatting <= MAX_COPIES
        and 2 * (brackets - starts) * nesting <= _MOST_STEPS
        and not _may_pile_up_attributes(body)
    )


def _may_pile_up_attributes(body: bytes) -> bool:
    """May one of the tags have too many attributes? True as well where finding out would take long."""
    budget = 2 * len(body)
    for number, odd in enumerate(_ODD_TAG.finditer(body)):
        token = _TOKEN.match(body, odd.start())
        start = token.end() if token else odd.end()
        rest = _TAG_REST.match(body, start)
        end = rest.end() if rest else len(body)
        budget -= end - start
        if number >= _MOST_ODD or budget < 0 or _has_many_attributes(body, start, end):
            return True
    return False


def _has_many_attributes(body: bytes, start: int, end: int) -> bool:
    if end - start <= _LONG_TAG:
        return False
    attributes = _ATTRIBUTE.finditer(body, start, end)
    return next(islice(attributes, MAX_ATTRIBUTES, None), None) is not None


class _Scan:
    """One pass over the tags of a page, keeping the open elements as the tree builder would."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.open: list[bytes] = []
        self.counts: dict[bytes, int] = {}
        self.foreign = 0  # open <svg> and <math>: only there "/>" closes a tag
        self.formatting = 0
        self.copies = 0
        self.steps = 0

    def run(self) -> None:
        """Raise UnparsablePage at the first limit that is passed."""
        body, position, tags = self.body, 0, 0
        while token := _TOKEN.search(body, position):
            position = token.end()
            if token[2] is None:
                position = self._after_markup(token)
                continue
            rest = _TAG_REST.match(body, position)
            end = rest.end() if rest else len(body)
            if _has_many_attributes(body, position, end):
                raise UnparsablePage(f"one tag of the page has more than {MAX_ATTRIBUTES} attributes")
            if rest is None:
                return  # a tag that never ends is dropped by the parser, with all that follows
            position = rest.end()
            tags += 1
            if tags > MAX_TAGS:
                raise UnparsablePage(f"the page has more than {MAX_TAGS} tags")
            name = token[2].lower()
            if token[1]:
                self._close(name)
            elif name in _RAW_TEXT_END and not self.foreign:
                position = self._after_raw_text(name, position)
            else:
                self._open(
                    name,
                    bare=position - token.end() == 1,
                    closed=body[position - 2 : position] == b"/>",
                )

    def _after_markup(self, token: re.Match[bytes]) -> int:
        """The position after a comment, doctype or broken end tag."""
        if token[0] == b"<!--":
            end = _COMMENT_END.search(self.body, token.end() - 2)
            return end.end() if end else len(self.body)
        close = self.body.find(b">", token.end() - 1)
        return close + 1 if close >= 0 else len(self.body)

    def _after_raw_text(self, name: bytes, position: int) -> int:
        """The position where the text of a <script>, <style> … ends; its content is no markup."""
        start = position
        while end := _RAW_TEXT_END[name].search(self.body, position):
            # "<!-- <script>" inside a script makes the next "</script>" part of it.
            if name != b"script" or not _ESCAPED_SCRIPT.search(self.body, start, end.start()):
                return end.start()
            start = position = end.end()
        return len(self.body)

    def _open(self, name: bytes, *, bare: bool, closed: bool) -> None:
        self.copies += self.formatting
        if self.copies > MAX_COPIES:
            raise UnparsablePage("the page leaves so many formatting elements open that its tree would explode")
        if name in _FLAT or (closed and self.foreign):
            return
        self.open.append(name)
        self.counts[name] = self.counts.get(name, 0) + 1
        self.foreign += name in {b"svg", b"math"}
        self.formatting += name in _COPIED and not bare
        if len(self.open) > MAX_DEPTH:
            raise UnparsablePage(f"the page nests more than {MAX_DEPTH} elements")

    def _close(self, name: bytes) -> None:
        if not self.counts.get(name):
            return
        stops = _SCOPE if name in _SPECIAL else _SPECIAL
        for index in range(len(self.open) - 1, -1, -1):
            self.steps += 1
            if self.open[index] == name:
                self._pop_to(index)
                return
            if self.open[index] in stops and not self.foreign:
                break
        if name in _FORMATTING:  # the adoption agency takes it out of the middle
            self._forget(self.open.pop(self._last(name)))
        if self.steps > _MOST_STEPS:
            raise UnparsablePage("the end tags of the page close nothing; its tree cannot be built in time")

    def _last(self, name: bytes) -> int:
        index = len(self.open) - 1
        while self.open[index] != name:
            self.steps += 1
            index -= 1
        return index

    def _pop_to(self, index: int) -> None:
        while len(self.open) > index:
            self._forget(self.open.pop())

    def _forget(self, name: bytes) -> None:
        self.counts[name] -= 1
        self.foreign -= name in {b"svg", b"math"}
        if self.formatting and name in _COPIED:
            self.formatting -= 1
