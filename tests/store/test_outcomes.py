"""Looks at pages and what they prove."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mentions.exceptions import StoreError
from mentions.findings import Verdict
from mentions.opportunities import Level
from mentions.pages import PageState
from mentions.store import Saved, Store
from mentions.store.outcomes import PAGES_AT_ONCE, batches
from mentions.store.records import OpportunityState
from tests.store.building import ACME, COURIER, DAY, NIGHT, ORBIT, failed, finding, found, link, outcome, url
from tests.store.conftest import Rows


def test_finding_comes_back_as_it_was_judged(store: Store, run_id: int) -> None:
    nav = link("https://acme.example/shop", rel=("nofollow",))
    saved = store.save_outcomes(run_id, [outcome(1, finding(Verdict.OUTSIDE, links=(nav,)))])
    (stored,) = store.findings()
    assert saved == Saved(new_mentions=1, new_opportunities=1)
    assert (stored.target, stored.target_kind, stored.verdict, stored.level) == (
        ACME.name,
        "brand",
        Verdict.OUTSIDE,
        "ask_now",
    )
    assert (stored.priority, stored.publisher, stored.publisher_name) == (60, COURIER.domain, COURIER.name)
    assert (stored.page_url, stored.page_title, stored.page_state) == (url(1), "Robots, part 1", PageState.LIVE)
    assert (stored.sentence, stored.matched, stored.zone) == ("Acme Robotics builds robots.", ACME.name, "body")
    assert stored.first_seen_at == stored.last_seen_at == stored.last_checked_at == NIGHT
    assert stored.published_at == NIGHT - DAY
    assert stored.opportunity_state is OpportunityState.NEW
    assert stored.links == (
        {
            "url": "https://acme.example/shop",
            "effective_url": "https://acme.example/shop",
            "rel": ["nofollow"],
            "zone": "body",
            "anchor": "Acme",
            "ours": True,
        },
    )


def test_second_look_at_an_unchanged_page_adds_nothing_and_advances_last_seen(store: Store, run_id: int) -> None:
    """G-03."""
    pages = [outcome(n, finding(sentences=("Acme Robotics grows.", "Acme Robotics wins."))) for n in range(3)]
    assert store.save_outcomes(run_id, pages) == Saved(6, 3)
    again = [
        outcome(n, finding(sentences=("Acme Robotics grows.", "Acme Robotics wins.")), at=NIGHT + DAY) for n in range(3)
    ]
    assert store.save_outcomes(run_id, again) == Saved(0, 0)
    for stored in store.findings():
        assert (stored.first_seen_at, stored.last_seen_at) == (NIGHT, NIGHT + DAY)


def test_second_look_leaves_what_people_decided(store: Store, run_id: int, rows: Rows) -> None:
    """G-03."""
    store.save_outcomes(run_id, [outcome(1, finding())])
    rows("UPDATE opportunity SET state='ignored', reason='a friend', note='no', assigned_to='kim', rev=3")
    rows("UPDATE mention SET person_sense='not_us', person_sense_by='kim'")
    store.save_outcomes(run_id, [outcome(1, finding(priority=90), at=NIGHT + DAY)])
    assert rows("SELECT state, reason, note, assigned_to, rev FROM opportunity") == [
        ("ignored", "a friend", "no", "kim", 3)
    ]
    assert rows("SELECT person_sense, person_sense_by FROM mention") == [("not_us", "kim")]
    assert [stored.priority for stored in store.findings()] == [90]


def test_same_look_written_twice_is_one(store: Store, run_id: int, rows: Rows) -> None:
    for _ in range(2):
        store.save_outcomes(run_id, [outcome(1, finding()), failed(2)])
    assert rows('SELECT count(*) FROM "check"') == [(2,)]
    assert rows("SELECT attempts FROM page ORDER BY key") == [(0,), (1,)]


def test_same_page_twice_in_one_batch_is_one_row_and_the_last_look_counts(
    store: Store, run_id: int, rows: Rows
) -> None:
    """G-04."""
    first, second = outcome(1, finding()), outcome(1, finding(priority=10), at=NIGHT + timedelta(minutes=1))
    assert store.save_outcomes(run_id, [first, second]) == Saved(1, 1)
    assert [stored.priority for stored in store.findings()] == [10]
    assert rows("SELECT count(*) FROM page") == [(1,)]


def test_batches_hold_whole_pages_and_no_page_twice() -> None:
    looks = [outcome(n) for n in range(PAGES_AT_ONCE)] + [outcome(0), outcome(1)]
    assert [len(batch) for batch in batches(looks)] == [PAGES_AT_ONCE, 2]
    assert [len(batch) for batch in batches([outcome(1), outcome(1), outcome(2)])] == [1, 2]


@pytest.mark.parametrize(
    "bad",
    [
        failed(1, at=NIGHT + DAY),
        outcome(1, finding(Verdict.UNKNOWN, sentences=()), at=NIGHT + DAY, state=PageState.ERROR, http_status=500),
    ],
)
def test_a_failed_look_changes_no_verdict_and_no_state(store: Store, run_id: int, bad: object) -> None:
    """G-12: one 5xx changes nothing."""
    store.save_outcomes(run_id, [outcome(1, finding())])
    store.save_outcomes(run_id, [bad])  # type: ignore[list-item]  # parametrised with outcomes
    (stored,) = store.findings()
    assert (stored.verdict, stored.page_state, stored.last_checked_at) == (Verdict.UNLINKED, PageState.LIVE, NIGHT)
    assert stored.page_title == "Robots, part 1"


def test_a_refusal_changes_the_page_and_not_the_finding(store: Store, run_id: int) -> None:
    """Could not look is never "no link"."""
    store.save_outcomes(run_id, [outcome(1, finding(Verdict.LINKED, links=(link(),), level=Level.SKIP))])
    refused = outcome(1, finding(Verdict.UNKNOWN), at=NIGHT + DAY, state=PageState.BLOCKED, http_status=403)
    store.save_outcomes(run_id, [refused])
    (stored,) = store.findings()
    assert (stored.verdict, stored.page_state) == (Verdict.LINKED, PageState.BLOCKED)
    assert stored.page_title == "Robots, part 1"
    assert len(stored.links) == 1


def test_unknown_gives_way_to_the_first_good_look(store: Store, run_id: int) -> None:
    blocked = outcome(1, finding(Verdict.UNKNOWN, level=Level.SKIP), state=PageState.BLOCKED, http_status=403)
    assert store.save_outcomes(run_id, [blocked]).new_opportunities == 0
    assert store.save_outcomes(run_id, [outcome(1, finding(), at=NIGHT + DAY)]).new_opportunities == 1
    assert [stored.verdict for stored in store.findings()] == [Verdict.UNLINKED]


@pytest.mark.parametrize(
    ("verdict", "level", "opens"),
    [
        (Verdict.UNLINKED, Level.ASK_NOW, True),
        (Verdict.BARE_URL, Level.ASK_AFTER_FIX, True),
        (Verdict.OUTSIDE, Level.HOLD, True),
        (Verdict.MISDIRECTED, Level.ASK_NOW, True),
        (Verdict.UNLINKED, Level.SKIP, False),
        (Verdict.LINKED, Level.SKIP, False),
        (Verdict.QUALIFIED, Level.SKIP, False),
        (Verdict.QUALIFIED, Level.HOLD, True),
        (Verdict.NOT_MENTIONED, Level.SKIP, False),
        (Verdict.UNKNOWN, Level.HOLD, False),
    ],
)
def test_opportunities_are_opened_for_what_somebody_can_be_asked(
    store: Store, run_id: int, verdict: Verdict, level: Level, *, opens: bool
) -> None:
    assert store.save_outcomes(run_id, [outcome(1, finding(verdict, level=level))]).new_opportunities == int(opens)


def test_mentions_that_vanish_stay_with_the_day_they_were_last_seen(store: Store, run_id: int, rows: Rows) -> None:
    both = ("Acme Robotics grows.", "Acme Robotics wins.")
    store.save_outcomes(run_id, [outcome(1, finding(sentences=both))])
    store.save_outcomes(run_id, [outcome(1, finding(sentences=both[:1]), at=NIGHT + DAY)])
    seen = rows("SELECT sentence, last_seen_at > first_seen_at FROM mention ORDER BY id")
    assert seen == [("Acme Robotics grows.", 1), ("Acme Robotics wins.", 0)]


def test_equal_sentences_of_one_page_are_two_mentions(store: Store, run_id: int, rows: Rows) -> None:
    twice = ("Acme Robotics  grows.", "ACME Robotics grows.")  # the same, normalised
    assert store.save_outcomes(run_id, [outcome(1, finding(sentences=twice))]).new_mentions == 2
    assert rows("SELECT nth FROM mention ORDER BY id") == [(0,), (1,)]


def test_links_that_vanish_are_kept_and_no_longer_shown(store: Store, run_id: int, rows: Rows) -> None:
    store.save_outcomes(run_id, [outcome(1, finding(Verdict.LINKED, links=(link(), link("https://acme.example/b"))))])
    store.save_outcomes(run_id, [outcome(1, finding(Verdict.LINKED, links=(link(),)), at=NIGHT + DAY)])
    (stored,) = store.findings()
    assert [shown["url"] for shown in stored.links] == ["https://acme.example/"]
    assert rows("SELECT count(*) FROM link") == [(2,)]


def test_a_page_that_names_us_no_more_is_believed_after_a_second_good_look_a_day_later(
    store: Store, run_id: int
) -> None:
    store.save_outcomes(run_id, [outcome(1, finding(), finding(target=ORBIT.name))])

    def verdicts() -> list[Verdict]:
        return [stored.verdict for stored in store.findings(target=ACME.name)]

    only_orbit = [outcome(1, finding(target=ORBIT.name), at=NIGHT + DAY + timedelta(minutes=m)) for m in (0, 5)]
    store.save_outcomes(run_id, only_orbit)
    assert verdicts() == [Verdict.UNLINKED]
    assert [stored.target for stored in store.to_draft(min_priority=0)] == [ORBIT.name]
    store.save_outcomes(run_id, [outcome(1, finding(target=ORBIT.name), at=NIGHT + 2 * DAY)])
    assert verdicts() == [Verdict.NOT_MENTIONED]
    (stored,) = store.findings(target=ACME.name)
    assert stored.last_seen_at == NIGHT
    assert stored.sentence == "Acme Robotics builds robots."


def test_a_target_taken_out_of_the_configuration_is_not_missed_on_its_pages(store: Store, run_id: int) -> None:
    store.save_outcomes(run_id, [outcome(1, finding(), finding(target=ORBIT.name))])
    store.register([ORBIT], [COURIER], NIGHT + DAY)
    for day in (1, 3):
        store.save_outcomes(run_id, [outcome(1, finding(target=ORBIT.name), at=NIGHT + day * DAY)])
    assert [stored.verdict for stored in store.findings(target=ACME.name)] == [Verdict.UNLINKED]


def test_not_modified_keeps_everything_and_advances_the_dates(store: Store, run_id: int) -> None:
    store.save_outcomes(run_id, [outcome(1, finding(Verdict.OUTSIDE, links=(link(),)))])
    assert store.save_outcomes(run_id, [outcome(1, at=NIGHT + DAY, http_status=304)]) == Saved(0, 0)
    (stored,) = store.findings()
    assert (stored.verdict, stored.last_seen_at, stored.last_checked_at) == (Verdict.OUTSIDE, NIGHT + DAY, NIGHT + DAY)
    assert len(stored.links) == 1


def test_a_link_of_ours_that_appears_is_noted_at_the_opportunity(store: Store, run_id: int) -> None:
    store.save_outcomes(run_id, [outcome(1, finding())])
    now_linked = finding(
        Verdict.QUALIFIED, links=(link("https://acme.example/x", rel=("nofollow",)),), level=Level.SKIP
    )
    for day in (1, 2):
        store.save_outcomes(run_id, [outcome(1, now_linked, at=NIGHT + day * DAY)])
    (row,) = store.reclaim_rows()
    assert (row["link_found_at"], row["link_url_found"], row["link_rel"]) == (
        NIGHT + DAY,
        "https://acme.example/x",
        "nofollow",
    )
    assert row["state"] == "new"
    assert store.to_draft(min_priority=0) == []


def test_a_clock_that_goes_back_makes_no_finding_end_before_it_began(store: Store, run_id: int) -> None:
    """G-13."""
    store.save_outcomes(run_id, [outcome(1, finding(links=(link(),)))])
    store.save_outcomes(run_id, [outcome(1, finding(links=(link(),)), at=NIGHT - timedelta(hours=1))])
    (stored,) = store.findings()
    assert stored.first_seen_at <= stored.last_seen_at <= stored.last_checked_at
    assert len(stored.links) == 1


def test_texts_that_databases_refuse_are_stored_readable(store: Store, run_id: int) -> None:
    store.save_outcomes(run_id, [outcome(1, finding(sentences=("Acme\x00 \ud800 Robotics 日本 🤖",)))])
    assert [stored.sentence for stored in store.findings()] == ["Acme� � Robotics 日本 🤖"]


def test_an_endless_address_is_a_page_like_any_other(store: Store, run_id: int) -> None:
    page = outcome(1, finding())
    endless = url(1) + "/" + "ä" * 5000
    store.save_outcomes(run_id, [replace(page, key=endless, url=endless)])
    assert store.known([endless, url(2)]) == {endless}
    assert [stored.page_url for stored in store.findings()] == [endless]


def test_findings_of_unregistered_targets_are_refused_by_name(store: Store, run_id: int) -> None:
    with pytest.raises(StoreError, match="'Nobody' is not in the database"):
        store.save_outcomes(run_id, [outcome(1, finding(target="Nobody"))])
    assert store.known([url(1)]) == set(), "the whole page is written, or nothing of it"


def test_a_found_page_keeps_how_it_was_found(store: Store, run_id: int, rows: Rows) -> None:
    store.add_found([found(1, at=NIGHT - DAY)])
    store.save_outcomes(run_id, [outcome(1, finding())])
    assert store.add_found([found(1)]) == 0
    assert rows("SELECT source_kind, state FROM page") == [("feed", "live")]
    assert store.waiting(COURIER.domain, 10, now=NIGHT + DAY) == []


def test_what_a_page_once_said_of_itself_survives_a_look_that_did_not_read_it(store: Store, run_id: int) -> None:
    store.save_outcomes(run_id, [outcome(1, finding())])
    early = replace(outcome(1, at=NIGHT + DAY), title=None, author=None, published=None, language=None)
    store.save_outcomes(run_id, [early])
    (stored,) = store.findings()
    assert (stored.page_title, stored.author, stored.language) == ("Robots, part 1", "Jane Doe", "en")
