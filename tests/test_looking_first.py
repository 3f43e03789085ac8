"""An approval waits for a look, and what the look said decides (G-11 at approval)."""

from datetime import UTC, datetime, timedelta

import pytest

from mentions.looking_first import AskedApproval, Outcome, Seen, is_old, outcome

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
BEFORE, SINCE = NOW - timedelta(days=3), NOW + timedelta(minutes=1)
ASKED = AskedApproval(12, "kim", NOW, rev=4)


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (Seen(4, BEFORE, BEFORE, None), Outcome.WAIT),
        (Seen(4, None, BEFORE, None), Outcome.WAIT),
        (Seen(4, SINCE, SINCE, None), Outcome.APPROVE),
        (Seen(4, SINCE, BEFORE, "blocked"), Outcome.UNSEEN),
        (Seen(5, SINCE, SINCE, None), Outcome.OVERTAKEN),
    ],
)
def test_what_becomes_of_an_approval(seen: Seen, expected: Outcome) -> None:
    assert outcome(ASKED, seen, SINCE) is expected


@pytest.mark.parametrize(
    ("looked_after", "settled_after", "expected"),
    [
        (9, 15, Outcome.APPROVE),  # approved in the evening, looked at in the night, carried out in the morning
        (12, 13, Outcome.APPROVE),
        (13, 14, Outcome.LATE),  # nobody looked while it held
        (9, 9 + 24, Outcome.APPROVE),
        (9, 9 + 25, Outcome.LATE),  # the desk was closed over a weekend: the look is old itself
        (None, 12, Outcome.WAIT),
        (None, 13, Outcome.LATE),
    ],
)
def test_an_approval_outlives_a_closed_desk_for_a_night(
    looked_after: int | None, settled_after: int, expected: Outcome
) -> None:
    looked = BEFORE if looked_after is None else NOW + timedelta(hours=looked_after)
    assert outcome(ASKED, Seen(4, looked, looked, None), NOW + timedelta(hours=settled_after)) is expected


def test_a_look_is_old_after_a_day() -> None:
    assert not is_old(NOW - timedelta(days=1), NOW)
    assert is_old(NOW - timedelta(days=1, seconds=1), NOW)
