"""The desk's own pages: account, users, history, suppression."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from mentions.review.desk import Desk
from mentions.roles import Role
from mentions.store import Store
from tests.review.conftest import NOW, Browser, Clock
from tests.review.staff import PASSWORD, browser_at, log_in, logged_in, staffed

BAD = "<img src=x onerror=alert(1)>\u202egnp"


@pytest.fixture
def ada(desk: Desk) -> Browser:
    return logged_in(staffed(desk), "ada")


def test_the_first_user_is_an_admin_and_ends_the_open_desk(browser: Browser, store: Store) -> None:
    refused = browser.submit("/users/add", {"name": "mara", "role": "viewer", "password": PASSWORD}, on="/users")
    assert refused.status_code == 400
    assert "The first user is an admin with a password" in refused.text
    added = browser.submit("/users/add", {"name": "Ada", "role": "admin", "password": PASSWORD}, on="/users")
    assert added.status_code == 303
    assert store.role_of("ada") is Role.ADMIN
    assert browser.get("/", follow_redirects=False).headers["location"] == "/login"
    assert log_in(browser, "ada").status_code == 303


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"name": "two words"}, "is not a user name"),
        ({"name": "mara"}, "there is a user mara already"),
        ({"password": "short"}, "12 characters or more"),
        ({"role": "owner"}, "is none of viewer, reviewer, approver, admin"),
    ],
)
def test_a_user_who_cannot_be_added_is_refused_with_the_reason(
    ada: Browser, store: Store, fields: dict[str, str], why: str
) -> None:
    form = {"name": "jo", "role": "viewer", "password": PASSWORD, **fields}
    answer = ada.submit("/users/add", form, on="/users")
    assert answer.status_code == 400
    assert why in answer.text
    assert PASSWORD not in answer.text
    assert store.role_of("jo") is None


def test_a_role_changes_and_the_history_says_who_changed_it(ada: Browser, store: Store) -> None:
    assert ada.submit("/users/role", {"name": "mara", "role": "approver"}, on="/users").status_code == 303
    assert "mara is approver now." in ada.get("/users").text
    page = ada.get("/audit?kind=role+changed").text
    assert "user mara" in page
    assert store.role_of("mara") is Role.APPROVER


def test_the_last_admin_cannot_lock_everybody_out(ada: Browser, store: Store) -> None:
    ada.submit("/users/disable", {"name": "ada"}, on="/users")
    assert "ada is the last admin" in ada.get("/users").text
    assert store.role_of("ada") is Role.ADMIN


def test_somebody_let_in_no_more_is_out_with_their_next_click(desk: Desk, ada: Browser) -> None:
    mara = logged_in(desk, "mara")
    ada.submit("/users/disable", {"name": "mara"}, on="/users")
    assert mara.get("/", follow_redirects=False).status_code == 303
    assert log_in(mara, "mara").status_code == 403
    ada.submit("/users/enable", {"name": "mara"}, on="/users")
    assert log_in(mara, "mara").status_code == 303


def test_an_admin_gives_a_new_password(desk: Desk, ada: Browser) -> None:
    mara = logged_in(desk, "mara")
    new = "seven cranes in the harbour"
    assert ada.submit("/users/password", {"name": "mara", "password": new}, on="/users").status_code == 303
    assert mara.get("/", follow_redirects=False).status_code == 303
    assert log_in(mara, "mara", new).status_code == 303
    assert ada.submit("/users/password", {"name": "nobody", "password": new}, on="/users").status_code == 303
    assert "there is no user nobody" in ada.get("/users").text


def test_an_admin_logs_somebody_out_everywhere(desk: Desk, ada: Browser) -> None:
    mara = logged_in(desk, "mara")
    ada.submit("/users/log-out", {"name": "mara"}, on="/users")
    assert mara.get("/", follow_redirects=False).status_code == 303


def test_shortcuts_can_be_turned_off_and_stay_off_c_20(browser: Browser) -> None:
    assert 'data-shortcuts="on"' in browser.get("/").text
    browser.submit("/appearance", {"shortcuts": "off", "back": "/account"}, on="/account")
    assert 'data-shortcuts="off"' in browser.get("/").text
    browser.submit("/appearance", {"shortcuts": "on", "back": "/account"}, on="/account")
    assert 'data-shortcuts="on"' in browser.get("/").text


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/", "/\\evil.example", ""])
def test_changing_colours_leads_nowhere_else_c_19(browser: Browser, back: str) -> None:
    answer = browser.submit("/appearance", {"theme": "dark", "back": back})
    assert answer.headers["location"] == "/"


def test_the_history_is_shown_newest_first_a_page_at_a_time(browser: Browser, store: Store) -> None:
    for number in range(250):
        store.record_event("exported", f"export/{number}", {"rows": number}, NOW - timedelta(minutes=number // 3))
    seen: list[str] = []
    url = "/audit"
    while url:
        page = browser.get(url).text
        seen += [part.split("<")[0] for part in page.split("export ")[1:] if part.split("<")[0].isdigit()]
        url = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&") if 'rel="next"' in page else ""
    assert len(seen) == 250
    assert len(set(seen)) == 250
    assert [int(number) // 3 for number in seen] == sorted(int(number) // 3 for number in seen)


def test_the_history_is_filtered_by_what_who_and_about(browser: Browser, store: Store) -> None:
    store.record_event("exported", "export/reclaim.csv", {}, NOW, actor="mara")
    store.record_event("exported", "export/other.csv", {}, NOW)
    store.record_event("approve", "opportunity/12", {"note": BAD}, NOW, actor="noor")
    store.record_event("approve", "opportunity/123", {}, NOW, actor="noor")

    def rows(query: str) -> int:
        return browser.get(f"/audit?{query}").text.count("<time")

    assert rows("") == 4
    assert rows("actor=mara") == 1
    assert rows("actor=(program)") == 1
    assert rows("kind=approve") == 2
    assert rows("subject=opportunity/12") == 1
    assert rows("subject=opportunity/") == 2
    assert rows("subject=find+12") == 1
    assert rows("subject=finds&actor=noor") == 2
    assert rows("subject=opportunity/&actor=mara") == 0
    page = browser.get("/audit?subject=opportunity/12").text
    assert 'href="/opportunities/12"' in page
    assert "<img" not in page
    assert "[U+202E]gnp" in page


@pytest.mark.parametrize("before", ["x", "2026-11-21T09:00:00.000000_x", "_", "9" * 40])
def test_an_address_of_the_history_that_is_not_ours_is_refused(browser: Browser, before: str) -> None:
    assert browser.get(f"/audit?before={before}").status_code == 400


def test_an_address_is_suppressed_and_kept_as_a_hash_only(browser: Browser, store: Store) -> None:
    fields = {"entry": "Jane@Courier.example", "reason": "asked us to stop"}
    assert browser.submit("/suppression/add", fields, on="/suppression").status_code == 303
    page = browser.get("/suppression").text
    assert "asked us to stop" in page
    assert "jane@courier" not in page.lower()
    assert store.suppressed("jane@courier.example", "courier.example") is not None
    answer = browser.submit("/suppression/ask", {"of": "jane+news@courier.example"}, on="/suppression")
    assert "Nobody may write there: this address is on the suppression list" in answer.text
    assert "It is not on the list." in browser.submit("/suppression/ask", {"of": "x@y.example"}, on="/suppression").text


def test_suppressing_takes_the_files_of_drafts_away(browser: Browser, desk: Desk) -> None:
    desk.config.drafts_folder.mkdir()
    other: Path = desk.config.drafts_folder / "notes.txt"
    other.write_text("mine")
    assert browser.submit("/suppression/add", {"entry": "courier.example"}, on="/suppression").status_code == 303
    assert other.exists()


def test_what_is_neither_address_nor_domain_is_refused(browser: Browser, store: Store) -> None:
    answer = browser.submit("/suppression/add", {"entry": BAD}, on="/suppression")
    assert answer.status_code == 400
    assert "neither one email address nor a domain" in answer.text
    assert "<img" not in answer.text
    assert store.suppressions() == []


def test_taking_somebody_off_the_list_needs_a_reason_which_is_kept(browser: Browser, store: Store) -> None:
    browser.submit("/suppression/add", {"entry": "jane@courier.example"}, on="/suppression")
    (entry,) = store.suppressions()
    refused = browser.submit("/suppression/remove", {"value": entry.value}, on="/suppression")
    assert refused.status_code == 400
    assert "reason: is missing" in refused.text
    fields = {"value": entry.value, "reason": "jane@courier.example wrote to us herself"}
    assert browser.submit("/suppression/remove", fields, on="/suppression").status_code == 303
    assert store.suppressions() == []
    page = browser.get("/audit?kind=why+unsuppressed").text
    assert "(address) wrote to us herself" in page


def test_when_a_session_was_used_is_written_down_every_five_minutes(desk: Desk, ada: Browser, clock: Clock) -> None:
    def used() -> object:
        return next(user.last_used_at for user in desk.store.users() if user.name == "ada")

    clock.now += timedelta(minutes=4)
    ada.get("/")
    assert used() == NOW
    clock.now += timedelta(minutes=1)
    ada.get("/")
    assert used() == clock.now


def test_the_navigation_shows_what_the_role_may_open(desk: Desk, ada: Browser) -> None:
    assert 'href="/users"' in ada.get("/account").text
    vic = logged_in(desk, "vic").get("/account").text
    assert 'href="/users"' not in vic
    assert 'href="/audit"' in vic


def test_a_stranger_sees_the_login_and_nothing_else(desk: Desk) -> None:
    page = browser_at(staffed(desk)).get("/login").text
    assert "<nav" not in page
    assert not re.search(r"\bada\b", page), "the name of a user"  # hashes and tokens may hold these letters
