"""Copies of pages that name us: kept by a crawl as they came, never of others, and cleared when their time is over."""

from datetime import timedelta
from pathlib import Path

import pytest

from mentions.config import Config
from mentions.crawling.outcomes import content_hash
from mentions.snapshots import Snapshots
from mentions.store import open_store
from mentions.store.records import RunState
from tests.crawling.newsweb import LINKED, NAMELESS, NOW, UNLINKED, config_in, feed, night, query, story
from tests.hostile_web import Route, Web

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("reactor")]

JANE = "jane.doe@courier.example"


def one_page(sentence: str) -> dict[str, Route]:
    return {"courier.example/feed.xml": feed(["/a"]), "courier.example/a": story(sentence)}


def copies(config: Config) -> list[bytes]:
    """Every copy, as it came."""
    snapshots = Snapshots(config.pages_folder)
    return [snapshots.read(path.name.partition(".")[0]) or b"" for path in snapshots.files()]


async def test_pages_that_name_us_are_kept_as_they_came(tmp_path: Path) -> None:
    routes = {
        "courier.example/feed.xml": feed(["/a", "/b", "/c"]),
        "courier.example/a": story(UNLINKED),
        "courier.example/b": story(LINKED),
        "courier.example/c": story(NAMELESS),
    }
    with Web(dict(routes)) as web:
        config = config_in(tmp_path, web.port)
        run = await night(config)
    assert run.counts["copies/kept"] == 2
    kept = {content_hash(body) for body in copies(config)}
    hashes = query(config, "select content_hash from page where url like '%/a' or url like '%/b'")
    assert kept == {value for (value,) in hashes}
    assert config.pages_folder == tmp_path / "mentions.db.pages"


async def test_copies_go_with_the_nightly_run_when_their_time_is_over(tmp_path: Path) -> None:
    with Web(one_page(UNLINKED)) as web:
        config = config_in(tmp_path, web.port)
        await night(config, drafting=True)
        await night(config, drafting=True, now=NOW + timedelta(days=89))
        assert len(copies(config)) == 1
        run = await night(config, drafting=True, now=NOW + timedelta(days=91))
    assert (run.counts["copies/cleared"], copies(config)) == (1, [])


async def test_nothing_is_kept_where_nothing_is_to_be_kept(tmp_path: Path) -> None:
    with Web(one_page(UNLINKED)) as web:
        config = config_in(tmp_path, web.port)
        config = config.model_copy(update={"retention": config.retention.model_copy(update={"pages_days": 0})})
        run = await night(config)
    assert "copies/kept" not in run.counts
    assert not config.pages_folder.exists()


async def test_a_folder_that_cannot_be_written_costs_the_copies_and_not_the_run(tmp_path: Path) -> None:
    with Web(one_page(UNLINKED)) as web:
        config = config_in(tmp_path, web.port)
        config.pages_folder.write_text("a file stands where the folder should be")
        run = await night(config)
    assert run.state is RunState.FINISHED
    assert [warning for warning in run.warnings if "copies of pages cannot be kept in" in warning]
    assert query(config, "select count(*) from finding") == [(1,)]


async def test_a_page_that_names_somebody_who_was_erased_is_not_kept(tmp_path: Path) -> None:
    """E-04: a copy cannot be struck out."""
    with Web(one_page(f'{UNLINKED} Write to <a href="mailto:{JANE}">her</a>.')) as web:
        config = config_in(tmp_path, web.port)
        store = open_store(config.store_url)
        store.erase_contact(JANE, by="ada", now=NOW)
        store.close()
        run = await night(config)
    assert (run.counts["copies/not_kept"], copies(config)) == (1, [])
