"""Words of a name must stand together: a page that says "group" everywhere holds no "GEA Group"."""

import pytest

from mentions.matching import Watchlist, compile_watchlist
from mentions.targets import Target

NAMES = ("QEA Group", "Delivery Zero", "K+Q", "Brimwickfinder", "NOCE", "Pell and Moor Index", "HelloBrim", "WolledIn")
FILLER = "<p>Nobody counted anything at all on that quiet day, and nobody minded.</p>"


@pytest.fixture(scope="module")
def watchlist() -> Watchlist:
    return compile_watchlist([Target(name=name, domains=("us.example",)) for name in NAMES])


def answers(watchlist: Watchlist, words: str) -> set[bool]:
    body = f"<!doctype html><meta charset=utf-8><body>{FILLER}<p>Today {words} did.</p>{FILLER}".encode()
    sieve = watchlist.prefilter
    return {sieve.by_words(body), sieve.by_patterns(body) and sieve.by_words(body)}


@pytest.mark.parametrize(
    "words",
    [
        "QEA Group", "Q.E.A. Group", "Group of QEA", "QEA&nbsp;Group", "<b>QEA</b> Group", "QEA-Group",
        "WolledIn", "Wolledin", "Wolled In",
        "QEA <svg><title>so many words</title></svg>Group", "Delivery Zero", "DELIVERY ZERO", "Delivery Zreo",
        "Delivery-Zero", "Delivery <i>Z</i>ero", "K+Q", "K + Q", "Brimwick Finder", "Brimwickfinder", "NOCE",
        "N.O.C.E.",
        "HelloBrim", "Hello Brim", "Hello-Brim", "Pell & Moor Index", "Pell &amp; Moor Index", "Pell and Moor Index",
    ],
)  # fmt: skip
def test_words_that_stand_together_pass(watchlist: Watchlist, words: str) -> None:
    assert answers(watchlist, words) == {True}


@pytest.mark.parametrize(
    "words",
    [
        "the group", "a group of people", "fast delivery", "Hello", "K's", "a fresh hello",
        "delivery with no costs for anybody in all that long time and zero trouble",
        "Brimwick", "the finder", "noce", "Pell wrote an Index", "k or q",
    ],
)  # fmt: skip
def test_words_alone_or_far_apart_do_not(watchlist: Watchlist, words: str) -> None:
    assert answers(watchlist, words) == {False}
