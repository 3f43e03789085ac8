"""When an article is looked at next, as the schedule promises."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentions.rechecking.schedule import LATEST, next_look_at
from mentions.rechecking.truth import Watched
from mentions.rechecking.words import Truth
from mentions.workflow import OpportunityState, Standing
from tests.rechecking.building import DAY, START, at, standing

State = OpportunityState


def nights(state: Standing, watched: Watched, until: int) -> list[int]:
    """On which nights (04:00) there is a look, when one is made as soon as it is due and finds the same."""
    found = []
    for day in range(1, until + 1):
        due = next_look_at(watched, state, now=at(day))
        if due is not None and due <= at(day):
            found.append(day)
            watched = Watched(**{**{n: getattr(watched, n) for n in Watched.__slots__}, "last_look_at": at(day)})
    return found


def known(truth: Truth, *, day: float = 0, **more: object) -> Watched:
    return Watched(truth, at(0), Truth.UNLINKED, truth, last_look_at=at(day), last_good_at=at(day), **more)  # type: ignore[arg-type]  # a test's own names


@pytest.mark.parametrize("state", [State.DRAFTED, State.APPROVED])
def test_before_hand_off_daily(state: State) -> None:
    assert nights(standing(state, sent=False), known(Truth.UNLINKED), 10) == list(range(1, 11))


@pytest.mark.parametrize("state", [State.SENT, State.NO_REPLY])
def test_after_asking_on_days_1_3_7_14_30_60_90(state: State) -> None:
    asked = Standing(state, at(0), sent_at=at(0))
    assert nights(asked, known(Truth.UNLINKED), 400) == [1, 3, 7, 14, 30, 60, 90]


def test_what_was_handed_off_counts_from_there_until_it_is_known_to_be_sent() -> None:
    handed = Standing(State.HANDED_OFF, at(0), handed_off_at=at(0))
    assert nights(handed, known(Truth.UNLINKED), 20) == [1, 3, 7, 14]


def test_a_reply_begins_the_days_anew() -> None:
    replied = Standing(State.REPLIED, at(50), sent_at=at(0))
    assert nights(replied, known(Truth.UNLINKED, day=30), 70) == [51, 53, 57, 64]


def test_a_reclaimed_link_less_and_less_often() -> None:
    days = nights(Standing(State.RECLAIMED, at(0), sent_at=at(-5)), known(Truth.LINKED), 2_000)
    assert days[:7] == [1, 2, 3, 4, 5, 6, 7]
    assert days[7:11] == [14, 21, 28, 35]
    gaps = [later - earlier for earlier, later in pairwise(days[10:])]
    assert set(gaps) == {30, 91, 365}
    assert gaps == sorted(gaps), "monthly, then quarterly, then yearly"
    assert days[days.index(35) + 1 :][gaps.index(91) - 1] in range(182, 182 + 31), "quarterly after half a year"


@pytest.mark.parametrize("state", [State.DECLINED, State.IGNORED, State.SUPPRESSED])
def test_what_people_closed_is_left_alone(state: State) -> None:
    assert next_look_at(known(Truth.UNLINKED, absent=1), standing(state), now=at(5)) is None


def test_a_find_that_nobody_drafted_is_not_looked_at_by_itself() -> None:
    assert next_look_at(known(Truth.UNLINKED), standing(State.NEW, sent=False), now=at(5)) is None


def test_a_link_that_came_by_itself_is_watched_like_one_we_asked_for() -> None:
    drafted = standing(State.DRAFTED, sent=False)
    assert nights(drafted, known(Truth.LINKED), 40) == [1, 2, 3, 4, 5, 6, 7, 14, 21, 28, 35]


@pytest.mark.parametrize("suspicion", [{"pending_since": at(300)}, {"absent": 1, "absent_at": at(300)}])
def test_a_suspicion_is_settled_the_next_night(suspicion: dict[str, object]) -> None:
    watched = known(Truth.LINKED, day=300, **suspicion)
    assert nights(Standing(State.RECLAIMED, at(0)), watched, 301) == [301]


def test_looks_that_tell_nothing_are_repeated_soon_and_then_more_rarely() -> None:
    yearly = Standing(State.RECLAIMED, at(-900))
    due = [next_look_at(known(Truth.LINKED, failures=n), yearly, now=at(0)) for n in (1, 2, 3, 4, 5, 10, 99)]
    days = [round((moment - START + timedelta(hours=4)) / DAY) for moment in due if moment]
    assert days == [1, 1, 2, 4, 7, 30, 30]


def test_a_page_that_is_gone_is_looked_for_a_year_and_no_longer() -> None:
    watched = known(Truth.LINKED, day=3, absent=3, absent_at=at(3), gone_at=at(3))
    assert nights(Standing(State.RECLAIMED, at(0)), watched, 800) == [33, 93, 183, 368]


def test_a_machine_that_was_off_for_weeks_makes_one_look_for_the_days_it_missed() -> None:
    watched = known(Truth.UNLINKED, day=20)
    asked = Standing(State.SENT, at(0), sent_at=at(0))
    assert nights(asked, watched, 100) == [30, 60, 90]


@given(
    st.sampled_from(State),
    st.sampled_from(Truth),
    st.floats(-500, 500),
    st.floats(-500, 500),
    st.integers(0, 20),
    st.integers(0, 3),
)
def test_nothing_is_planned_further_ahead_than_a_year(
    state: State, truth: Truth, state_day: float, look_day: float, failures: int, absent: int
) -> None:
    """G-13: a look dated in the future, by a clock that was wrong, delays the next one by no more than that."""
    watched = known(truth, day=look_day, failures=failures, absent=absent, gone_at=at(look_day) if absent > 2 else None)
    stands = Standing(state, at(min(state_day, 0)), sent_at=at(min(state_day, 0)))
    due = next_look_at(watched, stands, now=at(0))
    assert due is None or due <= at(0) + LATEST


def test_a_lost_link_is_looked_for_until_somebody_asks_again() -> None:
    """Its opportunity is new again, and its publisher was asked so lately that no draft is written for weeks."""
    lost = known(Truth.UNLINKED, lost_at=at(0))
    assert nights(standing(State.NEW, sent=True), lost, 100) == [1, 3, 7, 14, 30, 60, 90]
    assert nights(standing(State.NEW, sent=False), known(Truth.UNLINKED), 100) == []
