"""A night of the demo newsroom at the desk, in a real browser: every page, by mouse, by keyboard, without scripts."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.desk_pages import Shot, shots, work
from mentions.config import Config
from mentions.review.app import page_routes
from mentions.review.desk import Desk
from mentions.store import Store, open_store
from tests.review.browsing import press_both, served, violations, watched
from tests.review.demo_night import copied, poison, run
from tests.review.staff import PASSWORD, staffed
from tests.review.test_every_page import routes_of

pytestmark = pytest.mark.service
# Downloads, and what the pages of this test cannot stand on: the login is opened by the other tests.
_NO_PAGES: Final = {"/hand-off/{id:int}.eml", "/hand-off/drafts.zip", "/reports/download", "/login"}
_MOST_TABS: Final = 200


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo that ran, once for all tests of this file."""
    return run(tmp_path_factory.mktemp("night") / "demo")


@pytest.fixture
def config(night: Path, tmp_path: Path) -> Config:
    return copied(night, tmp_path / "demo")


@pytest.fixture
def store(config: Config) -> Iterator[Store]:
    opened = open_store(config.store_url, key=config.store_key)
    yield opened
    opened.close()


@pytest.fixture
def desk(config: Config, store: Store) -> Desk:
    return Desk(config, store)


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    with served(desk) as url:
        yield url


def opened(page: Page, shot: Shot) -> None:
    """The page as the pictures of benchmarks/desk_pages.py show it."""
    page.goto(shot.path)
    if shot.clicked:
        page.locator(shot.clicked).click()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window_c_20(
    chrome: Browser, address: str, store: Store, scheme: Literal["light", "dark"], width: int
) -> None:
    """C-20: every page, with finds in every state."""
    size = {"width": width, "height": 900}
    with chrome.new_context(base_url=address, color_scheme=scheme, viewport=size) as context:  # type: ignore[arg-type]  # a size is two numbers
        page = context.new_page()
        for shot in shots(work(store)):
            opened(page, shot)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert (violations(page), wide) == ([], 0), shot.name


def test_hostile_texts_in_every_column_do_nothing_on_any_page_c_01_to_c_10(
    chrome: Browser, address: str, store: Store, config: Config
) -> None:
    """C-01 … C-10: no dialog, nothing against the policy, no request but to the desk, whatever the database holds."""
    worked = work(store)
    assert poison(config) > 100
    with chrome.new_context(base_url=address) as context:
        page = context.new_page()
        wrong = watched(page, address)
        paths = {}
        for shot in [*shots(worked), Shot("copy", f"/opportunities/{worked['drafted']}/copy/page")]:
            if shot.name == "missing":
                continue  # the browser's own line about a page that is not there
            answer = page.goto(shot.path, wait_until="load")
            assert answer
            assert answer.status == 200, shot.path
            for details in page.locator("details").all():
                details.evaluate("element => { element.open = true }")
            if shot.name.startswith("own-page"):
                opened(page, shot)
            paths[urlsplit(page.url).path] = ""
        assert wrong == []
        page.goto("/help")
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p onclick=alert(1)>')")
        assert "Content Security Policy" in wrong[0], "what would be wrong is noticed"
    known = {route.path for route in page_routes() if "GET" in (getattr(route, "methods", None) or ())}  # type: ignore[attr-defined]  # a Route has a path
    assert known - routes_of(paths) <= _NO_PAGES, "a page that no hostile text was tried on"


@pytest.mark.parametrize("scripts", [True, False], ids=["by mouse", "without scripts"])
def test_the_night_is_worked_through(chrome: Browser, desk: Desk, store: Store, config: Config, scripts: bool) -> None:
    """C-20: from the login to an answer, with nothing but what stands on the pages."""
    staffed(desk)
    with served(desk) as address, chrome.new_context(base_url=address, java_script_enabled=scripts) as context:
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto("/opportunities")
        page.get_by_label("Name", exact=True).fill("noor")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/opportunities")

        page.get_by_label("Target", exact=True).select_option("Kelvarra")
        page.get_by_role("button", name="Show", exact=True).click()
        page.locator(".facets a", has_text="drafted").click()
        page.locator(".queue-find > a").first.click()
        page.wait_for_url(re.compile(r"/opportunities/\d+\?"))
        first = number_of(page)

        page.get_by_label("Subject").fill("Your story about Kelvarra")
        page.get_by_role("button", name="Save the text").click()
        told(page, "Saved. Nothing is left to do.")
        page.get_by_role("button", name="Approve").click()
        told(page, "Approved")

        for summary, button, said in (
            ("Skip", "Too old", "Skipped"),
            ("Put off", "A week", "Put off until"),
            ("", "Not us", "Marked as not us"),
        ):
            page.goto("/opportunities?state=drafted&target=Kelvarra")
            page.locator(".queue-find > a").first.click()
            if summary:
                page.locator("summary", has_text=summary).click()
            page.get_by_role("button", name=button).click()
            told(page, said)
            page.locator(".flash").get_by_role("button", name="Undo").click()
            told(page, "Taken back")

        page.goto("/opportunities?state=drafted")
        waiting = page.locator(".queue tbody tr").count()
        for box in page.locator(".queue tbody input[type=checkbox]").all()[:2]:
            box.check()
        page.get_by_label("What", exact=True).select_option("skip")
        page.get_by_label("Why (for skipping)").fill("only in passing")
        page.get_by_role("button", name="Apply to the ticked finds").click()
        told(page, "Skipped: 2 of 2")
        expect(page.locator(".queue tbody tr")).to_have_count(waiting - 2)

        page.get_by_role("link", name="Hand-off", exact=True).click()
        page.get_by_role("button", name="Hand off as files").click()
        with page.expect_download() as download:
            page.get_by_role("link", name="Download all as one zip").click()
        assert download.value.suggested_filename.endswith(".zip")
        page.get_by_role("button", name="I sent it").click()
        told(page, "Marked as sent")

        page.get_by_role("link", name="Overview", exact=True).click()
        expect(page.get_by_role("definition").filter(has_text="1").first).to_be_visible()
        page.goto(f"/opportunities/{first}")
        page.locator("summary", has_text="What came of it").click()
        page.get_by_role("button", name="They answered").click()
        told(page, "Marked as answered")
        page.get_by_role("button", name="Log out").click()
        expect(page.get_by_role("button", name="Log in")).to_be_visible()
    assert store.standing(first).state.value == "replied"


def test_the_night_is_worked_through_by_keyboard_alone(chrome: Browser, desk: Desk, store: Store) -> None:
    """C-20: no press of a mouse, from the login to an email that was sent."""
    staffed(desk)
    with served(desk) as address, chrome.new_context(base_url=address) as context:
        page = context.new_page()
        page.set_default_timeout(60_000)
        keys = page.keyboard
        page.goto("/opportunities?state=drafted")
        tab_to(page, page.get_by_label("Name", exact=True))
        keys.type("noor")
        keys.press("Tab")
        keys.type(PASSWORD)
        keys.press("Enter")
        page.wait_for_url("**/opportunities?state=drafted", wait_until="load")

        keys.press("/")
        keys.type("kelvarra")
        keys.press("Enter")
        page.wait_for_url("**text=kelvarra**", wait_until="load")
        for key in "jxjx":
            keys.press(key)
        tab_to(page, page.get_by_label("Why (for skipping)"))
        keys.type("only in passing")
        tab_to(page, page.get_by_role("button", name="Apply to the ticked finds"))
        keys.press("Enter")
        told(page, "Skipped: 2 of 2")

        keys.press("j")
        keys.press("Enter")
        page.wait_for_url(re.compile(r"/opportunities/\d+\?"), wait_until="load")
        number = number_of(page)
        keys.press("e")
        keys.press("Control+End")
        keys.type("\nWith thanks.")
        tab_to(page, page.get_by_role("button", name="Save the text"))
        keys.press("Enter")
        told(page, "Saved. Nothing is left to do.")
        keys.press("a")
        told(page, "Approved")
        press_both(page, "g", "h", for_url="**/hand-off")
        tab_to(page, page.get_by_role("button", name="Hand off as files"))
        keys.press("Enter")
        told(page, "1 draft")
        tab_to(page, page.get_by_role("button", name="I sent it"))
        keys.press("Enter")
        told(page, "Marked as sent")
        press_both(page, "g", "o", for_url=f"{address}/")
        expect(page.get_by_role("heading", level=1, name="Overview")).to_be_visible()
    assert store.standing(number).state.value == "sent"
    draft = store.draft_of(number)
    assert draft is not None
    assert draft.draft.body.endswith("With thanks.")


def tab_to(page: Page, wanted: Locator) -> None:
    """Presses Tab until that element has the focus, as a person would."""
    for _ in range(_MOST_TABS):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached by Tab")


def test_a_find_is_whole_when_zoomed_still_and_printed(chrome: Browser, address: str, store: Store) -> None:
    """WCAG 2.2, 1.4.4 and 2.3.3: a window of half the size is what 200 % make of it; paper needs no buttons."""
    number = work(store)["drafted"]
    with chrome.new_context(
        base_url=address, viewport={"width": 640, "height": 450}, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        page.goto(f"/opportunities/{number}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640
        moving = page.evaluate(
            "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0)"
            ".length"
        )
        assert moving == 0
        page.get_by_role("button", name="Approve").scroll_into_view_if_needed()
        expect(page.get_by_role("button", name="Approve")).to_be_in_viewport()
        page.emulate_media(media="print")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_role("navigation", name="Pages")).to_be_hidden()
        expect(page.get_by_role("button", name="Approve")).to_be_hidden()
        expect(page.locator("section[aria-labelledby=draft]")).to_contain_text("Kelvarra")


def number_of(page: Page) -> int:
    """Of the find that the page is about."""
    found = re.search(r"/opportunities/(\d+)", page.url)
    assert found, page.url
    return int(found[1])


def told(page: Page, words: str) -> None:
    """The page that came says so."""
    expect(page.get_by_role("status").first).to_contain_text(words)
    page.wait_for_load_state("load")
