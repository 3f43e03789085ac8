"""Counts letter case for `mentions.matching.letter_case`: on how many sites is a word written small?

usage: python benchmarks/letter_case.py [--articles FILE] [--pages DIR]

Reads the gold texts of ../shared/articles and the pages of ../shared/bench/dev, and writes the packaged table. Words of
addresses, file names and code are left out; a word must stand on three sites to be counted.
"""

import argparse
import gzip
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from mentions.archive import read_pages
from mentions.exceptions import UnparsablePage
from mentions.extraction import read_article
from mentions.matching import letter_case
from mentions.urls import host_of, registrable_domain

ROOT: Final = Path(__file__).resolve().parent.parent
_WORD: Final = re.compile(r"(?<![\w.@/#-])[^\W\d_]{2,20}(?![\w@/])(?!\.\w)")
_LEAST_SITES: Final = 3


def main() -> None:
    """Counts and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, default=ROOT.parent / "shared/articles/articles.jsonl")
    parser.add_argument("--pages", type=Path, default=ROOT.parent / "shared/bench/dev/pages.warc.gz")
    arguments = parser.parse_args()
    small: dict[str, set[str]] = defaultdict(set)
    capital: dict[str, set[str]] = defaultdict(set)
    for site, text in _texts(arguments.articles, arguments.pages):
        for word in set(_WORD.findall(unicodedata.normalize("NFC", text))):
            if word.islower():
                small[word].add(site)
            elif word[0].isupper() and word[1:].islower():
                capital[word.lower()].add(site)
    lines = []
    for word in sorted(small.keys() | capital.keys()):
        sites = len(small[word]) + len(capital[word])
        if sites >= _LEAST_SITES:
            lines.append(f"{word}{chr(ord('a') + round(10 * len(small[word]) / sites))}")
    path = ROOT / "mentions/matching" / letter_case.FILE_NAME
    path.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))
    print(f"{len(lines)} words, {path.stat().st_size / 1024:.0f} KB: {path.relative_to(ROOT)}")


def _texts(articles: Path, pages: Path) -> Iterator[tuple[str, str]]:
    for line in filter(None, articles.read_text(encoding="utf-8").split("\n")):
        row = json.loads(line)
        yield registrable_domain(host_of(row["url"])), row["text"]
    for page in read_pages(pages):
        try:
            yield registrable_domain(host_of(page.url)), read_article(page).text
        except UnparsablePage:
            continue


if __name__ == "__main__":
    main()
