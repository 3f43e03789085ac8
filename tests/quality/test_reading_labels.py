"""Our own reading of pages is well-formed, and no site stands in two of its parts."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from benchmarks.crossed import FOLDS, fold_of, site_of, weights_of
from benchmarks.held_back import FILES, FOLDER, PARTS, read_held_back
from benchmarks.scoring import LABELS, read_labels
from mentions.config import load_config
from mentions.extraction.features import FEATURES
from mentions.extraction.model import load_model, read_model


def _rows() -> list[dict[str, str]]:
    rows = []
    for name in FILES:
        with (FOLDER / name).open(encoding="utf-8", newline="") as file:
            rows += list(csv.DictReader(file, delimiter="\t"))
    return rows


def test_every_pair_is_labelled_once_with_a_verdict_of_the_benchmark() -> None:
    rows = _rows()
    assert len({(row["url"], row["target"]) for row in rows}) == len(rows) >= 600
    assert {row["verdict"] for row in rows} <= set(LABELS)
    assert {row["part"] for row in rows} == set(PARTS)


def test_no_site_stands_in_two_parts() -> None:
    parts = defaultdict(set)
    for row in _rows():
        parts[site_of(row["url"])].add(row["part"])
    assert all(len(found) == 1 for found in parts.values())


def test_the_held_back_pairs_stand_on_sites_of_no_other_set_and_every_verdict_is_among_them() -> None:
    held_back = [row for row in _rows() if row["part"] == "held back"]
    senses = FOLDER.parent / "senses_labels"
    elsewhere = {row["url"] for row in _rows() if row["part"] != "held back"}
    for name in FILES:
        with (senses / name).open(encoding="utf-8", newline="") as file:
            elsewhere |= {row["url"] for row in csv.DictReader(file, delimiter="\t")}
    assert {site_of(url) for url in elsewhere}.isdisjoint(site_of(row["url"]) for row in held_back)
    counts = Counter(row["verdict"] for row in held_back)
    assert min(counts[name] for name in LABELS if name != "own_site") >= 15


def test_each_further_target_is_used_and_a_valid_configuration() -> None:
    names = {target.name for target in load_config(FOLDER / "targets.toml").targets}
    assert names <= {row["target"] for row in _rows()}


def test_sites_fall_into_parts_of_like_size_the_same_everywhere() -> None:
    counts = [0] * FOLDS
    for number in range(1000):
        counts[fold_of(f"site-{number}.example")] += 1
    assert min(counts) > 150
    assert [fold_of(site) for site in ("courier.example", "bote.example", "acme.example")] == [2, 0, 4]


@pytest.mark.parametrize("fold", range(FOLDS))
def test_the_weights_of_every_part_fit_the_features_and_differ_from_the_packaged_ones(fold: int) -> None:
    model = read_model(weights_of(fold).read_bytes())
    assert len(model.linear.weights) == len(FEATURES)
    assert model.linear.bias != load_model().linear.bias


@pytest.mark.bench
def test_the_labelled_pages_are_there_and_none_of_them_is_a_page_of_the_benchmark(bench: Path) -> None:
    split = read_held_back(articles=bench.parent.parent / "articles", benchmark=bench)
    assert {page.url for page in split.pages} == {label["url"] for label in split.labels}
    theirs = {site_of(label["url"]) for label in read_labels(bench)}
    assert theirs.isdisjoint(site_of(page.url) for page in split.pages)
