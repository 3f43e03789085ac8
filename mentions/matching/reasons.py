"""Why a candidate was read as it was, in the words of people who do not know what a weight is."""

from collections.abc import Iterable, Mapping
from typing import Final

from mentions.matching.lessons import ACCEPTED
from mentions.matching.mention import Decision
from mentions.matching.profiles import Profile
from mentions.matching.signs import Signs

_MOST: Final = 3  # reasons shown
_LEAST_WEIGHT: Final = 0.25  # log odds; less is not worth a word

# True of a name before any page was read: told only where the page itself gives no reason.
_GENERAL: Final = frozenset({"declared_ambiguous", "declared_person", "common_word", "common_name", "small_share"})
# What each sign says where it speaks for us, and where against us.
_FOR: Final = {
    "about_nearby": 'the sentence speaks of what we do ("about" in the configuration)',
    "about_on_page": 'the article speaks of what we do ("about" in the configuration)',
    "link_in_article": "the article links to us",
    "link_outside": "the page links to us",
    "certain_name": "the article also gives our full name",
    "often": "the name stands there again and again",
    "telling_capital_on_page": "it is capitalised in the middle of a sentence",
    "page_telling_capital": "it is capitalised in the middle of a sentence",
    "page_attribute": "words that go with firms and products follow the name",
    "attribute": "a word that goes with firms and products follows the name",
    "page_introduced": "it is introduced as a firm, product or publication",
    "introduced": "it is introduced as a firm, product or publication",
    "source": "it is cited as a source",
    "cited": "it is cited as a source",
    "quoted": "it stands in quotation marks, as titles do",
    "deed": "what firms do is said of it",
    "deed_on_page": "what firms do is said of it",
    "possessive": "what belongs to it is named right behind it",
    "page_possessive": "what belongs to it is named right behind it",
    "listed": "it stands in a list of names",
    "page_listed": "it stands in a list of names",
    "ticker": "a stock ticker follows the name",
    "legal_form": "a legal form follows the name",
    "ally": "the word beside it is one of ours",
    "never_small": "the word is hardly ever anything but a name",
    "free_on_page": "it stands alone, not as a piece of a longer name",
    "corporate": "a word that goes with firms follows the name",
    "own_address": "it is our own address",
    "topic_us": "the article is about our field",
    "topic_us_nearby": "the paragraph is about our field",
    "kin_beside": "the word beside it belongs to our field",
    "model_after": "the name of a model follows, as it follows a maker's name",
    "listed_names": "it stands in a list of other names",
    "in_capitals": "it is written in capitals, as our name is",
    "enumerated": "it stands in a list of other names",
    "title_article": "its article is written with a capital, as in a title",
    "person_unseen": "the page knows no person of this name",
    "german_bare": "it stands without an article, as names do",
    "page_joined_right": "another name follows it, as those of products follow a firm's",
    "joined_right": "another name follows it, as those of products follow a firm's",
    "bracketed": "it stands in brackets behind a name, as a person's firm does",
    "hyphen_after": "a compound is made with it, as with names",
    "hyphen_before": "a compound is made with it, as with names",
    "agent_preposition": 'a word such as "by", "from" or "at" stands before it, as before names',
    "place_preposition": "it stands where a name is expected",
    "titled": "it is written as a name",
}
_AGAINST: Final = {
    "not_about_nearby": 'the sentence speaks of something else ("not_about" in the configuration)',
    "not_about_on_page": 'the article speaks of something else ("not_about" in the configuration)',
    "common_word": "the name is a common word",
    "small_share": "the word is mostly an ordinary one",
    "lower_case_use": "the article also writes the word small, as an ordinary word",
    "any_lower_case_use": "the article also writes the word small, as an ordinary word",
    "small": "it is written small",
    "small_article": "with a small article, these are ordinary words",
    "inflected": "it is an inflected ordinary word",
    "person": "a first name or a title stands before it: a person",
    "person_on_page": "the article speaks of a person of this name",
    "page_person": "the article speaks of a person of this name",
    "joined_left": "it is the end of a longer name",
    "page_joined_left": "it is the end of a longer name",
    "titled_left": "it is the end of a longer name",
    "joined_right": "it is the beginning of a longer name",
    "page_joined_right": "it is the beginning of a longer name",
    "titled_right": "it is the beginning of a longer name",
    "both_sides": "it stands in the middle of a longer name",
    "comma_after_first": "it opens a sentence and a comma follows, as with an adverb",
    "first": "it opens a sentence, where every word is capitalised",
    "titled": "it stands in a heading, where every word is capitalised",
    "alone": "it stands alone",
    "acronym": "it is written in capitals, as an abbreviation of something else",
    "two_letters": "two letters stand for many things",
    "definite": "an article stands before it, as before an ordinary word",
    "indefinite": "an article stands before it, as before an ordinary word",
    "adjective_before": "an adjective stands before it, as before an ordinary word",
    "noun_capital": "in German every noun is capitalised",
    "german": "in German every noun is capitalised",
    "declared_ambiguous": "the configuration says that the name may mean something else",
    "hyphen_before": "it is part of a compound word",
    "hyphen_after": "it is part of a compound word",
    "number_before": "a number stands before it, as before an ordinary word",
    "place_preposition": "it is where something happens: a place",
    "owner_before": "it belongs to somebody else",
    "owned": "it belongs to somebody",
    "other_bearer": "the article speaks of somebody else of this name",
    "person_or_place_here": "the article speaks of a person or a place of this name, and not of what we do",
    "at_declared_place_on_page": "it is used as the name of a place",
    "ordinary_here": "the article also writes the word small, as an ordinary word",
    "bracketed": "it stands in brackets",
    "common_name": "others bear the name too",
    "topic_other": "the article is about another field",
    "topic_other_nearby": "the paragraph is about another field",
    "topic_absent": "nothing in the article is about our field",
    "institution_after": "it is the beginning of the name of another body or place",
    "of_after": "it is the beginning of a longer name",
    "of_before": "it is the end of a longer name",
    "and_sign": "it is joined to another name by an ampersand",
    "joined_wordlike": "it is the beginning of a longer name",
    "given_name": "it is a first name, and a surname follows",
    "cited_author": "it is the name of a cited author",
    "nickname_before": "it is the surname of a person",
    "declared_person": "it is also a person's name",
    "odd_before": "a sign of code or a formula stands before it",
    "listed_words": "it stands in a list of ordinary words",
    "one_phrase": "the page always writes it with the same other word: a longer name",
    "misspelt_again": "the page spells it so again and again: another name",
    "misspelt": "it is spelt otherwise",
    "german_inflected_before": "an inflected adjective stands before it, as before an ordinary German word",
    "german_contraction": "an article stands before it, as before an ordinary word",
    "number_after": "a number follows",
    "noun_determined": "a determiner stands before it, as before any German noun",
    "at_declared_place": "it is used as the name of a place",
    "compound": "it is part of a compound word",
}


# Of a sign of the whole page that the candidate itself does not show.
_ELSEWHERE: Final = "elsewhere in the article it stands alone, not as a piece of a longer name"


def explain(
    signs: Signs,
    weights: Mapping[str, float],
    decision: Decision,
    profile: Profile,
    written: str,
    *,
    taught: str | None = None,
) -> tuple[str, ...]:
    """The signs that decided, weightiest first; where a person should look, both sides.

    `taught` is what a person's answers had to say (lessons.told); it comes first on its side.
    """
    parts = sorted(
        ((weights.get(name, 0.0) * value, name) for name, value in signs.items()),
        key=lambda part: (part[1] in _GENERAL, -abs(part[0]), part[1]),
    )
    speaking = _texts((name for worth, name in parts if worth >= _LEAST_WEIGHT), _for(signs))
    against = _texts((name for worth, name in parts if worth <= -_LEAST_WEIGHT), _against(signs))
    if taught:
        (speaking if taught == ACCEPTED else against).insert(0, taught)
    if decision is Decision.US:
        return tuple(speaking[:_MOST]) or (f'"{written}" is spelt as our name, and nothing speaks against it',)
    if decision is Decision.NOT_US:
        return tuple(against[:_MOST]) or (f'"{written}" is a common word, and nothing on the page speaks for us',)
    both = [f"for us: {text}" for text in speaking[:2]] + [f"against: {text}" for text in against[:2]]
    return tuple(both) or (f'it is not clear whether "{written}" means {profile.target.name}',)


def _for(signs: Signs) -> Mapping[str, str]:
    """What speaks for us, told so that nothing against us gives it the lie."""
    return _FOR if signs.get("free") or not signs.get("free_on_page") else {**_FOR, "free_on_page": _ELSEWHERE}


def _against(signs: Signs) -> Mapping[str, str]:
    """What speaks against us, told so that nothing for us gives it the lie."""
    if signs.get("about_on_page"):
        return {name: text for name, text in _AGAINST.items() if name != "topic_absent"}
    return _AGAINST


def _texts(names: Iterable[str], texts: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(texts[name] for name in names if name in texts))
