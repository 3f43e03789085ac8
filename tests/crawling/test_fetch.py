"""One page now: `mentions check URL`."""

import asyncio
import sys
from asyncio.subprocess import PIPE

import pytest

from mentions.crawling.fetch import fetch
from mentions.exceptions import FetchError
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
from tests.crawling.harness import config_for
print(fetch_one(sys.argv[1], config_for(int(sys.argv[2]))).body.decode())
"""


async def test_the_command_lines_own_way_works_in_a_fresh_process() -> None:
    with Web({"/page": Answer(b"<p>Hello")}) as web:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _PROGRAM, web.url("/page"), str(web.port), stdout=PIPE, stderr=PIPE
        )
        shown, complaints = await process.communicate()
    assert (shown, complaints, process.returncode) == (b"<p>Hello\n", b"", 0)
