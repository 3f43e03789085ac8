"""G-01, small: nightly runs killed at drawn moments. `python -m benchmarks.kills` does it a hundred times."""

import random
import sqlite3
from pathlib import Path

from benchmarks.kills import configured, differences, kill_again_and_again, newspapers, problems_of, start
from tests.crawling.newsweb import query

KILLS = 6
TIMEOUT_S = 300  # for a busy machine; on a quiet one these take seconds


def test_g01_runs_killed_at_any_moment_lose_and_double_nothing(tmp_path: Path) -> None:
    with newspapers() as (papers, web):
        killed, calm = configured(tmp_path / "killed", web.port), configured(tmp_path / "calm", web.port)
        result = kill_again_and_again(papers, killed, KILLS, random.Random(7), said=lambda _: None)
        assert result.kills == KILLS
        assert result.problems == []
        assert start(killed).wait(TIMEOUT_S) == 0
        assert start(calm).wait(TIMEOUT_S) == 0
        assert differences(killed, calm) == []
        assert len(query(killed, "select id from page where state = 'live'")) == papers.published


def test_the_check_itself_sees_a_page_without_its_look_and_a_mention_that_is_missing(tmp_path: Path) -> None:
    """A check that finds nothing proves something only if it can find something."""
    with newspapers() as (papers, web):
        papers.publish(4)
        config = configured(tmp_path, web.port)
        assert start(config).wait(TIMEOUT_S) == 0
    assert problems_of(config) == []
    _change(config.folder / "mentions.db", "delete from mention", 'delete from "check"')
    assert problems_of(config) == ["fetched pages without a look: 4", "findings without their mentions: 4"]


def _change(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
