"""How much a finding is worth asking about: every point accounted for, and never fewer for more."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from mentions.asking import NO_RULES, Authority, Known, LinkHabit, Reach
from mentions.extraction.article import Zone
from mentions.findings import Verdict
from mentions.matching.mention import Decision, Method, Sense
from mentions.opportunities import Assessment, assess
from mentions.priority import (
    AUTHORITY,
    CONTACT,
    EASE,
    FRESHNESS,
    KIND,
    LINKS,
    NEW_DOMAIN,
    PLACE,
    RELEVANCE,
    SPELLING,
)
from mentions.targets import Kind
from tests.outreach.building import NOW, TARGET, article, finding, mention


def points(assessment: Assessment) -> dict[str, int]:
    """Points by the name of the part."""
    return {part.name: part.points for part in assessment.parts}


class TestPriority:
    """The arithmetic: every point is accounted for, and relevance outweighs the rest."""

    def test_the_parts_make_a_hundred_and_relevance_more_than_half(self) -> None:
        rest = PLACE + FRESHNESS + EASE + KIND + SPELLING + LINKS + CONTACT + NEW_DOMAIN + AUTHORITY
        assert RELEVANCE + rest == 100
        assert rest < RELEVANCE

    @given(
        score=st.floats(0, 1),
        count=st.integers(1, 5),
        zone=st.sampled_from([zone for zone in Zone if zone.is_article]),
        days=st.integers(-2, 360),
        verdict=st.sampled_from([Verdict.UNLINKED, Verdict.BARE_URL, Verdict.OUTSIDE, Verdict.MISDIRECTED]),
        kind=st.sampled_from(Kind),
        method=st.sampled_from(Method),
        similarity=st.floats(0, 1),
    )
    def test_the_priority_is_the_sum_of_parts_within_their_bounds(
        self,
        score: float,
        count: int,
        zone: Zone,
        days: int,
        verdict: Verdict,
        kind: Kind,
        method: Method,
        similarity: float,
    ) -> None:
        one = mention(zone=zone, sense=Sense(Decision.US, score), method=method, similarity=similarity)
        found = finding(*[one] * count, verdict=verdict, published=NOW - timedelta(days=days))
        assessment = assess(found, TARGET.model_copy(update={"kind": kind}), now=NOW)
        assert assessment.priority == sum(part.points for part in assessment.parts)
        assert all(0 <= part.points <= part.out_of and part.why for part in assessment.parts)
        assert 0 <= (assessment.priority or 0) <= 100
        assert sum(part.out_of for part in assessment.parts) == 100

    def test_a_headline_outranks_a_fresh_caption(self) -> None:
        headline = assess(finding(mention(zone=Zone.HEADLINE), published=NOW - timedelta(days=300)), TARGET, now=NOW)
        caption = assess(finding(mention(zone=Zone.CAPTION), verdict=Verdict.BARE_URL), TARGET, now=NOW)
        assert headline.priority is not None
        assert caption.priority is not None
        assert headline.priority > caption.priority

    def test_the_start_of_the_article_counts_not_the_start_of_the_page(self) -> None:
        navigation = ("Home News Sport " * 40, Zone.BOILERPLATE, "nav")
        page = article(navigation, "Quillon opens a plant.", *["Nothing happens here for long."] * 20, "Quillon again.")
        early = page.text.index("Quillon")
        late = page.text.rindex("Quillon")
        first = assess(finding(mention(start=early, end=early + 7)), TARGET, now=NOW, article=page)
        last = assess(finding(mention(start=late, end=late + 7)), TARGET, now=NOW, article=page)
        assert points(first)["place"] > points(last)["place"]

    def test_a_misspelling_costs_a_little(self) -> None:
        typo = mention(method=Method.FUZZY, similarity=0.86, matched="Quilon")
        assessment = assess(finding(typo), TARGET, now=NOW)
        assert points(assessment)["spelling"] < SPELLING
        assert any('"Quilon"' in part.why for part in assessment.parts)

    def test_a_report_is_worth_more_than_a_brand(self) -> None:
        report = TARGET.model_copy(update={"kind": Kind.REPORT})
        assert points(assess(finding(), report, now=NOW))["kind"] > points(assess(finding(), TARGET, now=NOW))["kind"]

    def test_a_date_in_the_future_is_today(self) -> None:
        assessment = assess(finding(published=NOW + timedelta(days=3)), TARGET, now=NOW)
        assert points(assessment)["freshness"] == FRESHNESS

    def test_a_held_finding_keeps_its_priority(self) -> None:
        held = assess(finding(canonical="https://tribune.example/a"), TARGET, now=NOW)
        assert held.priority == assess(finding(), TARGET, now=NOW).priority


class TestMonotone:
    """The priority never falls when one part of it gets better; relevance outweighs authority, and all else."""

    @given(
        st.floats(0, 100),
        st.floats(0, 100),
        st.integers(0, 9),
        st.integers(0, 9),
        st.integers(0, 40),
        st.integers(0, 40),
    )
    def test_more_is_never_less(self, low: float, high: float, few: int, many: int, fewer: int, more: int) -> None:
        def priority(**known: object) -> int:
            answer = assess(finding(), TARGET, now=NOW, rules=NO_RULES, known=Known(**known))  # type: ignore[arg-type]  # fields by name
            assert answer.priority is not None
            return answer.priority

        low, high = sorted((low, high))
        few, many = sorted((few, many))
        fewer, more = sorted((fewer, more))
        assert priority(authority=Authority(low, "f")) <= priority(authority=Authority(high, "f"))
        assert priority(pages_linking=many) <= priority(pages_linking=few)
        assert priority(links=LinkHabit(40, 40, fewer or 1)) <= priority(links=LinkHabit(40, 40, more or 1))
        reaches = (Reach(), Reach(form=True), Reach(address=True), Reach(address=True, named=True))
        reached = [priority(reach=reach) for reach in reaches]
        assert reached == sorted(reached)

    @given(st.floats(0, 100), st.floats(0, 100))
    def test_relevance_outweighs_authority(self, low: float, high: float) -> None:
        once, twice = finding(), finding(mention(), mention(start=90, end=97))
        little = assess(twice, TARGET, now=NOW, known=Known(authority=Authority(low, "f")))
        much = assess(once, TARGET, now=NOW, known=Known(authority=Authority(high, "f")))
        assert (little.priority or 0) > (much.priority or 0)
