"""Starting the browser: its flags, its only way out, and a folder of its own that is gone afterwards."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp
from typing import Any, Final

_FOLDER: Final = "mentions-browser-{pid}-"
_OURS: Final = re.compile(r"mentions-browser-(\d+)-")

# Why each, where the name does not say it; the list of all: https://peter.sh/experiments/chromium-command-line-switches/
_FLAGS: Final = (
    "--blink-settings=imagesEnabled=false",  # with the next: 100 ms of CPU a page instead of 264, and fewer requests
    "--disable-remote-fonts",
    "--autoplay-policy=user-gesture-required",
    "--mute-audio",
    "--block-new-web-contents",  # no popups: a page that opens others would have them fetched unseen
    "--deny-permission-prompts",
    "--disable-site-isolation-trials",  # frames in the page's own process, where its navigations are watched
    "--disable-quic",  # UDP does not go through a proxy
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",  # neither does WebRTC's
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--dns-prefetch-disable",
    "--gaia-url=http://127.0.0.1:1",  # full browsers ask their maker who is signed in; the proxy refuses this one
    "--component-updater=url-source=http://127.0.0.1:1",  # nor whether there is something newer
    "--variations-server-url=http://127.0.0.1:1",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # the proxy is reached, and resolves everything else
    "--js-flags=--max-old-space-size=512",  # MB; a page that wants more crashes, alone
)


def launch_options(browser: Path, proxy_port: int, *, root: bool) -> dict[str, Any]:
    """What Playwright starts the browser with. `root`: without its sandbox, which refuses to run as root."""
    return {
        "executable_path": str(browser),
        "headless": True,
        "chromium_sandbox": not root,
        "handle_sigint": False,  # the run's own handlers end the browser, after the pages under way
        "handle_sigterm": False,
        "handle_sighup": False,
        "args": [
            *_FLAGS,
            f"--proxy-server=http://127.0.0.1:{proxy_port}",
            "--proxy-bypass-list=<-loopback>",  # the default goes around the proxy for loopback
        ],
    }


def make_folder() -> Path:
    """A folder for all files of one browser, after the folders of runs that were killed have been removed."""
    for path in Path(gettempdir()).glob("mentions-browser-*"):
        found = _OURS.match(path.name)
        if found and not _is_running(int(found[1])):
            rmtree(path, ignore_errors=True)
    return Path(mkdtemp(prefix=_FOLDER.format(pid=os.getpid())))


def remove_folder(folder: Path) -> None:
    """Removes it with everything in it; what cannot be removed now is removed by the next run."""
    rmtree(folder, ignore_errors=True)


@contextmanager
def temporary_files_in(folder: Path) -> Iterator[None]:
    """Programs started within keep their temporary files there. Playwright has no option for it but the environment."""
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
