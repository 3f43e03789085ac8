"""What came of one opportunity, by its events."""

from mentions.rechecking import Truth
from mentions.reporting.facts import Happening
from mentions.reporting.stories import Story, stories
from tests.reporting.building import DAY, day, event, subject


def told(*events: Happening, sent_at: object = None) -> Story:
    (story,) = stories({1: subject(1, sent_at=sent_at)}, events)  # type: ignore[arg-type]  # a moment or None
    return story


def test_the_way_from_an_email_to_a_link_takes_the_days_between() -> None:
    story = told(event(1, "sent", day(2)), event(1, "reclaimed", day(8), truth="linked"))
    assert story.days == 6
    assert story.stands


def test_a_follow_up_is_no_second_first_email() -> None:
    story = told(event(1, "sent", day(2)), event(1, "sent", day(9)), sent_at=day(9))
    assert story.asked_at == day(2)
    assert len(story.emails) == 2


def test_an_email_that_was_marked_later_was_sent_when_the_person_said() -> None:
    assert told(event(1, "sent", day(5)), sent_at=day(3)).asked_at == day(3)


def test_what_was_taken_back_never_happened() -> None:
    events = (
        event(1, "sent", day(2)),
        event(1, "replied", day(3)),
        event(1, "undone", day(3) + DAY / 200, undone="replied"),
    )
    story = told(*events)
    assert story.replied_at is None
    assert story.asked_at == day(2)


def test_an_opportunity_of_which_everything_was_taken_back_has_no_story() -> None:
    events = [event(1, "sent", day(2)), event(1, "undone", day(2), undone="sent")]
    assert list(stories({1: subject(1)}, events)) == []


def test_reopening_takes_back_a_refusal() -> None:
    assert told(event(1, "declined", day(2)), event(1, "reopen", day(3))).declined_at is None


def test_a_link_after_a_hand_off_that_nobody_marked_as_sent_was_asked_for() -> None:
    story = told(event(1, "reclaimed", day(8), truth="linked", asked_at=day(4).isoformat()))
    assert story.asked_at == day(4)
    assert story.days == 4


def test_a_broken_detail_of_an_event_costs_only_itself() -> None:
    story = told(event(1, "reclaimed", day(8), truth="new word", asked_at="some day"))
    assert story.reclaimed_at == day(8)
    assert story.truth is None
    assert not story.stands


def test_a_link_that_went_away_and_came_back_is_lost_and_back_and_reclaimed_once() -> None:
    story = told(
        event(1, "sent", day(1)),
        event(1, "reclaimed", day(3), truth="linked"),
        event(1, "link lost", day(9), truth="unlinked", was="linked"),
        event(1, "link back", day(12), truth="linked"),
        event(1, "reclaimed", day(12), truth="linked"),
    )
    assert (story.lost, story.back, story.reclaimed_at) == ((day(9),), (day(12),), day(3))
    assert story.stands


def test_a_page_that_is_gone_takes_its_link_along() -> None:
    gone = event(1, "page gone", day(9), truth="linked")
    story = told(event(1, "linked without contact", day(3), truth="linked"), gone)
    assert story.lost == (day(9),)
    assert not story.stands
    assert told(gone).lost == (day(9),), "its link stood when we found it"
    assert told(event(1, "page gone", day(9), truth="unlinked")).lost == ()


def test_a_link_that_is_marked_nofollow_later_stands_and_is_known_as_that() -> None:
    story = told(event(1, "reclaimed", day(3), truth="linked"), event(1, "link changed", day(5), truth="qualified"))
    assert story.truth is Truth.QUALIFIED
    assert story.stands
