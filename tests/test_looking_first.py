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
    assert outcome(ASKED, seen) is expected


def test_a_look_is_old_after_a_day() -> None:
    assert not is_old(NOW - timedelta(days=1), NOW)
    assert is_old(NOW - timedelta(days=1, seconds=1), NOW)
