"""What a nightly run does for people: unused contacts are forgotten, erased ones are not brought back."""

from datetime import timedelta
from pathlib import Path

import pytest

from mentions.outreach.contacts.model import Confidence, FoundContact, PageContacts, Role
from mentions.store import open_store
from tests.crawling.newsweb import NOW, config_in, feed, night, query, story
from tests.hostile_web import Web

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("reactor")]

JANE = "jane.doe@courier.example"


async def test_the_nightly_run_forgets_contacts_that_nobody_used(tmp_path: Path) -> None:
    with Web({"courier.example/feed.xml": feed([])}) as web:
        config = config_in(tmp_path, web.port)
        store = open_store(config.store_url)
        found = FoundContact(Role.AUTHOR, Confidence.HIGH, "https://courier.example/team", "beside her name", JANE)
        store.save_published("courier.example", PageContacts((found,)), NOW)
        store.close()
        early = await night(config, drafting=True, now=NOW + timedelta(days=29))
        assert query(config, "select email from contact") == [(JANE,)]
        run = await night(config, drafting=True, now=NOW + timedelta(days=31))
    assert query(config, "select email from contact") == []
    assert ("contacts/forgotten" in early.counts, run.counts["contacts/forgotten"]) == (False, 1)


async def test_a_crawl_does_not_store_the_address_of_somebody_who_was_erased(tmp_path: Path) -> None:
    """E-04, over a real crawl: in the article's text and as the contact beside it."""
    sentence = f'Acme Robotics builds robots, says <a href="mailto:{JANE}">{JANE}</a>.'
    routes = {"courier.example/feed.xml": feed(["/a"]), "courier.example/a": story(sentence)}
    with Web(dict(routes)) as web:
        config = config_in(tmp_path, web.port)
        store = open_store(config.store_url)
        store.erase_contact(JANE, by="ada", now=NOW)
        store.close()
        await night(config, drafting=True)
    assert query(config, "select count(*) from finding") == [(1,)]
    everything = query(
        config,
        "select p.text, f.sentence, f.contact_address, m.sentence from page p join finding f on f.page_id = p.id"
        " join mention m on m.finding_id = f.id",
    )
    assert "jane.doe" not in str(everything)
    assert "█" in str(everything)
    assert [path for path in config.drafts_folder.glob("*.eml") if JANE.encode() in path.read_bytes()] == []
