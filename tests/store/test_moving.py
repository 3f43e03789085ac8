"""An article under two addresses is one article: its opportunity goes along, and nobody gets two emails about it."""

from dataclasses import replace

import pytest

from mentions.asking import gives_way
from mentions.findings import Verdict
from mentions.opportunities import Level
from mentions.pages import PageState
from mentions.queueing import QueueFilters, Shown
from mentions.reporting.facts import By
from mentions.reporting.periods import period
from mentions.store import Store
from mentions.store.records import PageOutcome
from mentions.workflow import Decision, Move
from tests.store.building import ACME, ORBIT, draft, finding, outcome, url
from tests.store.looking import State, at, kinds, linked, look, sent

OLD, NEW = 1, 2
STORY = " ".join(f"word{number}" for number in range(200))
OTHER = " ".join(f"term{number}" for number in range(200))


def leads(day: float, there: PageOutcome | None = None, *, to: int = NEW) -> PageOutcome:
    """A look at the old address, which leads to the new one."""
    gone = outcome(OLD, at=at(day), state=PageState.REDIRECTED, reason="leads elsewhere")
    return replace(gone, final_url=url(to), there=there)


def moved(day: float, *findings: object, text: str | None = None) -> list[PageOutcome]:
    """What a look at the old address brings once the article stands at the new one."""
    there = outcome(NEW, *findings, at=at(day))  # type: ignore[arg-type]  # as in building
    there = replace(there, text=text or there.text)
    return [leads(day, there), there]


def by_page(store: Store) -> dict[str, int | None]:
    return {found.page_url: found.opportunity_id for found in store.findings()}


def test_the_opportunity_goes_along_with_all_that_was_done(store: Store, run_id: int) -> None:
    number = sent(store, run_id)
    before = store.standing(number)
    store.save_outcomes(run_id, moved(3, finding()))
    assert by_page(store) == {url(OLD): None, url(NEW): number}
    assert store.standing(number) == before
    assert kinds(store, number) == ["article moved"]
    assert store.history(number)[-1].detail == {"url": url(NEW), "was_url": url(OLD)}
    [old] = [found for found in store.findings() if found.page_url == url(OLD)]
    assert (old.level, old.level_reasons) == ("skip", (f"the article moved to {url(NEW)}",))
    store.plan_looks(now=at(3))
    assert [page.url for page in store.pages_due("courier.example", 9, now=at(9))] == [url(NEW)]
    store.save_outcomes(run_id, [outcome(NEW, linked(), at=at(4))])  # type: ignore[arg-type]  # as in building
    assert store.standing(number).state is State.RECLAIMED


def test_it_goes_along_where_a_later_batch_brings_the_new_page(store: Store, run_id: int) -> None:
    number = sent(store, run_id)
    redirect, there = moved(3, finding())
    store.save_outcomes(run_id, [redirect])
    assert by_page(store) == {url(OLD): number}, "the new page was not judged yet"
    store.save_outcomes(run_id, [there])
    assert by_page(store) == {url(OLD): None, url(NEW): number}


def test_a_copy_of_a_known_article_gives_its_opportunity_to_it(store: Store, run_id: int) -> None:
    """A new canonical address: the page itself was not fetched in this look."""
    number = sent(store, run_id)
    store.save_outcomes(run_id, [outcome(NEW, linked(), at=at(1))])  # type: ignore[arg-type]  # as in building
    store.save_outcomes(run_id, [leads(2)])
    assert by_page(store) == {url(OLD): None, url(NEW): number}


def test_the_old_address_opens_no_second_one_when_it_answers_again(store: Store, run_id: int) -> None:
    number = sent(store, run_id)
    store.save_outcomes(run_id, moved(3, finding()))
    look(store, run_id, 4, finding())
    store.save_outcomes(run_id, [outcome(NEW, finding(), at=at(5))])
    assert by_page(store) == {url(OLD): None, url(NEW): number}


def test_an_address_that_shows_another_article_moved_nothing(store: Store, run_id: int) -> None:
    """Such as /latest, or an address that a content system uses again."""
    look(store, run_id, 0, finding(), text=STORY)
    store.save_outcomes(run_id, moved(3, finding(), text=OTHER))
    assert by_page(store) == {url(OLD): 1, url(NEW): 2}


def test_each_target_of_the_article_goes_along(store: Store, run_id: int) -> None:
    both = (finding(), finding(target=ORBIT.name))
    look(store, run_id, 0, *both)
    store.save_outcomes(run_id, moved(3, *both))
    assert {found.target: found.opportunity_id for found in store.findings() if found.page_url == url(NEW)} == {
        ACME.name: 1,
        ORBIT.name: 2,
    }
    assert len([found for found in store.findings() if found.opportunity_id]) == 2


def test_two_that_were_found_before_the_move_make_one_email(store: Store, run_id: int) -> None:
    """The feed brought the new address before the old one was looked at again."""
    look(store, run_id, 0, finding())
    store.save_outcomes(run_id, [outcome(NEW, finding(), at=at(1))])
    store.save_outcomes(run_id, moved(2, finding()))
    store.reassess(now=at(2))
    assert [(found.page_url, found.level) for found in store.findings()] == [(url(OLD), "skip"), (url(NEW), "ask_now")]
    assert [found.page_url for found in store.to_draft(min_priority=0)] == [url(NEW)]
    [old] = [found for found in store.findings() if found.page_url == url(OLD)]
    assert old.level_reasons[0] == (f"the same article stands at {url(NEW)}, where it is new: one article, one email")


def test_what_was_asked_under_the_old_address_is_not_asked_again(store: Store, run_id: int) -> None:
    number = sent(store, run_id)
    store.save_outcomes(run_id, [outcome(NEW, finding(), at=at(1))])
    store.save_outcomes(run_id, moved(2, finding()))
    store.reassess(now=at(300))
    assert store.to_draft(min_priority=0) == []
    [new] = [found for found in store.findings() if found.page_url == url(NEW)]
    assert (new.level, "where it is sent" in new.level_reasons[0]) == ("skip", True)
    assert store.standing(number).state is State.SENT


def test_a_person_s_no_holds_under_the_new_address(store: Store, run_id: int) -> None:
    """G-10."""
    look(store, run_id, 0, finding())
    store.save_drafts([draft(1, at=at(0))])
    store.decide(1, Decision(Move.IGNORE, reason="no"), by="kim", now=at(0.5))
    store.save_outcomes(run_id, moved(2, finding()))
    store.reassess(now=at(2))
    assert by_page(store) == {url(OLD): None, url(NEW): 1}
    assert store.standing(1).state is State.IGNORED
    assert store.to_draft(min_priority=0) == []


def test_a_page_that_cannot_be_seen_takes_nothing_over(store: Store, run_id: int) -> None:
    number = sent(store, run_id)
    hidden = outcome(NEW, finding(Verdict.UNKNOWN, level=Level.SKIP, priority=None), at=at(3))
    hidden = replace(hidden, state=PageState.PAYWALLED)
    store.save_outcomes(run_id, [leads(3, hidden), hidden])
    assert by_page(store)[url(OLD)] == number


def test_a_report_counts_it_once_and_on_its_first_day(store: Store, run_id: int) -> None:
    look(store, run_id, 0, finding())
    store.save_outcomes(run_id, moved(40, finding()))
    for since, pages in (("all", 1), ("30d", 0)):
        about = period(since, None, now=at(41))
        assert sum(each.count for each in store.report_facts(about, By.TARGET).named) == pages


def test_the_queue_and_its_search_follow(store: Store, run_id: int) -> None:
    look(store, run_id, 0, finding())
    redirect, there = moved(3, finding())
    store.save_outcomes(run_id, [redirect, replace(there, title="Moved to the annex")])
    shown = store.queue_page(QueueFilters(state=Shown.ANY, text="annex"), viewer="ada", now=at(3))
    assert [entry.id for entry in shown.entries] == [1]


@pytest.mark.parametrize(
    ("mine", "other", "old_gives_way"),
    [
        (State.NEW, State.NEW, True),
        (State.DRAFTED, State.NEW, True),
        (State.APPROVED, State.DRAFTED, False),
        (State.APPROVED, State.APPROVED, True),
        (State.NEW, State.APPROVED, True),
        (State.IGNORED, State.APPROVED, False),
        (State.SENT, State.IGNORED, True),
    ],
)
def test_exactly_one_of_the_two_gives_way(mine: State, other: State, old_gives_way: bool) -> None:  # a table
    assert gives_way(mine, other, is_old=True) is old_gives_way
    assert gives_way(other, mine, is_old=False) is not old_gives_way
