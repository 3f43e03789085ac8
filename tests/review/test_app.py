"""The desk as a whole: every page hangs together, and every answer carries its headers."""

from tests.review.conftest import Browser


def test_the_overview_answers_and_names_its_style_sheet(browser: Browser) -> None:
    answer = browser.get("/")
    assert answer.status_code == 200
    assert "<h1>Overview</h1>" in answer.text
    assert "desk.css" in answer.text


def test_a_form_without_its_token_changes_nothing_c_11(browser: Browser) -> None:
    assert browser.post("/appearance", data={"theme": "dark"}).status_code == 403
    assert browser.submit("/appearance", {"theme": "dark", "back": "/"}).status_code == 303
    assert 'data-theme="dark"' in browser.get("/").text


def test_a_page_that_is_not_there_is_a_plain_page(browser: Browser) -> None:
    answer = browser.get("/nothing")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
