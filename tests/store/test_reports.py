"""What the store tells a report, on both databases."""

from mentions.destinations import Destination
from mentions.findings import Verdict
from mentions.opportunities import Level
from mentions.own_pages.overview import PageStanding
from mentions.pages import PageState
from mentions.reporting.facts import By, NamedCount, OpportunityCount
from mentions.reporting.periods import Period
from mentions.store import Store
from mentions.store.records import OpportunityState
from mentions.urls import canonical_url
from mentions.workflow import Decision, Move
from tests.store.building import ACME, COURIER, DAY, NIGHT, ORBIT, draft, finding, link, outcome, url
from tests.store.looking import at, linked, look, sent

PERIOD = Period(NIGHT - DAY, NIGHT + 40 * DAY)


def with_findings(store: Store, run_id: int) -> list[int]:
    """Two without a link (one of them not worth asking), one linked, one of another target; the opportunities."""
    store.save_outcomes(
        run_id,
        [
            outcome(1, finding()),
            outcome(2, finding(level=Level.HOLD)),
            outcome(3, finding(Verdict.LINKED, links=(link(),), level=Level.SKIP, priority=None)),
            outcome(4, finding(Verdict.UNLINKED, target=ORBIT.name)),
            outcome(5, finding(Verdict.UNKNOWN, level=Level.SKIP, priority=None, sentences=())),
        ],
    )
    return [each.opportunity_id for each in store.findings() if each.opportunity_id is not None]


def test_pages_are_counted_by_target_and_verdict(store: Store, run_id: int) -> None:
    with_findings(store, run_id)
    assert sorted(store.report_facts(PERIOD, By.TARGET).named, key=repr) == sorted(
        [
            NamedCount(ACME.name, Verdict.UNLINKED, True, 2),
            NamedCount(ACME.name, Verdict.LINKED, False, 1),
            NamedCount(ACME.name, Verdict.UNKNOWN, False, 1),
            NamedCount(ORBIT.name, Verdict.UNLINKED, True, 1),
        ],
        key=repr,
    )


def test_pages_are_counted_by_publisher_and_by_month(store: Store, run_id: int) -> None:
    with_findings(store, run_id)
    by_publisher = store.report_facts(PERIOD, By.PUBLISHER).named
    assert {each.key for each in by_publisher} == {COURIER.domain}
    by_month = store.report_facts(PERIOD, By.MONTH)
    assert {each.key for each in by_month.named} == {"2026-11"}
    assert {each.key for each in by_month.opportunities} == {"2026-11"}
    assert sum(each.count for each in by_publisher) == sum(each.count for each in by_month.named) == 5


def test_a_period_ends_before_its_end(store: Store, run_id: int) -> None:
    with_findings(store, run_id)
    assert store.report_facts(Period(NIGHT - DAY, NIGHT), By.TARGET).named == ()
    assert store.report_facts(Period(NIGHT, NIGHT + DAY), By.TARGET).named != ()


def test_opportunities_are_counted_with_what_became_of_them(store: Store, run_id: int) -> None:
    opportunities = with_findings(store, run_id)
    store.save_drafts([draft(opportunities[0])])
    assert sorted(store.report_facts(PERIOD, By.TEMPLATE).opportunities, key=repr) == sorted(
        [
            OpportunityCount("unlinked_brand/en", OpportunityState.DRAFTED, True, True, 1),
            OpportunityCount(None, OpportunityState.NEW, False, False, 1),
            OpportunityCount(None, OpportunityState.NEW, True, False, 1),
        ],
        key=repr,
    )


def test_who_was_asked_comes_with_what_they_are_grouped_by(store: Store, run_id: int) -> None:
    number = with_findings(store, run_id)[0]
    store.save_drafts([draft(number)])
    store.decide(number, Decision(Move.SENT), by="mara", now=NIGHT + DAY)
    facts = store.report_facts(PERIOD, By.CONTACT_ROLE)
    (subject,) = facts.subjects.values()
    assert (subject.id, subject.target, subject.publisher) == (number, ACME.name, COURIER.domain)
    assert subject.group is None
    (subject,) = store.report_facts(PERIOD, By.TEMPLATE).subjects.values()
    assert subject.group == "unlinked_brand/en"
    assert subject.sent_at == NIGHT + DAY
    assert [(each.opportunity_id, each.kind, each.at) for each in facts.happenings] == [(number, "sent", NIGHT + DAY)]


def test_sites_and_pages_of_ours_are_counted_by_the_links_that_stand(store: Store, run_id: int) -> None:
    with_findings(store, run_id)
    facts = store.report_facts(PERIOD, By.TARGET)
    (domain,) = facts.domains
    assert (domain.domain, domain.first_seen_at, domain.stands) == (COURIER.domain, NIGHT, True)
    (page,) = facts.own_pages
    assert (page.url, page.stand, page.gained, page.gone) == ("https://acme.example/", 1, 1, 0)


def test_a_link_that_is_not_there_at_the_last_look_does_not_stand(store: Store, run_id: int) -> None:
    with_findings(store, run_id)
    store.save_outcomes(run_id, [outcome(3, finding(), at=NIGHT + 2 * DAY)])
    facts = store.report_facts(PERIOD, By.TARGET)
    assert [each.stands for each in facts.domains] == [False]
    assert [(each.stand, each.gone) for each in facts.own_pages] == [(0, 1)]


def test_what_came_to_light_is_told_with_its_page(store: Store, run_id: int) -> None:
    number = with_findings(store, run_id)[0]
    at = NIGHT + 3 * DAY
    store.record_event("reclaimed", f"opportunity/{number}", {"truth": "linked"}, at)
    store.record_event("exported", "export/reclaim.csv", {}, at)
    (told,) = store.outcomes(at - DAY, at)
    assert (told.kind, told.opportunity_id, told.publisher_name) == ("reclaimed", number, COURIER.name)
    assert told.page_url == url(1)
    assert told.detail == {"truth": "linked"}
    assert store.outcomes(at + DAY, at + 2 * DAY) == []


def test_opportunities_are_counted_by_state(store: Store, run_id: int) -> None:
    opportunities = with_findings(store, run_id)
    store.save_drafts([draft(number) for number in opportunities[:2]])
    counts = store.counts_by_state()
    assert set(counts) == set(OpportunityState)
    assert (counts[OpportunityState.DRAFTED], counts[OpportunityState.NEW]) == (2, 1)
    assert sum(counts.values()) == 3


def test_what_is_new_and_worth_asking_is_counted(store: Store, run_id: int) -> None:
    with_findings(store, run_id)
    assert store.worth_asking_since(NIGHT) == 2
    assert store.worth_asking_since(NIGHT + DAY) == 0


def test_stories_come_with_everything_that_happened(store: Store, run_id: int) -> None:
    number = with_findings(store, run_id)[0]
    store.save_drafts([draft(number)])
    store.decide(number, Decision(Move.SENT), by="mara", now=NIGHT + DAY)
    subjects, happenings = store.report_stories(NIGHT)
    assert list(subjects) == [number]
    assert [each.kind for each in happenings] == ["sent"]
    assert store.report_stories(NIGHT + 2 * DAY) == ({}, ())


def test_a_page_that_is_gone_is_told_apart_from_its_last_verdict(store: Store, run_id: int) -> None:
    with_findings(store, run_id)
    for night in (1, 2, 3):
        missing = outcome(1, at=NIGHT + night * DAY, state=PageState.ERROR, http_status=404, reason="not found")
        store.save_outcomes(run_id, [missing])
    counts = [each for each in store.report_facts(PERIOD, By.TARGET).named if each.lapsed]
    assert counts == [NamedCount(ACME.name, Verdict.UNLINKED, True, 1, lapsed=True)]


def test_what_was_asked_about_was_worth_asking_whatever_its_level_is_now(store: Store, run_id: int) -> None:
    number = with_findings(store, run_id)[1]  # on hold
    store.save_drafts([draft(number)])
    store.decide(number, Decision(Move.SENT), by="mara", now=NIGHT + DAY)
    store.decide(number, Decision(Move.IGNORE, reason="enough"), by="mara", now=NIGHT + 2 * DAY)
    counts = store.report_facts(PERIOD, By.TARGET).opportunities
    assert OpportunityCount(ACME.name, OpportunityState.IGNORED, True, True, 1) in counts


def test_the_pages_of_ours_behind_reclaimed_links_and_whether_they_are_there(store: Store, run_id: int) -> None:
    number = sent(store, run_id)
    look(store, run_id, 2, linked())
    assert store.standing(number).state is OpportunityState.RECLAIMED
    [end] = store.report_facts(PERIOD, By.TARGET).link_ends
    assert (end.url, end.links, end.standing) == (canonical_url("https://acme.example/"), 1, PageStanding.UNKNOWN)
    gone = Destination(end.url, True, at(3), end.url, 404, "not found (HTTP 404)", 1, at(3))
    store.save_destinations([gone])
    [end] = store.report_facts(PERIOD, By.TARGET).link_ends
    assert (end.standing, end.why) == (PageStanding.GONE, ("not found (HTTP 404)",))
