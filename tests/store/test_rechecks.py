"""Looks folded into what is stored: states follow, events are written once, and what is due is found."""

from dataclasses import replace

import pytest

from mentions.destinations import Destination
from mentions.findings import Verdict
from mentions.pages import PageState
from mentions.rechecking.words import Sight, Truth
from mentions.store import Store
from mentions.targets import Target, TargetPage
from mentions.workflow import Decision, Move
from tests.store.building import ACME, COURIER, NIGHT, ORBIT, draft, failed, finding, link, outcome
from tests.store.conftest import Rows
from tests.store.looking import HOUR, State, at, kinds, linked, look, sent


def test_the_look_that_finds_an_opportunity_is_its_first(store: Store, run_id: int) -> None:
    look(store, run_id, 0, finding())
    [first] = store.looks(1, limit=1)
    assert (first.at, first.sight, first.truth, first.verdict) == (NIGHT, Sight.READ, Truth.UNLINKED, Verdict.UNLINKED)
    assert store.watched(1).baseline is Truth.UNLINKED


def test_a_link_after_the_email_reclaims_it(store: Store, run_id: int) -> None:
    number = sent(store, run_id)
    look(store, run_id, 4, linked("nofollow"))
    standing, watched = store.standing(number), store.watched(number)
    [last] = store.looks(number, limit=1)
    assert (standing.state, standing.state_by, standing.sent_at) == (State.RECLAIMED, None, at(0.5))
    assert watched.truth is Truth.QUALIFIED
    assert watched.link == last.link
    assert last.link is not None
    assert (last.link.rel, last.link.anchor) == (("nofollow",), "Acme")
    entry = store.history(number)[-1]
    assert (entry.kind, entry.actor, entry.detail["to"], entry.detail["days"]) == ("reclaimed", None, "reclaimed", 3)


def test_a_drafted_one_stays_with_the_person_and_an_approved_one_is_closed(store: Store, run_id: int) -> None:
    """G-11: an approved draft whose link came by itself is not there to be handed off."""
    look(store, run_id, 0, finding())
    store.save_drafts([replace(draft(1, at=at(0)), problems=())])
    store.save_outcomes(run_id, [outcome(2, finding(), at=at(0))])
    store.save_drafts([replace(draft(2, at=at(0)), problems=())])
    store.decide(2, Decision(Move.APPROVE), by="kim", now=at(0.3))
    store.save_outcomes(run_id, [outcome(number, linked(), at=at(1)) for number in (1, 2)])  # type: ignore[arg-type]  # as above
    assert [store.standing(number).state for number in (1, 2)] == [State.DRAFTED, State.RECLAIMED]
    assert [kinds(store, number) for number in (1, 2)] == [["linked without contact"]] * 2
    assert store.to_hand_off() == []


def test_agreed_are_the_pages_of_the_configuration_and_those_that_drafts_asked_for(store: Store, run_id: int) -> None:
    number = sent(store, run_id)
    for day, url, truth in (
        (2, "https://acme.example/careers", Truth.WRONG_PAGE),
        (3, "http://www.acme.example/?utm_source=courier", Truth.LINKED),
        (4, "https://acme.example/careers", Truth.WRONG_PAGE),
        (5, "https://acme.example/report", Truth.LINKED),
    ):
        pages = (TargetPage(url="https://acme.example/report", when=("report",)),)
        store.register([Target(name=ACME.name, domains=ACME.domains, pages=pages), ORBIT], [COURIER], at(day))
        look(store, run_id, day, linked(url=url))
        assert store.watched(number).truth is truth, url
    assert kinds(store, number) == ["linked elsewhere", "link changed", "reclaimed", *["link changed"] * 2]


def test_a_page_of_ours_that_went_away_is_noticed_although_the_article_says_unchanged(
    store: Store, run_id: int
) -> None:
    number = sent(store, run_id)
    look(store, run_id, 2, linked())
    gone = Destination("https://acme.example/", ours=True, looked_at=at(3), http_status=404, problem="not found")
    store.save_destinations([gone])
    look(store, run_id, 3, http_status=304)
    assert (store.watched(number).truth, store.standing(number).state) == (Truth.DEAD_TARGET, State.RECLAIMED)
    store.save_destinations([replace(gone, http_status=200, problem=None, looked_at=at(4))])
    look(store, run_id, 4, http_status=304)
    watched = store.watched(number)
    assert watched.truth is Truth.LINKED
    assert watched.link is not None
    assert watched.link.target_status == 200
    assert kinds(store, number) == ["reclaimed", "link changed", "link changed"]


def test_a_noindex_page_is_kept_apart(store: Store, run_id: int) -> None:
    number = sent(store, run_id)
    look(store, run_id, 2, linked(), noindex=True)
    assert (store.watched(number).truth, store.standing(number).state) == (Truth.NOINDEX, State.RECLAIMED)


def test_a_lost_link_opens_its_opportunity_again_with_an_email_of_its_own(store: Store, run_id: int) -> None:
    number = sent(store, run_id)
    look(store, run_id, 2, linked())
    look(store, run_id, 30, finding())
    assert (store.standing(number).state, store.to_draft(min_priority=0)) == (State.RECLAIMED, [])
    look(store, run_id, 31, http_status=304)
    assert kinds(store, number) == ["reclaimed", "link lost"]
    standing = store.standing(number)
    assert (standing.state, standing.sent_at, standing.approved_by) == (State.NEW, at(0.5), "kim"), "G-10"
    (asked,) = store.to_draft(min_priority=0)
    before = store.draft_of(number)
    again = replace(draft(number, at=at(31.1)), template="link_lost/en", problems=())
    (stored,) = store.save_drafts([again])
    assert asked.link_found_at is not None, "outreach.cases writes from the template link_lost"
    assert before is not None
    assert (stored.revision, stored.draft.template, stored.draft.follow_up) == (2, "link_lost/en", 0)
    assert stored.message_id != before.message_id, "another email, not a revision of the first"
    assert store.to_draft(min_priority=0) == []
    assert store.save_drafts([again])[0].revision == 2, "nothing is written twice"
    store.decide(number, Decision(Move.APPROVE), by="kim", now=at(31.2))
    assert store.decide(number, Decision(Move.UNAPPROVE), by="kim", now=at(31.3)).after.state is State.DRAFTED


def test_a_link_lost_by_one_article_opens_nobody_else_s(store: Store, run_id: int) -> None:
    lost = sent(store, run_id)
    store.save_outcomes(run_id, [outcome(2, finding(), at=at(0))])
    store.save_drafts([draft(lost + 1, at=at(0))])
    for day, seen in ((2, linked()), (30, finding()), (31, finding())):
        look(store, run_id, day, seen)
    assert [asked.opportunity_id for asked in store.to_draft(min_priority=0)] == [lost]
    before = {draft.draft.opportunity_id: draft.message_id for draft in store.drafts()}
    stored = store.save_drafts([draft(number, subject="Again", at=at(31.1)) for number in (lost, lost + 1)])
    new = [each.message_id != before[each.draft.opportunity_id] for each in stored]
    assert new == [True, False], "a new email, and a new revision of a draft"
    assert store.to_draft(min_priority=0) == []


def test_an_article_that_names_us_no_more_is_told_from_one_that_was_rewritten(store: Store, run_id: int) -> None:
    old = " ".join(f"word{n}" for n in range(200))
    look(store, run_id, 0, finding(), text=old)
    store.save_outcomes(run_id, [replace(outcome(2, finding()), text=old)])
    for day in (1, 2):
        store.save_outcomes(
            run_id,
            [
                replace(outcome(1, at=at(day)), rest=old.removesuffix("word199")),
                replace(outcome(2, at=at(day)), rest=" ".join(f"other{n}" for n in range(200))),
            ],
        )
    assert [store.history(number)[-1].detail["why"] for number in (1, 2)] == ["mention removed", "article rewritten"]


def test_a_link_that_may_be_left_where_the_name_is_gone_is_not_lost_unseen(store: Store, run_id: int) -> None:
    """A crawl that does not expect our name reads such a page no further: it tells nothing of the link."""
    number = sent(store, run_id)
    look(store, run_id, 2, linked())
    for day in (10, 11, 12):
        look(store, run_id, day)
        assert store.watched(number).truth is Truth.LINKED
    (unnamed, _) = finding(Verdict.NOT_MENTIONED, sentences=(), links=(link(),))
    look(store, run_id, 13, unnamed=(unnamed,))
    assert (store.watched(number).truth, store.watched(number).failures) == (Truth.LINKED, 0), "it was left"
    (unnamed, _) = finding(Verdict.NOT_MENTIONED, sentences=())
    for day in (14, 15):
        look(store, run_id, day, unnamed=(unnamed,))
    assert kinds(store, number)[-1] == "link lost"


@pytest.mark.parametrize(
    ("state", "status", "expected"),
    [
        (PageState.ERROR, 503, PageState.LIVE),
        (PageState.ERROR, None, PageState.LIVE),
        (PageState.ERROR, 404, PageState.GONE),
        (PageState.ERROR, 410, PageState.GONE),
        (PageState.SOFT_404, 200, PageState.GONE),
        (PageState.BLOCKED, 403, PageState.BLOCKED),
        (PageState.PAYWALLED, 200, PageState.PAYWALLED),
        (PageState.ROBOTS_DENIED, None, PageState.ROBOTS_DENIED),
    ],
)
def test_page_states_after_three_such_nights(
    store: Store, run_id: int, rows: Rows, state: PageState, status: int | None, expected: PageState
) -> None:
    """G-12: gone after three days; one 5xx or timeout, and a hundred, change nothing."""
    look(store, run_id, 0, finding())
    for day in (1, 2):
        store.save_outcomes(run_id, [outcome(1, at=at(day), state=state, http_status=status, reason="why")])
        store.save_outcomes(run_id, [outcome(1, at=at(day) + HOUR, state=state, http_status=status, reason="why")])
    assert rows("SELECT state FROM page")[0][0] != "gone", "two days"
    store.save_outcomes(run_id, [outcome(1, at=at(3), state=state, http_status=status, reason="why")])
    assert rows("SELECT state FROM page") == [(expected.value,)]
    assert kinds(store, 1).count("page gone") == (expected is PageState.GONE)
    look(store, run_id, 4, finding())
    assert rows("SELECT state FROM page") == [("live",)]
    assert store.watched(1).truth is Truth.UNLINKED


def test_a_look_that_is_written_twice_counts_once(store: Store, run_id: int) -> None:
    number = sent(store, run_id)
    for _ in range(2):
        look(store, run_id, 2, linked())
        store.save_outcomes(run_id, [failed(1, at=at(3))])
    assert len(store.looks(number)) == 3
    assert kinds(store, number) == ["reclaimed"]
    assert store.watched(number).failures == 1


def test_a_copy_out_of_an_archive_tells_nothing_of_today(store: Store, run_id: int) -> None:
    number = sent(store, run_id)
    look(store, run_id, 2, linked())
    later = store.start_run("crawl", at(40))
    store.save_outcomes(later, [outcome(1, finding(), at=at(day)) for day in (0.1, 1.1)])
    assert (store.watched(number).seen, len(store.looks(number))) == (Truth.LINKED, 2)
    back = store.start_run("crawl", at(1.9))
    look(store, back, 1.9, finding())
    assert store.watched(number).seen is Truth.UNLINKED, "G-13: a clock that was put back makes no look unseen"


@pytest.mark.parametrize("state", [State.IGNORED, State.DECLINED])
def test_what_a_person_closed_stays_closed(store: Store, run_id: int, state: State) -> None:
    """G-10."""
    number = sent(store, run_id)
    move = Move.IGNORE if state is State.IGNORED else Move.DECLINED
    closed = store.decide(number, Decision(move, reason="no"), by="kim", now=at(1)).after
    look(store, run_id, 2, linked())
    assert store.standing(number) == closed
    assert kinds(store, number)[-1] == "reclaimed", "a report may still know it"
