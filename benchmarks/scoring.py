"""How findings are scored against labelled pages (the benchmark's own policy), and how sure the score is."""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mentions.findings import Finding, Verdict
from mentions.urls import host_of, registrable_domain

LABELS: Final = ("unlinked_mention", "linked_mention", "qualified_link", "no_mention", "own_site")
Pair = tuple[str, str]  # (page URL, target name)
Label = Mapping[str, Any]

_AS_LABEL: Final = {
    Verdict.LINKED: "linked_mention",
    Verdict.QUALIFIED: "qualified_link",
    Verdict.UNLINKED: "unlinked_mention",
    Verdict.OUTSIDE: "unlinked_mention",
    Verdict.BARE_URL: "unlinked_mention",
    Verdict.OWN_PAGE: "own_site",
    Verdict.NOT_MENTIONED: "no_mention",
    Verdict.UNKNOWN: "no_mention",
}


def read_labels(folder: Path) -> list[Label]:
    """The labelled pairs of a split. Addresses are trimmed: a WARC header cannot carry a space at its end."""
    with (folder / "labels.jsonl").open(encoding="utf-8") as lines:
        labels = [json.loads(line) for line in lines if line.strip()]
    return [label | {"url": label["url"].strip()} for label in labels]


def as_label(finding: Finding) -> str:
    """The benchmark's word for a verdict."""
    if finding.verdict is Verdict.MISDIRECTED:
        return "linked_mention" if any(link.ours for link in finding.links) else "unlinked_mention"
    return _AS_LABEL[finding.verdict]


@dataclass(frozen=True, slots=True)
class Score:
    """Accuracy and F1 (each 0 … 1) over labelled pairs."""

    pairs: int
    accuracy: float
    macro_f1: float
    by_label: Mapping[str, tuple[float, float, float, int, int]]  # precision, recall, F1, labelled, said


def score(labels: Sequence[Label], said: Mapping[Pair, str]) -> Score:
    """Scores the answers; a pair without an answer counts as no_mention, a verdict that nowhere occurs not at all."""
    confusion = Counter((label["verdict"], answer(label, said)) for label in labels)
    by_label = {}
    for name in LABELS:
        hits = confusion[name, name]
        predicted = sum(count for (_, guess), count in confusion.items() if guess == name)
        support = sum(count for (gold, _), count in confusion.items() if gold == name)
        precision, recall = _ratio(hits, predicted), _ratio(hits, support)
        by_label[name] = (precision, recall, _ratio(2 * precision * recall, precision + recall), support, predicted)
    right = sum(count for (gold, guess), count in confusion.items() if gold == guess)
    present = [row for row in by_label.values() if row[3] or row[4]]
    macro = _ratio(sum(row[2] for row in present), len(present))
    return Score(len(labels), _ratio(right, len(labels)), macro, by_label)


def answer(label: Label, said: Mapping[Pair, str]) -> str:
    """What was said of a labelled pair."""
    return said.get((label["url"], label["target"]), "no_mention")


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def slices(labels: Iterable[Label], said: Mapping[Pair, str]) -> dict[str, tuple[float, int]]:
    """Accuracy and number of pairs of the slices that matter."""
    parts: dict[str, list[bool]] = defaultdict(list)
    for label in labels:
        right = answer(label, said) == label["verdict"]
        for name in _slices_of(label):
            parts[name].append(right)
    return {name: (sum(right) / len(right), len(right)) for name, right in sorted(parts.items())}


def _slices_of(label: Label) -> Iterator[str]:
    yield "homonyms" if label["homonym"] else "other names"
    if label["mention_zone"] in {"boilerplate", "comments"}:
        yield f"name only in {label['mention_zone']}"
    if label["verdict"] == "unlinked_mention" and label["link_zone"] == "boilerplate":
        yield "unlinked, with a link to us in boilerplate"
    if label["verdict"] == "no_mention" and label["link_zone"] == "body":
        yield "no mention, with a link to us in the body"
    if label.get("note") in {"redirect", "shortener", "opaque_redirect", "misspelt"}:
        yield f"note: {label['note']}"


def sites(labels: Iterable[Label]) -> dict[str, list[Label]]:
    """The labels by the registrable domain of their page: pages of one site are not independent."""
    grouped: dict[str, list[Label]] = defaultdict(list)
    for label in labels:
        grouped[registrable_domain(host_of(label["url"]))].append(label)
    return dict(grouped)


def folds(labels: Sequence[Label], count: int = 5) -> list[list[Label]]:
    """The labels in `count` parts of like size, no site in two of them; the same parts on every machine."""
    names = sorted(sites(labels))
    random.Random(0).shuffle(names)
    parts: list[list[Label]] = [[] for _ in range(count)]
    grouped = sites(labels)
    for name in names:
        min(parts, key=len).extend(grouped[name])
    return parts


def interval(labels: Sequence[Label], said: Mapping[Pair, str], times: int = 500) -> tuple[float, float]:
    """The 95 % interval of macro-F1 when the sites are drawn anew with replacement (bootstrap over sites)."""
    grouped = list(sites(labels).values())
    draw = random.Random(0)
    values = sorted(
        score([label for part in draw.choices(grouped, k=len(grouped)) for label in part], said).macro_f1
        for _ in range(times)
    )
    return values[int(times * 0.025)], values[int(times * 0.975)]
