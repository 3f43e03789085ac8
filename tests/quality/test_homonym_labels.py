"""The labelled homonyms are well-formed, hold no pair of another set, and no site stands in both of their parts."""

import csv
import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.crossed import site_of
from benchmarks.homonyms import FOLDER, PARTS, read_homonyms
from benchmarks.scoring import LABELS, read_labels
from mentions.config import load_config


def _rows(path: Path = FOLDER / "labels.tsv") -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


def test_every_pair_is_labelled_once_and_what_means_something_else_is_no_mention() -> None:
    rows = list(_rows())
    assert len({(row["url"], row["target"]) for row in rows}) == len(rows) >= 350
    assert {row["verdict"] for row in rows} == set(LABELS)
    assert {row["meaning"] for row in rows} == {"us", "other"}
    assert {row["verdict"] for row in rows if row["meaning"] == "other"} == {"no_mention"}


def test_the_parts_are_told_by_a_digest_of_the_site_and_hold_enough_of_each_meaning() -> None:
    for row in _rows():
        assert row["part"] == PARTS[hashlib.sha256(site_of(row["url"]).encode()).digest()[1] % 2]
    counts = Counter((row["part"], row["meaning"]) for row in _rows())
    assert min(counts[part, "other"] for part in PARTS) >= 110
    assert min(counts[part, "us"] for part in PARTS) >= 50


def test_no_pair_stands_in_another_set_of_labels() -> None:
    ours = {(row["url"], row["target"]) for row in _rows()}
    for folder in ("senses_labels", "reading_labels"):
        for path in sorted((FOLDER.parent / folder).glob("*.tsv")):
            assert ours.isdisjoint((row["url"], row["target"]) for row in _rows(path))


def test_the_further_names_are_used_and_the_senses_were_never_trained_on_them() -> None:
    names = {target.name for target in load_config(FOLDER / "targets.toml").targets}
    assert names <= {row["target"] for row in _rows()}
    for path in sorted((FOLDER.parent / "senses_labels").glob("*.tsv")):
        assert names.isdisjoint(row["target"] for row in _rows(path))


@pytest.mark.bench
def test_the_labelled_pages_are_there_and_their_pairs_are_none_of_the_benchmarks(bench: Path) -> None:
    split = read_homonyms(articles=bench.parent.parent / "articles", benchmark=bench)
    assert {page.url for page in split.pages} == {label["url"] for label in split.labels}
    theirs = {(label["url"], label["target"]) for label in read_labels(bench)}
    assert theirs.isdisjoint((label["url"], label["target"]) for label in split.labels)
