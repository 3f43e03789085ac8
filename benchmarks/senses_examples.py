"""What the senses are learnt from: pages that name a target, with the signs of each candidate and a reader's answer.

Two sources: the labelled pages of ../shared/bench/dev, and our own reading of ../shared/articles
(benchmarks/senses_labels: target, address, answer; the texts stay where they are).
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.common import ARTICLES, DEV, ROOT
from mentions.archive import read_pages
from mentions.config import load_config
from mentions.extraction import read_article
from mentions.extraction.article import Article, Block, Metadata, Zone
from mentions.matching import Watchlist, compile_watchlist
from mentions.matching.mention import Candidate
from mentions.matching.senses import forbidden_by
from mentions.matching.signs import Signs, signs_of
from mentions.matching.surroundings import PageView
from mentions.urls import host_of, registrable_domain

LABELS: Final = ROOT / "benchmarks" / "senses_labels"
BENCHMARK: Final = "benchmark"
OWN_READING: Final = "own reading"


@dataclass(frozen=True, slots=True)
class Example:
    """One page and target: the signs of every candidate that must be weighed, and whether any is us."""

    target: str
    url: str
    is_us: bool
    source: str
    signs: tuple[Signs, ...]
    shown: tuple[str, ...]  # each candidate with what stands around it, for reading errors

    @property
    def site(self) -> str:
        """The page's registrable domain."""
        return registrable_domain(host_of(self.url))

    @property
    def bearer(self) -> str:
        """The target; targets of one name in several scripts are one."""
        return {"苹果": "Apple", "アップル": "Apple"}.get(self.target, self.target)


def read_examples(pages: Path = DEV, articles: Path = ARTICLES / "articles.jsonl") -> list[Example]:
    """Every labelled page that rules alone do not decide."""
    return [*_benchmark(pages), *_own_reading(articles)]


def _benchmark(folder: Path) -> Iterator[Example]:
    watchlist = compile_watchlist(load_config(folder / "targets.toml").targets)
    labels = defaultdict(list)
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").split("\n"):
        if line:
            label = json.loads(line)
            if not label["own_site"] and (label["article_mention"] or label["homonym"]):
                labels[label["url"]].append(label)
    for page in read_pages(folder / "pages.warc.gz"):
        if page.url in labels:
            article = read_article(page)
            found = _by_target(watchlist, article)
            for label in labels[page.url]:
                candidates = found.get(label["target"])
                if candidates:
                    is_us = bool(label["article_mention"])
                    yield from _example(article, candidates, label["target"], watchlist, is_us, BENCHMARK)


def _own_reading(path: Path) -> Iterator[Example]:
    ours = load_config(LABELS / "targets.toml").targets
    names = {target.name for target in ours}
    watchlists = {True: compile_watchlist(ours), False: compile_watchlist(load_config(DEV / "targets.toml").targets)}
    texts = {row["url"]: row["text"] for row in map(json.loads, filter(None, path.read_text("utf-8").split("\n")))}
    found: dict[tuple[str, bool], tuple[Article, dict[str, list[Candidate]]]] = {}
    with (LABELS / "labels.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            own = row["target"] in names
            key = row["url"], own
            if key not in found:
                article = plain_article(row["url"], texts[row["url"]])
                found[key] = article, _by_target(watchlists[own], article)
            article, candidates = found[key]
            if row["target"] in candidates:
                is_us = row["answer"] == "us"
                yield from _example(
                    article, candidates[row["target"]], row["target"], watchlists[own], is_us, OWN_READING
                )


def plain_article(url: str, text: str) -> Article:
    """A text without mark-up as an article, a line a block."""
    blocks, place = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(place, place + len(line), Zone.BODY, "p"))
        place += len(line) + 1
    return Article(url, text, tuple(blocks), (), Metadata(language="en"))


def _by_target(watchlist: Watchlist, article: Article) -> dict[str, list[Candidate]]:
    found: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in watchlist.candidates(article.text):
        found[candidate.target].append(candidate)
    return found


def _example(
    article: Article, candidates: Sequence[Candidate], target: str, watchlist: Watchlist, is_us: bool, source: str
) -> Iterator[Example]:
    """The example, unless rules alone decide it."""
    signs = signs_of(PageView(article), candidates, watchlist.profile(target), article.metadata.language)
    inside = [nth for nth, c in enumerate(candidates) if article.zone_at(c.start).is_article] or range(len(candidates))
    weighed = [
        nth for nth in inside if not signs[nth].get("certain") and not forbidden_by(signs[nth], candidates[nth].alias)
    ]
    if weighed:
        yield Example(
            target=target,
            url=article.url,
            is_us=is_us,
            source=source,
            signs=tuple(signs[nth] for nth in weighed),
            shown=tuple(_around(article.text, candidates[nth]) for nth in weighed),
        )


def _around(text: str, candidate: Candidate) -> str:
    start, end = candidate.start, candidate.end
    return f"{text[max(start - 60, 0) : start]}[{text[start:end]}]{text[end : end + 40]}".replace("\n", " | ")
