"""F-06: bombs, endless and dripping bodies end with a reason; F-13: cookies are not kept."""

import asyncio
import gzip
import json
import sys
import time
import zlib
from asyncio.subprocess import PIPE
from collections.abc import Iterator

import brotli
import pytest
from backports import zstd

from mentions.pages import PageState
from tests.crawling.harness import config_for, crawl
from tests.hostile_web import Answer, Web

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("reactor")]

PIECE = bytes(1 << 20)
PIECES = 320  # 320 MiB unpacked: more than the process may ever hold


def gzip_bomb() -> bytes:
    packer = zlib.compressobj(1, wbits=31)
    return b"".join(packer.compress(PIECE) for _ in range(PIECES)) + packer.flush()


def brotli_bomb() -> bytes:
    packer = brotli.Compressor(quality=1)
    return b"".join([*(packer.process(PIECE) for _ in range(PIECES)), packer.finish()])


def zstd_bomb() -> bytes:
    packer = zstd.ZstdCompressor(level=1)
    return b"".join(packer.compress(PIECE) for _ in range(PIECES)) + packer.flush()


def packed(body: bytes, encoding: str) -> Answer:
    return Answer(body, headers=(("Content-Encoding", encoding),))


_PROGRAM = """
import asyncio, json, pathlib, re, resource, sys
from twisted.internet import asyncioreactor
def peak_mb():
    # On Linux ru_maxrss starts at what the parent held when it forked; the process's own peak stands in /proc.
    status = pathlib.Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text())[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
async def main():
    asyncioreactor.install(asyncio.get_running_loop())
    from tests.crawling.harness import config_for, crawl
    result = await crawl(sys.argv[2:], config_for(int(sys.argv[1])))
    troubles = {url: [t.counter, t.state.value] for url, [t] in result.troubles.items()}
    print(json.dumps({"troubles": troubles, "pages": list(result.pages),
                      "peak_mb": peak_mb()}))
asyncio.run(main())
"""


async def test_bombs_are_skipped_in_little_memory_and_the_next_page_is_read() -> None:
    bomb = gzip_bomb()
    routes = {
        "/gzip": packed(bomb, "gzip"),
        "/deflate": packed(zlib.compress(PIECE * 16, 1), "deflate"),
        "/br": packed(brotli_bomb(), "br"),
        "/zstd": packed(zstd_bomb(), "zstd"),
        "/twice": packed(gzip.compress(bomb), "gzip, gzip"),
        "/next": packed(gzip.compress(b"<p>fine"), "gzip"),
    }
    with Web(dict(routes)) as web:
        urls = list(map(web.url, routes))
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _PROGRAM, str(web.port), *urls, stdout=PIPE
        )
        shown, _ = await process.communicate()
    result = json.loads(shown)
    assert result["pages"] == [web.url("/next")]
    assert result["troubles"] == {url: ["skipped/too_large", "unparsable"] for url in urls[:-1]}
    assert result["peak_mb"] < 300


async def test_bodies_that_are_not_what_they_say_are_undecodable() -> None:
    kinds = ["gzip", "deflate", "br", "zstd"]
    with Web({f"/{kind}": packed(b"<p>just text", kind) for kind in kinds}) as web:
        urls = [web.url(f"/{kind}") for kind in kinds]
        result = await crawl(urls, config_for(web.port))
    assert {result.trouble(url).counter for url in urls} == {"skipped/undecodable"}


async def test_too_large_by_word_and_by_deed() -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(100_000):
            yield b"<p>Acme</p>" * 6_000

    with Web({"/said": Answer(bytes(200_000)), "/done": lambda _: Answer(chunks=endless())}) as web:
        urls = [web.url("/said"), web.url("/done")]
        result = await crawl(urls, config_for(web.port, max_body_bytes=100_000))
    for url in urls:
        trouble = result.trouble(url)
        assert (trouble.state, trouble.counter) == (PageState.UNPARSABLE, "skipped/too_large")


async def test_endless_headers_are_broken_off_and_many_are_not() -> None:
    sent = [0]

    def endless() -> Iterator[tuple[str, str]]:
        for number in range(200_000):
            sent[0] = number
            yield f"X-{number}", "x" * 1_000

    many = [(f"X-{number}", "x" * 1_000) for number in range(100)]
    with Web({"/a": lambda _: Answer(more_headers=endless()), "/b": Answer(more_headers=many)}) as web:
        result = await crawl([web.url("/a"), web.url("/b")], config_for(web.port), RETRY_TIMES=0)
    assert result.trouble(web.url("/a")).counter == "skipped/connection"
    assert len(result.pages[web.url("/b")][0].headers) >= 100
    assert sent[0] < 100_000  # the rest was never wanted


async def test_a_dripping_body_ends_with_the_timeout_and_is_not_asked_for_again() -> None:
    def drip() -> Iterator[bytes]:
        for _ in range(6_000):  # until the other side has had enough
            time.sleep(0.05)  # in the server's own thread
            yield b"<p>x"

    with Web({"/drip": lambda _: Answer(chunks=drip())}) as web:
        url = web.url("/drip")
        result = await crawl([url], config_for(web.port, timeout_s=3.0))
        assert web.paths() == ["/drip"]
    assert result.trouble(url).counter == "skipped/timeout"


async def test_a_body_cut_short_is_asked_for_once_more_and_never_judged() -> None:
    cut = Answer(b"", headers=(("Content-Length", "500"),), chunks=[b"<p>half a pa"])
    with Web({"/cut": cut}) as web:
        result = await crawl([web.url("/cut")], config_for(web.port))
        assert web.paths() == ["/cut", "/cut"]
    assert result.trouble(web.url("/cut")).counter == "skipped/connection"


async def test_no_cookie_is_sent_on() -> None:
    cookies = tuple(("Set-Cookie", f"c{n}=1; Domain=example; Path=/") for n in range(100))
    routes = {"/a": Answer(b"", 302, (("Location", "/b"), *cookies)), "/b": Answer(headers=cookies), "/c": Answer()}
    with Web(dict(routes)) as web:
        await crawl([web.url("/a"), web.url("/c")], config_for(web.port))
        assert sorted(web.paths()) == ["/a", "/b", "/c"]
        assert not [a for a in web.asked if "cookie" in a.headers]


@pytest.mark.parametrize("charset", ["idna", "hex_codec", "rot13", "utf-7", "no-such-charset", "\x00"])
async def test_a_page_with_a_trap_for_a_charset_arrives_untouched(charset: str) -> None:
    """F-09: nothing on the way decodes what a page calls its charset."""
    body = f'<!doctype html><meta charset="{charset}"><title>é</title><p>Acme'.encode()
    with Web(
        {"/a": Answer(body), "/b": Answer(body, content_type=f"text/html; charset={charset.strip(chr(0))}")}
    ) as web:
        urls = [web.url("/a"), web.url("/b")]
        result = await crawl(urls, config_for(web.port))
    assert [result.pages[url][0].body for url in urls] == [body, body]
