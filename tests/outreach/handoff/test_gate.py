"""May an approved draft still go out? (A-13, G-11)"""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mentions.findings import Verdict
from mentions.outreach.handoff.gate import left
from mentions.outreach.handoff.records import Approved
from mentions.pages import PageState
from tests.outreach.building import NOW
from tests.outreach.handoff.building import approved


def about(*, template: str = "unlinked_brand/en", **changes: Any) -> Approved:
    """An approved draft whose finding is as `changes` say."""
    each = approved(template=template)
    return replace(each, draft=replace(each.draft, finding=replace(each.draft.finding, **changes)))


@pytest.mark.parametrize("verdict", [v for v in Verdict if v not in {"linked", "qualified", "not_mentioned"}])
def test_what_is_still_as_it_was_goes_out(verdict: Verdict) -> None:
    assert left(about(verdict=verdict, page_state=PageState.LIVE), now=NOW) is None


@pytest.mark.parametrize("state", [PageState.BLOCKED, PageState.ERROR, PageState.PAYWALLED, PageState.ROBOTS_DENIED])
def test_could_not_look_is_no_reason_against_it(state: PageState) -> None:
    assert left(about(page_state=state), now=NOW) is None


@pytest.mark.parametrize(
    ("changes", "says", "reclaimed"),
    [
        ({"verdict": Verdict.LINKED}, "already linked", True),
        ({"verdict": Verdict.QUALIFIED}, "already linked.*marked nofollow", False),
        ({"verdict": Verdict.NOT_MENTIONED}, "does not name us any more", False),
        ({"page_state": PageState.GONE}, "was gone", False),
        ({"page_state": PageState.SOFT_404}, "was gone", False),
    ],
)
def test_what_the_last_look_says_is_heard_g11(changes: dict[str, Any], says: str, reclaimed: bool) -> None:
    found = left(about(**changes), now=NOW)
    assert found is not None
    assert found.reclaimed is reclaimed
    assert re.search(says, found.why)


def test_an_email_about_the_marking_goes_out_while_the_link_is_marked() -> None:
    assert left(about(template="qualified/en", verdict=Verdict.QUALIFIED), now=NOW) is None
    assert left(about(template="qualified/en", verdict=Verdict.LINKED), now=NOW) is not None


def test_who_must_not_be_written_to_comes_first_a13() -> None:
    found = left(replace(about(verdict=Verdict.LINKED), suppressed="asked us"), now=NOW)
    assert found is not None
    assert found.why == "the recipient must not be written to: asked us"
    assert not found.reclaimed


def test_put_off_means_until_then() -> None:
    put_off = replace(about(), snoozed_until=NOW + timedelta(days=1))
    assert left(put_off, now=NOW) is not None
    assert left(put_off, now=NOW + timedelta(days=2)) is None


def test_nobody_is_not_written_to() -> None:
    found = left(approved(to_address=None), now=NOW)
    assert found is not None
    assert "mentions drafts edit 7 --to ADDRESS" in found.why
