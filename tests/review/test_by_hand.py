"""The desk in a real browser: by keyboard alone, by mouse alone, without scripts; and what axe says of it (C-20)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from mentions.config import Config
from mentions.outreach.contacts import PageContacts
from mentions.review.desk import Desk
from mentions.store import Store
from mentions.store.records import OpportunityState as State
from mentions.workflow import Decision, Move
from tests.review.browsing import press_both, served, violations
from tests.review.conftest import NOW
from tests.review.finds import drafted, newsroom

pytestmark = pytest.mark.service
Scheme = Literal["light", "dark"]


@pytest.fixture
def numbers(store: Store, config: Config) -> list[int]:
    """Five finds with drafts."""
    made = drafted(store, config, 5)
    store.save_published("courier.example", PageContacts((newsroom(),)), NOW)
    return made


@pytest.fixture
def address(desk: Desk, numbers: list[int]) -> Iterator[str]:
    with served(desk) as url:
        yield url


@contextmanager
def visiting(chrome: Browser, address: str, path: str, **options: Any) -> Iterator[Page]:
    """A page of the desk in a fresh profile; nothing may go wrong in its scripts, nor against its policy."""
    context = chrome.new_context(base_url=address, **options)
    page = context.new_page()
    page.set_default_timeout(60_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(path)
    yield page
    context.close()
    assert wrong == []


def number_of(page: Page) -> int:
    found = re.search(r"/opportunities/(\d+)", page.url)
    assert found, page.url
    return int(found[1])


def told(page: Page, words: str) -> None:
    """The page that came says so, and its scripts listen."""
    expect(page.get_by_role("status").first).to_contain_text(words)
    page.wait_for_load_state("load")


def test_by_keyboard_alone(chrome: Browser, address: str, store: Store, numbers: list[int]) -> None:
    with visiting(chrome, address, "/opportunities?state=drafted") as page:
        for key in ("j", "j", "k", "Enter"):
            page.keyboard.press(key)
        page.wait_for_url(re.compile(r"/opportunities/\d+\?"), wait_until="load")
        skipped = number_of(page)
        page.keyboard.press("s")
        page.keyboard.type("a friend's site")
        page.keyboard.press("Enter")
        told(page, "Skipped")
        snoozed = number_of(page)
        assert snoozed != skipped, "the next find of the queue"
        page.keyboard.press("z")
        page.keyboard.press("Enter")
        told(page, "Put off until")
        approved = number_of(page)
        page.keyboard.press("a")
        told(page, "Approved")
        page.keyboard.press("u")
        told(page, "Taken back: approved")
        assert number_of(page) == approved
        page.keyboard.press("n")
        told(page, "Marked as not us")
        press_both(page, "g", "h", for_url="**/hand-off")
    assert (store.standing(skipped).state, store.standing(skipped).reason) == (State.IGNORED, "a friend's site")
    assert store.standing(snoozed).snoozed_until is not None
    assert (store.standing(approved).state, store.standing(approved).reason) == (State.IGNORED, "not us")


def test_keys_never_count_while_somebody_types_nor_with_a_modifier(
    chrome: Browser, address: str, store: Store, numbers: list[int]
) -> None:
    with visiting(chrome, address, f"/opportunities/{numbers[0]}") as page:
        page.keyboard.press("e")
        expect(page.locator("textarea#body")).to_be_focused()
        page.keyboard.type("nasz u")
        for key in ("Control+a", "Alt+n", "Meta+s"):
            page.locator("body").press(key)
        page.goto(f"/opportunities/{numbers[0]}")
        assert number_of(page) == numbers[0]
    assert [store.standing(number).rev for number in numbers] == [0] * 5


def test_the_keys_can_be_switched_off(chrome: Browser, address: str, store: Store, numbers: list[int]) -> None:
    with visiting(chrome, address, f"/opportunities/{numbers[0]}") as page:
        page.keyboard.press("?")
        sheet = page.get_by_role("dialog", name="Keys")
        expect(sheet).to_be_visible()
        page.keyboard.press("n")
        sheet.get_by_role("button", name="Switch the keys off").click()
        expect(sheet).to_be_hidden()
        page.wait_for_load_state()
        for key in ("n", "a", "?"):
            page.keyboard.press(key)
        expect(sheet).to_be_hidden()
    assert store.standing(numbers[0]).rev == 0


def test_by_mouse_alone(chrome: Browser, address: str, store: Store, numbers: list[int]) -> None:
    with visiting(chrome, address, f"/opportunities/{numbers[0]}") as page:
        page.get_by_role("button", name="Take it").click()
        expect(page.get_by_text("takes care of it")).to_be_visible()
        page.locator("summary", has_text="Skip").click()
        page.get_by_role("button", name="Too old").click()
        expect(page.get_by_role("status").first).to_contain_text("Skipped")
        page.locator(".flash").get_by_role("button", name="Undo").click()
        expect(page.get_by_role("status").first).to_contain_text("Taken back")
        page.locator("summary", has_text="More").click()
        page.get_by_role("button", name="Wrong person").click()
        expect(page.get_by_role("status").first).to_contain_text("news@courier.example")
        page.get_by_role("button", name="Approve").click()
        page.get_by_role("link", name="Hand off", exact=True).click()
        page.get_by_role("button", name="Hand off as files").click()
        with page.expect_download() as download:
            page.get_by_role("link", name="Download .eml").click()
        assert download.value.suggested_filename.endswith(".eml")
        page.get_by_role("button", name="I sent it").click()
        expect(page.get_by_role("status").first).to_contain_text("Marked as sent")
    assert store.standing(numbers[0]).state is State.SENT


def test_without_scripts(chrome: Browser, address: str, store: Store, numbers: list[int]) -> None:
    with visiting(chrome, address, f"/opportunities/{numbers[0]}", java_script_enabled=False) as page:
        page.locator("summary", has_text="Put off").click()
        page.get_by_role("button", name="A month").click()
        expect(page.get_by_role("status").first).to_contain_text("Put off until")
        page.locator(".flash").get_by_role("button", name="Undo").click()
        page.get_by_role("button", name="Approve").click()
        page.get_by_role("link", name="Hand off", exact=True).click()
        page.get_by_role("button", name="Hand off as mail links").click()
        link = page.get_by_role("link", name="Open in your mail program").get_attribute("href")
        assert (link or "").startswith("mailto:jane@courier.example?")
        page.get_by_role("link", name="Keys").click()
        expect(page.get_by_role("heading", name="Keys").first).to_be_visible()
    assert store.standing(numbers[0]).state is State.HANDED_OFF


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_axe_finds_nothing_c_20(
    chrome: Browser, address: str, store: Store, numbers: list[int], scheme: Scheme, width: int
) -> None:
    for number in numbers[:2]:
        store.decide(number, Decision(Move.APPROVE), by="kim", now=NOW)
    store.decide(numbers[0], Decision(Move.HAND_OFF, via="zip"), by="kim", now=NOW)
    store.drop_approval(store.ask_approval(numbers[2], by="kim", now=NOW), "we could not look at the article", NOW)
    store.ask_approval(numbers[3], by="kim", now=NOW)
    size = {"width": width, "height": 900}
    with visiting(chrome, address, "/help", color_scheme=scheme, viewport=size) as page:
        for path in ("/hand-off", "/decisions", "/help", *(f"/opportunities/{number}" for number in numbers)):
            page.goto(path)
            assert violations(page) == [], path
        for key in ("s", "z", "o", "m", "?"):
            page.goto(f"/opportunities/{numbers[4]}")
            page.keyboard.press(key)
            assert violations(page) == [], f"with {key} open"
