"""Contacts are found in a run: on the article's page, then on few further pages, within robots.txt and a budget."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scrapy.crawler import AsyncCrawlerRunner

from mentions.config import Config, load_config
from mentions.crawling.configuration import crawl_settings
from mentions.crawling.contact_look import ContactSpider, Looked
from mentions.crawling.exploring import QUIET
from mentions.exceptions import FetchError
from mentions.store import Store, open_store
from spiders.news import NewsSpider
from tests.crawling.harness import QUICK
from tests.crawling.newsweb import NOW, feed, night, query, write_config
from tests.hostile_web import Answer, Route, Web, text

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("reactor")]

STORY = """<html lang="en"><head><title>Robots in the harbour</title><meta name="author" content="Jane Doering"></head>
<body><article><h1>Robots in the harbour {n}</h1>
<p>By <a rel="author" href="/authors/jane-doering">Jane Doering</a></p>
<p>Acme Robotics delivered the first of its machines to the harbour on Tuesday, and the dockers came to watch it.</p>
<p>The machine lifts, turns and stacks by itself; the foreman said that nobody had to be taught for more than a day.</p>
</article><footer>{footer}</footer></body></html>"""
FOOTER = '<a href="/contact">Contact</a> <a href="/masthead">Masthead</a> <a href="/about">About us</a>'
AUTHOR = "<html><title>Jane Doering</title><h1>Jane Doering</h1><p>Writes about machines.</p>{mail}</html>"
MAIL = '<p>Write to <a href="mailto:jane.doering@courier.example">jane.doering@courier.example</a></p>'
MASTHEAD = (
    """<html><title>Masthead</title><h1>Masthead</h1><ul><li>Newsroom: newsroom@courier.example</li></ul></html>"""
)


def routes(*paths: str, footer: str = FOOTER) -> dict[str, Route]:
    stories: dict[str, Route] = {
        f"courier.example{path}": Answer(STORY.format(n=path, footer=footer).encode()) for path in paths
    }
    return {"courier.example/feed.xml": feed(paths), **stories}


async def look(url: str, config: Config, store: Store, now: datetime) -> Looked:
    """As mentions.crawling.contact_look.look_for_contacts, where the reactor is running already."""
    looked = Looked()
    given = {"url": url, "publisher": "courier.example", "config": config, "store": store, "looked": looked}
    runner = AsyncCrawlerRunner(crawl_settings(config, {**QUIET, **QUICK}))
    await runner.crawl(ContactSpider, clock=lambda: now, **given)
    return looked.or_error(url)


def asked(web: Web) -> list[str]:
    """What was asked for beyond robots.txt, the feed and the stories."""
    known = ("/robots.txt", "/feed.xml", "/story")
    return [each.path for each in web.asked if not each.path.startswith(known)]


async def test_the_authors_own_page_gives_the_address_and_nothing_else_is_asked_for(tmp_path: Path) -> None:
    with Web() as web:
        web.routes |= routes("/story-1")
        web.routes["courier.example/authors/jane-doering"] = Answer(AUTHOR.format(mail=MAIL).encode())
        config = load_config(write_config(tmp_path, web.port))
        run = await night(config, spiders=[NewsSpider])
        assert asked(web) == ["/authors/jane-doering"]
        assert run.counts["contacts/pages"] == 1
    [(address, name, source)] = query(config, "select contact_address, contact_name, contact_source_url from finding")
    assert (address, name) == ("jane.doering@courier.example", "Jane Doering")
    assert source.endswith("/authors/jane-doering"), "where it was published, not where the article stands"


async def test_without_an_author_address_the_masthead_is_asked_and_a_second_night_asks_nothing(tmp_path: Path) -> None:
    with Web() as web:
        web.routes |= routes("/story-1")
        web.routes["courier.example/authors/jane-doering"] = Answer(AUTHOR.format(mail="").encode())
        web.routes["courier.example/masthead"] = Answer(MASTHEAD.encode())
        config = load_config(write_config(tmp_path, web.port))
        await night(config, spiders=[NewsSpider])
        assert asked(web) == ["/authors/jane-doering", "/masthead"], "the contact page is not needed any more"
        web.routes |= routes("/story-1", "/story-2")
        await night(config, spiders=[NewsSpider])
        assert asked(web) == ["/authors/jane-doering", "/masthead"], "both are remembered"
    assert query(config, "select distinct contact_address from finding") == [("newsroom@courier.example",)]


async def test_robots_txt_keeps_us_from_a_contact_page_and_that_is_noted(tmp_path: Path) -> None:
    with Web() as web:
        web.routes |= routes("/story-1", footer='<a href="/contact">Contact</a>')
        web.routes["courier.example/robots.txt"] = text("User-agent: *\nDisallow: /contact\nDisallow: /authors/\n")
        config = load_config(write_config(tmp_path, web.port))
        run = await night(config, spiders=[NewsSpider])
        assert asked(web) == []
        assert run.counts["contacts/pages_failed"] == 2
    problems = [problem for (problem,) in query(config, "select problem from contact_page")]
    assert all("robots.txt asks us not to" in problem for problem in problems)
    assert query(config, "select contact_address from finding") == [(None,)]
    forms = query(config, "select form_url from contact where form_url is not null")
    assert [url.rpartition("/")[2] for (url,) in forms] == ["contact"], "the contact page's address is kept"


async def test_a_site_is_asked_for_five_such_pages_a_month_and_no_more(tmp_path: Path) -> None:
    footer = " ".join(
        f'<a href="/{path}">{words}</a>'
        for path, words in {
            "contact": "Contact",
            "masthead": "Masthead",
            "about": "About us",
            "imprint": "Imprint",
            "corrections": "Corrections",
        }.items()
    )
    with Web() as web:
        web.routes |= routes("/story-1", "/story-2", footer=footer)
        config = load_config(write_config(tmp_path, web.port))
        await night(config, spiders=[NewsSpider])
        assert len(asked(web)) == 5
        assert len(set(asked(web))) == 5
    [(last,)] = query(config, "select max(looked_at) from contact_page")
    later = datetime.fromisoformat(last).replace(tzinfo=UTC) + timedelta(days=29)
    store = open_store(config.store_url)
    try:
        assert store.leads_left("courier.example", later) == ()
    finally:
        store.close()


async def test_an_article_not_worth_asking_about_costs_no_look(tmp_path: Path) -> None:
    with Web() as web:
        web.routes |= routes("/story-1")
        linked = STORY.replace("Acme Robotics", '<a href="https://acme.example/">Acme Robotics</a>')
        web.routes["courier.example/story-1"] = Answer(linked.format(n=1, footer=FOOTER).encode())
        config = load_config(write_config(tmp_path, web.port))
        await night(config, spiders=[NewsSpider])
        assert asked(web) == []
    assert query(config, "select count(*) from contact") == [(0,)]


async def test_a_contact_page_that_leads_to_another_site_is_not_read(tmp_path: Path) -> None:
    with Web() as web:
        web.routes |= routes("/story-1", footer='<a href="/masthead">Masthead</a>')
        web.routes["courier.example/masthead"] = Answer(
            status=302, headers=(("Location", web.url("/team", "holding.example")),)
        )
        web.routes["holding.example/team"] = Answer(MASTHEAD.encode())
        config = load_config(write_config(tmp_path, web.port))
        await night(config, spiders=[NewsSpider])
    assert ("it leads to another site",) in query(config, "select problem from contact_page")
    assert query(config, "select count(*) from contact where email is not null") == [(0,)]


async def test_contacts_are_looked_for_by_hand_within_the_same_budget(tmp_path: Path) -> None:
    with Web() as web:
        web.routes |= routes("/story-1")
        config = load_config(write_config(tmp_path, web.port))
        await night(config, spiders=[NewsSpider])
        before = len(asked(web))
        web.routes["courier.example/masthead"] = Answer(MASTHEAD.encode())
        store = open_store(config.store_url)
        try:
            url, publisher = store.article_of(1)
            assert publisher == "courier.example"
            looked = await look(url, config, store, NOW + timedelta(days=1))
            assert len(asked(web)) == before, "all of them were looked at last night"
            looked = await look(url, config, store, NOW + timedelta(days=40))
            assert looked.contacts[0].address == "newsroom@courier.example"
            assert store.contacts_for(1)[0].contact.address == "newsroom@courier.example"
        finally:
            store.close()


async def test_an_article_that_cannot_be_read_is_a_plain_error(tmp_path: Path) -> None:
    with Web() as web:
        config = load_config(write_config(tmp_path, web.port))
        store = open_store(config.store_url)
        try:
            with pytest.raises(FetchError, match="404"):
                await look(web.url("/gone", "courier.example"), config, store, NOW)
        finally:
            store.close()
