"""Logging in: nobody gets in without a password, and nobody's session is another's."""

import asyncio
import re
from datetime import timedelta

import httpx2
import pytest

from mentions import accounts
from mentions.review import tokens
from mentions.review.app import create_app
from mentions.review.desk import Desk
from tests.review.conftest import HERE, NOW, Browser, Clock
from tests.review.staff import PASSWORD, browser_at, log_in, logged_in, staffed


@pytest.fixture
def team(desk: Desk) -> Desk:
    return staffed(desk)


@pytest.fixture
def stranger(team: Desk) -> Browser:
    return browser_at(team)


def test_without_users_the_person_at_the_computer_is_admin(browser: Browser) -> None:
    assert "(admin)" in browser.get("/").text
    assert browser.get("/login", follow_redirects=False).headers["location"] == "/"


def test_with_users_every_page_leads_to_the_login_and_back(stranger: Browser) -> None:
    answer = stranger.get("/audit?kind=logged+in", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=%2Faudit%3Fkind%3Dlogged%2Bin"
    page = stranger.get(answer.headers["location"])
    assert 'name="next" value="/audit?kind=logged+in"' in page.text
    assert "<nav" not in page.text


def test_a_form_from_somebody_who_is_not_logged_in_changes_nothing(stranger: Browser) -> None:
    token = stranger.token("/login")
    answer = stranger.post("/users/add", data={"csrf": token, "name": "eve", "role": "admin", "password": PASSWORD})
    assert answer.status_code == 403
    assert "not logged in" in answer.text


def test_the_right_password_opens_the_page_that_was_wanted(stranger: Browser) -> None:
    answer = log_in(stranger, "Mara", next="/audit?kind=x")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/audit?kind=x"
    assert "mara" in stranger.get("/account").text


@pytest.mark.parametrize("name", ["mara", "nobody", "no name at all", ""])
def test_wrong_password_and_unknown_name_get_the_same_answer(stranger: Browser, name: str) -> None:
    answer = log_in(stranger, name, "wrong password here")
    assert answer.status_code == 403
    assert "The name or the password is wrong." in answer.text
    assert stranger.get("/", follow_redirects=False).status_code == 303


def test_an_unknown_name_costs_a_hash_as_a_known_one_does_c_15(
    stranger: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    hasher = accounts._hasher()

    class Counting:
        def verify(self, password: str, kept: str) -> bool:
            hashed.append(kept)
            return hasher.verify(password, kept)

    monkeypatch.setattr(accounts, "_hasher", lambda: Counting())
    kept_of_nobody = hasher.hash("nobody's")
    monkeypatch.setattr(accounts, "_nobody", lambda: kept_of_nobody)
    log_in(stranger, "mara", "wrong password here")
    log_in(stranger, "nobody", "wrong password here")
    assert len(hashed) == 2
    costs = {re.search(r"\$m=\d+,t=\d+,p=\d+\$", kept)[0] for kept in hashed}  # type: ignore[index]  # a hash names them
    assert len(costs) == 1, "both were hashed at the same cost"


def test_an_empty_password_is_never_one(team: Desk, stranger: Browser) -> None:
    team.store.set_password("mara", None, by="ada", now=NOW)
    assert log_in(stranger, "mara", "").status_code == 403


def test_the_cookie_changes_at_login_c_14(stranger: Browser) -> None:
    stranger.get("/login")
    before = stranger.cookies["desk_visit"]
    log_in(stranger, "mara")
    after = stranger.cookies["desk_visit"]
    assert before != after
    stranger.cookies.clear()
    stranger.cookies.set("desk_visit", before, domain="127.0.0.1")
    assert stranger.get("/", follow_redirects=False).status_code == 303


def test_a_cookie_planted_before_the_login_knows_nothing_after_it_c_14(team: Desk) -> None:
    planted = tokens.new_visit()
    victim, attacker = browser_at(team), browser_at(team)
    for browser in (victim, attacker):
        browser.cookies.set("desk_visit", planted, domain="127.0.0.1")
    log_in(victim, "mara")
    assert attacker.get("/", follow_redirects=False).status_code == 303


def test_a_stolen_row_of_the_database_is_no_cookie_c_14(team: Desk, stranger: Browser) -> None:
    mara = logged_in(team, "mara")
    kept = tokens.hash_of(mara.cookies["desk_visit"])
    assert team.store.session(kept, now=NOW, idle=timedelta(hours=1)) is not None
    for cookie in (kept, kept[:43]):
        stranger.cookies.set("desk_visit", cookie, domain="127.0.0.1")
        assert stranger.get("/", follow_redirects=False).status_code == 303


def test_logging_out_everywhere_else_kills_the_other_cookies_c_14(team: Desk) -> None:
    here, there, other = logged_in(team, "mara"), logged_in(team, "mara"), logged_in(team, "ada")
    answer = here.submit("/account/sessions/end-others", on="/account")
    assert answer.status_code == 303
    assert "One other session is logged out." in here.get("/account").text
    assert there.get("/", follow_redirects=False).status_code == 303
    assert other.get("/", follow_redirects=False).status_code == 200


def test_one_session_can_be_ended_from_another(team: Desk) -> None:
    here, there = logged_in(team, "mara"), logged_in(team, "mara")
    number = re.search(r'name="session" value="(\d+)"', here.get("/account").text)
    assert number
    assert here.submit("/account/sessions/end", {"session": number[1]}, on="/account").status_code == 303
    assert there.get("/", follow_redirects=False).status_code == 303
    assert here.get("/", follow_redirects=False).status_code == 200


def test_nobody_ends_the_session_of_somebody_else(team: Desk) -> None:
    mara, ada = logged_in(team, "mara"), logged_in(team, "ada")
    (session,) = team.store.sessions_of("ada", now=NOW, idle=timedelta(hours=1))
    answer = mara.submit("/account/sessions/end", {"session": str(session.id)}, on="/account")
    assert answer.status_code == 404
    assert ada.get("/", follow_redirects=False).status_code == 200


def test_logging_out_ends_the_session_on_the_server_too(team: Desk) -> None:
    mara = logged_in(team, "mara")
    cookie = mara.cookies["desk_visit"]
    answer = mara.submit("/logout", on="/account")
    assert answer.headers["clear-site-data"] == '"cache"'
    mara.cookies.clear()
    mara.cookies.set("desk_visit", cookie, domain="127.0.0.1")
    assert mara.get("/", follow_redirects=False).status_code == 303


def test_a_session_ends_after_idle_hours_and_after_its_days(team: Desk, clock: Clock) -> None:
    mara = logged_in(team, "mara")
    for hours in range(48, 14 * 24, 48):
        clock.now = NOW + timedelta(hours=hours)
        assert mara.get("/", follow_redirects=False).status_code == 200, f"after {hours} hours, used every second day"
    clock.now = NOW + timedelta(days=14)
    assert mara.get("/", follow_redirects=False).status_code == 303
    ada = logged_in(team, "ada")
    clock.now += timedelta(hours=72)
    assert ada.get("/", follow_redirects=False).status_code == 303


def test_after_five_wrong_passwords_even_the_right_one_waits_c_15(stranger: Browser, clock: Clock, team: Desk) -> None:
    for _ in range(5):
        assert log_in(stranger, "mara", "wrong password here").status_code == 403
    answer = log_in(stranger, "mara")
    assert answer.status_code == 429
    assert "Try again in 15 minutes" in answer.text
    assert answer.headers["retry-after"] == "900"
    assert log_in(browser_at(team, client="10.1.2.3"), "mara").status_code == 303, "at home she still gets in"
    clock.now += timedelta(minutes=15)
    assert log_in(stranger, "mara").status_code == 303


def test_a_lock_out_stands_in_the_history_but_not_what_strangers_typed(team: Desk, stranger: Browser) -> None:
    for name in ("mara", "a password typed as a name"):
        for _ in range(5):
            log_in(stranger, name, "wrong password here")
    page = logged_in(team, "ada").get("/audit").text
    assert "login locked" in page
    assert "typed as a name" not in page


def test_unknown_names_wait_like_known_ones_c_15(stranger: Browser) -> None:
    answers = [log_in(stranger, "nobody", "wrong password here").status_code for _ in range(6)]
    assert answers == [403] * 5 + [429]


def test_trying_many_names_from_one_place_ends_c_15(stranger: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mentions.review.hashing.is_password", lambda password, kept: False)
    answers = [log_in(stranger, f"user{number}", "wrong password here").status_code for number in range(51)]
    assert answers == [403] * 50 + [429]


@pytest.mark.asyncio
async def test_fifty_logins_at_once_leave_the_pages_alone_c_15(team: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hashes wait for one another; a page that is asked for meanwhile does not wait for them."""
    begun, let_go = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    at_once, most = 0, 0

    def slow(password: str, kept: str | None) -> bool:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        loop.call_soon_threadsafe(begun.set)
        asyncio.run_coroutine_threadsafe(let_go.wait(), loop).result()
        at_once -= 1
        return False

    visit = tokens.new_visit()
    team.store.begin_session("mara", tokens.hash_of(visit), now=NOW, expires_at=NOW + timedelta(days=1))
    monkeypatch.setattr("mentions.review.hashing.is_password", slow)
    transport = httpx2.ASGITransport(create_app(team), client=("127.0.0.1", 50000))
    async with httpx2.AsyncClient(transport=transport, base_url=HERE, timeout=60) as client:

        async def try_in(number: int) -> int:
            cookie = tokens.new_visit()
            form = {"csrf": tokens.form_token(cookie), "name": f"user{number}", "password": "wrong password here"}
            answer = await client.post("/login", data=form, headers={"cookie": f"desk_visit={cookie}"})
            return answer.status_code

        logins = [asyncio.create_task(try_in(number)) for number in range(50)]
        await begun.wait()
        answer = await client.get("/", headers={"cookie": f"desk_visit={visit}"})
        waiting = sum(not task.done() for task in logins)
        let_go.set()
        assert set(await asyncio.gather(*logins)) == {403}
    assert answer.status_code == 200
    assert waiting == 50, "the page came while every login still waited"
    assert most <= 8, "few hashes at once"


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "/\t/evil.example",
        "javascript:alert(1)",
        "",
        "/login",
    ],
)
def test_the_way_after_the_login_stays_on_the_desk_c_19(team: Desk, wanted: str) -> None:
    browser = browser_at(team)
    assert 'name="next" value="/"' in browser.get("/login", params={"next": wanted}).text
    assert log_in(browser, "mara", next=wanted).headers["location"] == "/"


def test_a_new_password_needs_the_old_one_and_ends_other_sessions(team: Desk) -> None:
    here, there = logged_in(team, "mara"), logged_in(team, "mara")
    new = {"new": "seven cranes in the harbour", "again": "seven cranes in the harbour"}
    refused = here.submit("/account/password", {"current": "wrong password here", **new}, on="/account")
    assert "The current password is not this one." in refused.text
    cookie = here.cookies["desk_visit"]
    assert here.submit("/account/password", {"current": PASSWORD, **new}, on="/account").status_code == 303
    assert "Your password is changed" in here.get("/account").text
    assert here.cookies["desk_visit"] != cookie
    assert there.get("/", follow_redirects=False).status_code == 303
    assert log_in(there, "mara").status_code == 403
    assert log_in(there, "mara", new["new"]).status_code == 303


@pytest.mark.parametrize(
    ("new", "again", "why"),
    [
        ("seven cranes in the harbour", "seven cranes in a harbour", "not typed the same way twice"),
        ("short", "short", "12 characters or more"),
    ],
)
def test_a_password_that_cannot_be_is_refused_with_the_reason(team: Desk, new: str, again: str, why: str) -> None:
    mara = logged_in(team, "mara")
    answer = mara.submit("/account/password", {"current": PASSWORD, "new": new, "again": again}, on="/account")
    assert answer.status_code == 400
    assert why in answer.text
    assert new not in answer.text or new == "short"
