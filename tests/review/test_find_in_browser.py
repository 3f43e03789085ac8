"""One find in a real browser: hostile texts do nothing, the saved copy stays behind its walls, typing is checked."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from mentions.config import Config
from mentions.outreach.contacts import PageContacts
from mentions.review.desk import Desk
from mentions.snapshots import Snapshots
from mentions.store import Store
from mentions.workflow import Decision, Move
from tests.review.browsing import served, violations
from tests.review.conftest import NOW
from tests.review.finds import LOOKED, SENTENCE, drafted, newsroom
from tests.review.harmless import ADDRESSES, ALL
from tests.review.test_opportunity import DIGEST, hostile, seen, stored

pytestmark = pytest.mark.service

EVIL = (
    b"""<!doctype html><html><head><meta http-equiv="refresh" content="0;url=/pwn"><base target="_top" href="/pwn/">
<link rel="stylesheet" href="/pwn.css"><link rel="preload" as="image" href="/pwn.png">
<link rel="dns-prefetch" href="//pwn">
<style>@import "/pwn.css"; body { background: url(/pwn.png) }</style><script>top.location = "/pwn"</script></head>
<body onload="fetch('/pwn')"><p>"""
    + SENTENCE.encode()
    + b"""</p><p><a id="go" href="/pwn" target="_top">a link to follow</a></p>
<form action="/pwn"><button>send</button></form>
<img src="/pwn.png" onerror="fetch('/pwn')"><iframe src="/pwn"></iframe><video src="/pwn" autoplay></video>
<svg><script>fetch('/pwn')</script><use href="/pwn.svg#x"/></svg><object data="/pwn"></object>"""
    + ALL.encode()
    + b"</body></html>"
)


class Watched:
    """A page with everything that goes on in it: dialogs, requests, errors of scripts and of the policy."""

    def __init__(self, chrome: Browser, address: str, *, scripts: bool = True) -> None:
        self.context = chrome.new_context(base_url=address, java_script_enabled=scripts)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.asked: list[str] = []
        self.wrong: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url.removeprefix(address)))
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)

    def _dialog(self, dialog: object) -> None:
        self.wrong.append("a dialog")
        dialog.dismiss()  # type: ignore[attr-defined]  # Playwright's Dialog

    def beyond(self, path: str) -> list[str]:
        """What was asked for besides the page itself and the desk's own files."""
        return [each for each in self.asked if not re.match(rf"{re.escape(path)}(?:#.*)?$|/static/|data:", each)]


@pytest.mark.parametrize("text", [ALL, "harmless"])
def test_hostile_texts_open_no_dialog_and_ask_for_nothing_c_01_to_c_08(
    chrome: Browser, store: Store, config: Config, desk: Desk, text: str
) -> None:
    """C-01 … C-08, all at once in every field; with harmless texts every address is a script."""
    number = hostile(store, config, text, "https://courier.example/x" if text is ALL else ADDRESSES[0])
    with served(desk) as address:
        for path in (f"/opportunities/{number}", f"/opportunities/{number}/text"):
            watched = Watched(chrome, address)
            watched.page.goto(path)
            for details in watched.page.locator("details").all():
                details.evaluate("element => { element.open = true }")
            watched.page.mouse.move(300, 300)
            watched.page.wait_for_load_state("networkidle")
            assert (watched.wrong, watched.beyond(path)) == ([], [])
            watched.context.close()


def test_a_saved_copy_does_nothing_opened_directly_and_in_its_frame_c_12(
    chrome: Browser, store: Store, config: Config, desk: Desk
) -> None:
    """C-12: no script, no request, no way out; clicking its links leads nowhere."""
    number = stored(store, config, seen())
    Snapshots(config.pages_folder).keep(DIGEST, EVIL, LOOKED)
    outer, inner = f"/opportunities/{number}/copy", f"/opportunities/{number}/copy/page"
    with served(desk) as address:
        direct = Watched(chrome, address)
        direct.page.goto(inner)
        expect(direct.page.locator("mark#name")).to_contain_text("Quillon Robotics")
        direct.page.get_by_text("a link to follow").click()
        direct.page.wait_for_load_state("networkidle")
        assert direct.page.locator("script, img, iframe, form, link, svg, video, object, [href], [src]").count() == 0
        # Browsers ask for an icon by themselves; of a sandboxed page the policy says no.
        assert (direct.beyond(inner), direct.page.url) == ([], address + inner)
        direct.context.close()

        framed = Watched(chrome, address)
        framed.page.goto(outer)
        frame = framed.page.frame_locator("iframe.saved-page")
        expect(frame.locator("mark#name")).to_contain_text("Quillon Robotics")
        frame.get_by_text("a link to follow").click()
        framed.page.wait_for_load_state("networkidle")
        assert [each for each in framed.beyond(outer) if not each.startswith(inner)] == []
        assert (framed.wrong, framed.page.url) == ([], address + outer)
        framed.context.close()


def test_a_text_is_checked_while_it_is_typed(chrome: Browser, store: Store, config: Config, desk: Desk) -> None:
    (number,) = drafted(store, config)
    with served(desk) as address:
        watched = Watched(chrome, address)
        page = watched.page
        page.goto(f"/opportunities/{number}")
        expect(page.get_by_text("Nothing is left to do in this text.")).to_be_visible()
        page.locator("#subject").fill("Act now!!")
        expect(page.locator("[data-problems]")).to_contain_text("reads like spam")
        expect(page.locator("[data-count]")).to_contain_text("not saved yet")
        page.locator("summary", has_text="Preview").click()
        expect(page.locator("[data-preview=subject]")).to_have_text("Act now!!")
        draft = store.draft_of(number)
        assert draft is not None
        assert draft.revision == 1
        page.get_by_role("button", name="Save the text").click()
        expect(page.get_by_role("status").first).to_contain_text("still to do")
        assert watched.wrong == [], "saving asks no question"
        watched.context.close()
    draft = store.draft_of(number)
    assert draft is not None
    assert (draft.revision, draft.draft.subject) == (2, "Act now!!")


def test_without_scripts_an_email_is_written_and_a_contact_chosen_c_20(
    chrome: Browser, store: Store, config: Config, desk: Desk
) -> None:
    """C-20."""
    (number,) = drafted(store, config)
    store.save_published("courier.example", PageContacts((newsroom(),)), NOW)
    with served(desk) as address:
        page = Watched(chrome, address, scripts=False).page
        page.goto(f"/opportunities/{number}")
        page.get_by_role("button", name="Ask news@courier.example").click()
        assert page.locator("#to-address").input_value() == "news@courier.example"
        page.locator("#body").fill("Short.")
        page.get_by_role("button", name="Save the text").click()
        assert "does not say how to be left alone" in page.locator("[data-problems]").inner_text()
        page.locator("summary", has_text="Choose another page").click()
        page.locator("#link-other-url").fill("https://quillon.example/cranes")
        page.get_by_role("button", name="Choose", exact=True).click()
        assert "https://quillon.example/cranes" in page.locator("section[aria-labelledby=link]").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_c_20(chrome: Browser, store: Store, config: Config, desk: Desk, scheme: str) -> None:
    """C-20: a find with everything, one that is closed, one without an email; its text, its copy, a conflict."""
    whole = hostile(store, config, "plain", "https://courier.example/x")
    sent, bare = drafted(store, config, 3)[-2:]
    store.decide(sent, Decision(Move.SENT), by="kim", now=NOW)
    store.save_published("courier.example", PageContacts((newsroom(),)), NOW)
    paths = [f"/opportunities/{number}" for number in (whole, sent, bare)]
    paths += [f"/opportunities/{whole}/text", f"/opportunities/{whole}/copy"]
    Snapshots(config.pages_folder).keep(DIGEST, EVIL, LOOKED)
    with served(desk) as address:
        context = chrome.new_context(base_url=address, color_scheme=scheme, viewport={"width": 1280, "height": 900})  # type: ignore[arg-type]  # one of two words
        page = context.new_page()
        for path in paths:
            page.goto(path)
            for details in page.locator("main details").all():
                details.evaluate("element => { element.removeAttribute('name'); element.open = true }")
            assert violations(page) == [], path
        page.goto(paths[2])
        store.decide(bare, Decision(Move.SNOOZE, until=NOW.replace(year=2027)), by="lee", now=NOW)
        page.get_by_role("button", name="Save the text").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Not saved yet")
        assert violations(page) == [], "a conflict"
        page.goto(paths[2])
        store.decide(bare, Decision(Move.ASSIGN, to="lee"), by="lee", now=NOW)
        page.get_by_role("button", name="Not us").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Nothing was done yet")
        assert violations(page) == [], "a decision that came too late"
        context.close()
