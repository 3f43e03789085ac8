"""What a real browser prints, and what it approves while something else stands in the editor."""

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from mentions.config import Config
from mentions.review.desk import Desk
from mentions.store import Store
from mentions.store.records import OpportunityState as State
from mentions.workflow import Decision, Move
from tests.review.browsing import served
from tests.review.conftest import NOW
from tests.review.finds import drafted

pytestmark = pytest.mark.service
_BLACK: Final = "rgb(0, 0, 0)"
_TEXT: Final = "rgb(28, 29, 26)"  # --text of the light colours


@pytest.fixture
def numbers(store: Store, config: Config) -> list[int]:
    return drafted(store, config, 3)


@pytest.fixture
def page(chrome: Browser, desk: Desk, numbers: list[int]) -> Iterator[Page]:
    """A page of a browser for people who like it dark."""
    assert numbers
    with served(desk) as address, chrome.new_context(base_url=address, color_scheme="dark") as context:
        opened = context.new_page()
        opened.set_default_timeout(60_000)
        yield opened


def test_a_printed_find_shows_its_email_and_no_buttons(page: Page, numbers: list[int]) -> None:
    page.goto(f"/opportunities/{numbers[0]}")
    expect(page.locator(".on-paper")).to_be_hidden()
    page.emulate_media(media="print")
    email = page.locator("section[aria-labelledby=draft] .on-paper")
    expect(email).to_be_visible()
    expect(email).to_contain_text("jane@courier.example")
    expect(email).to_contain_text("Dear Jane")
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.locator("summary").first).to_be_hidden()


@pytest.mark.parametrize("path", ["/opportunities", "/hand-off"])
def test_printed_lists_show_their_rows_in_dark_ink(page: Page, store: Store, numbers: list[int], path: str) -> None:
    if path == "/hand-off":
        store.decide(numbers[0], Decision(Move.APPROVE), by="noor", now=NOW)
    page.goto(path)
    page.emulate_media(media="print", color_scheme="dark")
    rows = page.locator("tbody tr")
    expect(rows.first).to_be_visible()
    expect(rows).to_have_count(len(numbers) if path == "/opportunities" else 1)
    expect(page.locator("tbody input").first).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)
    assert page.locator("h1").evaluate("e => getComputedStyle(e).color") in {_BLACK, _TEXT}
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--text')") == "#1c1d1a"


def test_the_text_from_before_is_not_approved_while_another_one_is_typed(
    page: Page, store: Store, numbers: list[int]
) -> None:
    number = numbers[0]
    page.goto(f"/opportunities/{number}")
    note = page.get_by_text("What you typed is not saved yet")
    expect(note).to_be_hidden()
    before = page.locator("#body").input_value()
    page.locator("#body").fill(before.replace("Dear Jane", "Good morning Jane"))
    page.get_by_role("button", name="Approve").click()
    expect(note).to_be_visible()
    assert store.standing(number).state is State.DRAFTED
    page.get_by_role("button", name="Save the text").click()
    expect(page.get_by_role("status").first).to_contain_text("Saved.")
    draft = store.draft_of(number)
    assert draft is not None
    assert draft.draft.body.startswith("Good morning Jane")
