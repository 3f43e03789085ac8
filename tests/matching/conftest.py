"""What the tests of matching share: targets of our own invention, and articles made of lines."""

from collections.abc import Callable

import pytest

from mentions.extraction.article import Article, Block, Link, Metadata, Zone
from mentions.links import LinkKind
from mentions.matching import Watchlist, compile_watchlist
from mentions.matching.judging import match_article
from mentions.matching.mention import Matches
from mentions.targets import Target

Find = Callable[..., list[tuple[str, str]]]


def article_of(*lines: str, language: str = "en", links: tuple[Link, ...] = (), zone: Zone = Zone.BODY) -> Article:
    """An article of which each line is a block."""
    blocks, place = [], 0
    for line in lines:
        blocks.append(Block(place, place + len(line), zone, "p"))
        place += len(line) + 1
    return Article("https://courier.example/a", "\n".join(lines), tuple(blocks), links, Metadata(language=language))


def link_to(url: str, anchor: str = "more") -> Link:
    """A link of the article that shows its text elsewhere."""
    return Link(url, url, url, LinkKind.WEB, anchor, (), Zone.BODY, 0, 0)


def watch(*aliases: str, about: str | None = None, not_about: str | None = None) -> Watchlist:
    """One target with these names."""
    target = Target(name=aliases[0], aliases=aliases[1:], domains=("acme.example",), about=about, not_about=not_about)
    return compile_watchlist([target])


def judged(watchlist: Watchlist, *lines: str, language: str = "en", links: tuple[Link, ...] = ()) -> Matches:
    """The matches in an article of these lines."""
    return match_article(article_of(*lines, language=language, links=links), watchlist)


@pytest.fixture
def find() -> Find:
    """Finds names in a text: what stands there, and how it was recognised."""

    def spellings(text: str, *aliases: str) -> list[tuple[str, str]]:
        return [(text[c.start : c.end], c.method.value) for c in watch(*aliases).candidates(text)]

    return spellings
