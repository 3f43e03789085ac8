"""Open opportunities weighed with what other pages and days tell: copies, asks, habits, the suppression list."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mentions.asking import Authority, Rules
from mentions.copies import sketch
from mentions.findings import Finding, Verdict
from mentions.opportunities import Assessment, Level, Part
from mentions.publishers import Publisher
from mentions.signs import Signs
from mentions.store import Store
from mentions.store.records import PageOutcome, StoredFinding
from mentions.workflow import Decision, Move
from tests.outreach.building import article
from tests.store.building import ACME, COURIER, DAY, NIGHT, ORBIT, draft, finding, link, outcome

TRIBUNE = Publisher(name="The Tribune", domain="tribune.example", feeds=("https://tribune.example/rss",))
RULES = Rules(pages_to_judge_links=3)
NEUTRAL = (
    Part("contact", 0, 4, "no address was found so far"),
    Part("links", 2, 4, "too few of its articles were read to know how it links out"),
    Part("new domain", 1, 2, "not known whether other pages of the site link to us"),
    Part("authority", 2, 4, "no score was imported for the site"),
)


def signs(seed: int = 0, *, out: int = 1, followed: int = 1, credit: str | None = None) -> Signs:
    words = " ".join(f"w{n}" for n in random.Random(seed).choices(range(2_000), k=300))
    return Signs(out, followed, credit, sketch(article(words)))


def asked(verdict: Verdict = Verdict.UNLINKED) -> tuple[Finding, Assessment]:
    judged, _ = finding(verdict)
    return judged, Assessment(Level.ASK_NOW, 5, NEUTRAL, ("worth asking: nobody links",))


def page(number: int, told: Signs | None = None, *, site: Publisher = COURIER, at: datetime = NIGHT) -> PageOutcome:
    made = outcome(number, asked(), at=at)
    address = f"https://{site.domain}/news/{number:04d}"
    published = NIGHT - DAY + timedelta(minutes=number)
    return replace(
        made, key=address, url=address, publisher=site.domain, signs=told or signs(number), published=published
    )


def answers(store: Store) -> dict[str, StoredFinding]:
    return {each.page_url.partition("//")[2]: each for each in store.findings()}


@pytest.fixture
def sites(store: Store) -> Store:
    store.register([ACME, ORBIT], [COURIER, TRIBUNE], NIGHT)
    return store


def save(store: Store, run_id: int, pages: Sequence[PageOutcome]) -> None:
    store.save_outcomes(run_id, pages)
    store.reassess(now=NIGHT, rules=RULES)


def test_weighing_twice_changes_nothing_more(sites: Store, run_id: int) -> None:
    save(sites, run_id, [page(1), page(2, signs(1))])
    before = answers(sites)
    assert sites.reassess(now=NIGHT, rules=RULES) == 0
    assert answers(sites) == before


class TestCopies:
    """One story, one email."""

    def test_the_later_copy_waits_and_names_the_earlier(self, sites: Store, run_id: int) -> None:
        save(sites, run_id, [page(1, signs(7)), page(2, signs(7), site=TRIBUNE), page(3)])
        found = answers(sites)
        assert found["courier.example/news/0001"].level == "ask_now"
        assert found["courier.example/news/0003"].level == "ask_now"
        copy = found["tribune.example/news/0002"]
        assert copy.level == "hold"
        assert copy.level_reasons[0].startswith("copy of https://courier.example/news/0001 (The Daily Courier;")
        assert [f.page_url for f in sites.to_draft(min_priority=0)].count(copy.page_url) == 0

    def test_a_copy_found_on_a_later_night_joins_the_story(self, sites: Store, run_id: int) -> None:
        save(sites, run_id, [page(2, signs(7), site=TRIBUNE)])
        assert answers(sites)["tribune.example/news/0002"].level == "ask_now"
        save(sites, run_id, [page(1, signs(7))])
        found = answers(sites)
        assert found["courier.example/news/0001"].level == "ask_now", "it is the older one"
        assert found["tribune.example/news/0002"].level == "hold"

    def test_the_credited_publisher_is_the_origin(self, sites: Store, run_id: int) -> None:
        save(sites, run_id, [page(1, signs(7, credit="Tribune")), page(2, signs(7), site=TRIBUNE)])
        found = answers(sites)
        assert found["courier.example/news/0001"].level == "hold"
        assert found["tribune.example/news/0002"].level == "ask_now"

    def test_a_text_that_became_another_is_no_copy_any_more(self, sites: Store, run_id: int) -> None:
        save(sites, run_id, [page(1, signs(7)), page(2, signs(7), site=TRIBUNE)])
        save(sites, run_id, [page(2, signs(8), site=TRIBUNE, at=NIGHT + DAY)])
        assert answers(sites)["tribune.example/news/0002"].level == "ask_now"

    def test_a_text_that_a_wire_carries_is_a_release(self, sites: Store, run_id: int) -> None:
        sites.save_outcomes(run_id, [page(1, signs(7)), page(2, signs(7), site=TRIBUNE)])
        sites.reassess(now=NIGHT, rules=replace(RULES, wires=frozenset({"tribune.example"})))
        found = answers(sites)["courier.example/news/0001"]
        assert (found.level, found.priority) == ("skip", None)
        assert "republished press release" in found.level_reasons[0]


class TestHabits:
    """How a publisher links out, and whether it links to us."""

    def test_a_publisher_that_never_links_out_waits(self, sites: Store, run_id: int) -> None:
        save(sites, run_id, [page(n, signs(n, out=0, followed=0)) for n in range(2)])
        assert {f.level for f in sites.findings()} == {"ask_now"}, "two pages prove nothing"
        save(sites, run_id, [page(2, signs(2, out=0, followed=0))])
        assert {f.level for f in sites.findings()} == {"hold"}
        assert "of 3 articles read none has a link" in next(sites.findings()).level_reasons[0]

    def test_nofollow_only(self, sites: Store, run_id: int) -> None:
        save(sites, run_id, [page(n, signs(n, out=2, followed=0)) for n in range(3)])
        assert "3 of 3 articles read link to other sites" in next(sites.findings()).level_reasons[0]

    def test_another_page_that_links_to_us_makes_the_domain_known(self, sites: Store, run_id: int) -> None:
        save(sites, run_id, [page(1)])
        fresh = answers(sites)["courier.example/news/0001"].priority
        linked = replace(page(2), findings=(finding(Verdict.LINKED, links=(link(),), level=Level.SKIP, priority=None),))
        save(sites, run_id, [linked])
        known = answers(sites)["courier.example/news/0001"].priority
        assert fresh is not None
        assert known == fresh - 2

    def test_an_imported_score_counts(self, sites: Store, run_id: int) -> None:
        save(sites, run_id, [page(1)])
        before = answers(sites)["courier.example/news/0001"].priority
        sites.reassess(now=NIGHT, rules=RULES, authorities={"courier.example": Authority(100, "scores.csv")})
        assert before is not None
        assert answers(sites)["courier.example/news/0001"].priority == before + 2


class TestAsks:
    """Nobody is asked again too soon."""

    def hand_off(self, store: Store, address: str, at: datetime) -> int:
        opportunity = answers(store)[address].opportunity_id
        assert opportunity is not None
        store.save_drafts([replace(draft(opportunity), problems=())])
        store.decide(opportunity, Decision(Move.APPROVE), by="mara", now=at, strict=False)
        store.decide(opportunity, Decision(Move.HAND_OFF, via="eml"), by="mara", now=at)
        return opportunity

    def test_the_publisher_then_nobody_after_its_days(self, sites: Store, run_id: int) -> None:
        save(sites, run_id, [page(1), page(2), page(3, site=TRIBUNE)])
        self.hand_off(sites, "courier.example/news/0001", NIGHT)
        sites.reassess(now=NIGHT + 2 * DAY, rules=RULES)
        found = answers(sites)
        assert 'was asked 2 days ago, about "Robots, part 1"' in found["courier.example/news/0002"].level_reasons[0]
        assert "desk@" not in str(found["courier.example/news/0002"].level_reasons), "reasons hold no address"
        assert found["tribune.example/news/0003"].level == "ask_now"
        sites.reassess(now=NIGHT + 30 * DAY, rules=RULES)
        assert answers(sites)["courier.example/news/0002"].level == "ask_now"

    def test_the_person_for_longer(self, sites: Store, run_id: int) -> None:
        save(sites, run_id, [page(1), page(3, site=TRIBUNE)])
        self.hand_off(sites, "courier.example/news/0001", NIGHT)
        other = answers(sites)["tribune.example/news/0003"].opportunity_id
        assert other is not None
        sites.save_drafts([draft(other)])  # to the same desk, which writes for both
        sites.reassess(now=NIGHT + 30 * DAY, rules=RULES)
        assert answers(sites)["tribune.example/news/0003"].level_reasons[0].startswith("this person was asked 30 days")

    def test_what_was_handed_over_is_not_weighed_any_more(self, sites: Store, run_id: int) -> None:
        save(sites, run_id, [page(1)])
        self.hand_off(sites, "courier.example/news/0001", NIGHT)
        sites.suppress("courier.example", reason="they asked us not to write", by="mara", now=NIGHT)
        assert sites.reassess(now=NIGHT, rules=RULES) == 0


def test_a_suppressed_publisher_is_skipped_and_comes_back_when_it_is_not_any_more(sites: Store, run_id: int) -> None:
    save(sites, run_id, [page(1)])
    before = answers(sites)
    sites.suppress("courier.example", reason="they asked us not to write", by="mara", now=NIGHT)
    sites.reassess(now=NIGHT, rules=RULES)
    assert answers(sites)["courier.example/news/0001"].level == "skip"
    sites.unsuppress("courier.example", by="mara", now=NIGHT)
    sites.reassess(now=NIGHT, rules=RULES)
    assert answers(sites) == before


def test_a_new_look_at_the_page_is_weighed_from_the_start(sites: Store, run_id: int) -> None:
    save(sites, run_id, [page(1, signs(7)), page(2, signs(7), site=TRIBUNE)])
    changed = replace(
        page(2, signs(7), site=TRIBUNE, at=NIGHT + DAY), findings=(finding(level=Level.SKIP, priority=None),)
    )
    save(sites, run_id, [changed])
    assert answers(sites)["tribune.example/news/0002"].level_reasons == ("worth asking",)


def test_a_few_looks_weigh_only_what_they_touched(sites: Store, run_id: int) -> None:
    sites.save_outcomes(run_id, [page(1, signs(7)), page(2, signs(7), site=TRIBUNE)])
    asked = sites.start_run("recheck", NIGHT + DAY)
    sites.save_outcomes(asked, [page(3, at=NIGHT + DAY)])
    assert sites.reassess(now=NIGHT + DAY, rules=RULES, of_run=asked) == 1
    assert answers(sites)["tribune.example/news/0002"].level == "ask_now", "the night tells that it is a copy"
    sites.reassess(now=NIGHT + DAY, rules=RULES, of_run=run_id)
    assert answers(sites)["tribune.example/news/0002"].level == "hold"
