"""Pages with hand-made article text, piece by piece: what the zone model learns from."""

import json
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from selectolax.lexbor import LexborHTMLParser

from benchmarks.crossed import site_of
from mentions.archive import read_pages
from mentions.extraction.charset import to_utf8
from mentions.extraction.features import Description, describe
from mentions.extraction.vocabulary import Hint
from mentions.extraction.walk import walk_tree
from mentions.extraction.walked import Walk

_NOT_WORD: Final = re.compile(r"[\W_]+")
_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LONG: Final = 40  # letters from which a piece is looked up anywhere in the gold text, not only in its place

Array = NDArray[Any]


@dataclass(frozen=True)
class Example:
    """One page: its pieces described, which of them are article by the gold text, and how much each weighs."""

    site: str
    kind: str
    page: Description
    gold: Array
    chars: Array
    weight: Array


def read_examples(folder: Path) -> Iterator[Example]:
    """The pages with gold text that hold any text: `pages.warc.gz` and `articles.jsonl` (`url`, `text`)."""
    with (folder / "articles.jsonl").open(encoding="utf-8") as lines:
        gold = {row["url"]: row for row in map(json.loads, lines)}
    for page in read_pages(folder / "pages.warc.gz"):
        if not (row := gold.get(page.url)):
            continue
        walk = walk_tree(LexborHTMLParser(to_utf8(page.body, page.headers.get("content-type"))))
        if not walk.pieces:
            continue
        texts = [walk.text[piece.start : piece.end] for piece in walk.pieces]
        chars = np.array([len(text) for text in texts], float)
        weight = np.sqrt(np.minimum(chars, 600) + 10)
        weight = weight / np.sqrt(weight.sum()) * ~decided_by_rule(walk)
        yield Example(
            site=site_of(page.url),
            kind=row.get("page_type") or "",
            page=describe(walk, page.url),
            gold=label_pieces(texts, row["text"]),
            chars=chars,
            weight=weight,
        )


def label_pieces(texts: Sequence[str], gold: str) -> Array:
    """1 for the pieces whose text stands in `gold`. Short ones must stand between the long ones around them."""
    whole = _key(gold)
    lines = {_key(line) for line in gold.split("\n")}
    keys = [_key(text) for text in texts]
    labels = np.zeros(len(texts))
    places: dict[int, tuple[int, int]] = {}
    reached = 0
    for index, key in enumerate(keys):
        wide = len(_WIDE.findall(key))
        if len(key) + 1.5 * wide < _LONG:
            continue
        start = whole.find(key, reached)
        start = start if start >= 0 else whole.find(key)
        if start >= 0:
            places[index] = (start, start + len(key))
            reached = max(reached, start)
        else:
            step = 20 if wide < len(key) / 3 else 8
            parts = [key[at : at + step] for at in range(0, max(1, len(key) - step + 1), step // 2)]
            hits = [at for part in parts if (at := whole.find(part)) >= 0]
            if len(hits) * 2 >= len(parts):
                places[index] = (min(hits), max(hits) + step)
    labels[list(places)] = 1
    known = sorted(places)
    for index, key in enumerate(keys):
        if index in places or not key or len(key) + 1.5 * len(_WIDE.findall(key)) >= _LONG:
            continue
        after = bisect_left(known, index)
        low = places[known[after - 1]][1] if after else 0
        high = places[known[after]][0] if after < len(known) else len(whole)
        between = 0 < after < len(known)
        found = whole.find(key, max(0, min(low, high) - 2), max(low, high) + 2) >= 0
        whole_line = key in lines
        labels[index] = (found and (between or whole_line or len(key) >= 20)) if len(key) > 3 else (found and between)
        if not found and whole_line and len(key) >= 20:
            labels[index] = 1
    return labels


def _key(text: str) -> str:
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


def decided_by_rule(walk: Walk) -> Array:
    """Pieces whose zone the policy decides, whatever a gold text says: headlines, captions, references, comments."""
    decided = np.zeros(len(walk.pieces), bool)
    for index, piece in enumerate(walk.pieces):
        element = walk.elements[piece.element]
        parent = walk.elements[element.parent]
        ruled = int(Hint.CAPTION | Hint.REFERENCES)
        decided[index] = element.tag in {"h1", "figcaption"} or bool((element.hints | parent.hints) & ruled)
    return decided
