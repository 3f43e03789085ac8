"""Which verdict, and why: every verdict, their order, and the cases that fool other tools."""

from collections.abc import Sequence

import pytest

from mentions.extraction.article import Article, Metadata, Zone
from mentions.findings import Finding, LinkDistance, Verdict
from mentions.matching.mention import Decision, Method
from mentions.targets import Target
from mentions.verdicts import judge, own_page, unknown
from tests.verdicts.building import ACME, PAGE, REPORT, article, matches, picture

NAMED = "Acme sold more robots this year."


def judged(page: Article, target: Target = ACME, **options: object) -> Finding:
    return judge(page, matches(page, target), target, **options)  # type: ignore[arg-type]  # options of several types


@pytest.mark.parametrize(
    ("text", "distance"),
    [
        ("[Acme](https://acme.example/) sold robots.", LinkDistance.INSIDE),
        ("The firm [Acme Robotics of Berlin](https://acme.example/) sold robots.", LinkDistance.INSIDE),
        ("Acme sold [many robots](https://www.acme.example/sales).", LinkDistance.SENTENCE),
        ("Acme sold robots. See [the figures](https://acme.example/sales).", LinkDistance.PARAGRAPH),
    ],
)
def test_a_followed_link_in_the_article_links_whatever_its_words(text: str, distance: LinkDistance) -> None:
    finding = judged(article(text))
    assert finding.verdict is Verdict.LINKED
    assert finding.mentions[0].distance is distance
    assert [link.ours for link in finding.links] == [True]


def test_a_link_in_another_paragraph_or_list_of_references_is_elsewhere() -> None:
    finding = judged(article(NAMED, "References", "1. [Annual figures](//ACME.example./figures)"))
    assert (finding.verdict, finding.mentions[0].distance) == (Verdict.LINKED, LinkDistance.ELSEWHERE)
    assert finding.reasons[0] == "the article links to us in another place"


def test_each_mention_has_its_own_distance() -> None:
    finding = judged(article("[Acme](https://acme.example/) is here.", NAMED))
    assert [m.distance for m in finding.mentions] == [LinkDistance.INSIDE, LinkDistance.ELSEWHERE]


@pytest.mark.parametrize("zone", [Zone.HEADLINE, Zone.CAPTION, Zone.QUOTE])
def test_headlines_captions_and_quotes_are_article(zone: Zone) -> None:
    assert judged(article(NAMED, (zone, "[Robots](https://acme.example/)"))).verdict is Verdict.LINKED


def test_a_linked_picture_links() -> None:
    assert judged(picture(article(NAMED), "https://acme.example/", "Robots at work")).verdict is Verdict.LINKED


@pytest.mark.parametrize(
    "rel", ["nofollow", "sponsored", "ugc", "nofollow noopener", "noopener sponsored ugc"]
)  # fmt: skip
def test_a_link_that_passes_no_weight_is_qualified(rel: str) -> None:
    finding = judged(article(f"[Acme](https://acme.example/ {rel}) sold robots."))
    assert finding.verdict is Verdict.QUALIFIED
    assert finding.links[0].rel == tuple(sorted(rel.split()))
    assert any(rel.split()[-1] in reason for reason in finding.reasons)


@pytest.mark.parametrize("rel", ["noopener", "noreferrer external", "follow"])
def test_other_tokens_of_rel_change_nothing(rel: str) -> None:
    assert judged(article(f"[Acme](https://acme.example/ {rel}) sold robots.")).verdict is Verdict.LINKED


def test_one_followed_link_among_qualified_ones_is_enough() -> None:
    page = article("[Acme](https://acme.example/ nofollow) sold [robots](https://acme.example/robots).")
    assert judged(page).verdict is Verdict.LINKED


@pytest.mark.parametrize("word", ["nofollow", "none"])
def test_the_robots_rules_of_the_page_qualify_every_link(word: str) -> None:
    page = article("[Acme](https://acme.example/) sold robots.", metadata=Metadata(robots=frozenset({word})))
    finding = judged(page)
    assert finding.verdict is Verdict.QUALIFIED
    assert finding.links[0].rel == ("nofollow",)
    assert any("the page tells search engines" in reason for reason in finding.reasons)


def test_sponsored_is_said_before_the_nofollow_of_the_page() -> None:
    page = article("[Acme](https://acme.example/ sponsored) sold.", metadata=Metadata(robots=frozenset({"nofollow"})))
    finding = judged(page)
    assert finding.links[0].rel == ("nofollow", "sponsored")
    assert any("sponsored" in reason for reason in finding.reasons)


@pytest.mark.parametrize(
    "href",
    [
        "https://notacme.example/",
        "https://acme.example.evil.test/",
        "https://evil.test/acme.example",
        "https://maker.example/other",
        "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Facme.example",
        "https://twitter.com/intent/tweet?url=https://acme.example",
        "mailto:press@acme.example",
        "javascript:open('https://acme.example')",
        "#acme",
        "",
        "https://web.archive.org/web/2020/https://acme.example/",
    ],
)
def test_what_only_looks_like_a_link_to_us_leaves_the_mention_unlinked(href: str) -> None:
    finding = judged(article(f"Acme sold robots, [they say]({href})."))
    assert finding.verdict is Verdict.UNLINKED
    assert finding.links == ()


def test_a_hidden_link_is_no_link() -> None:
    assert judged(article(f"{NAMED} [Acme](https://acme.example/ hidden)")).verdict is Verdict.UNLINKED


def test_an_archived_copy_is_named_as_the_reason() -> None:
    finding = judged(article("Acme sold [robots](https://web.archive.org/web/2020/https://acme.example/)."))
    assert "archived copy" in " ".join(finding.reasons)


@pytest.mark.parametrize(
    "href",
    [
        "https://www.google.com/url?q=https://acme.example/robots",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Facme.example%2F",
        "https://maker.example/acme/robots",
        "http://jane@acme.example:8080/",
        "https://xn--acme-example.example@acme.example/",
    ],
)
def test_redirectors_that_show_us_and_odd_spellings_of_our_address_link(href: str) -> None:
    assert judged(article(f"Acme sold [robots]({href}).")).verdict is Verdict.LINKED


@pytest.mark.parametrize("anchor", ["Acme", "$60 at Acme", "acme.example/robots"])
def test_a_redirector_that_hides_its_target_is_believed_when_it_carries_our_name(anchor: str) -> None:
    finding = judged(article(f"Acme sold robots: [{anchor}](https://bit.ly/3abc nofollow)."))
    assert finding.verdict is Verdict.QUALIFIED
    assert finding.links[0].ours is False
    assert any("hides its target" in reason for reason in finding.reasons)


@pytest.mark.parametrize(
    ("anchor", "href", "verdict"),
    [
        ("Globex, an Acme alternative", "/go/globex/", Verdict.UNLINKED),
        ("Try Acme", "/go/acme-robotics/", Verdict.LINKED),
        ("Try Acme", "/go/77516", Verdict.LINKED),
        ("The Roboking from Acme", "/recommends/roboking", Verdict.LINKED),
        ("Globex, an Acme alternative", "https://bit.ly/globex", Verdict.LINKED),
    ],
)
def test_a_way_out_with_another_name_on_it_is_not_ours(anchor: str, href: str, verdict: Verdict) -> None:
    assert judged(article(f"Acme sold robots. [{anchor}]({href})")).verdict is verdict


def test_a_linked_picture_behind_a_redirector_is_believed_by_its_alternative_text() -> None:
    page = picture(article(NAMED), "https://bit.ly/3abc", "Buy at Acme now")
    assert judged(page).verdict is Verdict.LINKED


@pytest.mark.parametrize(
    "link",
    [
        "[Buy on Acme](/x7k2)",
        "[See the price at Acme](https://courier.example/x7k2/)",
        "[$60 at Acme](https://www.courier.example/x7k2)",
        "[Jetzt bei Acme](/x7k2)",
        "[Acme](/acme noopener noreferrer)",
    ],
)
def test_a_short_address_of_the_site_is_believed_when_its_label_says_that_it_leaves(link: str) -> None:
    finding = judged(article(f"Acme sold robots. {link}"))
    assert (finding.verdict, finding.links[0].ours) == (Verdict.LINKED, False)


@pytest.mark.parametrize(
    "link",
    [
        "[Acme](/acme)",
        "[Acme](/tag/acme noopener)",
        "[More about Acme](/acme-story)",
        "[Our report from Acme](/x7k2)",
        "[Buy on Acme](https://other.example/x7k2)",
        "[Buy on Globex](/x7k2)",
        "[Buy on Acme](/shop/acme/robots)",
    ],
)
def test_tag_pages_and_other_stories_of_the_site_are_no_links_to_us(link: str) -> None:
    assert judged(article(f"Acme sold robots. {link}")).verdict is Verdict.UNLINKED


def test_a_redirector_with_other_words_is_only_mentioned_as_unseen() -> None:
    finding = judged(article("Acme sold robots, [they say](https://bit.ly/3abc)."))
    assert finding.verdict is Verdict.UNLINKED
    assert any("an address we cannot see from here: https://bit.ly/3abc" in reason for reason in finding.reasons)


@pytest.mark.parametrize("zone", [Zone.BOILERPLATE, Zone.COMMENTS])
def test_a_link_outside_the_article_does_not_link_the_mention(zone: Zone) -> None:
    finding = judged(article(NAMED, (zone, "[Acme](https://acme.example/)")))
    assert finding.verdict is Verdict.OUTSIDE
    assert finding.mentions[0].distance is LinkDistance.NONE
    assert ("comments" in finding.reasons[0]) is (zone is Zone.COMMENTS)


@pytest.mark.parametrize(
    "text",
    [
        "Acme (acme.example) sold robots.",
        "Acme: see https://www.acme.example/robots.",
        "Acme is at maker.example/acme now.",
    ],
)
def test_our_address_in_print_is_a_bare_url(text: str) -> None:
    finding = judged(article(text))
    assert finding.verdict is Verdict.BARE_URL
    assert finding.reasons[0].startswith("the article prints our address")


@pytest.mark.parametrize(
    "text",
    [
        "Acme answers at press@acme.example today.",
        "Acme is not notacme.example at all.",
        "Acme is not acme.example.evil.test at all.",
        "Acme is not at maker.example/acmeworks today.",
        "Acme: [acme.example](https://other.example/).",
    ],
)
def test_what_only_looks_like_our_address_is_no_bare_url(text: str) -> None:
    assert judged(article(text)).verdict is Verdict.UNLINKED


def test_an_address_outside_the_article_is_no_bare_url() -> None:
    assert judged(article(NAMED, (Zone.BOILERPLATE, "acme.example"))).verdict is Verdict.UNLINKED


def test_a_name_that_is_an_address_is_a_name() -> None:
    target = Target(name="Booking.example", domains=("booking.example",))
    page = article("We asked Booking.example about it.")
    assert judge(page, matches(page, target), target).verdict is Verdict.UNLINKED
    printed = article("We asked Booking.example, see www.booking.example for more.")
    assert judge(printed, matches(printed, target), target).verdict is Verdict.BARE_URL


def test_an_address_in_print_goes_before_a_link_in_the_footer() -> None:
    page = article("Acme (acme.example) sold.", (Zone.BOILERPLATE, "[Acme](https://acme.example/)"))
    assert judged(page).verdict is Verdict.BARE_URL


def test_a_link_to_our_profile_is_misdirected() -> None:
    finding = judged(article("[Acme](https://de.linkedin.com/company/acme/) sold robots, says acme.example."))
    assert finding.verdict is Verdict.MISDIRECTED
    assert finding.links[0].ours is False
    assert "profile" in finding.reasons[0]


def test_a_link_to_a_dead_page_of_ours_is_misdirected_and_another_link_mends_it() -> None:
    dead = {"https://acme.example/old"}
    page = article("[Acme](https://acme.example/old?utm_source=courier) sold robots.")
    assert judged(page, dead=dead).verdict is Verdict.MISDIRECTED
    assert judged(page).verdict is Verdict.LINKED
    both = article("[Acme](https://acme.example/old) sold [robots](https://acme.example/new nofollow).")
    assert judged(both, dead=dead).verdict is Verdict.QUALIFIED


def test_the_home_page_where_a_report_is_cited_is_misdirected() -> None:
    page = article("The [Robot Report](https://www.acme.example/) counts robots.")
    finding = judged(page, REPORT)
    assert finding.verdict is Verdict.MISDIRECTED
    assert "home page" in finding.reasons[0]
    assert finding.links[0].ours
    right = article("The [Robot Report](https://acme.example/robot-report) counts robots.")
    assert judged(right, REPORT).verdict is Verdict.LINKED


@pytest.mark.parametrize(("zone", "words"), [(Zone.COMMENTS, "comments"), (Zone.BOILERPLATE, "navigation")])
def test_a_name_outside_the_article_is_no_mention(zone: Zone, words: str) -> None:
    finding = judged(article("Robots are sold.", (zone, "[Acme](https://acme.example/)")))
    assert finding.verdict is Verdict.NOT_MENTIONED
    assert words in finding.reasons[0]


def test_a_name_that_means_something_else_is_no_mention_even_with_a_link() -> None:
    page = article("The acme of taste: Acme [shop](https://acme.example/).")
    finding = judge(page, matches(page, ACME, decision=Decision.NOT_US), ACME)
    assert finding.verdict is Verdict.NOT_MENTIONED
    assert "something else" in finding.reasons[0]
    assert "a link in the article leads to us all the same" in finding.reasons


def test_an_unsure_sense_is_judged_and_said() -> None:
    page = article(NAMED)
    finding = judge(page, matches(page, ACME, decision=Decision.UNSURE), ACME)
    assert finding.verdict is Verdict.UNLINKED
    assert any("please look" in reason for reason in finding.reasons)


def test_a_misspelling_is_said() -> None:
    page = article(NAMED)
    finding = judge(page, matches(page, ACME, method=Method.FUZZY), ACME)
    assert any("misspelling" in reason for reason in finding.reasons)


@pytest.mark.parametrize(
    ("page", "word"),
    [
        (article(NAMED, metadata=Metadata(paywalled=True)), "paywall"),
        (article(NAMED, shell=True), "scripts"),
    ],
)
def test_a_teaser_is_not_judged(page: Article, word: str) -> None:
    finding = judged(page)
    assert finding.verdict is Verdict.UNKNOWN
    assert word in finding.reasons[0]


def test_a_paywalled_article_that_can_be_read_is_judged() -> None:
    page = article(NAMED, "Robots. " * 100, metadata=Metadata(paywalled=True))
    assert judged(page).verdict is Verdict.UNLINKED


def test_our_own_page_and_pages_we_could_not_see() -> None:
    assert own_page(PAGE, ACME).verdict is Verdict.OWN_PAGE
    finding = unknown(PAGE, ACME, "the site refuses us (HTTP 403)")
    assert (finding.verdict, finding.reasons) == (
        Verdict.UNKNOWN,
        ("we could not look: the site refuses us (HTTP 403)",),
    )


def test_a_finding_carries_what_the_page_says_of_itself() -> None:
    about = Metadata(title="Robots", authors=("Jane Doe", "Bo Li"), language="en", canonical="https://wire.example/1")
    finding = judged(article(NAMED, metadata=about))
    assert (finding.title, finding.author, finding.language) == ("Robots", "Jane Doe, Bo Li", "en")
    assert finding.canonical == "https://wire.example/1"


def _verdicts(findings: Sequence[Finding]) -> list[Verdict]:
    return [finding.verdict for finding in findings]


def test_one_page_is_judged_for_each_target_by_itself() -> None:
    other = Target(name="Globex", domains=("globex.example",))
    page = article("Acme and [Globex](https://globex.example/) sold robots.")
    assert _verdicts([judged(page), judged(page, other)]) == [Verdict.UNLINKED, Verdict.LINKED]
