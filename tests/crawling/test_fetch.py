"""One page now: `mentions check URL`."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from mentions.crawling.fetch import fetch
from mentions.exceptions import FetchError
from tests.conftest import REPOSITORY
from tests.crawling.harness import config_for
from tests.hostile_web import Answer, Web, redirect, text

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("reactor")]


async def test_the_page_comes_with_its_last_address_and_headers() -> None:
    shown = Answer(b"<p>Hello", headers=(("X-Robots-Tag", "nofollow"), ("X-Robots-Tag", "noarchive")))
    with Web({"/old": redirect("/new"), "/new": shown}) as web:
        page = await fetch(web.url("/old"), config_for(web.port))
    assert (page.url, page.body, page.status) == (web.url("/new"), b"<p>Hello", 200)
    assert page.headers["x-robots-tag"] == "nofollow, noarchive"
    assert page.fetched_at is not None
    assert page.fetched_at.utcoffset() is not None


async def test_robots_txt_is_obeyed() -> None:
    with Web({"/robots.txt": text("User-agent: MentionsBot\nDisallow: /private\n"), "/private": Answer()}) as web:
        with pytest.raises(FetchError, match=r"robots\.txt asks us not to fetch"):
            await fetch(web.url("/private"), config_for(web.port))
        assert web.paths() == []


async def test_a_missing_page_says_so() -> None:
    with Web() as web, pytest.raises(FetchError, match=r"not found \(HTTP 404\)") as raised:
        await fetch(web.url("/nothing"), config_for(web.port))
    assert raised.value.http_status == 404


@pytest.mark.parametrize("url", ["acme.example/page", "http://[::1/", "http://h:99999/"])
async def test_what_is_no_address_says_so(url: str) -> None:
    with pytest.raises(FetchError, match=r"not a web address|not a valid"):
        await fetch(url, config_for(80))


async def test_other_schemes_are_refused() -> None:
    with pytest.raises(FetchError, match="only http and https"):
        await fetch("file:///etc/passwd", config_for(80))


_PROGRAM = """
import sys
from mentions.crawling.fetch import fetch_one
from mentions.exceptions import FetchError
from tests.crawling.harness import config_for
url, port, private = sys.argv[1:]
config = config_for(int(port)) if private else config_for(int(port), resolve={}, allow_private=())
try:
    print(fetch_one(url, config).body.decode())
except FetchError as error:
    print(error)
"""


async def _in_a_fresh_process(home: Path, url: str, port: int, *, private: bool) -> tuple[bytes, bytes, int | None]:
    arguments = (url, str(port), "private" if private else "")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _PROGRAM, *arguments, stdout=PIPE, stderr=PIPE, env={"HOME": str(home)}, cwd=REPOSITORY
    )
    shown, complaints = await process.communicate()
    return shown, complaints, process.returncode


def _left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_the_command_lines_own_way_leaves_nothing_behind(tmp_path: Path) -> None:
    """F-14: no file in ~/.local/state/scrapy, nor anywhere else at home."""
    with Web({"/page": Answer(b"<p>Hello")}) as web:
        done = await _in_a_fresh_process(tmp_path, web.url("/page"), web.port, private=True)
    assert done == (b"<p>Hello\n", b"", 0)
    assert _left_in(tmp_path) == []


async def test_a_name_that_the_machine_knows_as_itself_is_refused(tmp_path: Path) -> None:
    """F-03 with the system's own resolver."""
    with Web({"/page": Answer()}) as web:
        url = web.url("/page", "localhost")
        shown, complaints, _ = await _in_a_fresh_process(tmp_path, url, web.port, private=False)
        assert web.asked == []
    assert b"localhost stands for 127.0.0.1, which is not a public address" in shown
    assert complaints == b""
