"""What the zone model looks at: numbers for each piece of a page, none of which depends on one language."""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mentions.extraction import cues
from mentions.extraction.vocabulary import Hint
from mentions.extraction.walk import Element, Piece, Walk

Matrix = NDArray[np.float32]

_TAGS: Final = (
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "li",
    "td",
    "div",
    "figcaption",
    "blockquote",
    "dd",
    "dt",
    "section",
    "span",
)
_ABOVE: Final = (
    *(
        "nav",
        "header",
        "footer",
        "aside",
        "article",
        "main",
        "form",
        "section",
        "ul",
        "ol",
        "li",
        "table",
        "figure",
    ),
    *("details", "blockquote", "dl", "td", "p", "address"),
)
_HINTS: Final = tuple(Hint)
_LEVELS: Final = 5  # ancestors whose subtree is described
_STOPS: Final = re.compile(r"[.!?…。！？؟।][\s\"'”’»)]*")
# The signs that are counted in each piece, by Unicode code point.
_SIGNS: Final = {
    "stops": ".!?…。！？؟।",
    "commas": ",;:、，；：،",
    "separators": "|›•·",
    "spaces": " ",
    "breaks": "\n",
    "digits": "0123456789",
    "capitals": "".join(map(chr, (*range(0x41, 0x5B), *range(0xC0, 0xDF), *range(0x410, 0x430)))),
    "wide": "".join(
        map(chr, (*range(0x3040, 0x3100), *range(0x3400, 0xA000), *range(0xAC00, 0xD7B0), *range(0xFF00, 0xFFF0)))
    ),
}
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
_GOOD_CHARS: Final = 80
_GOOD_LINK_SHARE: Final = 0.3


@dataclass(frozen=True, slots=True)
class Description:
    """What the two stages of the model look at, row by row for the pieces of a page."""

    rows: Matrix  # columns as in FEATURES
    size: NDArray[np.float64]
    groups: tuple[NDArray[np.int64], ...]  # which pieces share parent, grandparent, and way of being marked up


def describe(walk: Walk, url: str) -> Description:
    """Describes the pieces of `walk`, of which there must be one at least."""
    page = _Page(walk, url)
    rows = np.column_stack(page.columns()).astype(np.float32)
    above = page.parents[page.element]
    return Description(rows, page.size, (above, page.parents[above], page.kind))


class _Page:
    """The measurements of one page that its pieces share."""

    def __init__(self, walk: Walk, url: str) -> None:
        self.walk = walk
        self.url = url
        self.texts = [walk.text[p.start : p.end] for p in walk.pieces]
        starts, ends = np.array([(p.start, p.end) for p in walk.pieces]).T
        self.counts = _count_signs(walk.text, starts, ends)
        self.chars = (ends - starts).astype(float)
        self.size = self.chars + 1.5 * self.counts["wide"]
        self.link_share = np.minimum(np.array([p.link_chars for p in walk.pieces]) / self.chars, 1.0)
        self.stops, self.commas = self.counts["stops"], self.counts["commas"]
        self.good = (
            (self.size > _GOOD_CHARS) & (self.link_share < _GOOD_LINK_SHARE) & (self.stops + self.commas > 0)
        ).astype(float)
        self.good_size = self.size * self.good
        self.total_good = self.good_size.sum() + 1.0
        self.element = np.array([p.element for p in walk.pieces])
        self.parents = np.array([e.parent for e in walk.elements])
        self.subtree = self._subtrees()
        self.kind = self._kinds()

    def _subtrees(self) -> NDArray[np.float64]:
        """For each element: size, linked size, good size, pieces, good pieces, stops in it and below."""
        own = np.zeros((len(self.walk.elements), 6))
        values = np.column_stack(
            [
                self.size,
                self.size * self.link_share,
                self.good_size,
                np.ones(len(self.size)),
                self.good,
                self.stops,
            ]
        )
        np.add.at(own, self.element, values)
        depth = np.array([e.depth for e in self.walk.elements])
        order = np.argsort(-depth, kind="stable")
        borders = np.nonzero(np.diff(depth[order]))[0] + 1
        for level in np.split(order, borders)[:-1]:  # the deepest first; the root is alone at the end
            np.add.at(own, self.parents[level], own[level])
        return own

    def columns(self) -> list[NDArray[np.float64]]:
        return [
            *self._text_columns(),
            *self._place_columns(),
            *self._container_columns(),
            *self._neighbour_columns(),
            *self._name_columns(),
            *self._link_columns(),
        ]

    def _kinds(self) -> NDArray[np.int64]:
        """A number for each piece, the same for pieces marked up in the same way."""
        elements = self.walk.elements
        numbers: dict[tuple[str, str, str, str], int] = {}
        return np.array([numbers.setdefault(_signature(elements, p), len(numbers)) for p in self.walk.pieces])

    def _link_columns(self) -> list[NDArray[np.float64]]:
        """Where the links of a piece lead: editors link to other sites, navigation to its own."""
        count = len(self.texts)
        away, home = np.zeros(count), np.zeros(count)
        own = _site(self.url)
        for anchor in self.walk.anchors:
            if anchor.piece < count and not anchor.hidden:
                found = _HOST.match(anchor.href)
                outside = found is not None and _site(anchor.href) != own and not _NETWORK.search(found[1])
                (away if outside else home)[anchor.piece] += 1
        return [
            np.minimum(away, 5),
            away / np.maximum(away + home, 1),
            np.full(count, np.log1p(away.sum())),
            np.full(count, float(bool(FORUM_URL.search(self.url)))),
        ]

    def _text_columns(self) -> list[NDArray[np.float64]]:
        pieces, texts = self.walk.pieces, self.texts
        chars, count = self.chars, self.counts
        words = count["spaces"] + 1
        ends = np.array([bool(_STOPS.match(t[-2:]) or _STOPS.match(t[-1])) for t in texts], float)
        return [
            np.log1p(self.size),
            self.link_share,
            np.array([min(p.links, 20) for p in pieces], float),
            np.log1p(words),
            chars / words,
            np.log1p(self.stops),
            np.log1p(self.commas),
            self.stops / (self.size + 10) * 100,
            self.commas / (self.size + 10) * 100,
            ends,
            np.array([t.endswith((":", "：")) for t in texts], float),
            count["capitals"] / chars,
            count["digits"] / chars,
            np.array(
                [t.count("|") + t.count("›") + t.count("•") + t.count("·") for t in texts],
                float,
            ),
            np.array([min(p.strong_chars / (p.end - p.start), 1) for p in pieces]),
            np.array([min(p.images, 5) for p in pieces], float),
            count["breaks"] / (self.size + 10) * 100,
            np.array([t.isupper() for t in texts], float),
        ]

    def _place_columns(self) -> list[NDArray[np.float64]]:
        count = len(self.texts)
        order = np.arange(count)
        heads = [i for i, p in enumerate(self.walk.pieces) if self.walk.elements[p.element].tag == "h1"]
        first = heads[0] if heads else 0
        good_at = np.nonzero(self.good)[0]
        to_good = np.full(count, 50)
        if len(good_at):
            after = np.searchsorted(good_at, order)
            to_next = np.abs(good_at[np.minimum(after, len(good_at) - 1)] - order)
            to_good = np.minimum(to_next, np.abs(order - good_at[np.maximum(after - 1, 0)]))
        return [
            np.full(count, float(bool(heads))),
            np.clip((order - first) / 20, -2, 1),
            np.full(count, np.log1p(count)),
            np.full(count, np.log1p(self.total_good)),
            np.full(count, self.total_good / (self.size.sum() + 1)),
            np.minimum(to_good, 50).astype(float),
        ]

    def _container_columns(self) -> list[NDArray[np.float64]]:
        elements, sub = self.walk.elements, self.subtree
        columns = []
        level = self.element.copy()
        for _ in range(_LEVELS):
            rows = sub[level]
            columns += [
                np.log1p(rows[:, 0]),
                rows[:, 1] / (rows[:, 0] + 1),
                rows[:, 2] / self.total_good,
                np.log1p(rows[:, 3]),
                rows[:, 4] / (rows[:, 3] + 1),
                rows[:, 2] / (rows[:, 0] + 1),
            ]
            level = self.parents[level]
        top = self._top()
        up, down = self._way_to(top)
        columns += [up, down, (up == 0).astype(float)]
        kind = self.kind
        kind_good = np.bincount(kind, self.good_size)
        kind_size = np.bincount(kind, self.size)
        kind_links = np.bincount(kind, self.size * self.link_share)
        kind_count = np.bincount(kind)
        columns += [
            (kind_good / self.total_good)[kind],
            (kind_good / (kind_size + 1))[kind],
            (kind_links / (kind_size + 1))[kind],
            np.log1p(kind_count)[kind],
            np.array([elements[p.element].depth for p in self.walk.pieces]) - float(elements[top].depth),
        ]
        return columns

    def _top(self) -> int:
        """The smallest element that holds most of what its surroundings have of good text."""
        sub, index = self.subtree, 0
        children: dict[int, list[int]] = {}
        for child, element in enumerate(self.walk.elements):
            if child:
                children.setdefault(element.parent, []).append(child)
        while below := children.get(index):
            best = max(below, key=lambda child: sub[child, 2])
            if sub[best, 2] < 0.6 * sub[index, 2] or sub[best, 4] < 2:
                break
            index = best
        return index

    def _way_to(self, top: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Levels from the top container up to the common ancestor with each piece, and from there down to the piece."""
        elements = self.walk.elements
        above = {top: 0}
        index, steps = top, 0
        while index:
            index, steps = elements[index].parent, steps + 1
            above[index] = steps
        ups, downs = [], []
        for piece in self.walk.pieces:
            index, down = piece.element, 0
            while index not in above:
                index, down = elements[index].parent, down + 1
            ups.append(min(above[index], 12))
            downs.append(min(down, 12))
        return np.array(ups, float), np.array(downs, float)

    def _neighbour_columns(self) -> list[NDArray[np.float64]]:
        columns = []
        size = np.log1p(self.size)
        heading = np.array(
            [self.walk.elements[p.element].tag in _HEADINGS for p in self.walk.pieces],
            float,
        )
        parent = self.parents[self.element]
        for step in (-3, -2, -1, 1, 2, 3):
            columns += [
                _shift(size, step),
                _shift(self.link_share, step),
                _shift(self.good, step),
                (_shift(parent.astype(float), step) == parent).astype(float),
            ]
            if abs(step) == 1:
                columns += [
                    _shift(heading, step),
                    (_shift(self.element.astype(float), step) == self.element).astype(float),
                ]
        for width in (5, 11, 25):
            window = np.ones(width)
            weight = np.convolve(self.size, window, "same")[: len(self.size)] if len(self.size) >= width else None
            if weight is None:
                columns += [
                    np.full(len(self.size), self.total_good / (self.size.sum() + 1)),
                    self.link_share,
                ]
            else:
                columns += [
                    np.convolve(self.good_size, window, "same") / (weight + 1),
                    np.convolve(self.size * self.link_share, window, "same") / (weight + 1),
                ]
        return columns

    def _name_columns(self) -> list[NDArray[np.float64]]:
        elements = self.walk.elements
        any_hint = [0] * len(elements)
        near_hint = [0] * len(elements)
        tags = [0] * len(elements)
        for index, element in enumerate(elements):
            bit = _TAG_BITS.get(element.tag, 0)
            own = element.hints if element.tag not in {"html", "body"} else 0
            tags[index] = bit | (tags[element.parent] if index else 0)
            any_hint[index] = own | (any_hint[element.parent] if index else 0)
            above = elements[element.parent]
            near_hint[index] = own | (above.hints if above.tag not in {"html", "body"} else 0)
        piece_tags = [elements[p.element].tag for p in self.walk.pieces]
        marks = [_join(p) for p in self.walk.pieces]
        found = cues.find_cues(self.walk.text, [p.start for p in self.walk.pieces])
        heading_cue, open_cue = [], 0
        for piece, cue, tag in zip(self.walk.pieces, found, piece_tags, strict=True):
            if tag in _HEADINGS or piece.strong_chars * 2 > piece.end - piece.start:
                open_cue = cue
            heading_cue.append(open_cue)
        numbers = np.array([_TAG_NUMBERS.get(tag, -1) for tag in piece_tags])
        columns = [(numbers == number).astype(float) for number in range(len(_TAGS))]
        columns += _bits(np.array([tags[p.element] for p in self.walk.pieces]), len(_ABOVE))
        columns += _bits(
            np.array([near_hint[p.element] | m for p, m in zip(self.walk.pieces, marks, strict=True)]),
            len(_HINTS),
        )
        columns += _bits(np.array([any_hint[p.element] for p in self.walk.pieces]), len(_HINTS))
        columns += _bits(np.array(found), cues.COUNT)
        columns += _bits(np.array(heading_cue), cues.COUNT)
        return columns


_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary", "legend"})
_TAG_NUMBERS: Final = {tag: number for number, tag in enumerate(_TAGS)}
_TAG_BITS: Final = {tag: 1 << place for place, tag in enumerate(_ABOVE)}


def _site(url: str) -> str:
    """The last two labels of a URL's host: near enough to tell links that stay from links that leave."""
    found = _HOST.match(url)
    return ".".join(found[1].lower().rsplit(".", 2)[-2:]) if found else ""


def _sign_table() -> NDArray[np.uint8]:
    """A bit for each kind of sign, at each code point of the basic plane."""
    table = np.zeros(0x10000, np.uint8)
    for place, signs in enumerate(_SIGNS.values()):
        table[[ord(sign) for sign in signs]] |= np.uint8(1 << place)
    return table


_TABLE: Final = _sign_table()


def _count_signs(text: str, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    """How many signs of each kind stand in each piece."""
    points = np.frombuffer(text.encode("utf-32-le", errors="replace"), np.uint32)
    kinds = _TABLE[np.where(points < 0x10000, points, 0)]
    counts = {}
    for place, name in enumerate(_SIGNS):
        total = np.concatenate(([0], np.cumsum((kinds >> place) & 1, dtype=np.int64)))
        counts[name] = (total[ends] - total[starts]).astype(float)
    return counts


def _signature(elements: list[Element], piece: Piece) -> tuple[str, str, str, str]:
    """What pieces of one kind share: the element and its parent, as written."""
    own = elements[piece.element]
    above = elements[own.parent]
    return own.tag, own.names, above.tag, above.names


def _join(piece: Piece) -> int:
    """The hints of inline elements that cover most of the piece."""
    found = 0
    for start, end, hints in piece.marks:
        if (end - start) * 2 > piece.end - piece.start:
            found |= hints
    return found


def _bits(values: NDArray[np.int64], count: int) -> list[NDArray[np.float64]]:
    return [*((values[:, None] >> np.arange(count)) & 1).T.astype(float)]


def _shift(values: NDArray[np.float64], step: int) -> NDArray[np.float64]:
    """`values` of the piece `step` places on; 0 beyond the ends."""
    shifted = np.zeros(len(values))
    if step > 0:
        shifted[:-step] = values[step:]
    elif step < 0:
        shifted[-step:] = values[:step]
    return shifted


FEATURES: Final = (
    *(
        "size",
        "link_share",
        "links",
        "words",
        "word_length",
        "stops",
        "commas",
        "stop_density",
        "comma_density",
        "ends",
    ),
    *(
        "colon",
        "capitals",
        "digits",
        "separators",
        "strong",
        "images",
        "breaks",
        "upper",
    ),
    *(
        "has_h1",
        "from_h1",
        "page_pieces",
        "page_good",
        "page_share",
    ),
    "to_good",
    *(
        f"{name}_{level}"
        for level in range(_LEVELS)
        for name in (
            "box_size",
            "box_links",
            "box_good",
            "box_pieces",
            "box_good_pieces",
            "box_density",
        )
    ),
    *(
        "top_up",
        "top_down",
        "in_top",
        "kind_good",
        "kind_density",
        "kind_links",
        "kind_count",
        "depth_to_top",
    ),
    *(
        f"{name}{step:+d}"
        for step in (-3, -2, -1, 1, 2, 3)
        for name in (
            *("size", "link_share", "good", "same_parent"),
            *(("heading", "same_element") if abs(step) == 1 else ()),
        )
    ),
    *(f"{name}_{width}" for width in (5, 11, 25) for name in ("window_good", "window_links")),
    *(f"tag_{tag}" for tag in _TAGS),
    *(f"in_{tag}" for tag in _ABOVE),
    *(f"near_{hint.name}" for hint in _HINTS),
    *(f"any_{hint.name}" for hint in _HINTS),
    *(f"cue_{place}" for place in range(cues.COUNT)),
    *(f"heading_cue_{place}" for place in range(cues.COUNT)),
    *("links_away", "away_share", "page_away", "forum"),
)


def surroundings(odds: NDArray[np.float32], page: Description) -> Matrix:
    """What the second stage looks at: the first stage's log odds of a piece, of its neighbours and of its kin."""
    clipped = np.clip(odds.astype(np.float64), -6, 6)
    size = np.minimum(page.size, 400) + 10
    sure = np.tanh(clipped / 2)
    columns = [clipped]
    columns += [
        np.where(_shift(np.ones(len(odds)), step) > 0, _shift(clipped, step), -3.0) for step in (-3, -2, -1, 1, 2, 3)
    ]
    for width in (5, 11, 25):
        if len(odds) >= width:
            window = np.ones(width)
            columns.append(np.convolve(sure * size, window, "same") / np.convolve(size, window, "same"))
        else:
            columns.append(np.full(len(odds), (sure * size).sum() / size.sum()))
    for group in page.groups:
        weight = np.bincount(group, size)
        columns.append((np.bincount(group, sure * size) / np.maximum(weight, 1))[group])
        columns.append(np.log1p(weight)[group])
    columns.append(np.full(len(odds), (sure * size).sum() / size.sum()))
    columns.append(np.full(len(odds), np.log1p((page.size * (odds > 0)).sum())))
    certain = np.nonzero(odds > 1.5)[0]
    order = np.arange(len(odds))
    first, last = (certain[0], certain[-1]) if len(certain) else (0, len(odds))
    columns += [np.clip(order - first, -30, 30), np.clip(last - order, -30, 30)]
    columns += [page.rows[:, FEATURES.index(name)].astype(np.float64) for name in _SECOND_LOOK]
    return np.column_stack(columns).astype(np.float32)


_SECOND_LOOK: Final = (
    *(
        "size",
        "link_share",
        "ends",
        "stops",
        "away_share",
        "tag_p",
        "tag_h2",
        "tag_h3",
        "tag_li",
        "tag_td",
        "tag_div",
    ),
    *(
        "in_figure",
        "in_aside",
        "any_RELATED",
        "any_COMMENT",
        "any_AUTHOR",
        "any_SIGNUP",
        "page_pieces",
    ),
    *(
        "heading_cue_0",
        "heading_cue_1",
        "heading_cue_2",
        "heading_cue_3",
        "heading-1",
        "heading+1",
    ),
)
