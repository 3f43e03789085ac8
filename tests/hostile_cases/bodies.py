"""Pages made for whoever unpacks or parses them (F-06, F-07)."""

import gzip
import zlib
from functools import cache

import brotli
from backports import zstd

from tests.crawling.newsweb import UNLINKED, story
from tests.hostile_cases.case import LIVE_UNLINKED, Case, Truth
from tests.hostile_cases.drips import drip, endless
from tests.hostile_web import Answer, Route

_PIECE = bytes(1 << 20)
_PIECES = 320  # MiB unpacked: more than the process may ever hold


@cache
def bombs() -> dict[str, tuple[bytes, str]]:
    """Path → (body, Content-Encoding)."""
    packer = zlib.compressobj(1, wbits=31)
    small = b"".join(packer.compress(_PIECE) for _ in range(_PIECES)) + packer.flush()
    brotlied = brotli.Compressor(quality=1)
    thin = b"".join([*(brotlied.process(_PIECE) for _ in range(_PIECES)), brotlied.finish()])
    zstds = zstd.ZstdCompressor(level=1)
    thinner = b"".join(zstds.compress(_PIECE) for _ in range(_PIECES)) + zstds.flush()
    return {
        "/gzip": (small, "gzip"),
        "/br": (thin, "br"),
        "/zstd": (thinner, "zstd"),
        "/twice": (gzip.compress(small), "gzip, gzip"),
    }


def hostile_bodies() -> Case:
    """F-06: bombs, and bodies without end."""
    host = "bombs.example"
    routes: dict[str, Route] = {
        f"{host}{path}": Answer(body, headers=(("Content-Encoding", how),)) for path, (body, how) in bombs().items()
    }
    routes[f"{host}/endless"] = lambda _: Answer(chunks=endless())
    routes[f"{host}/drip"] = lambda _: Answer(chunks=drip(b"<p>x"))
    routes[f"{host}/safe"] = story(UNLINKED)
    truth: dict[str, Truth] = dict.fromkeys((*bombs(), "/endless"), ("unparsable", None))
    truth |= {"/drip": ("error", None), "/safe": LIVE_UNLINKED}
    return Case("F-06", "bombs", routes, tuple(truth), truth)


@cache
def parser_bombs() -> dict[str, bytes]:
    """Path → a page that names us and ties up a parser."""
    named = b"<!doctype html><title>Cranes</title><p>Machines from Acme Robotics.</p>"
    return {
        "/attributes": named + b"<p " + b"".join(b"a%d=1 " % n for n in range(200_000)) + b">",
        "/nested": named + b"<div>" * 200_000,
        "/tables": named + b"<table>" * 50_000,
        "/anchors": named + b"<a " * 1_600_000,
        "/angles": named + b"<" * 4_900_000,
    }


def parser_traps() -> Case:
    """F-07: pages made for the parser."""
    host = "parsers.example"
    routes: dict[str, Route] = {f"{host}{path}": Answer(body) for path, body in parser_bombs().items()}
    routes[f"{host}/safe"] = story(UNLINKED)
    truth: dict[str, Truth] = dict.fromkeys(parser_bombs(), ("unparsable", "unknown"))  # they name us
    return Case("F-07", "parsers", routes, (*truth, "/safe"), {**truth, "/safe": LIVE_UNLINKED})
