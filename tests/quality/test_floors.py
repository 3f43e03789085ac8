"""No change makes the verdicts on the labelled real pages worse without an argument (benchmarks/floors.py)."""

from pathlib import Path

import pytest

from benchmarks.floors import Floors, corpus_digest, missed, reached, read_floors


@pytest.mark.bench
def test_no_verdict_and_no_slice_falls_below_its_floor(bench: Path) -> None:
    floors = read_floors()
    assert corpus_digest(bench) == floors.corpus, "the labelled pages changed: measure and pin anew"
    below = missed(floors, reached(bench))
    assert not below, f"(reached, floor): {below}; put it right, or argue: python benchmarks/floors.py --lower '…'"


def test_a_figure_below_its_floor_is_named_and_so_is_one_that_is_gone() -> None:
    floors = Floors("digest", {"accuracy": 0.9, "f1 of linked_mention": 0.8, "accuracy of homonyms": 0.7})
    assert missed(floors, {"accuracy": 0.9, "f1 of linked_mention": 0.75}) == {
        "f1 of linked_mention": (0.75, 0.8),
        "accuracy of homonyms": (0.0, 0.7),
    }


def test_a_floor_was_only_ever_lowered_with_an_argument() -> None:
    floors = read_floors()
    assert floors.floors["macro_f1"] >= 0.93
    assert all(argument.strip() for argument in floors.arguments)
