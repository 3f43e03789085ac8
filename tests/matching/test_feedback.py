"""What a person's answers teach stays with the target, is bounded, and survives a journey."""

import pytest

from mentions.matching import match_article
from mentions.matching.feedback import LEANING, Example, from_json, learn, to_json
from mentions.matching.signs import signs_of
from mentions.matching.surroundings import PageView
from tests.matching.conftest import article_of, watch

HERON = watch("Heron", not_about="the bird")
ARTICLE = article_of("Among the guests on the list was Heron.")


def example(is_us: bool) -> Example:
    candidates = HERON.candidates(ARTICLE.text)
    return Example("Heron", signs_of(PageView(ARTICLE), candidates, HERON.profile("Heron"), "en")[0], is_us)


def score(adjustments: dict[str, dict[str, float]]) -> float:
    matches = match_article(ARTICLE, HERON, adjustments)
    return (*matches.mentions, *matches.rejected)[0].sense.score


def test_rejecting_lowers_and_accepting_raises_the_score() -> None:
    before = score({})
    assert score(learn([example(False)] * 5)) < before < score(learn([example(True)] * 5))


def test_more_answers_weigh_more_but_never_without_end() -> None:
    one, many = (learn([example(False)] * count)["Heron"] for count in (1, 200))
    assert -6.0 <= many[LEANING] < one[LEANING] < 0


def test_answers_teach_only_about_their_target() -> None:
    assert set(learn([example(True)])) == {"Heron"}
    assert score({"Somebody else": {LEANING: -6.0}}) == score({})


def test_the_order_of_answers_does_not_matter() -> None:
    answers = [example(True), example(False), example(True)]
    assert learn(answers) == learn(answers[::-1])


def test_examples_survive_export_and_import() -> None:
    answers = [example(True), example(False)]
    assert from_json(to_json(answers)) == answers


def test_a_broken_line_is_named() -> None:
    with pytest.raises(ValueError, match="line 2"):
        from_json(to_json([example(True)]) + '{"target": 1}\n')
