"""A page that spells an abbreviation out in its own way means that, wherever it uses it."""

import pytest

from mentions.matching import Watchlist
from mentions.matching.mention import Decision
from tests.matching.conftest import judged, watch

AP = watch("Associated Press", "AP", about="news agency")
QBX = watch("QBX", about="chip maker")


def _decisions(watchlist: Watchlist, *lines: str) -> set[Decision]:
    matches = judged(watchlist, *lines)
    return {mention.sense.decision for mention in (*matches.mentions, *matches.rejected)}


@pytest.mark.parametrize(
    "line",
    [
        "They may take Advanced Placement (AP) courses in their last year.",
        "The building has forty Access Points (APs) on each floor.",
    ],
)
def test_what_is_spelt_out_otherwise_is_not_us_on_the_whole_page(line: str) -> None:
    assert _decisions(AP, line, "The news agency was told that AP is not for everybody, said AP.") == {Decision.NOT_US}


def test_the_reason_says_so() -> None:
    rejected = judged(AP, "They may take Advanced Placement (AP) courses.").rejected
    assert rejected[0].sense.reasons == ('the page says that "AP" stands for something else',)


def test_our_own_long_name_before_the_bracket_speaks_for_us() -> None:
    assert Decision.NOT_US not in _decisions(
        AP, "The Associated Press (AP) said on Monday that it would.", "AP said so."
    )


def test_a_person_before_the_bracket_is_no_definition() -> None:
    # Who took a picture, and for whom.
    assert "stands for" not in str(judged(AP, "It rained all day, says Anna Pohl (AP) of the harbour.").rejected)


def test_a_firm_that_did_not_say_what_its_letters_stand_for_may_be_spelt_out() -> None:
    assert "stands for" not in str(judged(QBX, "Quorba Basalt Exchange (QBX) makes chips.").rejected)


def test_small_words_are_no_firm() -> None:
    rejected = judged(QBX, "It is called quick basal xerosis (QBX) by those who have it.").rejected
    assert rejected[0].sense.reasons == ('the page says that "QBX" stands for something else',)
