"""All pages there are, found by following every link as a person could: harmless, whole, and without consequences."""

import re
import sqlite3
from contextlib import closing
from html import unescape
from urllib.parse import urlsplit

import pytest
from jinja2 import DictLoader
from playwright.sync_api import Browser as Chrome
from starlette.routing import Match, Route

from mentions.config import Config
from mentions.review.app import page_routes
from mentions.review.desk import Desk
from mentions.review.statics import own_statics
from mentions.review.templates import environment
from mentions.roles import Role
from mentions.store import Store
from tests.review.browsing import served, violations
from tests.review.conftest import NOW, Browser
from tests.review.finds import drafted
from tests.review.harmless import ADDRESSES, ALL, harmful
from tests.review.test_opportunity import hostile

_MOST = 200  # pages followed; the desk of these tests has far fewer
_OF_A_PATH = 3  # filters and sort orders make many addresses of one page


def visited(browser: Browser) -> dict[str, str]:
    """Every page of the desk that links lead to, by address, each answered well."""
    pages: dict[str, str] = {}
    waiting = ["/", "/account", "/help", "/decisions"]
    while waiting:
        url = waiting.pop()
        path = urlsplit(url).path
        if url in pages or sum(urlsplit(seen).path == path for seen in pages) >= _OF_A_PATH:
            continue
        assert len(pages) < _MOST, "links that never end"
        answer = browser.get(url)
        assert answer.status_code == 200, f"{url} answers {answer.status_code}"
        is_page = "html" in answer.headers["content-type"] and "content-disposition" not in answer.headers
        pages[url] = answer.text if is_page else ""
        links = re.findall(r'(?:href|src)="(/[^"#]*)', pages[url])
        waiting += [unescape(link) for link in links if not link.startswith(("/static/", "//"))]
    return pages


def routes_of(pages: dict[str, str]) -> set[str]:
    """The routes that these addresses belong to."""
    paths = {urlsplit(url).path for url in pages}
    routes = [route for route in page_routes() if isinstance(route, Route) and "GET" in (route.methods or ())]
    scope = {"type": "http", "method": "GET"}
    return {route.path for route in routes for path in paths if route.matches({**scope, "path": path})[0] is Match.FULL}


@pytest.mark.parametrize("address", ADDRESSES[-2:])
def test_no_page_holds_anything_that_acts_c_10(store: Store, config: Config, browser: Browser, address: str) -> None:
    """C-01 … C-10: texts and addresses of an attacker, on every page that links lead to."""
    hostile(store, config, ALL, address)
    drafted(store, config, 2)
    store.suppress("herald.example", reason=ALL, by=ALL, now=NOW)
    store.record_event(ALL, f"opportunity/{ALL}", {ALL: ALL}, NOW, actor=ALL)
    pages = visited(browser)
    assert len(pages) > 15
    for url, html in pages.items():
        assert harmful(html) == [], url
        # A field shows a text as it is, to be edited; what an email may not hold, its linter says.
        read = re.sub(r'<textarea.*?</textarea>| value="[^"]*"', "", html, flags=re.DOTALL)
        hidden = [read[found.start() - 200 : found.end()] for found in re.finditer("\u202e", read)]
        assert hidden == [], f"{url} shows what turns the reading direction (C-09)"
    assert "&lt;img src=x onerror" in " ".join(pages.values())


def test_every_page_is_reached_by_links(store: Store, config: Config, browser: Browser) -> None:
    drafted(store, config, 2)
    known = {route.path for route in page_routes() if isinstance(route, Route) and "GET" in (route.methods or ())}
    missed = known - routes_of(visited(browser))
    # What needs more than a find: a saved copy, an approved draft, a contact to erase, a run that was made.
    rest = {
        "/login",
        "/contacts/{id:int}/erase",
        "/hand-off/drafts.zip",
        "/hand-off/{id:int}.eml",
        "/opportunities/{id:int}/copy",
        "/opportunities/{id:int}/copy/page",
        "/opportunities/{id:int}/text",
        "/runs/{id:int}",
    }
    assert missed <= rest


def test_no_link_changes_anything_c_11(store: Store, config: Config, browser: Browser) -> None:
    drafted(store, config, 2)
    before = dump(config)
    visited(browser)
    assert dump(config) == before


def dump(config: Config) -> list[str]:
    """Everything the database holds."""
    with closing(sqlite3.connect(config.store_url.removeprefix("sqlite:///"))) as connection:
        return list(connection.iterdump())


@pytest.mark.parametrize("name", ["x.html", "x.html.j2", "x.txt", "x", "x.svg"])
def test_every_template_escapes_whatever_it_is_called_c_10(name: str) -> None:
    made = environment(own_statics()).overlay(loader=DictLoader({name: "{{ crawled_text }}"}))
    assert made.get_template(name).render(crawled_text="<b>'\"") == "&lt;b&gt;&#39;&#34;"


def test_a_misspelt_variable_is_an_error_not_a_gap() -> None:
    made = environment(own_statics()).overlay(loader=DictLoader({"x": "{{ mispelt }}"}))
    with pytest.raises(Exception, match="'mispelt' is undefined"):
        made.get_template("x").render()


@pytest.mark.service
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_c_20(
    chrome: Chrome, store: Store, config: Config, desk: Desk, browser: Browser, scheme: str
) -> None:
    """Every page of the navigation and the account, with little and with something to show."""
    drafted(store, config, 2)
    store.suppress("herald.example", reason="asked us to stop", by="ada", now=NOW)
    paths = sorted(set(re.findall(r'<li><a href="(/[^"]*)"', browser.get("/").text)) | {"/account"})
    assert len(paths) > 8
    with served(desk) as address:
        context = chrome.new_context(base_url=address, color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
        page = context.new_page()
        for path in paths:
            page.goto(path)
            assert violations(page) == [], path
        store.add_user("ada", Role.ADMIN, password_hash="x", by="root", now=NOW)
        page.goto("/login")
        assert violations(page) == [], "/login"
        context.close()


@pytest.mark.service
@pytest.mark.parametrize("width", [360, 1280, 2560])
def test_no_page_is_wider_than_the_window(
    chrome: Chrome, store: Store, config: Config, desk: Desk, browser: Browser, width: int
) -> None:
    hostile(store, config, f"{ALL} {'x' * 300}", ADDRESSES[0])
    drafted(store, config, 2)
    paths = sorted(set(re.findall(r'<li><a href="(/[^"]*)"', browser.get("/").text)) | {"/account"})
    with served(desk) as address:
        page = chrome.new_page(base_url=address, viewport={"width": width, "height": 800})
        for path in paths:
            page.goto(path)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{path} is {wide} px too wide"
        page.close()


@pytest.mark.service
def test_the_skip_link_is_first_and_leads_to_the_content_c_20(chrome: Chrome, desk: Desk) -> None:
    with served(desk) as address:
        page = chrome.new_page(base_url=address)
        page.goto("/audit")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.close()
