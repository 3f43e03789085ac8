"""What a person's answers teach stays with the target, is bounded, and survives a journey."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentions.extraction.article import Link, Zone
from mentions.matching import Watchlist, compile_watchlist
from mentions.matching.feedback import Answer, Case, answered, from_json, learn, to_json
from mentions.matching.lessons import ACCEPTED, LARGEST, LEANING, REJECTED, Lesson
from mentions.matching.mention import Decision, Mention
from tests.matching.conftest import judged, link_to, watch

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
HERON = watch("Heron", not_about="the bird")
NEST = "At the weir the colony near Heron counted twelve nests with young chicks in the reeds."
OTHER_NEST = "Along the weir, said the colony's warden at Heron, nests and chicks stood among the reeds."
PUMPS = "The council paid Heron for twelve pumps and a contract on sensors."


def answer(is_us: bool, sentence: str = NEST, links: tuple[Link, ...] = ()) -> Answer:
    found = HERON.candidates(sentence)
    case = Case(7, "Heron", "https://courier.example/a", sentence, sentence, "en", ((found[0], Zone.BODY),), links)
    return answered(case, HERON.profile("Heron"), is_us=is_us, said_by="ada", said_at=NOON, note="a bird")


def seen(answers: list[Answer], sentence: str = OTHER_NEST, links: tuple[Link, ...] = ()) -> Mention:
    matches = judged(Watchlist(HERON.targets, learn(answers)), sentence, links=links)
    return (*matches.mentions, *matches.rejected)[0]


def test_an_answer_holds_what_was_seen() -> None:
    given_answer = answer(is_us=False)
    assert (given_answer.target, given_answer.opportunity_id, given_answer.note) == ("Heron", 7, "a bird")
    assert "colony" in given_answer.words
    assert given_answer.signs["declared_ambiguous"] == 1.0


def test_rejecting_lowers_and_accepting_raises_the_score_of_similar_pages() -> None:
    before, rejected = seen([]), seen([answer(is_us=False)])
    assert rejected.sense.score < before.sense.score < seen([answer(is_us=True)]).sense.score
    assert any(REJECTED in reason for reason in rejected.sense.reasons)


def test_some_rejections_turn_similar_pages_away_and_say_why() -> None:
    sense = seen([answer(is_us=False)] * 3).sense
    assert sense.decision is Decision.NOT_US
    assert sense.reasons[0] == REJECTED


def test_acceptance_is_told_too() -> None:
    assert any(ACCEPTED in reason for reason in seen([answer(is_us=True)] * 2).sense.reasons)


def test_pages_that_are_not_similar_are_moved_less() -> None:
    lesson = learn([answer(is_us=False)])["Heron"]
    signs = {"telling_capital": 1.0}
    alike = frozenset(answer(is_us=False).words)
    assert lesson.push(signs, alike) < lesson.push(signs, frozenset({"counci", "pumps", "sensor"})) <= 0


def test_no_number_of_rejections_overrules_a_link_to_us() -> None:
    links = (link_to("https://acme.example/"),)
    before = seen([], NEST, links).sense
    after = seen([answer(is_us=False)] * 50, NEST, links).sense
    assert before.decision is after.decision is Decision.US
    assert after.score >= before.score


def test_a_name_nobody_else_bears_can_be_doubted_by_people_only() -> None:
    watchlist = watch("Quorbafix")
    text = "The band Quorbafix sang ballads on the village green until the thunder came."
    found = watchlist.candidates(text)
    case = Case(1, "Quorbafix", "https://a.example/", text, text, "en", ((found[0], Zone.BODY),), ())
    told = answered(case, watchlist.profile("Quorbafix"), is_us=False, said_by="ada", said_at=NOON)
    assert judged(watchlist, text).mentions[0].sense.decision is Decision.US
    taught = judged(Watchlist(watchlist.targets, learn([told] * 5)), text)
    assert (*taught.mentions, *taught.rejected)[0].sense.decision is not Decision.US


def test_answers_teach_only_about_their_target() -> None:
    assert set(learn([answer(is_us=True)])) == {"Heron"}
    others = compile_watchlist(HERON.targets, {"Somebody else": Lesson({LEANING: -6.0})})
    alone = judged(HERON, NEST)
    assert judged(others, NEST) == alone


def test_the_order_of_answers_does_not_matter() -> None:
    answers = [answer(is_us=True, sentence=PUMPS), answer(is_us=False), answer(is_us=True)]
    assert learn(answers)["Heron"].weights == learn(answers[::-1])["Heron"].weights


@given(
    given_answers=st.lists(st.tuples(st.booleans(), st.sampled_from([NEST, OTHER_NEST, PUMPS])), max_size=12),
    signs=st.dictionaries(st.sampled_from(["first", "titled", "about_on_page", "link_outside"]), st.floats(0, 1)),
    words=st.frozensets(st.sampled_from(["colony", "nest", "chick", "reed", "pump", "counci"])),
    strong=st.sampled_from([None, "link_in_article", "own_address", "legal_form", "ticker", "certain_name"]),
)
def test_influence_is_bounded_and_never_against_strong_evidence(
    given_answers: list[tuple[bool, str]], signs: dict[str, float], words: frozenset[str], strong: str | None
) -> None:
    lesson = learn([answer(is_us, sentence) for is_us, sentence in given_answers]).get("Heron", Lesson())
    push = lesson.push(signs | ({strong: 1.0} if strong else {}), words)
    assert -LARGEST <= push <= LARGEST
    assert push >= 0 or strong is None


def test_answers_survive_export_and_import() -> None:
    answers = [answer(is_us=True), answer(is_us=False)]
    again = from_json(to_json(answers))
    assert [(a.signs, a.words, a.is_us, a.said_at, a.note) for a in again] == [
        (a.signs, a.words, a.is_us, a.said_at, a.note) for a in answers
    ]
    assert {a.opportunity_id for a in again} == {None}, "ids of a store stay behind"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"target": 1}', "'said_at' is missing"),
        ("[]", "line 2"),
        ("no json", "line 2"),
        (to_json([answer(is_us=True)]).replace("+00:00", "").strip(), "no time zone"),
        (to_json([answer(is_us=True)]).replace('"is_us": true', '"is_us": "yes"').strip(), "neither true nor false"),
        (to_json([answer(is_us=True)]).replace('"declared_ambiguous": 1.0', '"x": 9').strip(), "between -1 and 1"),
    ],
)
def test_a_broken_line_is_named(line: str, why: str) -> None:
    with pytest.raises(ValueError, match="line 2") as error:
        from_json(to_json([answer(is_us=True)]) + line + "\n")
    assert why in str(error.value)
