"""What the links of an article prove: the best one counts, where it leads and how it is marked are kept apart."""

from dataclasses import replace

import pytest

from mentions.destinations import Destination
from mentions.extraction.article import Zone
from mentions.findings import Finding, JudgedLink, Verdict
from mentions.links import LinkKind
from mentions.rechecking.looks import Agreed, still, truth_of
from mentions.rechecking.rewriting import is_rewritten
from mentions.rechecking.words import Truth
from tests.rechecking.building import START
from tests.rechecking.building import link as seen
from tests.store.building import link

AGREED = Agreed.on(["https://acme.example/report"], {})


def dest(url: str, status: int, final: str | None = None) -> dict[str, Destination]:
    return {url: Destination(url, ours=True, looked_at=START, final_url=final, http_status=status)}


def proves(
    *links: JudgedLink, verdict: Verdict = Verdict.LINKED, agreed: Agreed = AGREED, noindex: bool = False
) -> Truth | None:
    finding = Finding("https://courier.example/a", "Acme", verdict, links=links)
    return truth_of(finding, agreed, noindex=noindex)[0]


REPORT = link("https://acme.example/report")


@pytest.mark.parametrize(
    "url",
    [
        "https://acme.example/report",
        "http://www.acme.example/report/",
        "https://acme.example/report?utm_source=courier#top",
    ],
)
def test_an_agreed_page_in_any_spelling(url: str) -> None:
    assert proves(link(url)) is Truth.LINKED


@pytest.mark.parametrize("rel", ["nofollow", "sponsored", "ugc"])
def test_marked_links_are_qualified(rel: str) -> None:
    assert proves(link("https://acme.example/report", rel=("noopener", rel))) is Truth.QUALIFIED
    assert proves(link("https://acme.example/report", rel=("noopener",))) is Truth.LINKED


def test_a_noindex_page_is_its_own_truth() -> None:
    assert proves(REPORT, noindex=True) is Truth.NOINDEX


def test_other_pages_of_ours_and_profiles_are_the_wrong_page() -> None:
    assert proves(link("https://acme.example/careers")) is Truth.WRONG_PAGE
    profile = replace(link("https://social.example/acme"), ours=False)
    assert proves(profile, verdict=Verdict.MISDIRECTED) is Truth.WRONG_PAGE


def test_a_redirect_of_ours_to_an_agreed_page_is_as_good() -> None:
    moved = Agreed.on(
        ["https://acme.example/report"], dest("https://acme.example/old", 200, "https://acme.example/report")
    )
    assert proves(link("https://acme.example/old"), agreed=moved) is Truth.LINKED


def test_a_dead_page_of_ours_is_no_link_for_a_reader() -> None:
    dead = Agreed.on(["https://acme.example/report"], dest("https://acme.example/report", 404))
    assert proves(REPORT, agreed=dead) is Truth.DEAD_TARGET
    down = Agreed.on(["https://acme.example/report"], dest("https://acme.example/report", 503))
    assert proves(REPORT, agreed=down) is Truth.LINKED, "one bad day of our own server changes nothing"


def test_a_redirector_that_hides_its_target_proves_little() -> None:
    opaque = replace(REPORT, ours=False, link=replace(REPORT.link, kind=LinkKind.OPAQUE))
    assert proves(opaque) is Truth.OPAQUE


@pytest.mark.parametrize("zone", [Zone.BOILERPLATE, Zone.COMMENTS])
def test_links_outside_the_article_are_none(zone: Zone) -> None:
    assert proves(link("https://acme.example/report", zone=zone), verdict=Verdict.OUTSIDE) is Truth.UNLINKED


def test_hidden_links_are_none() -> None:
    hidden = replace(REPORT, link=replace(REPORT.link, hidden=True))
    assert proves(hidden, verdict=Verdict.UNLINKED) is Truth.UNLINKED


def test_the_best_of_several_counts() -> None:
    careers, marked = link("https://acme.example/careers"), link("https://acme.example/report", rel=("ugc",))
    assert proves(careers, marked) is Truth.QUALIFIED
    assert proves(careers, marked, REPORT) is Truth.LINKED


def test_a_link_counts_where_the_name_beside_it_is_gone() -> None:
    assert proves(REPORT, verdict=Verdict.NOT_MENTIONED) is Truth.LINKED
    assert proves(verdict=Verdict.NOT_MENTIONED) is Truth.NOT_NAMED


@pytest.mark.parametrize("verdict", [Verdict.UNKNOWN, Verdict.OWN_PAGE])
def test_what_could_not_be_judged_proves_nothing(verdict: Verdict) -> None:
    assert proves(REPORT, verdict=verdict) is None


def test_a_link_that_stays_is_worth_what_its_page_is_worth() -> None:
    there = seen("https://acme.example/report", "nofollow")
    dead = Agreed.on(["https://acme.example/report"], dest("https://acme.example/report", 410))
    assert still(Truth.QUALIFIED, there, dead)[0] is Truth.DEAD_TARGET
    truth, now = still(Truth.DEAD_TARGET, there, Agreed.on(["https://acme.example/report"], {}))
    assert (truth, now.target_status) == (Truth.QUALIFIED, None)
    assert still(Truth.NOINDEX, there, AGREED)[0] is Truth.NOINDEX


def test_a_text_is_rewritten_when_hardly_anything_of_it_is_left() -> None:
    old = " ".join(f"word{n}" for n in range(300))
    assert not is_rewritten(old, old.replace("word150", ""))
    assert not is_rewritten(old, " ".join(f"word{n}" for n in range(150))), "shortened"
    assert is_rewritten(old, " ".join(f"new{n}" for n in range(300)))
    assert not is_rewritten(old, None)
    assert not is_rewritten("Acme grows.", "Something else."), "too short to say"
