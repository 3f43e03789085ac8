"""The simulated year: every state on every day, and the report of it, as plot.toml tells them. G-10, G-12."""

from pathlib import Path

import pytest

from tests.year.living import DAYS, live
from tests.year.plot import read_plot
from tests.year.reckoning import wrong_figures

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_every_state_of_the_year_is_right_and_so_is_its_report(tmp_path: Path, reactor: None) -> None:
    year = await live(read_plot(), tmp_path)
    assert not year.differences, "\n" + year.told()
    assert year.compared > DAYS * len(year.plot.articles)
    assert not (wrong := wrong_figures(year)), wrong
