"""The grammar around a candidate: articles, prepositions, verbs, and what German inflects before a noun."""

from typing import Final

from mentions.matching.compounds import is_introducing_compound
from mentions.matching.folding import fold
from mentions.matching.profiles import Profile
from mentions.matching.surroundings import Surroundings
from mentions.matching.vocabulary import (
    AGENT_PREPOSITIONS,
    ATTRIBUTES,
    DEEDS,
    DEFINITE,
    INDEFINITE,
    INTRODUCERS,
    OFFICES,
    OWNERS,
    PLACE_PREPOSITIONS,
    SOURCES,
)
from mentions.matching.word_lists import word_list

_SELDOM_SMALL: Final = 0.3
_CONTRACTIONS: Final = frozenset({"im", "ins", "am", "ans", "zum", "zur", "beim", "vom", "aufs", "furs", "durchs"})
_BARE_BEFORE: Final = frozenset({"bei", "von", "mit", "wie", "laut", "fur", "gegen", "an", "uber", "via", "wegen"})
_OF: Final = frozenset({"of", "at", "for", "von", "bei", "de", "chez", "di"})
_NOT_INFLECTED: Final = word_list(
    "uber unter hinter neben gegen zwischen oder aber immer wieder wegen neuen sowie sondern ohne ihre alle",
    "gerne heute sagte sagen wurde wurden konnte sollte hatte haben werden waren weder keine eine andere viele",
)


def grammar_signs(place: Surroundings, language: str | None) -> dict[str, float]:
    before, after = place.previous_words, place.following_words
    previous = (place.previous or place.before_quote).lower()
    following = place.following.lower()
    two_before = before[1] if len(before) > 1 else ""
    noun = previous in DEFINITE | INDEFINITE | OWNERS
    introduced = (
        previous in INTRODUCERS
        or (noun and two_before in INTRODUCERS)
        or (previous in _OF and two_before in OFFICES)
        or (language == "de" and is_introducing_compound(previous))
    )
    return {
        "possessive": float(place.after.startswith("'s ")),
        "deed": float(following in DEEDS),
        "attribute": float(following in ATTRIBUTES or (len(after) > 1 and bool(following) and after[1] in ATTRIBUTES)),
        "introduced": float(introduced),
        "source": float(previous in SOURCES or before[:2] == ["to", "according"] or two_before in SOURCES),
        "definite": float(previous in DEFINITE),
        "indefinite": float(previous in INDEFINITE),
        "owned": float(previous in OWNERS),
        "agent_preposition": float(previous in AGENT_PREPOSITIONS),
        "place_preposition": float(previous in PLACE_PREPOSITIONS),
        "comma_after_first": float(place.is_first and place.after.startswith(",")),
        "number_after": float(following.isdigit()),
        "number_before": float(previous.isdigit()),
        "adjective_before": float(bool(previous) and previous.islower() and two_before in DEFINITE | INDEFINITE),
        "word_after": float(
            bool(place.following) and place.following.islower() and following not in DEEDS | ATTRIBUTES
        ),
        "colon_after": float(place.after.startswith(":")),
        "german": float(language == "de"),
    }


def combined(signs: dict[str, float], place: Surroundings, profile: Profile, language: str | None) -> dict[str, float]:
    """What two signs say together and neither says alone."""
    determined = signs["indefinite"] or signs["owned"] or signs["adjective_before"]
    at_place = signs["place_preposition"] or place.previous.lower() in {"of", "from", "to", "von", "de"}
    nobody = not (signs["person"] or signs["given_name"] or signs["nickname_before"] or signs["cited_author"])
    seldom_small = profile.small_share.get(place.candidate.alias, 1.0) < _SELDOM_SMALL
    german = language == "de" and not signs["certain"]
    previous = fold(place.previous).text
    return {
        # Where the name is also a surname, and is none here.
        "person_unseen": float(profile.may_be_person and nobody and seldom_small),
        # "ein direkter Kontakt", "im Bild": names stand without either.
        "german_inflected_before": float(german and _inflected(previous)),
        "german_contraction": float(german and previous in _CONTRACTIONS),
        "german_bare": float(german and (previous in _BARE_BEFORE)),
        # "in Die Zeit": an article keeps its capital only in a title.
        "title_article": float(
            " " in place.surface and place.surface.split(" ")[0].lower() in DEFINITE and place.has_telling_capital
        ),
        # "ein fatales Signal": German capitalises every noun, and a name needs no determiner.
        "noun_determined": float(language == "de" and bool(determined) and not signs["never_small"]),
        "at_declared_place": float(bool(at_place) and profile.may_be_place),
        # "Meta-analysis", but German joins names so: "Quorba-Aktie".
        "compound": float(bool(signs["hyphen_after"]) and language != "de"),
    }


def _inflected(word: str) -> bool:
    """Does a small word end as German adjectives and determiners do before a noun?"""
    return (
        len(word) > 3 and word.islower() and word.endswith(("e", "en", "er", "es", "em")) and word not in _NOT_INFLECTED
    )
