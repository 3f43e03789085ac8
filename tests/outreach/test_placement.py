"""Where the link should go, on which words, and the HTML that an editor pastes."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentions.outreach.placement import natural_anchors, place_link
from mentions.targets import Target, TargetPage
from tests.outreach.building import TARGET

REPORT = "https://quillon.example/warehouse-report"
HOME = "https://quillon.example/"


@pytest.mark.parametrize(
    ("sentence", "matched", "url", "anchor"),
    [
        ("A machine by Quillon sorts the parcels.", "Quillon", HOME, "Quillon"),
        (
            "Quillon's State of the Warehouse report says so.",
            "Quillon",
            REPORT,
            "Quillon's State of the Warehouse report",
        ),
        ("The reports of others differ, Quillon says.", "Quillon", REPORT, "Quillon"),
        ("Two SURVEYS by Quillon agree.", "Quillon", REPORT, "SURVEYS by Quillon"),
        ("Die Studie der Quillon zeigt es.", "Quillon", REPORT, "Studie der Quillon"),
        ("Zwei Studien zeigten Quillon vorn.", "Quillon", REPORT, "Quillon"),
        ("Die Quillon-Studie zeigt es.", "Quillon", REPORT, "Quillon-Studie"),
        ("Quillon published a survey yesterday.", "Quillon", REPORT, "Quillon"),
        ("Quillon’s reporters are many.", "Quillon", HOME, "Quillon"),
        ("Quillon sells robot arms.", "Quillon", "https://quillon.example/arms", "Quillon"),
        ("Quillon sells a robot with an arm.", "Quillon", HOME, "Quillon"),
        ("Buy at www.quillon.example today, says Quillon.", "Quillon", HOME, "www.quillon.example"),
        (
            "See quillon.example/jobs/welder.",
            "quillon",
            "https://quillon.example/jobs/welder",
            "quillon.example/jobs/welder",
        ),
        ("notquillon.example is not Quillon.", "Quillon", HOME, "Quillon"),
        ("quillon.example.evil.test is not Quillon.", "Quillon", HOME, "Quillon"),
        ("Write to mara@quillon.example at Quillon.", "Quillon", HOME, "Quillon"),
    ],
)
def test_the_page_and_the_words(sentence: str, matched: str, url: str, anchor: str) -> None:
    place = place_link(sentence, matched, TARGET)
    assert (place.url, place.anchor) == (url, anchor)
    assert anchor in sentence


def test_the_nearest_word_decides() -> None:
    target = Target(
        name="Quillon",
        domains=("quillon.example",),
        pages=(
            TargetPage(url="https://quillon.example/survey", when=("survey",)),
            TargetPage(url="https://quillon.example/arms", when=("arm",)),
        ),
    )
    sentence = "One survey aside, every arm by Quillon broke."
    assert place_link(sentence, "Quillon", target).url == "https://quillon.example/arms"


def test_a_word_of_the_name_itself_calls_for_nothing() -> None:
    target = Target(
        name="Survey Works",
        domains=("surveyworks.example",),
        pages=(TargetPage(url="https://surveyworks.example/2026", when=("survey",)),),
    )
    assert place_link("Survey Works moved.", "Survey Works", target).url == "https://surveyworks.example/"


def test_a_language_without_spaces() -> None:
    target = Target(
        name="Quillon",
        domains=("quillon.example",),
        pages=(TargetPage(url="https://quillon.example/ja", when=("調査",)),),
    )
    assert place_link("Quillonの調査によると夜も動く。", "Quillon", target).url == "https://quillon.example/ja"


def test_without_a_sentence_the_name_carries_the_link() -> None:
    place = place_link(None, None, TARGET)
    assert (place.anchor, place.url) == (TARGET.name, HOME)
    assert place.sentence_html == place.link_html == f'<a href="{HOME}">{TARGET.name}</a>'


def test_the_html_is_escaped() -> None:
    target = Target(name="Quillon & Sons", domains=("quillon.example",), url='https://quillon.example/?a=1&b="2"')
    place = place_link('<b>"Quillon & Sons"</b> <script>x</script>', "Quillon & Sons", target)
    assert place.sentence_html == (
        '&lt;b&gt;"<a href="https://quillon.example/?a=1&amp;b=&quot;2&quot;">Quillon &amp; Sons</a>"&lt;/b&gt; '
        "&lt;script&gt;x&lt;/script&gt;"
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(before=st.text(max_size=40), after=st.text(max_size=40))
def test_whatever_the_sentence_holds_the_html_has_one_link_and_the_same_words(before: str, after: str) -> None:
    place = place_link(f"{before} Quillon {after}", "Quillon", TARGET)
    reader = _Reader()
    reader.feed(place.sentence_html)
    reader.close()
    assert [tag for tag, _ in reader.tags] == ["a"]
    assert [name for name, _ in reader.tags[0][1]] == ["href"]
    assert "Quillon" in reader.text


SURVEY = "https://quillon.example/warehouse-report"


def test_anchors_vary_over_publishers() -> None:
    """A hundred links with the same words look bought: the least used of the natural anchors is proposed."""
    sentence = "Quillon's annual survey found that one warehouse in three works at night."
    anchors: list[str] = []
    used: dict[tuple[str, str], frozenset[str]] = {}
    for number in range(6):
        place = place_link(sentence, "Quillon", TARGET, used=used, publisher=f"{number}.example")
        anchors.append(place.anchor)
        assert place.anchor in sentence
        key = (place.url, place.anchor)
        used[key] = used.get(key, frozenset()) | {f"{number}.example"}
    assert anchors[:3] == ["Quillon's annual survey", "Quillon", "annual survey"]
    assert sorted(anchors[3:]) == sorted(anchors[:3])
    assert {url for url, _anchor in used} == {SURVEY}


def test_the_same_publisher_gets_the_same_anchor_again() -> None:
    sentence = "Quillon's annual survey found that one warehouse in three works at night."
    used = {(SURVEY, "Quillon's annual survey"): frozenset({"courier.example"})}
    assert place_link(sentence, "Quillon", TARGET, used=used, publisher="courier.example").anchor.endswith("survey")
    assert place_link(sentence, "Quillon", TARGET, used=used, publisher="herald.example").anchor == "Quillon"


def test_a_brand_s_own_page_is_linked_by_its_name_alone_however_often() -> None:
    used = {("https://quillon.example/", "Quillon"): frozenset({"a.example", "b.example"})}
    assert place_link("A machine by Quillon sorts.", "Quillon", TARGET, used=used, publisher="c").anchor == "Quillon"


def test_a_persons_choice_of_page_and_words_counts() -> None:
    place = place_link(
        "A survey by Quillon found that robots sort parcels.",
        "Quillon",
        TARGET,
        url="https://quillon.example/arms",
        anchor="robots",
    )
    assert (place.url, place.anchor) == ("https://quillon.example/arms", "robots")
    assert place.sentence_html.endswith('found that <a href="https://quillon.example/arms">robots</a> sort parcels.')


def test_chosen_words_that_the_sentence_lost_are_no_anchor() -> None:
    place = place_link("Quillon sorts parcels.", "Quillon", TARGET, anchor="robots")
    assert place.anchor == "Quillon"


def test_natural_anchors_are_words_of_the_sentence_the_best_first() -> None:
    sentence = "Quillon's annual warehouse survey found that robots sort parcels."
    anchors = natural_anchors(sentence, "Quillon", TARGET)
    assert anchors[:2] == ("Quillon's annual warehouse survey", "Quillon")
    assert all(anchor in sentence for anchor in anchors)
    assert natural_anchors(None, "Quillon", TARGET) == ()
