"""A desk that is really served, and a real Chromium that visits it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it brings no types
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, expect, sync_playwright
from playwright.sync_api import TimeoutError as TooLong

from mentions.browsers import find_browser
from mentions.review.desk import Desk
from mentions.review.server import server_config

_PATIENCE_MS: Final = 120_000  # Playwright's own, five seconds for what is expected, is not for a busy machine
expect.set_options(timeout=_PATIENCE_MS)

_FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")  # containers have no user namespaces


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """The desk, served as `mentions review` does, on a free port of this machine; its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(server_config(desk))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
        assert thread.is_alive(), "the desk did not start"
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(120)


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """A headless Chromium, with these flags too; skips the test where there is none."""
    found = find_browser(None)
    if found is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=Path(found), args=[*_FLAGS, *flags], timeout=_PATIENCE_MS)
        browser.on("context", lambda context: context.set_default_timeout(_PATIENCE_MS))
        yield browser
        browser.close()


def press_both(page: Page, first: str, second: str, *, for_url: str) -> None:
    """Presses two keys that belong together, such as "g h", until the page they lead to is there.

    The second counts only shortly after the first, and a busy machine may not be so fast.
    """
    for _ in range(12):
        page.keyboard.press(first)
        page.keyboard.press(second)
        try:
            page.wait_for_url(for_url, wait_until="load", timeout=10_000)
        except TooLong:
            continue
        return
    raise AssertionError(f"{first} {second} on {page.url} does not lead to {for_url}")


def watched(page: Page, address: str) -> list[str]:
    """What goes wrong on the page from now on: dialogs, errors, reports of the policy, requests to anybody else."""
    wrong: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        wrong.append(f"{page.url}: a dialog")
        dialog.dismiss()

    def notice(request: Request) -> None:
        if not request.url.startswith((f"{address}/", "data:")) or "/pwn" in request.url:
            wrong.append(f"{page.url} asked for {request.url}")

    def listen(said: ConsoleMessage) -> None:
        if said.type == "error":  # what the policy forbids is told here too
            wrong.append(f"{page.url}: {said.text}")

    page.on("dialog", dismiss)
    page.on("request", notice)
    page.on("console", listen)
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    return wrong


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands (WCAG 2.2 AA and good practice), one line each."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]
