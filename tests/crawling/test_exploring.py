"""A site looked over: within its robots.txt, and no more asked than is needed."""

import gzip

import pytest
from scrapy.crawler import AsyncCrawlerRunner

from mentions.config import Config
from mentions.crawling.configuration import crawl_settings
from mentions.crawling.exploring import QUIET, Explorer, Found
from mentions.declaring import FoundSite, chosen_sources
from mentions.exceptions import FetchError
from mentions.publishers import SourceKind
from tests.crawling.harness import QUICK, config_for
from tests.crawling.newsweb import feed
from tests.hostile_web import Answer, Web

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("reactor")]

FRONT = """<!doctype html><html lang="en"><head><title>Home</title><meta property="og:site_name" content="The Site">
{head}</head><body><h1>The Site</h1></body></html>"""


def front(head: str = "") -> Answer:
    return Answer(FRONT.format(head=head).encode())


def urlset(host: str, *paths: str) -> bytes:
    return f"<urlset>{''.join(f'<url><loc>{host}{path}</loc></url>' for path in paths)}</urlset>".encode()


async def explored(config: Config, web: Web) -> tuple[FoundSite, list[str]]:
    """As mentions.crawling.exploring.explore, where the reactor is running already."""
    found, url = Found(), f"http://site.example:{web.port}/"
    await AsyncCrawlerRunner(crawl_settings(config, {**QUIET, **QUICK})).crawl(Explorer, url=url, found=found)
    return found.site_or_error(url), [asked.path for asked in web.asked]


async def test_what_the_site_names_is_looked_at_and_nothing_is_guessed() -> None:
    with Web() as web:
        at = f"http://site.example:{web.port}"
        web.routes = {
            "/robots.txt": Answer(f"User-agent: MentionsBot\nCrawl-delay: 0.01\nSitemap: {at}/index.xml\n".encode()),
            "/": front('<link rel="alternate" type="application/rss+xml" href="/all.rss">'),
            "/all.rss": feed(["/a", "/b"]),
            "/index.xml": Answer(
                f"<sitemapindex><sitemap><loc>{at}/news.xml.gz</loc></sitemap><sitemap><loc>{at}/2019.xml</loc></sitemap>"
                "</sitemapindex>".encode()
            ),
            "/news.xml.gz": Answer(gzip.compress(urlset(at, "/a", "/c/a-story-4711"))),
        }
        site, asked = await explored(config_for(web.port), web)
    assert (site.domain, site.name, site.language) == ("site.example", "The Site", "en")
    assert (site.crawl_delay_s, site.named_us) == (0.01, True)
    assert [(source.kind, source.url.removeprefix(at), len(source.pages)) for source in site.sources] == [
        (SourceKind.FEED, "/all.rss", 2),
        (SourceKind.SITEMAP, "/news.xml.gz", 2),
    ]
    assert sorted(asked) == ["/", "/all.rss", "/index.xml", "/news.xml.gz", "/robots.txt"]
    assert site.problems == ()


async def test_usual_places_are_asked_only_where_the_site_names_none() -> None:
    with Web() as web:
        web.routes = {
            "/": front(),
            "/rss.xml": feed(["/a"]),
            "/sitemap.xml": Answer(urlset("http://site.example", "/x/y-z")),
        }
        site, asked = await explored(config_for(web.port), web)
    assert {source.kind for source in site.sources} == {SourceKind.FEED, SourceKind.SITEMAP}
    assert "/rss" not in asked, "the search ends where something is found"
    assert site.problems == (), "a miss at a usual place says nothing"


async def test_what_robots_txt_closes_is_not_asked() -> None:
    """F-01: neither a feed that the page names nor a usual place."""
    with Web() as web:
        web.routes = {
            "/robots.txt": Answer(b"User-agent: *\nDisallow: /feed\nDisallow: /sitemap.xml\n"),
            "/": front('<link rel="alternate" type="application/rss+xml" href="/feed/all">'),
        }
        site, asked = await explored(config_for(web.port), web)
    assert not [path for path in asked if path.startswith(("/feed", "/sitemap.xml"))]
    assert any("/feed/all: robots.txt asks us not to fetch this page" in problem for problem in site.problems)
    assert chosen_sources(site) == ()


async def test_a_site_that_wants_no_crawler_is_left_alone() -> None:
    with Web() as web:
        web.routes = {"/robots.txt": Answer(b"User-agent: *\nDisallow: /\n"), "/": front()}
        with pytest.raises(FetchError, match=r"robots\.txt asks us not to fetch"):
            await explored(config_for(web.port), web)
        assert [asked.path for asked in web.asked] == ["/robots.txt"]


async def test_a_page_instead_of_a_feed_is_a_problem_in_plain_words() -> None:
    with Web() as web:
        web.routes = {"/": front('<link rel="alternate" type="application/rss+xml" href="/rss">'), "/rss": front()}
        site, _ = await explored(config_for(web.port), web)
    assert any(problem.endswith("/rss: neither a feed nor a sitemap") for problem in site.problems)


async def test_a_sitemap_of_plain_lines_is_one_where_robots_txt_says_so() -> None:
    with Web() as web:
        at = f"http://site.example:{web.port}"
        web.routes = {
            "/robots.txt": Answer(f"Sitemap: {at}/sitemap.txt\n".encode()),
            "/": front(),
            "/sitemap.txt": Answer(f"{at}/a-story-4711\n{at}/another-story-4712\n".encode(), content_type="text/plain"),
        }
        site, _ = await explored(config_for(web.port), web)
    assert [(source.kind, len(source.pages)) for source in site.sources] == [(SourceKind.SITEMAP, 2)]
