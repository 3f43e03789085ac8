"""Which email is written: by verdict, kind, place and sentence."""

from typing import Any

import pytest

from mentions.findings import Verdict
from mentions.outreach.cases import case_of
from mentions.outreach.drafts import render_draft
from mentions.outreach.placement import place_link
from mentions.targets import Kind
from tests.outreach.building import CONTACT, NOW, PUBLISHER, SENDER, TARGET, stored

PROFILE = "https://www.linkedin.com/company/quillon"


def chosen(kind: Kind = Kind.BRAND, **changes: Any) -> str:
    """The case for a finding like the usual one."""
    target = TARGET.model_copy(update={"kind": kind})
    finding = stored(**changes)
    return case_of(finding, target, place_link(finding.sentence, finding.matched, target))


def links(url: str) -> tuple[dict[str, object], ...]:
    return ({"url": url, "effective_url": url, "ours": True},)


@pytest.mark.parametrize(
    ("verdict", "kind", "case"),
    [
        (Verdict.UNLINKED, Kind.BRAND, "unlinked_brand"),
        (Verdict.UNLINKED, Kind.PRODUCT, "unlinked_product"),
        (Verdict.OUTSIDE, Kind.REPORT, "unlinked_report"),
        (Verdict.BARE_URL, Kind.REPORT, "bare_url"),
    ],
)
def test_the_case_follows_from_verdict_and_kind(verdict: Verdict, kind: Kind, case: str) -> None:
    assert chosen(kind, verdict=verdict) == case


@pytest.mark.parametrize(
    ("url", "case"),
    [
        (PROFILE, "misdirected"),
        ("https://quillon.example/", "wrong_page"),
        ("https://quillon.example/gone", "dead_link"),
    ],
)
def test_a_link_to_the_wrong_place_is_named_by_the_place(url: str, case: str) -> None:
    assert chosen(verdict=Verdict.MISDIRECTED, links=links(url)) == case


def test_a_link_that_went_away_is_asked_back() -> None:
    assert chosen(link_found_at=NOW) == "link_lost"
    assert chosen(link_found_at=NOW, verdict=Verdict.LINKED) != "link_lost"


@pytest.mark.parametrize(
    "sentence",
    [
        "Photo: Quillon",
        "© Quillon",
        "Bild: Quillon",
        "Crédit : Quillon",
        "Foto de Quillon",
        "Image courtesy of Quillon",
    ],
)
def test_a_credit_under_a_picture_is_about_the_picture(sentence: str) -> None:
    assert chosen(zone="caption", sentence=sentence) == "image"
    assert chosen(zone="body", sentence=sentence) != "image"


def test_a_caption_that_speaks_of_us_is_no_credit() -> None:
    assert chosen(zone="caption", sentence="A machine by Quillon lifts a crate.") == "unlinked_brand"


@pytest.mark.parametrize(
    "sentence",
    [
        "According to a survey by Quillon, 34 % of warehouses run at night.",
        "Laut einer Studie von Quillon arbeiten 34 Prozent nachts.",
        "Selon le report de Quillon, 34 % des entrepôts tournent la nuit.",
    ],
)
def test_a_figure_with_its_source_is_about_the_source(sentence: str) -> None:
    assert chosen(sentence=sentence) == "statistic"


def test_a_figure_without_a_page_of_ours_behind_it_is_an_ordinary_mention() -> None:
    """Our home page is not where a figure comes from: nobody is told so."""
    assert chosen(sentence="According to Quillon, 34 % of warehouses run at night.") == "unlinked_brand"
    assert chosen(sentence="Quillon sold 1,200 machines; the report is out.") == "unlinked_brand"


def test_a_reports_figure_is_about_the_report() -> None:
    assert chosen(Kind.REPORT, sentence="Quillon found that 34 % of warehouses run at night.") == "statistic"


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
@pytest.mark.parametrize(
    "changes",
    [
        {"zone": "caption", "sentence": "Photo: Quillon Robotics"},
        {"sentence": "According to a survey by Quillon Robotics, 34 % of warehouses run at night."},
        {"link_found_at": NOW},
        {"verdict": Verdict.QUALIFIED},
        {"verdict": Verdict.MISDIRECTED, "links": links(PROFILE)},
        {"verdict": Verdict.MISDIRECTED, "links": links("https://quillon.example/")},
        {"verdict": Verdict.MISDIRECTED, "links": links("https://quillon.example/gone")},
    ],
    ids=["image", "statistic", "link_lost", "qualified", "misdirected", "wrong_page", "dead_link"],
)
def test_every_case_passes_the_linter_at_its_longest(language: str, changes: dict[str, Any]) -> None:
    target = TARGET.model_copy(update={"name": "Quillon Robotics Warehouse Systems"})
    title = "One warehouse in three works at night, and nobody who lives beside it has noticed so far"
    finding = stored(
        **{"page_title": title, "matched": "Quillon Robotics", "contact": CONTACT, "language": language} | changes
    )
    draft = render_draft(finding, target, SENDER, PUBLISHER, now=NOW)
    assert draft.problems == ()
    assert draft.template.endswith(f"/{language}")
    assert "\n\n\n" not in draft.body
    assert draft.body.count(draft.suggested_url) >= 2
    assert "\n    {{" not in draft.body
