"""Is it us? Single signs, told apart on sentences of our own, with the reasons people read."""

import pytest

from mentions.extraction.article import Zone
from mentions.matching import match_article
from mentions.matching.mention import Decision, Mention
from mentions.matching.signs import Signs, signs_of
from mentions.matching.surroundings import PageView
from tests.matching.conftest import article_of, judged, link_to, watch

HERON = watch("Heron", about="water pumps, river sensors", not_about="the bird; Heron of Alexandria; Heron Island")


def only(mentions: tuple[Mention, ...]) -> Mention:
    assert len(mentions) == 1
    return mentions[0]


def test_a_name_nobody_else_bears_needs_no_evidence() -> None:
    mention = only(judged(watch("Quorbafix"), "We bought a Quorbafix.").mentions)
    assert mention.sense.decision is Decision.US
    assert mention.sense.reasons == ('nothing else is called "Quorbafix"',)
    assert (mention.sentence, mention.zone) == ("We bought a Quorbafix.", Zone.BODY)


def test_a_misspelling_says_so() -> None:
    mention = only(judged(watch("Quorbafix"), "We bought a Quorbfaix.").mentions)
    assert mention.sense.reasons == ('"Quorbfaix" is a misspelling of Quorbafix',)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Quorba", "We bought a Quorpa."),  # one letter makes another firm of a short name
        ("Quorbafix", "A Quorbafex is light. No Quorbafex was ever sold twice."),  # spelt so again: no slip
    ],
)
def test_a_spelling_that_may_be_another_name_is_left_to_a_person(name: str, line: str) -> None:
    mentions = judged(watch(name), line).mentions
    assert {mention.sense.decision for mention in mentions} == {Decision.UNSURE}
    assert "may be a name of its own: nothing else here speaks of us" in mentions[0].sense.reasons[0]


@pytest.mark.parametrize("line", ["We bought a Quorpa.", "Quorpa was sold by Quorba."])
def test_a_misspelt_short_name_is_us_where_something_else_speaks_of_us(line: str) -> None:
    links = () if "Quorba" in line else (link_to("https://acme.example/"),)
    mentions = judged(watch("Quorba"), line, links=links).mentions
    assert {mention.sense.decision for mention in mentions} == {Decision.US}


def test_the_words_of_the_configuration_speak_for_us() -> None:
    mention = only(judged(HERON, "The council bought water pumps from Heron, which also sells river sensors.").mentions)
    assert mention.sense.decision is Decision.US
    assert 'the sentence speaks of what we do ("about" in the configuration)' in mention.sense.reasons


def test_a_bird_is_no_company() -> None:
    rejected = only(judged(HERON, "Heron nests were counted; a grey heron is a bird, and each heron returns.").rejected)
    assert "the article also writes the word small, as an ordinary word" in rejected.sense.reasons


def test_a_person_is_no_company() -> None:
    matches = judged(HERON, "The poem was read by Alice Heron on Friday.", "Later Heron left with Mr Heron senior.")
    assert matches.mentions == ()
    assert "the article speaks of a person of this name" in {r for m in matches.rejected for r in m.sense.reasons}


def test_a_declared_other_name_is_never_us() -> None:
    rejected = only(judged(HERON, "They sailed to Heron Island with water pumps.").rejected)
    assert rejected.sense.reasons == ('"Heron" is part of a name that the configuration says is not ours',)


@pytest.mark.parametrize("line", ["LEEDS (Heron) — A bridge fell.", "Photo: Heron"])
def test_credits_and_datelines_are_no_mentions(line: str) -> None:
    assert "credit or a dateline" in only(judged(HERON, line).rejected).sense.reasons[0]


@pytest.mark.parametrize(
    "line", ["Write to press@Heron.test today.", "The agent Heron/5.0 crawled.", "See x.test/Heron_2."]
)
def test_addresses_and_code_are_no_mentions(line: str) -> None:
    assert all("address" in mention.sense.reasons[0] for mention in judged(HERON, line).rejected)
    assert judged(HERON, line).mentions == ()


def test_a_link_to_us_speaks_for_us() -> None:
    line = "Other firms, such as Heron, took part."
    without = judged(HERON, line)
    linked = judged(HERON, line, links=(link_to("https://acme.example/"),))
    score = only(linked.mentions).sense.score
    assert score > max(mention.sense.score for mention in (*without.mentions, *without.rejected))
    assert "the article links to us" in only(linked.mentions).sense.reasons


def test_the_full_name_elsewhere_speaks_for_the_short_one() -> None:
    watchlist = watch("Heron", "Heron Pumpworks", not_about="the bird")
    matches = judged(watchlist, "Heron Pumpworks opened a plant.", "Later on Heron said it would hire.")
    assert [mention.matched for mention in matches.mentions] == ["Heron Pumpworks", "Heron"]


def test_a_small_german_article_makes_ordinary_words() -> None:
    watchlist = watch("Die Zeit", about="Wochenzeitung", not_about="die Zeit")
    assert judged(watchlist, "Dann kam die Zeit der Ernte.", language="de").mentions == ()


def test_comments_and_boilerplate_keep_their_zone() -> None:
    article = article_of("We bought a Quorbafix.", zone=Zone.COMMENTS)
    assert only(match_article(article, watch("Quorbafix")).mentions).zone is Zone.COMMENTS


def test_where_it_is_not_clear_both_sides_are_told() -> None:
    found = judged(HERON, "Among the names on the list was Heron.", "The Heron that evening stood out.")
    unsure = [m for m in (*found.mentions, *found.rejected) if m.sense.decision is Decision.UNSURE]
    assert all(reason.startswith(("for us: ", "against: ")) for m in unsure for reason in m.sense.reasons)
    assert all(0.0 <= m.sense.score <= 1.0 for m in (*found.mentions, *found.rejected))


def test_matches_stand_in_page_order() -> None:
    matches = judged(watch("Quorbafix", "Brimwick"), "Brimwick, Quorbafix and Brimwick")
    assert [mention.start for mention in matches.mentions] == sorted(mention.start for mention in matches.mentions)
    assert len(matches.mentions) == 3


@pytest.mark.parametrize(
    "line",
    [
        "Mehr als tausend Firmen, darunter Quorba, Zelvix, Brunnhof und Heron, nutzen die Technik.",
        "Der Bericht nennt auch den Pumpenhersteller Heron als Beispiel.",
        "Ein Sprecher von Heron wollte dazu nichts sagen.",
    ],
)
def test_german_lists_and_compounds_that_introduce_a_name_speak_for_us(line: str) -> None:
    heron = watch("Heron", not_about="the bird")
    assert judged(heron, line, language="de").mentions


def test_what_follows_the_last_of_a_list_belongs_to_it_no_more() -> None:
    heron = watch("Heron", not_about="the bird")
    line = "More than 15,000 firms, including Quorba, Zelvix, Brunnhof, and Heron, rely on it every day."
    assert only(judged(heron, line).mentions).sense.decision is Decision.US


@pytest.mark.parametrize(
    "line", ["La revue « Heron » en parle ce mois-ci.", "「Heron」が発表した。", "据《Heron》报道。"]
)
def test_quotation_marks_of_other_languages_are_quotation_marks(line: str) -> None:
    assert _signs(line).get("quoted") == 1.0


def test_a_japanese_list_of_names_is_a_list() -> None:
    assert _signs("同社はQuorba、Zelvix、Heron、Brunnhofと提携した。").get("enumerated", 0.0) > 0.5


def _signs(line: str) -> Signs:
    """The signs of the one candidate in a line."""
    article = article_of(line, language="")
    candidates = [c for c in HERON.candidates(line) if c.target == "Heron"]
    return signs_of(PageView(article), candidates, HERON.profile("Heron"), None)[0]
