"""Garbage is collected seldom while a run or a scan goes on, and as before when it has ended."""

import gc

import pytest

from mentions.collecting import THRESHOLDS, seldom


def test_what_was_there_is_left_alone_while_the_block_runs() -> None:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    with seldom():
        assert gc.get_threshold() == THRESHOLDS
        assert gc.get_freeze_count() > frozen
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


def test_a_block_that_breaks_off_leaves_the_collector_as_it_was() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="a page"), seldom():
        raise ValueError("a page")
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
