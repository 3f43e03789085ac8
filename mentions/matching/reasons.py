"""Why a candidate was read as it was, in the words of people who do not know what a weight is."""

from collections.abc import Iterable, Mapping
from typing import Final

from mentions.matching.mention import Decision
from mentions.matching.profiles import Profile
from mentions.matching.signs import Signs

_MOST: Final = 3  # reasons shown
_LEAST_WEIGHT: Final = 0.25  # log odds; less is not worth a word

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
    "possessive": "something belongs to it",
    "page_possessive": "something belongs to it",
    "listed": "it stands in a list of names",
    "page_listed": "it stands in a list of names",
    "ticker": "a stock ticker follows the name",
    "legal_form": "a legal form follows the name",
    "ally": "the word beside it is one of ours",
    "never_small": "the word is hardly ever anything but a name",
    "free_on_page": "the name stands on its own",
    "corporate": "a word that goes with firms follows the name",
    "own_address": "it is our own address",
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
    "titled_left": "it is the end of a longer name or heading",
    "joined_right": "it is the beginning of a longer name",
    "page_joined_right": "it is the beginning of a longer name",
    "titled_right": "it is the beginning of a longer name or heading",
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
    "noun_determined": "a determiner stands before it, as before any German noun",
    "at_declared_place": "it is used as the name of a place",
    "compound": "it is part of a compound word",
}


def explain(
    signs: Signs, weights: Mapping[str, float], decision: Decision, profile: Profile, written: str
) -> tuple[str, ...]:
    """The signs that decided, weightiest first; where a person should look, both sides."""
    parts = sorted(
        ((weights.get(name, 0.0) * value, name) for name, value in signs.items()), key=lambda part: -abs(part[0])
    )
    speaking = _texts((name for worth, name in parts if worth >= _LEAST_WEIGHT), _FOR)
    against = _texts((name for worth, name in parts if worth <= -_LEAST_WEIGHT), _AGAINST)
    if decision is Decision.US:
        return tuple(speaking[:_MOST]) or (f'"{written}" is spelt as our name, and nothing speaks against it',)
    if decision is Decision.NOT_US:
        return tuple(against[:_MOST]) or (f'"{written}" is a common word, and nothing on the page speaks for us',)
    both = [f"for us: {text}" for text in speaking[:2]] + [f"against: {text}" for text in against[:2]]
    return tuple(both) or (f'it is not clear whether "{written}" means {profile.target.name}',)


def _texts(names: Iterable[str], texts: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(texts[name] for name in names if name in texts))
