"""One walk over the parsed tree: the text a reader sees, in blocks, with the elements and the links it stands in.

No judgement here: zones are made from what this records.
"""

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mentions.extraction.plain_text import is_plain_text, reflowed
from mentions.extraction.seams import gap_between, is_block_style
from mentions.extraction.tags import (
    BLOCKS,
    BR,
    FIRST_ELEMENT,
    IMG,
    INLINE,
    LINKS,
    NEVER_HIDDEN,
    NOSCRIPT,
    PLAIN,
    SKIPPED,
    STRONG,
    TEXT,
    TIME,
)
from mentions.extraction.vocabulary import Hint, hints_of
from mentions.extraction.walked import INSIDE, ROOTS, Anchor, Element, Piece, Walk

_HIDDEN_STYLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Not for a reader's eye: soft hyphen, zero-width space, word joiner, byte order mark.
_UNSEEN: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
_ALTERNATIVES: Final = ("aria-label", "title", "alt")
_NAMES: Final = frozenset({"class", "id", "role", "itemprop", "data-testid", "data-component", "property"})
_CONTROLS: Final = frozenset({"aria-controls", "data-target", "data-bs-target"})
_TELLING: Final = _NAMES | _CONTROLS
# Combining flags is slow: once, not for every element.
_UNSEEN_HINT: Final = int(Hint.UNSEEN)
_BLOCK_HINT: Final = int(Hint.BLOCK)
_META: Final = int(Hint.META)
_COLLAPSED: Final = int(Hint.COLLAPSED | Hint.REFERENCES)
_NEVER_COLLAPSED: Final = int(Hint.DIALOG | Hint.NAVIGATION | Hint.SEARCH | Hint.SHARE | Hint.UNSEEN)
_MARKED: Final = int(
    Hint.AUTHOR
    | Hint.META
    | Hint.CAPTION
    | Hint.CREDIT
    | Hint.SHARE
    | Hint.TAGS
    | Hint.SIGNUP
    | Hint.RELATED
    | Hint.UNSEEN
)
_HIDDEN_ARTICLE: Final = 400  # characters; menus and dialogs hide less
_BLOCK, _APART = 1, 2  # an element that is a block, or an inline one that a style sheet makes one
# Each reads much of the page; real ones need a few.
_MOST_SEARCHES: Final = 100
_MOST_PLAIN_CHECKS: Final = 100
_LITTLE_TEXT: Final = 3_000  # characters; pages with more to read need no second look
_MOSTLY_HIDDEN: Final = 4  # so many times more hidden than visible text: scripts show the page, and readers see it


def walk_tree(parser: LexborHTMLParser) -> Walk:
    """Walk the tree once; again where scripts draw the page and its bytes hold what they draw.

    That is, with everything shown where nearly all text is hidden until a script runs, and with `<noscript>` where
    that holds more than the rest (forums and blogs that scripts draw leave their text to search engines there).
    """
    walk = _Walker(show_hidden=False).run(parser.root)
    if walk.hidden_chars > _HIDDEN_ARTICLE and walk.hidden_chars > _MOSTLY_HIDDEN * len(walk.text):
        return _Walker(show_hidden=True).run(parser.root)
    enough = max(2 * len(walk.text), _HIDDEN_ARTICLE)
    if len(walk.text) < _LITTLE_TEXT and len(walk.text) + _most_unscripted(parser) > enough:
        unscripted = _Walker(show_hidden=False, skipped=SKIPPED - {NOSCRIPT}).run(parser.root)
        if len(unscripted.text) > enough:
            return unscripted
    return walk


def _most_unscripted(parser: LexborHTMLParser) -> int:
    """As many characters as a walk through every `<noscript>` can add at most; most hold a tracking pixel and none."""
    # Each run of text may bring a line break with it, and is at least one letter long.
    return sum(2 * len(node.text()) for node in parser.css("noscript"))


class _Walker:
    """The state of one walk: the open block, the open elements, and how many hidden or linking ones are open."""

    def __init__(self, *, show_hidden: bool, skipped: frozenset[int] = SKIPPED) -> None:
        self.show_hidden = show_hidden
        self.skipped = skipped
        self.elements = [Element(0, "html", 0, 0, "", 0, 0)]
        self.pieces: list[Piece] = []
        self.anchors: list[Anchor] = []
        self.texts: list[str] = []
        self.buffer: list[str] = []
        self.base = 0  # offset of the open piece in the text
        self.length = 0  # characters in the buffer
        self.gap = ""  # white space owed before the next word: "", " " or "\n"
        self.element = 0
        self.hidden = 0
        self.hidden_chars = 0
        self.open_anchors: list[Anchor] = []
        self.strong = 0
        self.link_chars = self.links = self.strong_chars = self.images = 0
        self.marks: list[tuple[int, int, int]] = []
        self.controlled: set[str] = set()
        self.lined = 0  # the open <pre> of plain text, whose line breaks count; 0 where none is open
        self.before: LexborNode | None = None  # the run of text before
        self.words: str | None = None  # of the page, tags read as line breaks; None until somebody asks
        self.searches = self.plain_checks = 0

    def run(self, root: LexborNode | None) -> Walk:
        self.root = root
        node, skipped = root, self.skipped
        stack: list[tuple[LexborNode, _Undo | None]] = []
        while node is not None:
            tag = node.tag_id
            if tag == TEXT:
                raw = node.text_content or ""
                if self.lined:
                    self.add_lines(raw, node)
                elif not raw.isspace():
                    self.add_text(raw, node)
                elif not self.gap:  # half of the runs are the white space between two tags
                    self.gap = " "
            elif tag not in skipped and (tag >= FIRST_ELEMENT - 1 or node is root):
                undo = self.enter(node, tag)
                if (child := node.first_child) is not None:
                    stack.append((node, undo))
                    node = child
                    continue
                if undo is not None:
                    self.leave(undo)
            while (after := node.next) is None and stack:
                node, undo = stack.pop()
                if undo is not None:
                    self.leave(undo)
            node = after
        self.flush()
        self.elements[0].last = len(self.elements) - 1
        return Walk("\n".join(self.texts), self.pieces, self.elements, self.anchors, self.hidden_chars)

    def enter(self, node: LexborNode, tag: int) -> "_Undo | None":
        """Open an element; what it returns is what `leave` needs to close it, None where there is nothing to close."""
        if tag == BR:
            self.break_line()
            return None
        attributes = node.attributes
        names, hints, hidden = "", 0, 0
        if attributes:
            names, hints = self.names(attributes)
            if tag == IMG:
                self.add_image(attributes)
                return None
            # Most elements have none of the three, which is seen without a call.
            if hints & _UNSEEN_HINT or "hidden" in attributes or "style" in attributes:
                hidden = self.hides(tag, attributes, hints)
                self.hidden += hidden
        elif tag in PLAIN:
            return None
        elif tag == IMG:
            self.images += 1
            return None
        block = BLOCKS.get(tag)
        if block is None and tag not in INLINE:
            name = node.tag or ""
            block = name if "-" in name[1:] else None  # custom elements lay out blocks more often than words
        previous = self.element
        if block:
            self.open_block(block, hints, names, node)
            strong = tag in STRONG
            if not (strong or hidden):
                return previous
            self.strong += strong
            return previous, hidden, None, strong, 0, _BLOCK
        apart = hints & _BLOCK_HINT or ("style" in attributes and is_block_style(attributes["style"]))
        if apart:
            self.break_off()
        anchor = self.open_anchor(attributes, hints) if tag in LINKS else None
        strong = tag in STRONG
        self.strong += strong
        mark = hints & _MARKED | (_META if tag == TIME else 0)
        if not (mark or strong or hidden or anchor or apart):
            return None
        return previous, hidden, anchor, strong, self.position() << 40 | mark if mark else 0, _APART if apart else 0

    def leave(self, undo: "_Undo") -> None:
        """Close an element."""
        if isinstance(undo, int):
            self.close_block(undo)
            return
        previous, hidden, anchor, strong, mark, kind = undo
        if anchor is not None:
            anchor.end = self.base + self.length
            self.open_anchors.pop()
        if mark:
            start, end = mark >> 40, self.base + self.length
            if end > start and start >= self.base:
                self.marks.append((start, end, mark & (1 << 40) - 1))
        if kind == _BLOCK:
            self.close_block(previous)
        elif kind == _APART:
            self.break_off()
        self.hidden -= hidden
        self.strong -= strong

    def hides(self, tag: int, attributes: dict[str, str | None], hints: int) -> int:
        """1 for an element that a reader does not see, and cannot open."""
        if self.show_hidden or tag in NEVER_HIDDEN or not is_hidden(attributes, hints):
            return 0
        return 0 if self.is_collapsed(attributes, hints) else 1

    def open_block(self, tag: str, hints: int, names: str, node: LexborNode) -> None:
        """Begin a block-level element in the open one."""
        self.gap = ""
        if self.length:
            self.flush()
        elements = self.elements
        above = elements[self.element]
        around = above.around if tag in ROOTS else above.around | hints
        inside = above.inside | INSIDE.get(tag, 0)
        element = Element(self.element, tag, hints, above.depth + 1, names, around, inside)
        self.element = len(elements)
        elements.append(element)
        if tag == "pre" and not self.lined and self.plain_checks < _MOST_PLAIN_CHECKS:
            self.plain_checks += 1
            self.lined = self.element if is_plain_text(node) else 0

    def close_block(self, around: int) -> None:
        """End the open block-level element; the one `around` it is the open one again."""
        self.gap = ""
        if self.length:
            self.flush()
        if self.lined == self.element:
            self.lined = 0
        self.elements[self.element].last = len(self.elements) - 1
        self.element = around

    def names(self, attributes: dict[str, str | None]) -> tuple[str, int]:
        """What the element is called, and what that hints at."""
        if len(attributes) == 1 and (name := attributes.get("class")):  # most elements have that and nothing else
            return name, hints_of(name)
        names, hints = "", 0
        for key, value in attributes.items():
            if key in _TELLING and value:
                if key in _CONTROLS:
                    self.controlled.update(value.replace("#", "").split())
                else:
                    names = f"{names} {value}" if names else value
                    hints |= hints_of(value)
        return names, hints

    def is_collapsed(self, attributes: dict[str, str | None], hints: int) -> bool:
        """Is this hidden element a section that a reader can open (accordion, tab, question and answer, footnote)?"""
        if hints & _NEVER_COLLAPSED:
            return False
        return bool(hints & _COLLAPSED) or (attributes.get("id") or "") in self.controlled

    def open_anchor(self, attributes: dict[str, str | None], hints: int) -> Anchor | None:
        href = attributes.get("href")
        if href is None:
            return None
        hidden = bool(self.hidden) or attributes.get("aria-hidden") == "true"
        anchor = Anchor(href, attributes.get("rel") or "", hidden, self.position(), hints=hints)
        anchor.element, anchor.piece = self.element, len(self.pieces)
        for key in _ALTERNATIVES:
            if (value := attributes.get(key)) and not value.isspace():
                anchor.alternative.append(value)
        self.anchors.append(anchor)
        self.open_anchors.append(anchor)
        self.links += 1
        return anchor

    def add_image(self, attributes: dict[str, str | None]) -> None:
        self.images += 1
        alternative = (attributes.get("alt") or "").strip()
        if alternative and self.open_anchors:
            self.open_anchors[-1].alternative.insert(0, alternative)

    def position(self) -> int:
        return self.base + self.length + (1 if self.gap and self.length else 0)

    def add_text(self, raw: str, node: LexborNode) -> None:
        if not raw.isascii() and _UNSEEN.search(raw):
            raw = _UNSEEN.sub("", raw)
        words = raw.split()
        if not words:  # white space beside an unseen sign, or none at all
            if raw and not self.gap:
                self.gap = " "
            return
        text = " ".join(words)
        if self.hidden:
            self.hidden_chars += len(text)
            return
        if not self.gap:
            if raw[0].isspace():
                self.gap = " "
            elif self.length and self.before is not None:
                self.gap = gap_between(self.before, node, self.buffer[-1], text, self.is_written)
                if self.gap:
                    self.move_on()
        self.before = node
        if self.length and self.gap:
            self.buffer.append(self.gap)
            self.length += 1
        self.buffer.append(text)
        self.length += len(text)
        if self.open_anchors:
            self.link_chars += len(text)
        if self.strong:
            self.strong_chars += len(text)
        self.gap = " " if raw[-1].isspace() else ""

    def add_lines(self, raw: str, node: LexborNode) -> None:
        """Text in which a line break is one, and a blank line ends the piece."""
        first, *others = raw.split("\n")
        self.add_text(first, node)
        for line in others:
            self.gap = self.gap.strip(" ")
            self.break_line()
            self.add_text(line.lstrip(), node)

    def break_off(self) -> None:
        """A line begins here, in the same piece."""
        if self.length and not self.hidden:
            self.gap = "\n"

    def move_on(self) -> None:
        """The links that begin with the next word begin behind a gap that nobody knew of when they were opened."""
        here = self.base + self.length
        for anchor in reversed(self.open_anchors):
            if anchor.start != here:
                return
            anchor.start += 1

    def is_written(self, word: str) -> bool:
        """Does the page write this word somewhere without a tag in it? Yes, where we have looked too often."""
        self.searches += 1
        if self.searches > _MOST_SEARCHES:
            return True
        if self.words is None:
            self.words = "" if self.root is None else self.root.text(separator="\n")
        if word not in self.words:  # true of nearly all, and quick to see
            return False
        return re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", self.words) is not None

    def break_line(self) -> None:
        """One <br> is a line break inside the piece, two are the end of a paragraph."""
        if self.gap == "\n":
            self.flush()
        elif self.length:
            self.gap = "\n"

    def flush(self) -> None:
        """End the open piece."""
        self.gap = ""
        if not self.length:
            return
        text = "".join(self.buffer)
        if self.lined:
            text = reflowed(text)
        end = self.base + self.length
        self.texts.append(text)
        self.pieces.append(
            Piece(
                self.base,
                end,
                self.element,
                self.link_chars,
                self.links,
                self.strong_chars,
                self.images,
                tuple(self.marks),
            )
        )
        self.base, self.length = end + 1, 0
        self.link_chars = self.links = self.strong_chars = self.images = 0
        self.buffer, self.marks = [], []


# The block around an element, whether it hides, its anchor, whether it is strong, its mark, whether it is a block; of
# blocks that are nothing but that only the first.
_Undo = tuple[int, int, Anchor | None, bool, int, int] | int


def is_hidden(attributes: dict[str, str | None], hints: int) -> bool:
    """Does an element with these attributes, and names that hint at this, hide itself and all that stands in it?"""
    if hints & _UNSEEN_HINT:
        return True
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = attributes.get("style")
    return bool(style and _HIDDEN_STYLE.search(style))
