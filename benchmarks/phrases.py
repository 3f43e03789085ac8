"""Does each name stand in the right zone? Thousands of names that real pages write, judged by their gold text.

usage: python -m benchmarks.phrases [ARTICLES_DIR] [--threshold ODDS]

No one labels anything here. From every page with gold article text, up to 12 capitalised phrases that the gold text
holds and up to 12 that it does not are drawn; the first want one occurrence in an article zone, the others none.
Captions, headlines and references are decided by the policy, not by gold texts, so phrases that occur there are drawn
only where the gold text holds them. Every page is judged by zone weights that never saw its site. Gold texts differ
from the policy (they keep calls to follow and bios now and then), so 1 is out of reach: compare two states of the code.
Ends with one line of JSON.
"""

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final
from unittest import mock

from selectolax.lexbor import LexborHTMLParser

from benchmarks.common import ARTICLES, console, finish, needed, table
from benchmarks.crossed import fold_of, site_of, weights_of, zones_by
from benchmarks.zone_examples import decided_by_rule
from mentions.archive import read_pages
from mentions.exceptions import UnparsablePage
from mentions.extraction import read_article, zones
from mentions.extraction.article import Article
from mentions.extraction.charset import to_utf8
from mentions.extraction.model import read_model
from mentions.extraction.walk import walk_tree
from mentions.pages import Page

_DRAWN: Final = 12  # phrases a page and side, so that long pages do not outvote short ones
_SEED: Final = 3
_LEAST_LETTERS: Final = 4
_PHRASE: Final = re.compile(r"(?<![\w'’&-])[A-ZÀ-Þ][\w'’&-]*[a-zß-ÿ0-9A-Z]+(?: [A-ZÀ-Þ][\w'’&-]+){0,2}(?![\w'’-])")
_BEGINS_SENTENCE: Final = '.!?:"“”»«'
_SPACE: Final = re.compile(r"\s+")
Counts = Counter[tuple[bool, bool]]  # (the gold text holds it, an article zone holds it)


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("articles", nargs="?", type=Path, default=ARTICLES)
    parser.add_argument("--threshold", type=float, help="log odds from which a piece is article, for trying others")
    arguments = parser.parse_args()
    threshold = zones._ARTICLE_ODDS if arguments.threshold is None else arguments.threshold
    with mock.patch.object(zones, "_ARTICLE_ODDS", threshold):
        by_kind = _judged(needed(arguments.articles))
    shown = table("Names in the right zone", ("page", "right", "of the article's", "of the others", "names"))
    every: Counts = Counter()
    for kind, counts in sorted(by_kind.items()):
        shown.add_row(kind, *_row(counts))
        every += counts
    shown.add_row("all", *_row(every))
    console.print(shown)
    finish("phrases", {"accuracy": _share(every), "phrases": every.total()})


def _judged(folder: Path) -> dict[str, Counts]:
    """The counts by kind of page."""
    with (folder / "articles.jsonl").open(encoding="utf-8") as lines:
        gold = {row["url"]: row for row in map(json.loads, lines)}
    parts: dict[int, list[Page]] = defaultdict(list)
    for page in read_pages(folder / "pages.warc.gz"):
        if page.url in gold:
            parts[fold_of(site_of(page.url))].append(page)
    found: dict[str, Counts] = defaultdict(Counter)
    for fold, pages in sorted(parts.items()):
        with zones_by(read_model(weights_of(fold).read_bytes())):
            for page in pages:
                row = gold[page.url]
                found[row.get("page_type") or "unknown"].update(_looked_up(page, row["text"]))
    return found


def _looked_up(page: Page, gold: str) -> Iterator[tuple[bool, bool]]:
    """For each phrase drawn from the page: does the gold text hold it, and do our zones?"""
    try:
        article = read_article(page)
    except UnparsablePage:
        return
    for phrase, wanted in drawn(page, gold):
        yield wanted, _in_article(article, phrase)


def drawn(page: Page, gold: str) -> Sequence[tuple[str, bool]]:
    """Phrases of the page, each with whether its gold text holds it; the same ones every time."""
    walk = walk_tree(LexborHTMLParser(to_utf8(page.body, page.headers.get("content-type"))))
    ruled = "\n".join(
        walk.text[piece.start : piece.end]
        for piece, by_rule in zip(walk.pieces, decided_by_rule(walk), strict=True)
        if by_rule
    )
    text = _SPACE.sub(" ", gold)
    inside, outside = [], []
    for phrase in phrases_in(walk.text):
        pattern = _pattern(phrase)
        if pattern.search(text):
            inside.append(phrase)
        elif not pattern.search(ruled):
            outside.append(phrase)
    chance = random.Random(f"{_SEED} {page.url}")  # a draw, no secret
    chance.shuffle(inside)
    chance.shuffle(outside)
    return [(phrase, True) for phrase in inside[:_DRAWN]] + [(phrase, False) for phrase in outside[:_DRAWN]]


def phrases_in(text: str) -> list[str]:
    """The capitalised phrases that begin no sentence, each once, in their order."""
    found: dict[str, None] = {}
    for line in text.split("\n"):
        for match in _PHRASE.finditer(line):
            before = line[: match.start()].rstrip()
            begins = before[-1] in _BEGINS_SENTENCE if before else " " not in match[0]
            if not begins and len(match[0]) >= _LEAST_LETTERS:
                found[match[0]] = None
    return list(found)


def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)".replace(r"\ ", r"\s+"))


def _in_article(article: Article, phrase: str) -> bool:
    return any(article.zone_at(match.start()).is_article for match in _pattern(phrase).finditer(article.text))


def _share(counts: Mapping[tuple[bool, bool], int], *, wanted: bool | None = None) -> float:
    """The share of right answers, of all or of the phrases of one side."""
    asked = {key: count for key, count in counts.items() if wanted is None or key[0] is wanted}
    return round(sum(count for key, count in asked.items() if key[0] is key[1]) / max(sum(asked.values()), 1), 4)


def _row(counts: Counts) -> tuple[str, ...]:
    shares = (_share(counts), _share(counts, wanted=True), _share(counts, wanted=False))
    return (*(f"{share:.3f}" for share in shares), str(counts.total()))


if __name__ == "__main__":
    main()
