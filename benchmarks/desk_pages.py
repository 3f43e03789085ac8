"""Pictures of every page of the review desk, after a run of the demo newsroom and a morning's work on it.

usage: python -m benchmarks.desk_pages --out FOLDER [--demo FOLDER] [--widths 360,1280,2560] [--page NAME]…

The demo's job runs first (or `--demo` names the folder of one that ran), a few finds are decided as people would, and
`mentions review` serves the result on loopback. Each page is drawn by Chromium at each width, light and dark, whole
and not only its first screen; how much wider than the window it is, and what the page's scripts complained about, is
printed beside its name. For whoever changes the looks of the desk: look at all of them before and after.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.common import console, finish, table
from mentions.browsers import find_browser
from mentions.config import load_config
from mentions.store import Store, open_store
from mentions.workflow import Decision, Move

WIDTHS: Final = (360, 1280, 2560)
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
_HEIGHTS: Final = {360: 780, 1280: 900, 2560: 1440}
_FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")  # containers have no user namespaces
_PORT: Final = 8398  # of the newsroom
_COMMAND: Final = (sys.executable, "-m", "mentions.cli")


@dataclass(frozen=True, slots=True)
class Shot:
    """One page to draw: its name, its address, and what is clicked first."""

    name: str
    path: str
    clicked: str = ""


def shots(worked: dict[str, int]) -> list[Shot]:
    """Every page, with finds in each of their states."""
    return [
        Shot("overview", "/"),
        Shot("queue", "/opportunities"),
        Shot("queue-all", "/opportunities?state=any&sort=newest"),
        Shot("queue-empty", "/opportunities?text=nowhere+to+be+found"),
        *(Shot(f"find-{name}", f"/opportunities/{number}") for name, number in worked.items()),
        Shot("find-skip", f"/opportunities/{worked['drafted']}", "summary[data-key=s]"),
        Shot("find-more", f"/opportunities/{worked['drafted']}", "summary[data-key=o]"),
        Shot("find-keys", f"/opportunities/{worked['drafted']}?keys"),
        Shot("find-text", f"/opportunities/{worked['drafted']}/text"),
        Shot("find-copy", f"/opportunities/{worked['drafted']}/copy"),
        Shot("hand-off", "/hand-off"),
        Shot("decisions", "/decisions"),
        Shot("publishers", "/publishers"),
        Shot("publisher", "/publishers/courier.example"),
        Shot("contacts", "/contacts"),
        Shot("erase", "/contacts/1/erase"),
        Shot("targets", "/targets"),
        Shot("own-pages", "/pages"),
        Shot("own-page", "/pages", "main a[href^='/pages/one?url=http'] >> nth=0"),
        Shot("suppression", "/suppression"),
        Shot("runs", "/runs"),
        Shot("run", "/runs/1"),
        Shot("reports", "/reports"),
        Shot("history", "/audit"),
        Shot("users", "/users"),
        Shot("account", "/account"),
        Shot("help", "/help"),
        Shot("missing", "/nothing-here"),
    ]


def work(store: Store) -> dict[str, int]:
    """A morning's decisions; one find in each state, by its name."""
    now = datetime.now(UTC)
    drafts = [each.draft.opportunity_id for each in store.drafts()]
    approved, handed, sent, skipped, waiting, replied, blocked = drafts[3:10]
    for number in (approved, handed, sent, replied):
        store.decide(number, Decision(Move.APPROVE), by="noor", now=now)
    for number in (handed, sent, replied):
        store.decide(number, Decision(Move.HAND_OFF, via="zip"), by="noor", now=now)
    for number in (sent, replied):
        store.decide(number, Decision(Move.SENT, note="from my own mailbox"), by="mara", now=now)
    store.decide(replied, Decision(Move.REPLIED, note="She adds it on Monday."), by="mara", now=now)
    store.decide(skipped, Decision(Move.IGNORE, reason="only in passing"), by="mara", now=now)
    store.decide(waiting, Decision(Move.SNOOZE, until=now + timedelta(days=7)), by="mara", now=now)
    store.decide(blocked, Decision(Move.ASSIGN, to="mara"), by="noor", now=now)
    store.suppress("wirelane.example", reason="they asked us to stop", by="noor", now=now)
    store.save_view("Kelvarra, to ask now", "target=Kelvarra&level=ask_now", by="mara", shared=True, now=now)
    return {
        "drafted": drafts[0],
        "approved": approved,
        "sent": sent,
        "replied": replied,
        "skipped": skipped,
        "put-off": waiting,
    }


@contextmanager
def serving(config: Path) -> Iterator[str]:
    """The address of the desk, served by the command that people start."""
    command = [*_COMMAND, "review", "--config", str(config), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().rpartition(" ")[2].strip().rstrip("/")
        finally:
            process.terminate()


def draw(browser: Browser, base: str, shot: Shot, folder: Path, width: int, scheme: Literal["light", "dark"]) -> str:
    """Draws one page; what is wrong with it, in words, or nothing."""
    size = {"width": width, "height": _HEIGHTS.get(width, 900)}
    context = browser.new_context(base_url=base, viewport=size, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # a size is two numbers
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    answer = page.goto(shot.path)
    if answer and answer.status not in {200, 404}:
        wrong.append(f"HTTP {answer.status}")
    if answer and answer.status == 404:
        wrong.clear()  # the browser's own line about it
    _prepare(page, shot)
    page.wait_for_load_state("networkidle")  # a saved page comes into its frame last
    page.screenshot(path=folder / f"{shot.name}-{width}-{scheme}.png", full_page=True)
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if beyond > 0:
        wrong.append(f"{beyond} px too wide")
    context.close()
    return "; ".join(wrong)


def _prepare(page: Page, shot: Shot) -> None:
    if shot.clicked:
        page.locator(shot.clicked).click()
    if shot.path.endswith("?keys"):
        page.keyboard.press("?")


def run_demo(folder: Path) -> Path:
    """Runs the nightly job on the demo newsroom; its configuration's path."""
    with console.status("running the nightly job on the demo newsroom"):
        subprocess.run(
            [*_COMMAND, "demo", "--folder", str(folder), "--port", str(_PORT)], check=False, stdout=subprocess.DEVNULL
        )
    return folder / "mentions.toml"


def main() -> None:
    """Runs the demo, works, serves, draws, prints what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder of the pictures; made where it is missing")
    parser.add_argument("--demo", type=Path, help="folder of a demo that ran already (default: one is run)")
    parser.add_argument("--widths", default=",".join(map(str, WIDTHS)), help="of the window, in px")
    parser.add_argument("--page", action="append", default=[], help="only pages whose names begin like this")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    browser_path = find_browser(None)
    if browser_path is None:
        sys.exit("no Chromium on this machine")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "demo"
        if given.demo:
            shutil.copytree(given.demo, folder)  # what is decided here is not kept
        config_path = folder / "mentions.toml" if given.demo else run_demo(folder)
        config = load_config(config_path)
        store = open_store(config.store_url, key=config.store_key)
        worked = work(store)
        store.close()
        wanted = [shot for shot in shots(worked) if not given.page or shot.name.startswith(tuple(given.page))]
        widths = [int(width) for width in given.widths.split(",")]
        found = table("Pages of the desk", ("page", "width", "colours", "wrong"))
        bad = 0
        with serving(config_path) as base, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=list(_FLAGS))
            for shot in wanted:
                for width in widths:
                    for scheme in SCHEMES:
                        wrong = draw(browser, base, shot, given.out, width, scheme)
                        if wrong:
                            found.add_row(shot.name, str(width), scheme, wrong)
                            bad += 1
            browser.close()
    console.print(found, "")
    finish("desk_pages", {"pages": len(wanted), "pictures": len(wanted) * len(widths) * 2, "pictures_with_faults": bad})


if __name__ == "__main__":
    main()
