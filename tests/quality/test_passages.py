"""A floor under the senses: labelled passages of our own, none of which may be lost again."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from mentions.extraction.article import Article, Block, Metadata, Zone
from mentions.matching import compile_watchlist, match_article
from mentions.targets import Target

DATA: dict[str, Any] = tomllib.loads((Path(__file__).parent / "passages.toml").read_text(encoding="utf-8"))
WATCHLIST = compile_watchlist(Target.model_validate(target) for target in DATA["targets"])
# Passages that the senses get wrong today. A change may only shorten this list.
NOT_YET: frozenset[int] = frozenset()


def article_of(passage: dict[str, Any]) -> Article:
    blocks, place = [], 0
    for line in passage["text"]:
        blocks.append(Block(place, place + len(line), Zone.BODY, "p"))
        place += len(line) + 1
    metadata = Metadata(language=passage.get("language", "en"))
    return Article("https://courier.example/a", "\n".join(passage["text"]), tuple(blocks), (), metadata)


@pytest.mark.parametrize("nth", range(len(DATA["passages"])))
def test_passage(nth: int) -> None:
    passage = DATA["passages"][nth]
    matches = match_article(article_of(passage), WATCHLIST).of(passage["target"])
    read_rightly = bool(matches.mentions) is passage["us"]
    assert read_rightly is (nth not in NOT_YET), [
        (mention.matched, mention.sense) for mention in (*matches.mentions, *matches.rejected)
    ]


def test_every_judged_name_says_why() -> None:
    for passage in DATA["passages"]:
        matches = match_article(article_of(passage), WATCHLIST)
        assert all(mention.sense.reasons for mention in (*matches.mentions, *matches.rejected))
