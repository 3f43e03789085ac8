"""A desk with users, and browsers in which they are logged in."""

from collections.abc import Callable
from typing import Final

from httpx2 import Response

from mentions.accounts import hash_password
from mentions.review.app import create_app
from mentions.review.desk import Desk
from mentions.roles import Role
from tests.review.conftest import HERE, NOW, Browser

PASSWORD: Final = "harbour crane at seven"
STAFF: Final = {
    "ada": Role.ADMIN,
    "noor": Role.APPROVER,
    "mara": Role.REVIEWER,
    "vic": Role.VIEWER,
}
Opener = Callable[[], Browser]


def staffed(desk: Desk) -> Desk:
    """The desk with one user of each role, all with PASSWORD."""
    kept = hash_password(PASSWORD)
    for name, role in STAFF.items():
        desk.store.add_user(name, role, password_hash=kept, by="test", now=NOW)
    return desk


def browser_at(desk: Desk, *, base_url: str = HERE, client: str = "127.0.0.1") -> Browser:
    """Another browser that visits the desk."""
    return Browser(create_app(desk), base_url=base_url, client=(client, 50000), raise_server_exceptions=False)


def log_in(browser: Browser, name: str, password: str = PASSWORD, **fields: str) -> Response:
    """Sends the login form."""
    return browser.submit("/login", {"name": name, "password": password, **fields}, on="/login")


def logged_in(desk: Desk, name: str) -> Browser:
    """A browser in which that user is logged in."""
    browser = browser_at(desk)
    assert log_in(browser, name).status_code == 303
    return browser
