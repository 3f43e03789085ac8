"""What the desk refuses, whoever asks: forged forms, foreign hosts, proxies nobody trusts, too much at once."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from starlette.routing import Route

from mentions.review.app import page_routes
from mentions.review.desk import Desk
from mentions.roles import Role
from mentions.serving import ReviewSettings
from tests.review.browsing import served
from tests.review.conftest import NOW, Browser
from tests.review.staff import PASSWORD, STAFF, browser_at, log_in, logged_in, staffed

DARK = {"theme": "dark", "back": "/"}


def with_settings(desk: Desk, **settings: Any) -> Desk:
    """The same desk, configured otherwise."""
    review = ReviewSettings.model_validate(settings)
    return replace(desk, config=desk.config.model_copy(update={"review": review}))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://127.0.0.1:8765"}, 303),
        ({"Origin": "http://127.0.0.1:9999"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:8765.evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, 403),
        ({}, 303),
    ],
)
def test_a_form_must_come_from_a_page_of_the_desk_c_11(browser: Browser, headers: dict[str, str], status: int) -> None:
    form = {"csrf": browser.token(), **DARK}
    assert browser.post("/appearance", data=form, headers=headers, follow_redirects=False).status_code == status


@pytest.mark.parametrize("token", ["", "0" * 128, "zz", "0" * 64])
def test_a_form_needs_the_token_of_its_visit_c_11(browser: Browser, token: str) -> None:
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = browser.post("/appearance", data={"csrf": token, **DARK}, headers=headers)
    assert answer.status_code == 403
    assert "out of date" in answer.text


def test_the_token_of_another_visit_opens_nothing_c_11(desk: Desk, browser: Browser) -> None:
    other = browser_at(desk).token()
    browser.get("/")
    assert browser.post("/appearance", data={"csrf": other, **DARK}).status_code == 403


def test_tokens_differ_on_every_page_and_all_fit(browser: Browser) -> None:
    first, second = browser.token(), browser.token()
    assert first != second
    for token in (first, second):
        assert browser.post("/appearance", data={"csrf": token, **DARK}, follow_redirects=False).status_code == 303


def test_no_address_that_changes_something_answers_to_get_c_11(browser: Browser) -> None:
    changing = [route for route in page_routes() if isinstance(route, Route) and "POST" in (route.methods or ())]
    assert len(changing) > 10
    shown = {route.path for route in page_routes() if isinstance(route, Route) and "GET" in (route.methods or ())}
    for route in changing:
        assert route.methods == {"POST"}, route.path
        if route.path not in shown:
            path = route.path.replace("{id:int}", "1").replace("{domain}", "x.example")
            assert browser.get(path, follow_redirects=False).status_code in {404, 405}, route.path


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "127.0.0.1@evil.example", "127.0.0.1/x"]
)
def test_a_foreign_host_is_refused_c_21(browser: Browser, host: str) -> None:
    answer = browser.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "does not answer to the name" in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8765", "[::1]:8765", "LOCALHOST"])
def test_its_own_names_are_answered_c_21(browser: Browser, host: str) -> None:
    assert browser.get("/", headers={"Host": host}).status_code == 200


def test_names_of_the_configuration_are_answered_c_21(desk: Desk) -> None:
    desk = staffed(with_settings(desk, base_url="https://desk.acme.example/", allowed_hosts=["desk"]))
    browser = browser_at(desk)
    assert browser.get("/login", headers={"Host": "desk.acme.example"}).status_code == 200
    assert browser.get("/login", headers={"Host": "desk"}).status_code == 200
    assert browser.get("/login", headers={"Host": "acme.example"}).status_code == 400


def test_ten_megabytes_are_too_much_c_18(browser: Browser) -> None:
    form = {"csrf": browser.token(), "theme": "x" * 10_000_000}
    answer = browser.post("/appearance", data=form)
    assert answer.status_code == 413
    assert "larger than this desk takes" in answer.text


@pytest.mark.parametrize("size", [2_001_000, 9_999_000])
def test_who_sends_too_much_learns_so_c_18(desk: Desk, size: int) -> None:
    """On a real connection: the answer waits until the browser has sent everything, as it would not read it before."""
    with served(desk) as address, httpx2.Client(base_url=address, trust_env=False, timeout=60) as client:
        answer = client.post("/appearance", data={"theme": "x" * size})
    assert answer.status_code == 413
    assert "larger than this desk takes" in answer.text


def test_what_is_asked_for_before_it_is_sent_is_not_read_c_18(desk: Desk) -> None:
    """ "Expect: 100-continue": who is refused at once need not send it."""
    with served(desk) as address, socket.create_connection(("127.0.0.1", urlsplit(address).port or 0), 60) as line:
        line.sendall(
            b"POST /appearance HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000000\r\nExpect: 100-continue\r\n\r\n"
        )
        assert line.makefile("rb").readline().startswith(b"HTTP/1.1 413")


def test_ten_megabytes_of_untold_size_are_too_much_c_18(browser: Browser) -> None:
    token = browser.token()

    def drips() -> Iterator[bytes]:
        yield f"csrf={token}&theme=".encode()
        for _ in range(1000):
            yield b"x" * 10_000

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert browser.post("/appearance", content=drips(), headers=headers).status_code in {400, 413}


def test_ten_thousand_fields_are_refused_c_18(browser: Browser) -> None:
    fields = "&".join(f"f{number}=1" for number in range(10_000))
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = browser.post("/appearance", content=f"csrf={browser.token()}&{fields}", headers=headers)
    assert answer.status_code == 400
    assert "Too many fields" in answer.text


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/json", 415),
        ("text/plain", 415),
        ("multipart/form-data; boundary=x; charset=idna", 400),
        ("multipart/form-data", 400),
        ("application/x-www-form-urlencoded; charset=utf-7", 400),
    ],
)
def test_only_plain_forms_are_read(browser: Browser, kind: str, status: int) -> None:
    browser.get("/")
    assert browser.post("/appearance", content=b"x", headers={"Content-Type": kind}).status_code == status


def test_the_headers_forbid_scripts_frames_and_guessing(browser: Browser) -> None:
    for path in ("/", "/nothing", "/static/x/desk.css"):
        headers = browser.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_pages_are_not_kept_by_caches_and_statics_are(browser: Browser) -> None:
    page = browser.get("/")
    assert page.headers["cache-control"] == "private, no-cache"
    style_sheet = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "immutable" in browser.get(style_sheet).headers["cache-control"]
    assert browser.get("/static/oldversion00/desk.css").headers["cache-control"] == "no-cache"
    assert browser.get("/static/x/..%2Fapp.py").status_code == 404


def test_a_defect_shows_a_plain_page_without_its_traceback(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(desk.store, "audit", broken)
    answer = browser_at(desk).get("/audit")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    assert "secret detail" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


# Who comes through a proxy.


PROXY = "10.0.0.5"


@pytest.fixture
def behind_proxy(desk: Desk) -> Desk:
    settings = {"login": "proxy", "trusted_proxies": [PROXY], "base_url": "https://desk.acme.example/"}
    return staffed(with_settings(desk, **settings))


def at(desk: Desk, client: str) -> Browser:
    return browser_at(desk, base_url="http://desk.acme.example", client=client)


def test_a_trusted_proxy_says_who_somebody_is_c_13(behind_proxy: Desk) -> None:
    answer = at(behind_proxy, PROXY).get("/account", headers={"Remote-User": "Mara"})
    assert answer.status_code == 200
    assert "<strong>mara</strong>, reviewer" in answer.text


@pytest.mark.parametrize("forwarded", [{}, {"X-Forwarded-For": PROXY}])
def test_nobody_else_says_who_somebody_is_c_13(behind_proxy: Desk, forwarded: dict[str, str]) -> None:
    answer = at(behind_proxy, "10.0.0.6").get("/account", headers={"Remote-User": "ada", **forwarded})
    assert answer.status_code == 403
    assert "through its proxy only" in answer.text


def test_the_header_is_ignored_where_people_log_in_c_13(desk: Desk) -> None:
    desk = staffed(with_settings(desk, trusted_proxies=[PROXY], base_url="https://desk.acme.example/"))
    answer = at(desk, PROXY).get("/account", headers={"Remote-User": "ada"}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login")


@pytest.mark.parametrize("names", [[], ["ada", "mara"], ["nobody"], ["a b"], [""], ["{nobody}"]])
def test_a_proxy_that_names_nobody_or_two_is_not_believed_c_13(behind_proxy: Desk, names: list[str]) -> None:
    headers = [("Remote-User", name) for name in names]
    assert at(behind_proxy, PROXY).get("/account", headers=headers).status_code == 403


def test_somebody_disabled_is_not_let_in_by_the_proxy_either(behind_proxy: Desk) -> None:
    behind_proxy.store.disable_user("mara", by="ada", now=NOW)
    assert at(behind_proxy, PROXY).get("/account", headers={"Remote-User": "mara"}).status_code == 403


def test_over_https_the_cookie_is_secure_and_for_this_host_only(desk: Desk) -> None:
    desk = staffed(with_settings(desk, trusted_proxies=[PROXY], allowed_hosts=["desk.acme.example"]))
    plain = at(desk, PROXY).get("/login").headers["set-cookie"]
    assert plain.startswith("desk_visit=")
    assert "Secure" not in plain
    encrypted = at(desk, PROXY).get("/login", headers={"X-Forwarded-Proto": "https"}).headers["set-cookie"]
    assert encrypted.startswith("__Host-desk_visit=")
    assert "; HttpOnly; SameSite=Lax; Secure" in encrypted
    stranger = at(desk, "10.0.0.6").get("/login", headers={"X-Forwarded-Proto": "https"}).headers["set-cookie"]
    assert "Secure" not in stranger


def test_tries_are_counted_by_the_address_the_proxy_names(desk: Desk) -> None:
    desk = staffed(with_settings(desk, trusted_proxies=[PROXY], allowed_hosts=["desk.acme.example"]))
    browser = at(desk, PROXY)
    browser.headers["X-Forwarded-For"] = "203.0.113.9"
    for _ in range(5):
        log_in(browser, "mara", "wrong password here")
    assert log_in(browser, "mara").status_code == 429
    browser.headers["X-Forwarded-For"] = "203.0.113.10"
    assert log_in(browser, "mara").status_code == 303


def test_a_desk_without_users_lets_nobody_in_through_a_proxy(desk: Desk) -> None:
    browser = browser_at(desk)
    for header in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"):
        answer = browser.get("/", headers={header: "203.0.113.9"})
        assert answer.status_code == 403
        assert "no users" in answer.text
    assert browser_at(desk, client="192.0.2.7").get("/").status_code == 403


# Who may do what.


@pytest.mark.parametrize("name", list(STAFF))
def test_roles_hold_for_forms_sent_directly_c_16(desk: Desk, name: str) -> None:
    browser = logged_in(staffed(desk), name)
    role = STAFF[name]
    added = browser.submit("/users/add", {"name": "eve", "role": "admin", "password": PASSWORD}, on="/account")
    assert (added.status_code == 303) is role.includes(Role.ADMIN)
    assert (desk.store.role_of("eve") is not None) is role.includes(Role.ADMIN)
    suppressed = browser.submit("/suppression/add", {"entry": "courier.example"}, on="/account")
    assert (suppressed.status_code == 303) is role.includes(Role.APPROVER)
    assert bool(desk.store.suppressions()) is role.includes(Role.APPROVER)
    assert (browser.get("/users").status_code == 200) is role.includes(Role.ADMIN)


def test_every_form_of_the_desk_needs_a_role_but_those_before_the_login_c_16(desk: Desk) -> None:
    """A viewer sends every form there is: nothing but their own account and lookups answers."""
    browser = logged_in(staffed(desk), "vic")
    token = browser.token("/account")
    own = {"/appearance", "/login", "/logout", "/suppression/ask"}
    for route in page_routes():
        if not isinstance(route, Route) or "POST" not in (route.methods or ()) or route.path in own:
            continue
        if route.path.startswith("/account/"):
            continue
        path = route.path.replace("{id:int}", "1").replace("{number:int}", "1").replace("{domain}", "x.example")
        answer = browser.post(path, data={"csrf": token}, follow_redirects=False)
        assert answer.status_code == 403, f"{route.path} answers a viewer with {answer.status_code}"
