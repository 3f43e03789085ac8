"""The desk behind real proxies, with the files of deploy/nginx and deploy/caddy: what a team of five sets up."""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

import httpx2
import pytest
from playwright.sync_api import expect

from mentions.config import Config
from mentions.review.desk import Desk
from mentions.review.layers.sizes import MAX_BODY_BYTES, READ_AWAY_BYTES
from mentions.review.server import KEEP_ALIVE_S
from mentions.store import Store
from tests.conftest import REPOSITORY
from tests.review.browsing import chromium, served, violations
from tests.review.finds import drafted
from tests.review.proxies import NAME, SIGN_ON, UPSTREAM, Proxy, caddy, nginx
from tests.review.staff import PASSWORD, staffed
from tests.review.test_safety import with_settings

pytestmark = pytest.mark.service

Starter = Callable[..., AbstractContextManager[Proxy]]
PROXIES: Final[Mapping[str, Starter]] = {"nginx": nginx, "caddy": caddy}
DEPLOY: Final = REPOSITORY / "deploy"
BASE: Final = f"https://{NAME}/"
USUAL: Final = {"nginx": "mentions.conf", "caddy": "Caddyfile"}
SINGLE_SIGN_ON: Final = {"nginx": "single-sign-on.conf", "caddy": "single-sign-on.Caddyfile"}
# The line of each file that strikes out what visitors send, and one that says somebody's name instead.
NOBODY: Final = {"nginx": 'proxy_set_header Remote-User "";', "caddy": "header_up -Remote-User"}
SOMEBODY: Final = {"nginx": "proxy_set_header Remote-User mara;", "caddy": "header_up Remote-User mara"}


@pytest.fixture(params=sorted(PROXIES))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@contextmanager
def in_front(
    kind: str, desk: Desk, folder: Path, changes: Mapping[str, str] | None = None, *, file: str | None = None
) -> Iterator[tuple[Proxy, str]]:
    """The proxy, and the address of the desk behind it."""
    with ExitStack() as stack:
        address = stack.enter_context(served(desk))
        ours = {UPSTREAM: address.removeprefix("http://"), **(changes or {})}
        yield stack.enter_context(PROXIES[kind](folder, ours, file or USUAL[kind])), address


@pytest.fixture
def team(desk: Desk) -> Desk:
    """The desk as docs/howto/review-desk.md sets it up."""
    return staffed(with_settings(desk, base_url=BASE, trusted_proxies=["127.0.0.1"]))


@pytest.fixture
def proxy(kind: str, team: Desk, tmp_path: Path) -> Iterator[Proxy]:
    with in_front(kind, team, tmp_path) as (started, _address):
        yield started


def token(client: httpx2.Client, page: str = "/login") -> str:
    return csrf_in(client.get(page))


def csrf_in(page: httpx2.Response) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page.text)
    assert found, f"{page.url} has no form"
    return found[1]


def log_in(client: httpx2.Client, name: str = "mara", password: str = PASSWORD, **headers: str) -> httpx2.Response:
    form = {"csrf": token(client), "name": name, "password": password}
    return client.post("/login", data=form, headers={"Sec-Fetch-Site": "same-origin", "Origin": BASE[:-1], **headers})


def test_plain_http_leads_to_the_same_page_encrypted(proxy: Proxy) -> None:
    with proxy.client() as client:
        answer = client.get(f"http://{NAME}/opportunities?target=Quillon+Robotics")
    assert answer.status_code in {301, 308}
    assert re.fullmatch(
        rf"https://{NAME}(:{proxy.https})?/opportunities\?target=Quillon\+Robotics", answer.headers["location"]
    )
    assert "set-cookie" not in answer.headers


def test_a_login_and_what_its_answers_say(proxy: Proxy) -> None:
    with proxy.client() as client:
        asked = client.get("/")
        assert (asked.status_code, asked.headers["location"]) == (303, "/login")
        answer = log_in(client)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        (cookie,) = [each for each in answer.headers.get_list("set-cookie") if "desk_visit" in each]
        assert cookie.startswith("__Host-desk_visit=")
        assert {"Path=/", "HttpOnly", "SameSite=Lax", "Secure"} <= set(cookie.split("; "))
        assert "domain" not in cookie.lower()
        form = {"csrf": token(client, "/"), "theme": "dark", "back": "/"}
        chosen = client.post("/appearance", data=form)
        assert "; Secure" in chosen.headers["set-cookie"]

        page = client.get("/account")
        assert "mara" in page.text
        style = client.get(found[1] if (found := re.search(r'href="(/static/[^"]+\.css)"', page.text)) else "")
    for each in (asked, answer, page, style):
        assert each.headers.get_list("strict-transport-security") == ["max-age=31536000"]
        assert not re.search(r"\d|uvicorn|python", ",".join(each.headers.get_list("server")), re.IGNORECASE)
        assert "x-powered-by" not in each.headers
        assert "default-src 'none'" in each.headers["content-security-policy"]
        assert each.headers["x-frame-options"] == "DENY"
    assert page.headers["cache-control"] == "private, no-cache"
    assert page.headers["content-encoding"] == "gzip"
    assert style.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert style.headers["content-encoding"] == "gzip"


def test_forged_forms_and_names_are_refused_c_11_c_21(kind: str, proxy: Proxy) -> None:
    with proxy.client() as client:
        form = {"csrf": token(client), "theme": "dark", "back": "/"}

        def sent(**headers: str) -> httpx2.Response:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return client.post("/appearance", data=form, headers=named)

        assert sent(Sec_Fetch_Site="same-origin", Origin=BASE[:-1]).status_code == 303
        for forged in (
            sent(Sec_Fetch_Site="cross-site"),
            sent(Origin="https://evil.example"),
            sent(Origin="null"),
            sent(Origin=f"https://{NAME}:8443"),
        ):
            assert (forged.status_code, "set-cookie" in forged.headers) == (403, False)
        elsewhere = sent(Host="evil.example")
        # nginx asks the desk, which refuses the name; Caddy has no such site, and answers with nothing itself.
        assert (elsewhere.status_code, bool(elsewhere.text)) == {"nginx": (400, True), "caddy": (200, False)}[kind]
        assert "set-cookie" not in elsewhere.headers


def test_who_asks_is_what_the_proxy_saw_not_what_was_said_c_15(proxy: Proxy) -> None:
    """Wrong passwords count for the real address, whatever a visitor claims; others are not locked out."""
    with proxy.client() as client, proxy.client(local="127.0.0.2") as elsewhere:
        for number in range(5):
            said = f"203.0.113.{number}"
            lies = {"X-Forwarded-For": said, "X-Real-IP": said, "Forwarded": f"for={said}", "X-Forwarded-Proto": "http"}
            assert log_in(client, password="wrong password here", **lies).status_code == 403
        assert log_in(client).status_code == 429
        assert log_in(client, **{"X-Forwarded-For": "127.0.0.2"}).status_code == 429
        answer = log_in(elsewhere, **{"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "http"})
        assert answer.status_code == 303
        assert answer.headers["set-cookie"].startswith("__Host-desk_visit=")
        assert "Secure" in answer.headers["set-cookie"]


def test_as_much_as_the_desk_takes_and_no_more_c_18(proxy: Proxy) -> None:
    with proxy.client() as client:
        form = {"csrf": token(client), "theme": "dark", "back": "/", "more": ""}
        form["more"] = "x" * (MAX_BODY_BYTES - 1000)
        taken = client.post("/appearance", data=form)
        assert taken.status_code in {303, 400}, taken.text
        for size in (MAX_BODY_BYTES + 1000, READ_AWAY_BYTES - 1000):
            form["more"] = "x" * size
            answer = client.post("/appearance", data=form)
            assert answer.status_code == 413
            assert "larger than this desk takes" in answer.text, "the desk's own words, not the proxy's"


def test_nobody_is_known_by_a_name_that_a_visitor_sends_c_13(kind: str, desk: Desk, tmp_path: Path) -> None:
    """With `login = "proxy"` and the file as it is: the proxy has asked nobody, so nobody comes in."""
    by_proxy = staffed(with_settings(desk, base_url=BASE, trusted_proxies=["127.0.0.1"], login="proxy"))
    with in_front(kind, by_proxy, tmp_path) as (proxy, _address), proxy.client() as client:
        for headers in ({}, {"Remote-User": "ada"}, {"remote_user": "ada"}, {"REMOTE-USER": "ada"}):
            answer = client.get("/account", headers=headers)
            assert answer.status_code == 403
            assert "The proxy did not say who you are." in answer.text


def test_a_name_counts_only_from_the_proxy_c_13(kind: str, desk: Desk, tmp_path: Path) -> None:
    by_proxy = staffed(with_settings(desk, base_url=BASE, trusted_proxies=["127.0.0.1"], login="proxy"))
    with in_front(kind, by_proxy, tmp_path, {NOBODY[kind]: SOMEBODY[kind]}) as (proxy, address):
        with proxy.client() as client:
            for headers in ({}, {"Remote-User": "ada"}, [("Remote-User", "ada"), ("Remote-User", "vic")]):
                answer = client.get("/account", headers=headers)
                assert answer.status_code == 200
                assert "mara" in answer.text
                assert "reviewer" in answer.text
        past = httpx2.HTTPTransport(local_address="127.0.0.2")
        with httpx2.Client(transport=past, trust_env=False) as client:
            headers = {"Remote-User": "ada", "X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https"}
            answer = client.get(f"{address}/account", headers=headers)
            assert answer.status_code == 403
            assert "reached through its proxy only" in answer.text


class SignOn(BaseHTTPRequestHandler):
    """Knows people by their cookie; of "visitor" it says only that they may come in."""

    def do_GET(self) -> None:
        person = SimpleCookie(self.headers.get("Cookie", "")).get("signed-on")
        self.send_response(200 if person else 401)
        if person and person.value != "visitor":
            self.send_header("Remote-User", person.value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name that its parent gives it
        """Nothing on the terminal."""


@pytest.fixture
def sign_on() -> Iterator[str]:
    """Where a single sign-on answers."""
    with ThreadingHTTPServer(("127.0.0.1", 0), SignOn) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_single_sign_on_says_who_somebody_is(kind: str, desk: Desk, sign_on: str, tmp_path: Path) -> None:
    """What a visitor says of themselves never counts, even where the sign-on lets them in without a name."""
    by_proxy = staffed(with_settings(desk, base_url=BASE, trusted_proxies=["127.0.0.1"], login="proxy"))
    started = in_front(kind, by_proxy, tmp_path, {SIGN_ON: sign_on}, file=SINGLE_SIGN_ON[kind])
    with started as (proxy, _address), proxy.client() as client:

        def account(person: str) -> httpx2.Response:
            client.cookies.set("signed-on", person, domain=NAME)
            return client.get("/account", headers={"Remote-User": "ada"})

        assert client.get("/account", headers={"Remote-User": "ada"}).status_code in {302, 401}
        known = account("mara")
        assert known.status_code == 200
        assert "reviewer" in known.text
        # Where the sign-on names nobody, nginx sends no name, and Caddy the unfilled place of one.
        for person, why in (("visitor", "The proxy"), ("bob", "There is no user bob")):
            refused = account(person)
            assert refused.status_code == 403
            assert why in refused.text
        form = {"csrf": csrf_in(account("mara")), "theme": "dark", "back": "/"}
        sent = client.post("/appearance", data=form)
        assert sent.status_code == 303, "a form comes through with what is in it"


def test_a_real_browser_works_behind_it(kind: str, team: Desk, store: Store, config: Config, tmp_path: Path) -> None:
    """From the login to a file to send, over HTTP/2; the browser itself believes that it talks to the desk's name."""
    (number,) = drafted(store, config)
    with in_front(kind, team, tmp_path) as (proxy, _address):
        rules = f"MAP {NAME}:443 127.0.0.1:{proxy.https}, MAP {NAME}:80 127.0.0.1:{proxy.http}"
        with (
            chromium(f"--host-resolver-rules={rules}") as chrome,
            chrome.new_context(base_url=BASE, ignore_https_errors=True) as context,
        ):
            page = context.new_page()
            page.set_default_timeout(60_000)
            page.goto(f"/opportunities/{number}")
            assert page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol") == "h2"
            page.get_by_label("Name", exact=True).fill("noor")
            page.get_by_label("Password", exact=True).fill(PASSWORD)
            page.get_by_role("button", name="Log in").click()
            page.wait_for_url(f"{BASE}opportunities/{number}")
            (cookie,) = [each for each in context.cookies() if "desk_visit" in each["name"]]
            assert (cookie["name"], cookie["secure"], cookie["httpOnly"]) == ("__Host-desk_visit", True, True)
            assert violations(page) == []
            page.get_by_role("button", name="Approve").click()
            expect(page.get_by_role("status").first).to_contain_text("Approved")
            page.goto("/hand-off")
            page.get_by_role("button", name="Hand off as files").click()
            with page.expect_download() as download:
                page.get_by_role("link", name="Download all as one zip").click()
            assert download.value.suggested_filename.endswith(".zip")
            page.get_by_role("button", name="Log out").click()
            expect(page.get_by_role("button", name="Log in")).to_be_visible()
    assert store.standing(number).state.value == "handed_off"


def test_the_files_agree_with_the_desk() -> None:
    """Connections: a form must not meet one that the desk just closed; nginx as we configure it keeps none."""
    (kept,) = re.findall(
        r"^\s*keepalive (\d+)s$", (DEPLOY / "caddy/Caddyfile").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert int(kept) < KEEP_ALIVE_S
    text = (DEPLOY / "nginx/mentions.conf").read_text(encoding="utf-8")
    assert re.findall(r"client_max_body_size (\d+);", text) == [str(READ_AWAY_BYTES)]
    assert "upstream" not in re.sub(r"#.*", "", text)
