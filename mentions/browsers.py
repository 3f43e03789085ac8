"""Which browser draws the pages that scripts draw: found on this machine, never downloaded."""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import which
from typing import Final

# Headless shells first: they start faster, and draw no window. Debian's names, then Google's.
NAMES: Final = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
)
ADVICE: Final = (
    "install one: `apt install chromium-headless-shell` (Debian, Ubuntu) or `playwright install chromium`; "
    "or name yours in rendering.browser"
)
# Where `playwright install` puts its browsers: https://playwright.dev/python/docs/browsers#managing-browser-binaries
_OWN_FOLDER: Final = "PLAYWRIGHT_BROWSERS_PATH"
_OWN_BINARIES: Final = (
    "chromium_headless_shell-*/chrome*/*headless*shell",
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)


def find_browser(configured: Path | None, environment: Mapping[str, str] = os.environ) -> Path | None:
    """The browser to use: the configured one, else Playwright's own, else the system's; None where there is none.

    A configured one that cannot be run is not replaced by another: None.
    """
    if configured is not None:
        return configured if _runs(configured) else None
    own = next(_playwrights_own(environment), None)
    if own:
        return own
    found = next(filter(None, (which(name, path=environment.get("PATH")) for name in NAMES)), None)
    return Path(found) if found else None


def _playwrights_own(environment: Mapping[str, str]) -> Iterator[Path]:
    """Headless shells first, of each kind the newest."""
    named = environment.get(_OWN_FOLDER)
    caches = Path("Library/Caches") if sys.platform == "darwin" else Path(".cache")
    folder = Path(named) if named else Path(environment.get("HOME", "/nonexistent")) / caches / "ms-playwright"
    for pattern in _OWN_BINARIES:
        for path in sorted(folder.glob(pattern), key=_revision, reverse=True):
            if _runs(path):
                yield path


def _revision(path: Path) -> int:
    numbers = re.findall(r"-(\d+)/", path.as_posix())
    return int(numbers[0]) if numbers else 0


def _runs(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)
