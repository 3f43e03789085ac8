"""Drafts at the end of a night, where their files cannot be written."""

from pathlib import Path

import pytest

from mentions.store.records import RunState
from tests.crawling.newsweb import config_in, feed, night, query
from tests.hostile_web import Answer, Route, Web

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("reactor")]

STORIES = {  # three that are no copies of each other
    "crane": "Acme Robotics lifted a crane over the old dock on Monday, and nobody on the quay looked up from lunch.",
    "ferry": "The winter timetable of the ferry was worked out by Acme Robotics, whose engineers once rowed that way.",
    "market": "Fishmongers weigh on scales that Acme Robotics mended in a week, said the master of the market hall.",
}


async def test_a_folder_that_takes_no_drafts_is_said_once_and_the_drafts_are_stored(tmp_path: Path) -> None:
    """A hundred times the same warning would hide all others."""
    routes: dict[str, Route] = {}
    for word, about in STORIES.items():  # each at a publisher of its own: no two emails go to one in a night
        more = f"{word.title()}s and {word} crews, {word} by {word}, met {word} friends and {word} foes. " * 8
        page = (
            f"<html lang=en><title>The {word}</title><article><h1>The {word}</h1><p>{about}</p><p>{more}</p></article>"
        )
        routes |= {f"{word}.example/feed.xml": feed(["/story"]), f"{word}.example/story": Answer(page.encode())}
    with Web(routes) as web:
        config = config_in(tmp_path, web.port, hosts=[f"{word}.example" for word in STORIES])
        config.drafts_folder.write_text("a file where the folder should be")
        run = await night(config, drafting=True)
    said = [warning for warning in run.warnings if "written as" in warning]
    assert len(said) == 2
    assert said[0].startswith("the draft for http://")
    assert "is stored but could not be written as a file: " in said[0]
    assert said[1] == "2 more drafts are stored but could not be written as files"
    assert run.counts["drafts/failed"] == 3
    assert run.state is RunState.PARTIAL
    assert query(config, "select count(*) from draft") == [(3,)]


async def test_a_new_database_beside_old_drafts_is_pointed_out(tmp_path: Path) -> None:
    """Whoever was asked before the database was lost would be asked again."""
    page = f"<html lang=en><title>Cranes</title><article><h1>Cranes</h1><p>{STORIES['crane']}</p></article></html>"
    routes: dict[str, Route] = {"a.example/feed.xml": feed(["/story"]), "a.example/story": Answer(page.encode())}
    with Web(routes) as web:
        config = config_in(tmp_path, web.port, hosts=["a.example"])
        (config.drafts_folder / "2026").mkdir(parents=True)
        (config.drafts_folder / "2026" / "17.eml").write_text("Subject: Your story\n\nof an earlier run")
        first, second = await night(config), await night(config)
    warned = (
        f"the database is new, but {config.drafts_folder} holds drafts of earlier runs: it does not know who was asked"
    )
    assert (warned in first.warnings, warned in second.warnings) == (True, False)
