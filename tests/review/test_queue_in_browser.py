"""The queue and the lists in a real browser: accessible, never wider than the window, usable without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from mentions.outreach.contacts.model import Confidence, FoundContact, PageContacts
from mentions.outreach.contacts.model import Role as ContactRole
from mentions.publishers import SourceKind
from mentions.review.desk import Desk
from mentions.store.records import OpportunityState, SourceLook
from tests.review.browsing import served, violations
from tests.review.conftest import NOW
from tests.review.harmless import ALL
from tests.store.finds import add_find, tables

pytestmark = pytest.mark.service

PATHS = (
    "/opportunities",
    "/opportunities?target=Quillon+Robotics&level=ask_now&sort=newest&text=robots",
    "/opportunities?language=de",
    "/publishers",
    "/publishers/courier.example",
    "/contacts",
    "/contacts/1/erase",
    "/targets",
)


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    """Where the desk is served, with finds, an ask, a source with a problem, a contact and a saved view."""
    with tables(desk.config.store_url) as connection:
        for number in range(1, 61):
            add_find(connection, number, target="Quillon Robotics", priority=number, title=f"Robots {number}")
        add_find(connection, 70, title=ALL, sentence=f"{ALL} {'x' * 400}", publisher_name=ALL, assigned_to="bo")
        add_find(connection, 71, state=OpportunityState.SENT, sent_at=NOW)
    store = desk.store
    feed = "https://courier.example/rss"
    store.save_source(SourceLook(feed, "courier.example", SourceKind.FEED, NOW, problem="it is no feed any more"))
    author = ContactRole.AUTHOR
    jane = FoundContact(
        author, Confidence.HIGH, "https://courier.example/j", "a byline", "jane@courier.example", "Jane"
    )
    store.save_published("courier.example", PageContacts((jane,)), NOW)
    store.save_view("Robots of the week", "text=robots&age=week", by="bo", shared=True, now=NOW)
    with served(desk) as made:
        yield made


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(chrome: Browser, address: str, colours: str) -> None:
    """C-20."""
    with chrome.new_context(base_url=address, color_scheme="dark" if colours == "dark" else "light") as context:
        page = context.new_page()
        for path in PATHS:
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(path)
            assert violations(page) == [], path
            for width in (360, 800):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            page.set_viewport_size({"width": 360, "height": 900})
            assert violations(page) == [], path


def test_on_a_phone_the_cards_are_still_a_table_to_screen_readers(chrome: Browser, address: str) -> None:
    """C-20: what the style sheet makes of a table must not take its meaning away."""
    with chrome.new_context(base_url=address, viewport={"width": 360, "height": 780}) as context:
        page = context.new_page()
        page.goto("/opportunities")
        queue = page.get_by_role("table", name="waiting for you")
        expect(queue.get_by_role("columnheader", name="Publisher")).to_have_count(1)
        expect(queue.get_by_role("row")).to_have_count(51)
        first = queue.get_by_role("row").nth(1)
        expect(first.get_by_role("rowheader")).to_contain_text("Robots 60")
        expect(first.get_by_role("cell").nth(1)).to_have_text("60")


def test_rows_are_ticked_all_at_once_and_only_the_fields_that_matter_are_shown(chrome: Browser, address: str) -> None:
    with chrome.new_context(base_url=address) as context:
        page = context.new_page()
        page.goto("/opportunities")
        page.get_by_label("Tick every find on this page").check()
        expect(page.get_by_text("50 finds are ticked")).to_be_visible()
        page.get_by_role("checkbox", name="Tick Robots 60").uncheck()
        expect(page.get_by_text("49 finds are ticked")).to_be_visible()
        page.get_by_label("What", exact=True).select_option("snooze")
        expect(page.get_by_label("For how many days")).to_be_visible()
        expect(page.get_by_label("To whom")).to_be_hidden()


def test_finds_are_put_off_together_without_scripts(chrome: Browser, address: str, desk: Desk) -> None:
    """C-20: the whole way by keyboard, in a browser without scripts."""
    with chrome.new_context(base_url=address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/opportunities?sort=newest&text=robots")
        for number in (60, 59):
            page.get_by_role("checkbox", name=f"Tick Robots {number}").focus()
            page.keyboard.press("Space")
        page.get_by_label("What", exact=True).select_option("snooze")
        page.get_by_label("For how many days").fill("3")
        page.get_by_role("button", name="Apply to the ticked finds").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("58 finds")
        assert page.url.endswith("/opportunities?text=robots&sort=newest"), "back at the list that was left"
        expect(page.get_by_text("Robots 60", exact=True)).to_have_count(0)
        expect(page.get_by_text("Robots 58", exact=True)).to_have_count(1)


def test_filters_are_set_and_taken_away_by_keyboard(chrome: Browser, address: str) -> None:
    with chrome.new_context(base_url=address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/opportunities")
        page.get_by_label("Words in headline").fill("robots 12")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("1 find waiting for you")
        page.get_by_role("link", name="remove this filter").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("60 finds")
