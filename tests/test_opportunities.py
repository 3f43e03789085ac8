"""Is a finding worth asking about: the gate with its reasons, as far as the page itself tells."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mentions.asking import NO_RULES, Rules
from mentions.extraction.article import Zone
from mentions.findings import Verdict
from mentions.links import LinkKind
from mentions.matching.mention import Decision, Sense
from mentions.opportunities import Level, assess, one_per_article
from tests.outreach.building import (
    NOW,
    PAGE,
    PUBLISHER,
    TARGET,
    article,
    finding,
    judged_link,
    mail_link,
    mention,
    with_links,
)


class TestGate:
    """Which findings are asked about, held for a person, or left alone, each with its reason."""

    @pytest.mark.parametrize(
        "verdict", [Verdict.LINKED, Verdict.QUALIFIED, Verdict.NOT_MENTIONED, Verdict.OWN_PAGE, Verdict.UNKNOWN]
    )
    def test_a_verdict_that_leaves_nothing_to_ask_is_skipped(self, verdict: Verdict) -> None:
        assessment = assess(finding(verdict=verdict), TARGET, now=NOW)
        assert (assessment.level, assessment.priority) == (Level.SKIP, None)
        assert assessment.reasons[0]

    @pytest.mark.parametrize("verdict", [Verdict.UNLINKED, Verdict.BARE_URL, Verdict.OUTSIDE])
    def test_a_verdict_that_leaves_something_to_ask_is_asked(self, verdict: Verdict) -> None:
        assessment = assess(finding(verdict=verdict), TARGET, now=NOW)
        assert assessment.level is Level.ASK_NOW
        assert assessment.reasons[0].startswith("worth asking")

    @pytest.mark.parametrize(
        ("rel", "level"), [(("nofollow",), Level.ASK_NOW), (("nofollow", "sponsored"), Level.SKIP)]
    )
    def test_a_qualified_link_is_asked_about_where_the_team_wants_it_and_it_was_not_paid_for(
        self, rel: tuple[str, ...], level: Level
    ) -> None:
        marked = finding(verdict=Verdict.QUALIFIED, links=(replace(judged_link("https://quillon.example/"), rel=rel),))
        assert assess(marked, TARGET, now=NOW).level is Level.SKIP
        assessment = assess(marked, TARGET, now=NOW, rules=replace(NO_RULES, ask_qualified=True))
        assert assessment.level is level

    def test_a_name_in_comments_only_is_skipped(self) -> None:
        assessment = assess(finding(mention(zone=Zone.COMMENTS)), TARGET, now=NOW)
        assert assessment.level is Level.SKIP
        assert assessment.priority is None

    def test_a_doubtful_sense_waits_for_a_person(self) -> None:
        why = ("for us: it is capitalised", "against: the page is about birds")
        assessment = assess(finding(mention(sense=Sense(Decision.UNSURE, 0.5, why))), TARGET, now=NOW)
        assert assessment.level is Level.HOLD
        assert (
            assessment.reasons[0] == '"Quillon" may mean something else (the page is about birds): a person should look'
        )

    def test_one_sure_mention_is_enough(self) -> None:
        unsure = mention(sense=Sense(Decision.UNSURE, 0.5))
        assert assess(finding(unsure, mention()), TARGET, now=NOW).level is Level.ASK_NOW

    @pytest.mark.parametrize("robots", ["noindex", "none"])
    def test_a_page_that_is_not_indexed_waits_for_a_person(self, robots: str) -> None:
        page = article("Quillon builds machines.", robots=frozenset({robots}))
        assessment = assess(finding(), TARGET, now=NOW, article=page)
        assert assessment.level is Level.HOLD
        assert "noindex" in assessment.reasons[0]

    def test_a_paywalled_page_waits_for_a_person(self) -> None:
        page = article("Quillon builds machines.", paywalled=True)
        assert assess(finding(), TARGET, now=NOW, article=page).level is Level.HOLD

    def test_an_old_article_is_skipped_from_the_day_after_its_limit(self) -> None:
        on_the_day = finding(published=NOW - timedelta(days=30))
        after_it = finding(published=NOW - timedelta(days=31))
        assert assess(on_the_day, TARGET, now=NOW, rules=Rules(max_age_days=30)).level is Level.ASK_NOW
        late = assess(after_it, TARGET, now=NOW, rules=Rules(max_age_days=30))
        assert (late.level, late.reasons) == (
            Level.SKIP,
            ("published 31 days ago; older than 30 days is not asked about",),
        )

    def test_an_undated_article_is_asked_about_with_a_note(self) -> None:
        assessment = assess(finding(published=None), TARGET, now=NOW)
        assert assessment.level is Level.ASK_NOW
        assert any("no date" in reason for reason in assessment.reasons)

    @pytest.mark.parametrize(
        ("url", "level"),
        [
            ("https://www.prnewswire.com/news-releases/quillon-1.html", Level.SKIP),
            ("https://m.facebook.com/somebody/posts/1", Level.SKIP),
            ("https://de.wikipedia.org/wiki/Quillon", Level.SKIP),
            ("https://fans.example/viewtopic.php?t=3", Level.HOLD),
            ("https://forum.fans.example/t/quillon/3", Level.HOLD),
            ("https://web.archive.org/web/2020/https://courier.example/a", Level.SKIP),
            ("https://courier.example/", Level.HOLD),
            ("https://courier.example/?p=12", Level.ASK_NOW),
            ("https://notfacebook.com/a", Level.ASK_NOW),
            ("https://courier.example/forumlarities/1", Level.ASK_NOW),
        ],
    )
    def test_where_the_page_stands(self, url: str, level: Level) -> None:
        assert assess(finding(url=url), TARGET, now=NOW).level is level

    def test_a_publisher_that_is_called_a_press_wire_is_skipped(self) -> None:
        wire = PUBLISHER.model_copy(update={"topics": ("press wire",)})
        assessment = assess(finding(), TARGET, now=NOW, publisher=wire)
        assert assessment.level is Level.SKIP
        assert "press wire" in assessment.reasons[0]

    @pytest.mark.parametrize(
        "text",
        [
            "HAMBURG, Nov. 20, 2026 /PRNewswire/ -- Quillon Robotics today announced a machine.",
            "HAMBURG--(BUSINESS WIRE)--Quillon Robotics today announced a machine.",
            "Original-Content von: Quillon Robotics, übermittelt durch news aktuell",
        ],
    )
    def test_a_republished_release_is_skipped_with_its_mark(self, text: str) -> None:
        assessment = assess(finding(), TARGET, now=NOW, article=article(text))
        assert assessment.level is Level.SKIP
        assert "republished press release" in assessment.reasons[0]

    def test_an_article_about_a_wire_is_no_release(self) -> None:
        page = article("Quillon has stopped paying for PRNewswire and Business Wire, its chief said.")
        assert assess(finding(), TARGET, now=NOW, article=page).level is Level.ASK_NOW

    @pytest.mark.parametrize("label", ["Press release", "PRESSEMITTEILUNG", "Sponsored content", "Advertorial"])
    def test_a_labelled_piece_waits_for_a_person(self, label: str) -> None:
        page = article(label, ("Quillon opens a plant", Zone.HEADLINE, "h1"), "Quillon builds machines.")
        assessment = assess(finding(), TARGET, now=NOW, article=page)
        assert assessment.level is Level.HOLD
        assert label in assessment.reasons[0]

    def test_the_word_over_an_advertising_slot_further_down_says_nothing_of_the_piece(self) -> None:
        paragraphs = ["Quillon builds machines that sort parcels by night."] * 6
        page = article(("Robots at work", Zone.HEADLINE, "h1"), *paragraphs, "Anzeige", "And so it went on.")
        assert assess(finding(), TARGET, now=NOW, article=page).level is Level.ASK_NOW

    def test_our_own_boilerplate_beside_a_press_contact_waits_for_a_person(self) -> None:
        page = article("Quillon builds machines.", "About Quillon Robotics", "It was founded.", "Media contact: Mara")
        assert assess(finding(), TARGET, now=NOW, article=page).level is Level.HOLD

    def test_a_copy_that_names_its_original_waits_for_a_person(self) -> None:
        copy = assess(finding(canonical="https://tribune.example/a"), TARGET, now=NOW)
        assert copy.level is Level.HOLD
        assert "https://tribune.example/a" in copy.reasons[0]
        same_site = finding(canonical="https://www.courier.example/tech/night-shift")
        assert assess(same_site, TARGET, now=NOW).level is Level.ASK_NOW

    def test_a_hidden_address_beside_the_name_waits_for_a_person(self) -> None:
        links = (judged_link("https://bit.ly/3xyz", kind=LinkKind.OPAQUE),)
        assessment = assess(finding(links=links), TARGET, now=NOW)
        assert assessment.level is Level.HOLD
        assert "https://bit.ly/3xyz" in assessment.reasons[0]

    @pytest.mark.parametrize(
        ("url", "level"),
        [
            ("https://quillon.example/gone", Level.ASK_AFTER_FIX),
            ("https://www.linkedin.com/company/quillon", Level.ASK_NOW),
            ("https://quillon.example/", Level.ASK_NOW),
        ],
    )
    def test_a_link_to_a_dead_page_is_ours_to_mend_first(self, url: str, level: Level) -> None:
        misdirected = finding(verdict=Verdict.MISDIRECTED, links=(judged_link(url),))
        assert assess(misdirected, TARGET, now=NOW).level is level

    def test_every_reason_to_skip_is_said(self) -> None:
        old = finding(url="https://www.prnewswire.com/a", published=NOW - timedelta(days=900))
        assert len(assess(old, TARGET, now=NOW).reasons) == 2

    def test_a_caveat_and_an_agency_are_said_and_change_nothing(self) -> None:
        publisher = PUBLISHER.model_copy(update={"caveat": "Answers on Mondays only."})
        page = article("BERLIN (Halcyon News) — Quillon builds machines that sort parcels, its chief said.")
        assessment = assess(finding(), TARGET, now=NOW, publisher=publisher, article=page)
        assert assessment.level is Level.ASK_NOW
        assert any("Halcyon News" in reason for reason in assessment.reasons)
        assert any("Answers on Mondays only." in reason for reason in assessment.reasons)


def test_the_contact_comes_from_the_article() -> None:
    page = with_links(
        article("Quillon builds machines.", authors=("Jane Doering",)), mail_link("mailto:jane.doering@courier.example")
    )
    contact = assess(finding(), TARGET, now=NOW, article=page).contact
    assert contact is not None
    assert (contact.address, contact.name, contact.source_url) == ("jane.doering@courier.example", "Jane Doering", PAGE)
    assert assess(finding(), TARGET, now=NOW).contact is None


def test_the_same_finding_gets_the_same_answer() -> None:
    found = finding(mention(), replace(mention(), zone=Zone.QUOTE))
    assert assess(found, TARGET, now=NOW) == assess(found, TARGET, now=NOW)


class TestSites:
    """Whose site it is."""

    RULES = Rules(own_sites=frozenset({"quillon.example"}), competitors=frozenset({"rival.example"}))

    @pytest.mark.parametrize(
        ("url", "level", "why"),
        [
            ("https://shop.quillon.example/a", Level.SKIP, "a site of our own house"),
            ("https://www.rival.example/blog/a", Level.SKIP, "belongs to a competitor"),
            ("https://quillon.test/a", Level.HOLD, "bears our name"),
            ("https://notquillon.example/a", Level.ASK_NOW, "worth asking"),
            ("https://myrival.example/a", Level.ASK_NOW, "worth asking"),
        ],
    )
    def test_own_sister_and_competing_sites(self, url: str, level: Level, why: str) -> None:
        assessment = assess(finding(url=url), TARGET, now=NOW, rules=self.RULES)
        assert assessment.level is level
        assert why in assessment.reasons[0]


class TestBadNews:
    """A story that may be bad news about us waits for a person, and is never skipped for it."""

    def test_it_waits_with_the_word_that_made_it_wait(self) -> None:
        sued = mention(sentence="Customers sued Quillon over broken arms.")
        assessment = assess(finding(sued), TARGET, now=NOW)
        assert assessment.level is Level.HOLD
        assert assessment.reasons[0] == 'may be bad news about us ("sued"): a person should decide'

    def test_a_headline_counts_where_the_piece_is_about_us(self) -> None:
        page = article(("Robot maker hit by data breach", Zone.HEADLINE, "h1"), "Quillon said so. Quillon is sorry.")
        one, two = mention(sentence="Quillon said so."), mention(sentence="Quillon is sorry.", start=60, end=67)
        assert assess(finding(one, two), TARGET, now=NOW, article=page).level is Level.HOLD
        assert assess(finding(one), TARGET, now=NOW, article=page).level is Level.ASK_NOW, "a remark in passing"


class TestOnePerArticle:
    """Two of our names in one article make one email."""

    def test_the_stronger_target_leads_and_the_other_waits(self) -> None:
        strong, weak = finding(mention(zone=Zone.HEADLINE)), finding(target="Orbit Report")
        answers = one_per_article([(each, assess(each, TARGET, now=NOW)) for each in (weak, strong)])
        assert [answer.level for _, answer in answers] == [Level.HOLD, Level.ASK_NOW]
        assert "Quillon Robotics" in answers[0][1].reasons[0]

    def test_what_is_held_or_skipped_anyway_leaves_the_lead_to_the_other(self) -> None:
        old = finding(published=NOW - timedelta(days=900))
        answers = one_per_article([(each, assess(each, TARGET, now=NOW)) for each in (old, finding())])
        assert [answer.level for _, answer in answers] == [Level.SKIP, Level.ASK_NOW]
