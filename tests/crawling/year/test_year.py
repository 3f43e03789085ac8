"""The simulated year: every state on every day, and the report of it, as plot.toml tells them. G-10, G-12."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.crawling.year.living import DAYS, Difference, live
from tests.crawling.year.pages import SHOWN
from tests.crawling.year.people import DEEDS
from tests.crawling.year.plot import Known, read_plot
from tests.crawling.year.reckoning import wrong_figures

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_every_state_of_the_year_is_right_and_so_is_its_report(tmp_path: Path, reactor: None) -> None:
    plot = read_plot()
    year = await live(plot, tmp_path)
    assert not year.differences, "\n" + year.told()
    assert year.compared > DAYS * len(plot.articles)
    assert not (wrong := wrong_figures(year)), wrong


async def test_what_is_not_as_the_plot_says_is_found(tmp_path: Path, reactor: None) -> None:
    """The comparison itself: a wrong state, an event that does not come, and one too many."""
    plot = read_plot()
    stays, silent = plot.articles[:2]
    wrong = replace(stays, truth={0: Known("live", "unlinked", "sent")}, looks=None)
    hasty = replace(silent, events={2: ("reclaimed",)}, looks=(0, 1))
    year = await live(replace(plot, articles=(wrong, hasty)), tmp_path, days=4)
    assert year.differences == [
        Difference(2, silent.path, "reclaimed", ""),
        Difference(4, stays.path, "live unlinked sent", "live linked reclaimed"),
        Difference(4, silent.path, "looks [0, 1]", "looks [0, 2, 4]"),
    ]
    assert year.nights == [0, 2, 4], "nothing is due in the other nights, and the schedule says so"
    assert "day  article" in year.told()


async def test_the_plot_uses_words_that_are_there() -> None:
    for told in read_plot().articles:
        assert set(told.site.values()) <= set(SHOWN)
        assert {deed for deeds in told.people.values() for deed in deeds} <= set(DEEDS)
        assert min(told.truth) == told.begins
