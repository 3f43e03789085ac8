"""Our own site, read by the real crawler on loopback: within robots.txt, budget and our own hosts."""

from pathlib import Path

import pytest

from mentions.budgets import Looks, OwnSiteSettings
from mentions.config import Config
from mentions.crawling.own_site import homes_of, is_due
from mentions.own_pages.site import OwnSite, SiteCrawl
from mentions.publishers import Politeness
from mentions.searching import Elsewhere
from mentions.store import open_store
from mentions.targets import Target, TargetPage
from spiders.own_site import OwnSiteSpider
from tests.crawling.newsweb import NOW, config_in, night
from tests.hostile_web import Answer, Web

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("reactor")]

WORDS = "We build arms that lift what people should not have to lift, and we have done so for twenty years now. " * 6


def page(title: str, *article: str, nav: tuple[str, ...] = (), head: str = "") -> Answer:
    menu = " ".join(f'<a href="{to}">Menu</a>' for to in nav)
    body = "".join(f'<p>{WORDS} More in <a href="{to}">our page on it</a>, as always.</p>' for to in article)
    return Answer(
        f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head><body><nav>{menu}</nav>"
        f"<article><h1>{title}</h1><p>{WORDS}</p>{body}<p>{WORDS}</p></article></body></html>".encode()
    )


SITE = {
    "acme.example/robots.txt": Answer(b"User-agent: *\nDisallow: /secret", 200, (), "text/plain"),
    "acme.example/": page("Acme", "/arms", nav=("/arms", "/about/", "/old", "/brochure.pdf")),
    "acme.example/arms": page(
        "Arms", "https://evil.test/", "https://notacme.example/x", "//acme.example.evil.test/", nav=("/", "/about/")
    ),
    "acme.example/about": Answer(b"", 301, (("Location", "/about/"),)),
    "acme.example/about/": page("About", "/secret/plan", nav=("/",)),
    "acme.example/old": Answer(b"", 302, (("Location", "/new?utm_source=menu"),)),
    "acme.example/new?utm_source=menu": page("New", head='<meta name="robots" content="noindex">'),
    "acme.example/study": page("Study", head='<link rel="canonical" href="/study-2026">'),
    "acme.example/gone": Answer(b"gone", 410),
    "acme.example/round": Answer(b"", 301, (("Location", "/round"),)),
}


def ours(config: Config, port: int, *, max_pages: int = 50, every_days: int | None = 0) -> Config:
    """Our site is on loopback, and the configuration names pages of it."""
    at = f"http://acme.example:{port}"
    [target] = config.targets
    pages = tuple(TargetPage(url=f"{at}/{path}", when=("x",)) for path in ("study", "gone", "round"))
    target = Target(name=target.name, domains=target.domains, url=f"{at}/", pages=pages)
    own_site = OwnSiteSettings(max_pages=max_pages, every_days=every_days)
    elsewhere = Elsewhere(politeness=Politeness(delay_s=0))
    changes = {"targets": (target,), "own_site": own_site, "elsewhere": elsewhere, "looks": Looks(max_a_night=0)}
    return config.model_copy(update=changes)


async def read(tmp_path: Path, **changes: int) -> tuple[OwnSite | None, Web, str]:
    with Web(dict(SITE)) as web:
        config = ours(config_in(tmp_path, web.port), web.port, **changes)
        await night(config, spiders=(OwnSiteSpider,))
        store = open_store(config.store_url)
        held = store.own_site()
        store.close()
        return held, web, f"http://acme.example:{web.port}"


async def test_the_site_as_it_links_itself(tmp_path: Path) -> None:
    site, web, at = await read(tmp_path)
    assert site is not None
    assert site.crawl.complete
    pages = {url.removeprefix(at): found for url, found in site.pages.items()}
    arms, about, study = pages["/arms"], pages["/about"], pages["/study"]
    assert (arms.linked_in_article, arms.depth, arms.title) == (1, 1, "Arms")
    assert (about.linked_in_article, about.linked_elsewhere, about.was_read) == (0, 2, True)
    assert study.isolated
    assert study.canonical == f"{at}/study-2026"
    assert not study.noindex
    assert pages["/new"].noindex
    assert (pages["/old"].http_status, pages["/old"].redirects_to) == (302, f"{at}/new")
    assert pages["/new"].linked_elsewhere == 1
    assert (pages["/gone"].http_status, pages["/gone"].problem) == (410, "the site answered 410")
    assert pages["/round"].problem == "it leads to itself"
    assert "robots.txt" in (pages["/secret/plan"].problem or "")
    assert {asked.host for asked in web.asked} == {"acme.example"}
    assert "/brochure.pdf" not in {asked.path for asked in web.asked}
    assert not any(asked.path.startswith("/secret") for asked in web.asked)
    assert all("MentionsBot" in asked.headers["user-agent"] for asked in web.asked)


async def test_the_budget_goes_to_home_and_linked_pages_first_and_what_is_left_is_said(tmp_path: Path) -> None:
    site, _, at = await read(tmp_path, max_pages=4)
    assert site is not None
    assert set(site.pages) == {f"{at}{path}" for path in ("/", "/study", "/gone", "/round")}
    assert (site.crawl.complete, site.crawl.left) == (False, 3)


async def test_a_crawl_that_reaches_nothing_replaces_none(tmp_path: Path) -> None:
    site, web, at = await read(tmp_path)
    config = ours(config_in(tmp_path, web.port), web.port)  # the web is gone by now
    await night(config, spiders=(OwnSiteSpider,))
    store = open_store(config.store_url)
    assert store.own_site() == site
    store.close()
    assert site is not None
    assert f"{at}/arms" in site.pages


async def test_nights_read_it_when_it_is_time_and_the_configuration_says_so(tmp_path: Path) -> None:
    never, weekly = ours(config_in(tmp_path, 80), 80, every_days=None), ours(config_in(tmp_path, 80), 80, every_days=7)
    assert not OwnSiteSpider.has_work(never)
    assert not is_due(never, None, NOW)
    assert OwnSiteSpider.has_work(weekly)
    assert is_due(weekly, None, NOW)
    assert not is_due(weekly, SiteCrawl(NOW.replace(day=16), 1, 0), NOW)
    assert is_due(weekly, SiteCrawl(NOW.replace(day=14), 1, 0), NOW)


async def test_homes_take_scheme_and_port_of_configured_pages_and_keep_paths() -> None:
    target = Target(
        name="Acme", domains=("acme.example", "shop.example/acme", "other.example"), url="http://acme.example:81/x"
    )
    assert homes_of([target]) == [
        "http://acme.example:81/",
        "https://shop.example/acme",
        "https://other.example/",
    ]
