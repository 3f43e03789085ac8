"""From a finding to the email that asks."""

from typing import Any

import pytest

from mentions.assessments import Contact
from mentions.exceptions import DraftError
from mentions.findings import Verdict
from mentions.outreach.drafts import NO_ADDRESS, render_draft
from mentions.outreach.lint import LONGEST_BODY, LONGEST_SUBJECT, word_count
from mentions.outreach.placement import place_link
from mentions.outreach.variables import LONGEST_SHORT_NAME, VARIABLES, variables_of
from mentions.store.records import NewDraft
from mentions.targets import Kind
from tests.outreach.building import CONTACT, NOW, PAGE, PUBLISHER, SENDER, TARGET, stored

LONG = (
    "Quillon Robotics, which has been building machines in an old shipyard by the river since the spring of 1998, said "
    "on Monday that it would hire two hundred people, among them welders, mathematicians and a poet, before the year "
    "is out, and that none of them would have to work at night."
)


def render(**changes: Any) -> NewDraft:
    """The draft for a finding like the usual one."""
    return render_draft(stored(**changes), TARGET, SENDER, PUBLISHER, now=NOW)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("verdict", [Verdict.UNLINKED, Verdict.OUTSIDE, Verdict.BARE_URL, Verdict.MISDIRECTED])
@pytest.mark.parametrize("zone", ["body", "headline", "caption"])
def test_every_email_of_ours_passes_its_own_linter(language: str, kind: Kind, verdict: Verdict, zone: str) -> None:
    """At its longest, too: a long sentence, a long title, a role, an address, a contact."""
    target = TARGET.model_copy(update={"kind": kind, "name": "Quillon Robotics Warehouse Systems"})
    finding = stored(
        verdict=verdict,
        language=language,
        zone=zone,
        sentence=LONG,
        matched="Quillon Robotics",
        page_title="One warehouse in three works at night, and nobody who lives beside it has noticed so far",
        contact=CONTACT,
    )
    draft = render_draft(finding, target, SENDER, PUBLISHER, now=NOW)
    assert draft.problems == ()
    assert draft.template.endswith(f"/{language}")
    assert len(draft.subject) <= LONGEST_SUBJECT
    assert word_count(draft.body) <= LONGEST_BODY
    assert "\n\n\n" not in draft.body
    assert "  \n" not in draft.body
    assert draft.body.count(draft.suggested_url) == 2, "once to read, once in the HTML"


def test_an_email_says_what_it_must() -> None:
    draft = render(contact=CONTACT)
    for part in (
        "Dear Jane,",
        "“One warehouse in three works at night”",
        PAGE,
        "\n    A machine by Quillon sorts the parcels.\n",
        "Could “Quillon” be a link",
        "    https://quillon.example/\n",
        '    <a href="https://quillon.example/">Quillon</a>\n',
        "perfectly fine",
        "Mara Lindqvist\nCommunications, Quillon Robotics\n12 Harbour Street, 20457 Hamburg",
        "Your address is published on the article's page.",
        "we will not write again",
    ):
        assert part in draft.body
    assert (draft.to_name, draft.to_address, draft.contact_source_url) == (CONTACT.name, CONTACT.address, PAGE)


def test_without_an_address_nobody_is_guessed() -> None:
    draft = render()
    assert (draft.to_address, draft.contact_source_url) == (None, None)
    assert draft.problems == (NO_ADDRESS,)
    assert draft.body.startswith("Dear Jane,"), "the author will be the one a person finds"
    assert "published" not in draft.body


def test_a_role_address_is_not_greeted_with_the_authors_name() -> None:
    draft = render(contact=Contact("newsdesk@courier.example", None, PAGE, "newsroom"))
    assert draft.to_name is None
    assert draft.body.startswith("Hello,")


@pytest.mark.parametrize("author", ["News Staff", "Jane and Bob", "毛泽东", "", None, "The Daily Courier"])
def test_a_doubtful_author_is_greeted_by_no_name_b03(author: str | None) -> None:
    assert render(author=author).body.startswith("Hello,")


def test_without_a_postal_address_that_is_a_problem_a14() -> None:
    draft = render_draft(stored(), TARGET, SENDER.model_copy(update={"postal_address": None}), PUBLISHER, now=NOW)
    assert any("postal address" in problem for problem in draft.problems)


@pytest.mark.parametrize("payload", ["{{ 7*7 }}", "{% raw %}", "{# x #}", "{% for x in y %}"])
def test_crawled_text_that_looks_like_a_template_appears_literally_d05(payload: str) -> None:
    draft = render(sentence=f"Quillon sells {payload} machines.", page_title=payload, contact=CONTACT)
    assert f"    Quillon sells {payload} machines.\n" in draft.body
    assert f"“{payload}”" in draft.body
    assert draft.problems == ()


def test_a_name_keeps_its_letters() -> None:
    draft = render(sentence="O'Neill & Söhne of Quillon <b>said</b> so.", page_title="Tom & Jerry's day")
    assert "O'Neill & Söhne of Quillon <b>said</b> so." in draft.body
    assert "Tom & Jerry's day" in draft.body


def test_line_breaks_in_crawled_text_make_no_line_of_their_own_a04() -> None:
    draft = render(page_title="a\r\nBcc: evil@x.example\u2028b\x00c", sentence="Quillon\x0bmoved\x85on.")
    assert "“a Bcc: evil@x.example b c”" in draft.body
    assert "    Quillon moved on.\n" in draft.body
    assert "\r" not in draft.body


def test_direction_marks_in_crawled_text_go_c09() -> None:
    assert "“Robots at work”" in render(page_title="Robots \u202eat\u2066 work").body


@pytest.mark.parametrize(
    "title",
    ["Robots at work | The Daily Courier", "Robots at work - the daily courier", "Robots at work – courier.example"],
)
def test_the_sites_name_is_no_part_of_the_title(title: str) -> None:
    assert "“Robots at work”" in render(page_title=title).body


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("https://www.linkedin.com/company/quillon", "profile at a social network"),
        ("https://quillon.example/", "home page"),
        ("https://quillon.example/gone", "no longer exists"),
    ],
)
def test_a_misdirected_link_is_named_by_where_it_leads(link: str, words: str) -> None:
    draft = render(verdict=Verdict.MISDIRECTED, links=({"url": link, "effective_url": link, "ours": True},))
    assert words in draft.body


def test_a_printed_address_is_shown_and_becomes_the_link() -> None:
    draft = render(verdict=Verdict.BARE_URL, sentence="Read on at www.quillon.example, says Quillon.", contact=CONTACT)
    assert "plain text (www.quillon.example)" in draft.body
    assert draft.suggested_anchor == "www.quillon.example"
    assert (
        draft.suggested_html == 'Read on at <a href="https://quillon.example/">www.quillon.example</a>, says Quillon.'
    )
    assert draft.problems == ()


def test_a_page_without_title_and_sentence_still_gets_a_readable_email() -> None:
    draft = render(page_title=None, sentence=None, matched=None)
    assert "in your article (https://courier.example/tech/night-shift)." in draft.body
    assert "“”" not in draft.body
    assert "\n\n\n" not in draft.body


def test_an_address_that_is_no_web_address_stays_out() -> None:
    assert "javascript" not in render(page_url="javascript:alert(1)").body


def test_the_same_finding_gives_the_same_draft() -> None:
    assert render() == render()


def test_a_finding_without_opportunity_is_refused() -> None:
    with pytest.raises(DraftError):
        render(opportunity_id=None)


def test_templates_get_plain_values_under_the_documented_names_d06() -> None:
    finding = stored(contact=CONTACT)
    sender = dict.fromkeys(VARIABLES["sender"], "x")
    place = place_link(finding.sentence, finding.matched, TARGET)
    values = variables_of(finding, TARGET, sender, PUBLISHER, place, "en")
    assert {group: set(keys) for group, keys in VARIABLES.items()} == {
        group: set(content) for group, content in values.items() if isinstance(content, dict)
    }
    for content in values.values():
        assert type(content) is dict
        assert {type(value) for value in content.values()} <= {str, bool, type(None)}


def test_a_long_name_still_fits_a_subject() -> None:
    target = TARGET.model_copy(update={"name": "The Great Northern Survey of Automated Warehouses 2026"})
    finding = stored()
    sender = dict.fromkeys(VARIABLES["sender"], "x")
    values = variables_of(finding, target, sender, PUBLISHER, place_link(None, None, target), "en")
    group = values["target"]
    assert isinstance(group, dict)
    assert len(str(group["short_name"])) <= LONGEST_SHORT_NAME
