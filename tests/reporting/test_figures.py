"""The figures of a period: every number with its own denominator, and groups that add up."""

from dataclasses import replace

import pytest

from mentions.findings import Verdict
from mentions.reporting.facts import By, DomainLinks, Facts, NamedCount, OpportunityCount, OwnPageLinks
from mentions.reporting.periods import Period, period
from mentions.reporting.report import Report, own_pages
from mentions.reporting.report import report as report_of
from mentions.reporting.sections import headline, sections
from mentions.workflow import OpportunityState
from tests.reporting.building import ACME, NOW, ORBIT, busy_year, day, event, facts, subject

NOVEMBER = period("2026-11-01", "2026-11-30", now=NOW)


def made(told: Facts, by: By = By.TARGET, about: Period = NOVEMBER) -> Report:
    return report_of(told, about, by, now=NOW)


def without_counts() -> Facts:
    """The store counts by the groups that are asked for; those of the busy year are counted by target."""
    return replace(busy_year(), named=(), opportunities=())


def test_pages_that_could_not_be_seen_or_do_not_name_us_stand_in_no_share() -> None:
    found = made(busy_year()).total.found
    assert (found.named, found.unlinked, found.not_seen) == (193, 77, 12)
    assert sum(found.verdicts.values()) + found.lapsed == found.named


def test_what_came_of_those_who_were_asked_adds_up() -> None:
    asked = made(busy_year(), about=period("all", None, now=NOW)).total.asked
    assert asked.asked == asked.linked + asked.linked_elsewhere + asked.refused + asked.unanswered + asked.open
    assert asked.stands <= asked.linked <= asked.asked


def test_who_was_asked_before_the_period_is_not_asked_in_it() -> None:
    told = facts(
        [subject(1), subject(2)],
        [
            event(1, "sent", day(20, 10)),
            event(1, "reclaimed", day(3), truth="linked"),
            event(2, "sent", day(5)),
        ],
    )
    total = made(told).total
    assert (total.asked.asked, total.asked.linked) == (1, 0)
    assert total.happened.reclaimed == 1


def test_what_came_after_the_period_counts_for_those_asked_in_it() -> None:
    told = facts([subject(1)], [event(1, "sent", day(28)), event(1, "reclaimed", day(1, 12), truth="linked")])
    total = made(told).total
    assert total.asked.linked == 1
    assert total.happened.reclaimed == 0


def test_links_after_an_email_and_links_without_one_are_told_apart() -> None:
    told = facts(
        [subject(1), subject(2), subject(3), subject(4)],
        [
            event(1, "sent", day(1)),
            event(1, "reclaimed", day(4), truth="qualified"),
            event(2, "linked without contact", day(4), truth="linked"),
            event(3, "sent", day(1)),
            event(3, "linked elsewhere", day(5), truth="wrong_page"),
            event(4, "sent", day(1)),
            event(4, "reclaimed", day(5), truth="noindex"),
        ],
    )
    total = made(told).total
    happened = total.happened
    assert (happened.reclaimed, happened.qualified, happened.noindex) == (2, 1, 1)
    assert (happened.without_contact, happened.elsewhere) == (1, 1)
    assert (total.asked.linked, total.asked.linked_elsewhere) == (2, 1)


@pytest.mark.parametrize("by", list(By))
def test_groups_add_up_to_the_whole(by: By) -> None:
    """Of every count that belongs to one group only."""
    report = made(without_counts(), by)
    groups = [group for _, group in report.groups]
    assert sum(group.asked.asked for group in groups) == report.total.asked.asked > 0
    assert sum(group.happened.emails for group in groups) == report.total.happened.emails > 0
    assert sum(group.happened.reclaimed for group in groups) == report.total.happened.reclaimed > 0
    assert sum(group.happened.lost for group in groups) == report.total.happened.lost > 0


def test_by_month_each_month_has_what_happened_in_it() -> None:
    report = made(without_counts(), By.MONTH, period("2026-09-01", "2026-11-30", now=NOW))
    months = dict(report.groups)
    assert [key for key in months if key.startswith("2026")] == ["2026-09", "2026-10", "2026-11"]
    assert months["2026-10"].happened.emails == 24


def test_what_has_no_template_or_role_is_a_group_with_a_name() -> None:
    told = facts([subject(1, group=None)], [event(1, "sent", day(2))])
    ((key, group),) = made(told, By.CONTACT_ROLE).groups
    assert "role is not published" in key
    assert group.asked.asked == 1


def test_the_months_of_a_plot_have_no_gaps_and_end_with_the_period() -> None:
    told = facts([subject(1), subject(2)], [event(1, "sent", day(2, 7)), event(2, "sent", day(2, 10))])
    report = made(told)
    assert [month.key for month in report.months] == ["2026-07", "2026-08", "2026-09", "2026-10", "2026-11"]
    assert [month.emails for month in report.months] == [1, 0, 0, 1, 0]


def test_sites_gained_and_lost_are_those_of_the_period() -> None:
    domains = made(busy_year()).domains
    assert domains.standing == 2
    assert [each.domain for each in domains.gained] == ["robot-weekly.example"]
    assert [each.domain for each in domains.lost] == ["pump-and-pipe.example"]


def test_two_spellings_of_one_page_of_ours_are_one_page() -> None:
    pages = own_pages(
        [
            OwnPageLinks("https://acme.example/report?utm_source=a", 2, 1, 0),
            OwnPageLinks("https://ACME.example/report", 3, 0, 1),
            OwnPageLinks("https://acme.example/", 1, 0, 0),
        ]
    )
    assert pages[0] == OwnPageLinks("https://acme.example/report", 5, 1, 1)
    assert len(pages) == 2


def test_what_is_not_known_is_said() -> None:
    said = " ".join(made(busy_year()).not_known)
    assert "12 pages could not be looked at" in said
    assert "asked in the last 14 days" in said
    assert "3 drafts found in this period lie in your mail program" in said


def test_a_fresh_database_makes_a_report_of_nothing_and_says_so() -> None:
    report = made(facts([], []))
    assert not report.groups
    assert not report.months
    assert not report.not_known
    text = " ".join(sentence for section in sections(report) for sentence in section.sentences)
    assert "No page that names us" in text
    assert "Nobody was asked" in text
    assert headline(report) == ["0 links reclaimed after our email, 0 without our asking, 0 lost."]


def test_long_lists_are_cut_and_say_by_how_much() -> None:
    many = tuple(OpportunityCount(f"site{n}.example", OpportunityState.NEW, True, False, 1) for n in range(40))
    named = tuple(NamedCount(f"site{n}.example", Verdict.UNLINKED, True, 1) for n in range(40))
    report = made(facts([], [], opportunities=many, named=named), By.PUBLISHER)
    table = next(section.table for section in sections(report) if section.title == "By publisher")
    assert table is not None
    assert table.more.startswith("and 25 more")
    assert table.rows[-1][:2] == ("all", "40 of 40")


def test_every_share_shows_what_it_is_a_share_of() -> None:
    for section in sections(made(busy_year())):
        for line in section.lines:
            assert "%" not in line.value or " of " in line.value, line


def test_targets_are_in_the_order_of_what_came_of_them() -> None:
    report = made(busy_year())
    assert [key for key, _ in report.groups] == [ACME, ORBIT]


def test_a_site_that_still_links_is_not_lost() -> None:
    told = facts([], [], domains=(DomainLinks("courier.example", day(1, 2), day(2), True),))
    assert made(told).domains.lost == ()


def test_pages_that_are_gone_or_cut_were_found_and_have_no_verdict_by_now() -> None:
    """A page that links no more because it is not there any more must not count as linked."""
    named = (
        NamedCount(ACME, Verdict.LINKED, True, 3, lapsed=True),
        NamedCount(ACME, Verdict.LINKED, True, 4),
        NamedCount(ACME, Verdict.UNLINKED, True, 2, lapsed=True),
    )
    report = made(replace(busy_year(), named=named))
    found = report.total.found
    assert (found.named, found.unlinked, found.lapsed) == (9, 9, 5)
    assert found.verdicts == {Verdict.LINKED: 4}
    words = {line.words: line.value for line in sections(report)[0].lines}
    assert words["By now: gone, or not naming us any more"] == "5 of 9"


def test_a_year_that_begins_within_a_month_shows_the_whole_of_it() -> None:
    told = facts([subject(1), subject(2)], [event(1, "sent", day(25).replace(year=2025)), event(2, "sent", day(2))])
    report = made(told, about=period("2025-11-21", "2026-11-21", now=NOW))
    assert (report.months[0].key, report.months[-1].key, len(report.months)) == ("2025-11", "2026-11", 13)
    assert report.months[0].emails == 1
