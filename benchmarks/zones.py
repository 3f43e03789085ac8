"""Does each name stand in the right zone? The labelled real pages, read and looked up by the label's own spelling.

usage: python -m benchmarks.zones [SPLIT_DIR] [--errors N]

Senses are left aside: a label that says "in the article" wants one occurrence of the name in an article zone; one that
says "only in boilerplate" or "only in comments" (and is no homonym) wants none. Ends with one line of JSON. How well
blocks agree with gold article text, cross-validated by site, is what benchmarks/train_zones.py prints.
"""

import argparse
import re
from collections import Counter
from pathlib import Path

from benchmarks.common import DEV, console, cpu_seconds, finish, needed, table
from benchmarks.scoring import Label, read_labels
from mentions.archive import read_pages
from mentions.config import load_config
from mentions.exceptions import UnparsablePage
from mentions.extraction import read_article
from mentions.extraction.article import Article
from mentions.targets import Target


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("split", nargs="?", type=Path, default=DEV)
    parser.add_argument("--errors", type=int, default=0, metavar="N")
    arguments = parser.parse_args()
    folder = needed(arguments.split)
    targets = {target.name: target for target in load_config(folder / "targets.toml").targets}
    labels = [label for label in read_labels(folder) if not label["own_site"]]
    articles, ms = _read(folder)
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    wrong: list[tuple[str, Label]] = []
    for label in labels:
        question = _question(label)
        article = articles.get(label["url"])
        if question is None or article is None:
            continue
        asked[question] += 1
        if _in_article(article, targets[label["target"]], label) is label["article_mention"]:
            right[question] += 1
        else:
            wrong.append((question, label))
    shown = table("The zone of the name", ("label", "right", "asked", "share"))
    for question, count in sorted(asked.items()):
        shown.add_row(question, str(right[question]), str(count), f"{right[question] / count:.3f}")
    console.print(shown)
    for question, label in wrong[: arguments.errors]:
        console.print(f"{question}: {label['target']} {label['url']}", markup=False)
    finish(
        "zones",
        {
            "accuracy": round(sum(right.values()) / max(sum(asked.values()), 1), 4),
            "article_recall": _share(right, asked, "in the article"),
            "elsewhere_recall": _share(right, asked, "only in"),
            "read_article_ms_per_page": round(ms, 2),
            "pairs": sum(asked.values()),
        },
    )


def _read(folder: Path) -> tuple[dict[str, Article], float]:
    """Every readable page by its URL, and CPU milliseconds a page."""
    pages = list(read_pages(folder / "pages.warc.gz"))
    articles = {}
    with cpu_seconds() as elapsed:
        for page in pages:
            try:
                articles[page.url] = read_article(page)
            except UnparsablePage as refusal:
                console.print(f"{page.url}: {refusal}", markup=False)
    return articles, elapsed() * 1000 / max(len(pages), 1)


def _question(label: Label) -> str | None:
    """What the label asks of the zones; None where only the sense decides."""
    if label["article_mention"]:
        return f"in the article: {label['mention_zone']}"
    if label["mention_zone"] in {"boilerplate", "comments"} and not label["homonym"]:
        return f"only in {label['mention_zone']}"
    return None


def _in_article(article: Article, target: Target, label: Label) -> bool:
    """Does the name, as the configuration or the label spells it, stand in an article zone?"""
    spellings = {target.name, *target.aliases, *filter(None, [label["surface"]])}
    words = "|".join(
        re.escape(spelling).replace(r"\ ", r"\s+") for spelling in sorted(spellings, key=len, reverse=True)
    )
    pattern = re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])" if words.isascii() else words)
    return any(article.zone_at(found.start()).is_article for found in pattern.finditer(article.text))


def _share(right: Counter[str], asked: Counter[str], beginning: str) -> float:
    chosen = [question for question in asked if question.startswith(beginning)]
    return round(sum(right[q] for q in chosen) / max(sum(asked[q] for q in chosen), 1), 4)


if __name__ == "__main__":
    main()
