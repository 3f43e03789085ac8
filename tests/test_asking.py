"""Is a finding worth asking about: what other pages, other days and the suppression list say."""

from datetime import timedelta

import pytest

from mentions.asking import CopyOf, EarlierAsk, Known, LinkHabit, Rules
from mentions.findings import Verdict
from mentions.opportunities import Assessment, Level, assess
from tests.outreach.building import NOW, TARGET, article, finding


class TestKnown:
    """What other pages and days tell."""

    RULES = Rules(person_again_after_days=90, publisher_again_after_days=14, pages_to_judge_links=10)

    def weigh(self, known: Known) -> Assessment:
        return assess(finding(), TARGET, now=NOW, rules=self.RULES, known=known)

    def test_nothing_known_changes_nothing(self) -> None:
        assert self.weigh(Known()) == assess(finding(), TARGET, now=NOW)

    def test_the_suppression_list_skips(self) -> None:
        assessment = self.weigh(Known(suppressed="the editors asked us not to write"))
        assert (assessment.level, assessment.reasons) == (Level.SKIP, ("the editors asked us not to write",))
        assert assessment.priority is None

    def test_a_copy_waits_and_names_its_origin(self) -> None:
        copy = CopyOf("https://tribune.example/a", "The Tribune", "it has the earliest date")
        assessment = self.weigh(Known(copy_of=copy))
        assert assessment.level is Level.HOLD
        assert assessment.reasons == (
            "copy of https://tribune.example/a (The Tribune; it has the earliest date): one story, one email",
        )

    def test_a_copy_of_a_press_release_is_skipped(self) -> None:
        copy = CopyOf("https://wire.example/a", "The Wire", "it stands on a press wire", wire=True)
        assert self.weigh(Known(copy_of=copy)).level is Level.SKIP

    @pytest.mark.parametrize(
        ("days", "same_person", "level"),
        [
            (0, True, Level.HOLD),
            (89, True, Level.HOLD),
            (90, True, Level.ASK_NOW),
            (13, False, Level.HOLD),
            (14, False, Level.ASK_NOW),
        ],
    )
    def test_nobody_is_asked_again_too_soon(self, days: int, same_person: bool, level: Level) -> None:
        asked = EarlierAsk(NOW - timedelta(days=days), "Night shift", same_person)
        assessment = self.weigh(Known(asked=asked))
        assert assessment.level is level
        assert ("Night shift" in assessment.reasons[0]) is (level is Level.HOLD)

    @pytest.mark.parametrize(
        ("habit", "level", "why"),
        [
            (LinkHabit(40, 0, 0), Level.HOLD, "of 40 articles read none has a link to another site"),
            (LinkHabit(40, 12, 0), Level.HOLD, "12 of 40 articles read link to other sites, each with nofollow"),
            (LinkHabit(40, 4, 0), Level.ASK_NOW, "worth asking"),
            (LinkHabit(9, 0, 0), Level.ASK_NOW, "worth asking"),
            (LinkHabit(40, 12, 1), Level.ASK_NOW, "worth asking"),
        ],
    )
    def test_a_publisher_that_never_links_out_waits(self, habit: LinkHabit, level: Level, why: str) -> None:
        assessment = self.weigh(Known(links=habit))
        assert assessment.level is level
        assert why in assessment.reasons[0]

    def test_an_author_who_left_waits(self) -> None:
        assert self.weigh(Known(author_gone="their page is not there any more")).level is Level.HOLD

    def test_what_the_page_says_is_kept_behind_it(self) -> None:
        page = article("Quillon builds machines.", robots=frozenset({"noindex"}))
        known = Known(author_gone="their page is not there any more")
        assessment = assess(finding(), TARGET, now=NOW, article=page, known=known)
        assert "left" in assessment.reasons[0]
        assert "noindex" in assessment.reasons[1]

    def test_a_skipped_page_stays_skipped(self) -> None:
        assessment = assess(finding(verdict=Verdict.LINKED), TARGET, now=NOW, known=Known(pages_linking=3))
        assert assessment.reasons == ("the article links to us already",)
