"""Words of the configuration are read as meant, a source in brackets is one, and reasons agree with each other."""

import pytest

from mentions.extraction.article import Article, Block, Link, Metadata, Zone
from mentions.links import LinkKind
from mentions.matching import match_article
from mentions.matching.mention import Decision, Mention
from mentions.matching.profiles import profile
from mentions.matching.reasons import explain
from mentions.matching.signs import Signs
from mentions.targets import Target
from tests.matching.conftest import judged, watch

HERON = watch("Heron", about="water pumps, news site", not_about="the bird, the town")


def test_a_longer_name_that_is_not_ours_does_not_forbid_what_about_speaks_of() -> None:
    university, museum = (
        Target(name="Kelvar", domains=("kelvar.example",), about=about, not_about="Kelvar University Press")
        for about in ("university", "museum")
    )
    assert profile(university).rivals == frozenset()
    assert profile(museum).rivals == {"kelvar university"}


def test_a_declared_possessive_is_never_us() -> None:
    watchlist = watch("Pandrix", "Heron", about="jewels", not_about="Heron's box")
    rejected = judged(watchlist, "It opened Heron's box to quick erosion.").rejected
    assert "the configuration says is not ours" in rejected[0].sense.reasons[0]


def _with_source_in_brackets(url: str) -> tuple[Mention, ...]:
    """What is made of "(The Heron)" behind a link to this address, at the end of a line."""
    line = "Firms give millions away (Heron)"
    link = Link(url, url, url, LinkKind.WEB, "Firms give millions away", (), Zone.BODY, 0, 24)
    block = Block(0, len(line), Zone.BODY, "li")
    article = Article("https://courier.example/a", line, (block,), (link,), Metadata(language="en"))
    matches = match_article(article, HERON)
    return (*matches.mentions, *matches.rejected)


def test_a_name_in_brackets_behind_a_link_to_us_is_no_credit() -> None:
    ours, theirs = (_with_source_in_brackets(f"https://{host}/x") for host in ("acme.example", "bote.example"))
    assert "credit" not in ours[0].sense.reasons[0]
    assert "credit or a dateline" in theirs[0].sense.reasons[0]


@pytest.mark.parametrize(
    ("shown", "told", "untold"),
    [
        ({"about_on_page": 0.5, "topic_absent": 1.0}, "the article speaks of what we do", "nothing in the article"),
        ({"free_on_page": 1.0, "joined_right": 1.0}, "elsewhere in the article it stands alone", "for us: it stands"),
        ({"free_on_page": 1.0, "free": 1.0}, "it stands alone, not as a piece", "elsewhere"),
    ],
)
def test_no_reason_gives_another_the_lie(shown: Signs, told: str, untold: str) -> None:
    weights = {
        "about_on_page": 1.0,
        "free_on_page": 1.0,
        "topic_absent": -1.0,
        "unsupported": -1.0,
        "joined_right": -0.5,
    }
    reasons = " | ".join(explain(shown, weights, Decision.UNSURE, HERON.profile("Heron"), "Heron"))
    assert told in reasons
    assert untold not in reasons
