"""What a sequence of looks proves, and what not: one look shows a link, two a day apart its loss (G-12)."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentions.pages import PageState
from mentions.rechecking.days import is_gone
from mentions.rechecking.looks import Look
from mentions.rechecking.truth import Watched, after
from mentions.rechecking.words import Happening, Sight, Truth
from mentions.workflow import Decision, Move, OpportunityState, Refusal, Standing
from mentions.workflow import after as decided
from tests.rechecking.building import (
    DAY,
    absent,
    at,
    failed,
    followed,
    hidden,
    kinds,
    link,
    saw,
    standing,
    unchanged,
)

State = OpportunityState
UNLINKED, LINKED, NOT_NAMED = Truth.UNLINKED, Truth.LINKED, Truth.NOT_NAMED


def test_a_link_after_our_email_is_reclaimed_by_one_look() -> None:
    results = followed(saw(UNLINKED, 0), saw(LINKED, 4, link("https://acme.example/report", "ugc")))
    assert kinds(results) == [[], ["reclaimed"]]
    assert results[-1].move is Move.RECLAIM
    detail = results[-1].happened[0].detail
    assert (detail["days"], detail["rel"], detail["zone"], detail["target_status"]) == (3, "ugc", "body", 200)
    assert detail["asked_at"] == at(0.5).isoformat()


@pytest.mark.parametrize("truth", [Truth.QUALIFIED, Truth.NOINDEX])
def test_a_marked_link_is_reclaimed_and_kept_apart(truth: Truth) -> None:
    (_, result) = followed(saw(UNLINKED, 0), saw(truth, 4))
    assert result.move is Move.RECLAIM
    assert (result.happened[0].kind, result.happened[0].detail["truth"]) == (Happening.RECLAIMED, truth.value)


@pytest.mark.parametrize("truth", [Truth.WRONG_PAGE, Truth.DEAD_TARGET, Truth.OPAQUE])
def test_a_link_to_another_page_of_ours_is_not_reclaimed(truth: Truth) -> None:
    results = followed(saw(UNLINKED, 0), saw(truth, 4), saw(LINKED, 9))
    assert kinds(results) == [[], ["linked elsewhere"], ["link changed", "reclaimed"]]
    assert [result.move for result in results] == [None, None, Move.RECLAIM]


@pytest.mark.parametrize("state", [State.NEW, State.DRAFTED])
def test_a_link_that_comes_before_anybody_wrote_is_no_merit_of_ours(state: State) -> None:
    results = followed(saw(UNLINKED, 0), saw(LINKED, 2), unchanged(LINKED, 3), by=standing(state, sent=False))
    assert kinds(results) == [[], ["linked without contact"], []]
    assert [result.move for result in results] == [None, None, None], "a person's state stays"


def test_an_approved_draft_is_closed_by_a_link_that_comes_by_itself() -> None:
    """G-11: nothing is left to hand off."""
    results = followed(saw(UNLINKED, 0), saw(LINKED, 2), by=standing(State.APPROVED, sent=False))
    assert kinds(results)[-1] == ["linked without contact"]
    assert results[-1].move is Move.RECLAIM


def test_an_approved_draft_stays_with_the_person_where_the_link_is_marked() -> None:
    results = followed(saw(UNLINKED, 0), saw(Truth.QUALIFIED, 2), by=standing(State.APPROVED, sent=False))
    assert (kinds(results)[-1], results[-1].move) == (["linked without contact"], None)


def test_a_link_that_stood_before_the_email_was_sent_is_not_reclaimed_by_it() -> None:
    watched = followed(saw(UNLINKED, 0), saw(LINKED, 0.2), by=standing(State.DRAFTED, sent=False))[-1].watched
    result = after(watched, unchanged(LINKED, 3), standing())
    assert ([h.kind for h in result.happened], result.move) == ([Happening.LINKED_WITHOUT_CONTACT], Move.RECLAIM)


def test_what_stood_when_the_opportunity_was_found_is_not_reclaimed_by_standing_still() -> None:
    results = followed(saw(Truth.QUALIFIED, 0), saw(Truth.QUALIFIED, 4), saw(LINKED, 9))
    assert kinds(results) == [[], [], ["link changed", "reclaimed"]]


def test_one_look_without_the_link_changes_nothing() -> None:
    results = followed(saw(UNLINKED, 0), saw(LINKED, 2), saw(UNLINKED, 3), saw(LINKED, 4))
    assert kinds(results) == [[], ["reclaimed"], [], []]
    assert [result.watched.truth for result in results[1:]] == [LINKED, LINKED, LINKED]


def test_two_looks_a_day_apart_prove_that_the_link_went_away() -> None:
    results = followed(
        saw(UNLINKED, 0), saw(LINKED, 2), saw(UNLINKED, 30), saw(UNLINKED, 30.2), unchanged(UNLINKED, 31)
    )
    assert kinds(results) == [[], ["reclaimed"], [], [], ["link lost"]]
    watched = results[-1].watched
    detail = results[-1].happened[0].detail
    assert (detail["why"], detail["was"], detail["was_rel"]) == ("link removed", "linked", "")
    assert (detail["stood_since"], detail["lost_since"]) == (at(2).isoformat(), at(30).isoformat())
    assert (watched.truth, watched.lost_at) == (UNLINKED, at(31))
    assert results[-1].move is Move.LOSE


@pytest.mark.parametrize(("rewritten", "why"), [(False, "mention removed"), (True, "article rewritten")])
def test_a_link_that_went_with_the_name_is_lost_and_nobody_is_asked(why: str, *, rewritten: bool) -> None:
    looks = [saw(UNLINKED, 0), saw(LINKED, 2), *(saw(NOT_NAMED, day, rewritten=rewritten) for day in (30, 31))]
    results = followed(*looks, by=standing(State.RECLAIMED, 2))
    assert (kinds(results)[-1], results[-1].happened[0].detail["why"]) == (["link lost"], why)
    assert results[-1].move is None, "there is no name left that could be linked"


def test_a_name_that_went_away_is_told_after_two_looks() -> None:
    results = followed(saw(UNLINKED, 0), saw(NOT_NAMED, 1), saw(NOT_NAMED, 2), saw(UNLINKED, 3))
    assert kinds(results) == [[], [], ["mention removed"], []]
    assert [result.watched.truth for result in results] == [UNLINKED, UNLINKED, NOT_NAMED, UNLINKED]


def test_a_lost_link_that_comes_back_is_told_and_reclaimed_again() -> None:
    reclaimed = standing(State.RECLAIMED, 2)
    lost = followed(saw(UNLINKED, 0), saw(LINKED, 2), saw(UNLINKED, 30), saw(UNLINKED, 31), by=reclaimed)[-1].watched
    result = after(lost, saw(LINKED, 40), standing(State.NEW, 31))
    assert [happened.kind for happened in result.happened] == [Happening.LINK_BACK, Happening.RECLAIMED]
    assert (result.move, result.watched.lost_at) == (Move.RECLAIM, None)


def test_a_link_that_becomes_nofollow_or_loses_its_page_is_told_at_once() -> None:
    marked = link("https://acme.example/report", "nofollow")
    results = followed(
        saw(UNLINKED, 0), saw(LINKED, 2), saw(Truth.QUALIFIED, 9, marked), saw(Truth.DEAD_TARGET, 12, marked)
    )
    assert kinds(results)[2:] == [["link changed"], ["link changed"]]
    assert results[2].happened[0].detail["was"] == "linked"


def test_gone_is_a_page_after_three_looks_on_three_days() -> None:
    """G-12: two on one day are one, and looks that told nothing in between neither count nor break the row."""
    results = followed(saw(UNLINKED, 0), absent(1), absent(1.1), failed(2), absent(2.1), hidden(3), absent(3.2))
    assert [result.watched.absent for result in results] == [0, 1, 1, 1, 2, 2, 3]
    assert kinds(results)[-1] == ["page gone"]
    assert results[-1].watched.truth is UNLINKED, "the last truth stays, with its age"


def test_a_page_that_is_there_again_is_not_gone() -> None:
    results = followed(saw(UNLINKED, 0), absent(1), absent(2), saw(UNLINKED, 3), absent(4), absent(5), absent(6))
    assert kinds(results)[3:] == [[], [], [], ["page gone"]]
    back = after(results[-1].watched, saw(UNLINKED, 40), standing())
    assert [happened.kind for happened in back.happened] == [Happening.PAGE_BACK]
    assert back.happened[0].detail["gone_at"] == at(6).isoformat()


@pytest.mark.parametrize(
    "look", [failed(9), hidden(9), hidden(9, PageState.PAYWALLED), hidden(9, PageState.ROBOTS_DENIED)]
)
def test_what_cannot_be_seen_keeps_its_truth(look: Look) -> None:
    """G-12: blocked, paywalled, robots-denied, 5xx: the last truth with its age."""
    results = followed(saw(UNLINKED, 0), saw(LINKED, 2), look, replace(look, at=at(10)), saw(LINKED, 11))
    assert [result.watched.truth for result in results[1:]] == [LINKED] * 4
    assert results[3].watched.last_good_at == at(2)
    expected = ["unverifiable"] if look.sight is Sight.HIDDEN else []
    assert kinds(results)[2:] == [expected, [], []], "said once until it is seen again"


def test_looks_between_two_good_ones_do_not_shorten_the_day_between_them() -> None:
    results = followed(saw(UNLINKED, 0), saw(LINKED, 2), saw(UNLINKED, 9), hidden(10), failed(11), saw(UNLINKED, 9.5))
    assert results[-1].watched.truth is UNLINKED, "dated before the last look, it counts as made with that one"
    assert results[-2].watched.truth is LINKED


def test_a_clock_that_was_put_back_makes_no_second_day() -> None:
    """G-13."""
    results = followed(saw(UNLINKED, 0), saw(LINKED, 2), saw(UNLINKED, 9), saw(UNLINKED, 8.9), absent(8), absent(7))
    watched = results[-1].watched
    assert (watched.truth, watched.pending_since, watched.absent) == (LINKED, at(9), 1)
    moments = [result.watched.last_look_at for result in results]
    assert all(a <= b for a, b in pairwise(moments) if a and b)


# --- properties -------------------------------------------------------------------------------------------------------

LOOKS = st.one_of(
    st.tuples(st.sampled_from(Truth), st.booleans()).map(
        lambda given: saw(given[0], 0) if given[1] else unchanged(given[0], 0)
    ),
    st.just(absent(0)),
    st.sampled_from([hidden(0), hidden(0, PageState.PAYWALLED)]),
    st.just(failed(0)),
)
STEPS = st.lists(st.tuples(LOOKS, st.floats(-0.2, 3.0)), max_size=30)
FINAL = (State.IGNORED, State.DECLINED, State.SUPPRESSED)
HUMAN = (
    "rev",
    "approved_by",
    "approved_at",
    "handed_off_at",
    "sent_at",
    "snoozed_until",
    "reason",
    "note",
    "assigned_to",
)


def person_s(state: State) -> Standing:
    """An opportunity with something in every column that a person may have set."""
    return Standing(
        state,
        at(0.5),
        state_by="kim",
        rev=7,
        assigned_to="kim",
        has_draft=True,
        approved_by="kim",
        approved_at=at(0.1),
        handed_off_at=at(0.2),
        sent_at=at(0.5),
        snoozed_until=at(20),
        reason="why not",
        note="call first",
    )


@given(STEPS, st.sampled_from(State))
@settings(max_examples=300, deadline=None)
def test_no_sequence_of_looks_undoes_a_person_s_word(steps: list[tuple[Look, float]], state: State) -> None:
    """G-10."""
    now = before = person_s(state)
    watched, day = Watched(), 1.0
    for look, days in steps:
        day += days
        result = after(watched, replace(look, at=at(day)), now)
        watched = result.watched
        if result.move is not None:
            outcome = decided(now, Decision(result.move), by=None, now=at(day))
            assert not isinstance(outcome, Refusal), "looks ask only for what may be"
            now = outcome
        assert [getattr(now, name) for name in HUMAN] == [getattr(before, name) for name in HUMAN]
        if state in FINAL:
            assert now is before


@given(STEPS)
@settings(max_examples=300, deadline=None)
def test_nothing_goes_away_in_less_than_a_day_or_by_a_look_that_told_nothing(steps: list[tuple[Look, float]]) -> None:
    """G-12, G-13: whatever the order of looks and the clock."""
    watched, day = Watched(), 1.0
    absences: list[tuple[object, Sight]] = []
    for look, days in steps:
        day += days
        look = replace(look, at=at(day))
        result = after(watched, look, standing())
        was, watched = watched, result.watched
        moment = watched.last_look_at
        assert moment is not None
        assert was.last_look_at is None or moment >= was.last_look_at
        if not look.sight.is_good:
            assert watched.truth is was.truth
        if was.truth is not None and was.truth.has_link and watched.truth is not None and not watched.truth.has_link:
            assert was.pending_since is not None
            assert moment - was.pending_since >= 20 * DAY / 24
        for happened in result.happened:
            assert happened.detail.get("days", 0) >= 0
        absences.insert(0, (moment, look.sight))
        assert (watched.gone_at is not None) == is_gone(absences)  # type: ignore[arg-type]  # moments, as it takes them
