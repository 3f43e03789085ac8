"""What the senses are learnt from: pages that name a target, with the signs of each candidate and a reader's answer.

Two sources: the labelled pages of ../shared/bench/dev, and our own reading of ../shared/articles
(benchmarks/senses_labels: target, address, answer; the texts stay where they are).
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.common import ARTICLES, DEV, ROOT
from mentions.archive import read_pages
from mentions.config import load_config
from mentions.exceptions import UnparsablePage
from mentions.extraction import read_article
from mentions.extraction.article import Article
from mentions.matching import Watchlist, compile_watchlist
from mentions.matching.mention import Candidate
from mentions.matching.senses import forbidden_by
from mentions.matching.signs import Signs, signs_of
from mentions.matching.surroundings import PageView
from mentions.pages import Page
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


def read_examples(pages: Path = DEV, articles: Path = ARTICLES) -> list[Example]:
    """Every page to learn from that rules alone do not decide."""
    return _read(pages, articles, [*_benchmark(pages), *_own_reading("labels.tsv")])


def read_held_back(pages: Path = DEV, articles: Path = ARTICLES) -> list[Example]:
    """Pages read by us after the signs were chosen: never learnt from, only scored."""
    return _read(pages, articles, list(_own_reading("held_back.tsv")))


def _read(pages: Path, articles: Path, asked: Sequence["_Asked"]) -> list[Example]:
    watchlists = {
        BENCHMARK: compile_watchlist(load_config(pages / "targets.toml").targets),
        OWN_READING: compile_watchlist(load_config(LABELS / "targets.toml").targets),
    }
    of_page: dict[str, list[_Asked]] = defaultdict(list)
    for question in asked:
        of_page[question.url].append(question)
    examples: list[Example] = []
    for page in (*read_pages(pages / "pages.warc.gz"), *read_pages(articles / "pages.warc.gz")):
        questions = of_page.pop(page.url.strip(), None)
        if questions:
            examples += _of_page(page, questions, watchlists)
    return examples


@dataclass(frozen=True, slots=True)
class _Asked:
    """A reader's answer about a page."""

    url: str
    target: str
    is_us: bool
    source: str


def _benchmark(folder: Path) -> Iterator[_Asked]:
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").split("\n"):
        if line:
            label = json.loads(line)
            if not label["own_site"] and (label["article_mention"] or label["homonym"]):
                yield _Asked(label["url"].strip(), label["target"], bool(label["article_mention"]), BENCHMARK)


def _own_reading(name: str) -> Iterator[_Asked]:
    with (LABELS / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield _Asked(row["url"], row["target"], row["answer"] == "us", OWN_READING)


def _of_page(page: Page, questions: Sequence[_Asked], watchlists: Mapping[str, Watchlist]) -> Iterator[Example]:
    try:
        article = read_article(page)
    except UnparsablePage:
        return
    found: dict[str, dict[str, list[Candidate]]] = {}
    for question in questions:
        own = any(target.name == question.target for target in watchlists[OWN_READING].targets)
        name = OWN_READING if own and question.source == OWN_READING else BENCHMARK
        if name not in found:
            found[name] = _by_target(watchlists[name], article)
        candidates = found[name].get(question.target)
        if candidates:
            yield from _example(article, candidates, question, watchlists[name])


def _by_target(watchlist: Watchlist, article: Article) -> dict[str, list[Candidate]]:
    found: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in watchlist.candidates(article.text):
        found[candidate.target].append(candidate)
    return found


def _example(
    article: Article, candidates: Sequence[Candidate], question: _Asked, watchlist: Watchlist
) -> Iterator[Example]:
    """The example, unless rules alone decide it."""
    signs = signs_of(PageView(article), candidates, watchlist.profile(question.target), article.metadata.language)
    inside = [nth for nth, c in enumerate(candidates) if article.zone_at(c.start).is_article] or range(len(candidates))
    weighed = [
        nth for nth in inside if not signs[nth].get("certain") and not forbidden_by(signs[nth], candidates[nth].alias)
    ]
    if weighed:
        yield Example(
            target=question.target,
            url=question.url,
            is_us=question.is_us,
            source=question.source,
            signs=tuple(signs[nth] for nth in weighed),
            shown=tuple(_around(article.text, candidates[nth]) for nth in weighed),
        )


def _around(text: str, candidate: Candidate) -> str:
    start, end = candidate.start, candidate.end
    return f"{text[max(start - 60, 0) : start]}[{text[start:end]}]{text[end : end + 40]}".replace("\n", " | ")
