"""Is the candidate a piece of a longer name? Signs from the words beside it: "Heron Pediatrics", "Bells of Steel"."""

import re
from collections.abc import Sequence
from typing import Final

from mentions.matching import letter_case
from mentions.matching.compounds import is_introducing_compound
from mentions.matching.folding import fold
from mentions.matching.profiles import Profile, stem
from mentions.matching.surroundings import Surroundings
from mentions.matching.vocabulary import (
    AGENT_PREPOSITIONS,
    DEFINITE,
    FIRST_NAMES,
    INDEFINITE,
    INSTITUTIONS,
    INTRODUCERS,
    OWNERS,
    PERSON_TITLES,
    PLACE_PREPOSITIONS,
    SOURCES,
    STOP_WORDS,
)

_NO_NAMES: Final = DEFINITE | INDEFINITE | OWNERS | AGENT_PREPOSITIONS | PLACE_PREPOSITIONS | INTRODUCERS | SOURCES
_OF_AFTER: Final = re.compile(r" (?:of|der|des|de|du|del|di|for|and the|& ?)(?: the| la| los| las| les)? ?[A-ZÀ-Þ]")
_AND_SIGN: Final = re.compile(r" (?:&|\+|'n') ?[A-Z]")
_AND_SIGN_BEFORE: Final = re.compile(r"[A-Z]\w+,? (?:&|\+|'n') $")
_OF_BEFORE: Final = re.compile(r"\b[A-Z][a-z]+ (?:of|for|der|des|du|de la)(?: the)? $")
_MODEL: Final = re.compile(r"^(?: [A-Z][\w-]*){0,3}[ -](?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Z\d][\w-]*")
_NUMBERED: Final = re.compile(r"^ [A-Z][\w-]* \d{1,4}\b(?!,)")
_CITED_AUTHOR: Final = re.compile(r"^, (?:[A-Z][a-z]+|[A-Z]\.?)(?: [A-Z]\.)?[ .,;]*(?:\(|\d{4}|&)")
_CITED_GIVEN: Final = re.compile(r"[;.^\]\[] ?[A-Z][\w'-]+, $")
_GIVEN_BEFORE: Final = re.compile(r"\b([A-Z][a-z]+),? [\"'(]{1,2}[^\"')]{2,20}[\"')]{1,2} $")
_ODD_BEFORE: Final = re.compile(r"[^\w\s\"'()\[\]{}.,:;!?$€£@#&/<>«»„“”‘’-] ?$|[=\[{]['\"]?$")
_LISTED_AFTER: Final = re.compile(r"^,? ?(?:(?:and|or|und|oder|et|ou|y|o|e) |, |[、/])(?:and |or |und )?([^\W\d_]+)")
_LISTED_BEFORE: Final = re.compile(r"([^\W\d_]+)(?:, |,? (?:and|or|und|oder|et|ou|y|o|e) |[、/])$")
_LAST_OF_LIST: Final = re.compile(r",? (?:and|or|und|oder|et|ou|y|o|e) $")
# The other members of an enumeration, nearest first: one to three capitalised words each, the first of which counts.
_ITEM: Final = r"([A-ZÀ-Þ][\w'.&+-]*)(?: [A-ZÀ-Þ][\w'.&+-]*){0,2}"
_ITEM_AFTER: Final = re.compile(rf"(?:, ?|,? (?:and|or|und|oder|et|ou|y|o|e) |[、/])(?:(?:and|or|und|oder) )?{_ITEM}")
_ITEM_BEFORE: Final = re.compile(rf"{_ITEM}(?:, ?|,? (?:and|or|und|oder|et|ou|y|o|e) |[、/])$")
_MOST_ITEMS: Final = 4
_LEAST_ITEMS: Final = 2  # others; of one alone it is not known whether it is an enumeration


def longer_name_signs(place: Surroundings, profile: Profile) -> dict[str, float]:
    """What the neighbours say of a longer name, a person, a model or a list."""
    before, after, surface = place.before, place.after, place.surface
    own = fold(surface).text.lower()
    following = fold(place.following).text.lower()
    capital_after = place.following[:1].isupper()
    plain = not place.shape.shouted
    share = profile.small_share.get(place.candidate.alias)
    wordlike = share if share is not None else min(profile.commonness.get(place.candidate.alias, 0.0) / 6, 1.0)
    known = following in profile.own_words or following[:6] in profile.about or following[:6] in profile.about_topics
    institution = capital_after and following in INSTITUTIONS and not known and plain
    person_after = (
        own in FIRST_NAMES and capital_after and not institution and not known and not place.after.startswith("'")
    )
    nickname = _GIVEN_BEFORE.search(before)
    return {
        "institution_after": float(institution),
        "of_after": float(bool(_OF_AFTER.match(after)) and plain and surface[:1].isupper() and not known),
        "of_before": float(bool(_OF_BEFORE.search(before)) and plain and not place.shape.titled),
        "and_sign": float(bool(_AND_SIGN.match(after) or _AND_SIGN_BEFORE.search(before)) and plain),
        "model_after": float(bool(_MODEL.match(after) or _NUMBERED.match(after)) and plain),
        "joined_wordlike": wordlike * float(capital_after and plain and not known and not place.after.startswith("'")),
        "given_name": float(person_after),
        "cited_author": float(bool(_CITED_AUTHOR.match(after) or (own in FIRST_NAMES and _CITED_GIVEN.search(before)))),
        "nickname_before": float(nickname is not None and nickname[1].lower() in FIRST_NAMES),
        "odd_before": float(bool(_ODD_BEFORE.search(before))),
        **_list_signs(before, after, titled=place.shape.titled),
    }


def _list_signs(before: str, after: str, *, titled: bool) -> dict[str, float]:
    """Does it stand in a list, and are the others in it names or ordinary words?"""
    if titled:
        return {"listed_names": 0.0, "listed_words": 0.0, "enumerated": 0.0}
    left = _LISTED_BEFORE.search(before)
    # What follows the last of a list, as in "…, and Heron, rely on", belongs to it no more.
    right = None if left and _LAST_OF_LIST.search(before) and after.startswith(",") else _LISTED_AFTER.match(after)
    others = [match[1] for match in (right, left) if match and match[1].lower() not in STOP_WORDS]
    names = [_name_like(word) for word in others]
    count = max(len(names), 1)
    return {
        "listed_names": sum(names) / count,
        "listed_words": sum(1 - name for name in names) / count,
        "enumerated": _enumerated(before, after),
    }


def _enumerated(before: str, after: str) -> float:
    """How surely the others of an enumeration are names, 0.0 where there are too few of them to tell."""
    others: list[str] = []
    place = 0
    while len(others) < _MOST_ITEMS and (found := _ITEM_AFTER.match(after, place)):
        others.append(found[1])
        place = found.end()
    while len(others) < 2 * _MOST_ITEMS and (found := _ITEM_BEFORE.search(before)):
        others.append(found[1])
        before = before[: found.start()]
    others = [word for word in others if word.lower() not in STOP_WORDS]
    return sum(map(_name_like, others)) / len(others) if len(others) >= _LEAST_ITEMS else 0.0


def _name_like(word: str) -> float:
    """How surely a word is a name: 0.0 where it is written small here or mostly elsewhere."""
    if not word[:1].isupper():
        return 0.0
    share = letter_case.small_share(word.lower())
    return 1.0 if share is None else 1.0 - share


def one_phrase(places: Sequence[Surroundings], profile: Profile) -> float:
    """1.0 where the name stands twice or more and always before, or always behind, the same capitalised word."""
    if len(places) < 2:
        return 0.0
    after = {_capital(place.following) for place in places}
    before = {_capital(place.previous) for place in places}
    for words in (after, before):
        if (
            len(words) == 1
            and (word := words.pop())
            and word not in profile.own_words
            and word[:6] not in profile.about
        ):
            return 1.0
    return 0.0


def _capital(word: str) -> str:
    return fold(word).text.lower() if word[:1].isupper() else ""


def neighbour_signs(place: Surroundings, profile: Profile) -> dict[str, float]:
    """Is the candidate part of a longer name, and whose?"""
    previous, following = place.previous, place.following
    left, right = fold(previous).text.lower().removesuffix("'s"), fold(following).text.lower()
    own = fold(place.surface).text.lower()
    phrases = {
        f"{left} {own}",
        f"{own} {right}",
        " ".join((*place.previous_words[1::-1], own)),
        " ".join((own, *place.following_words[:2])),
    }
    given = left in FIRST_NAMES and previous[:1].isupper()
    kin = {stem(left), stem(right)} & profile.about_topics
    friendly = {"" if given else left, right} & profile.own_words or {stem(left), stem(right)} & profile.about.keys()
    ally = bool(phrases & profile.allies) or bool(friendly - {""})
    rival = bool(phrases & profile.rivals) and not phrases & profile.allies
    named = not place.shape.titled and not place.shape.shouted
    acronym = previous.isupper() and 2 <= len(previous) <= 4  # "US", "CEO": no part of a name
    introduced = place.article.metadata.language == "de" and is_introducing_compound(left)
    names = not previous.endswith("'s") and not acronym and not introduced and left not in _NO_NAMES
    joined_left = previous[:1].isupper() and names
    joined_right = following[:1].isupper() and not place.after.startswith("'")
    person = given or left in PERSON_TITLES or bool(re.search(r"\b[A-Z]\. ?$", place.before))
    return {
        "ally": float(ally),
        "kin_beside": float(bool(kin)),
        "rival": float(rival),
        "person": float(person and bool(previous) and previous[:1].isupper() and not ally),
        "joined_left": float(joined_left and named and not ally and not _starts_sentence(place)),
        "joined_right": float(joined_right and named and not ally),
        "titled_left": float(joined_left and not named and not ally),
        "titled_right": float(joined_right and not named and not ally),
        "both_sides": float(bool(joined_left) and bool(joined_right) and not ally),
        "free": float(not joined_left and not joined_right and named and not place.is_first),
        "owner_before": float(previous.endswith("'s") and previous[:1].isupper()),
    }


def _starts_sentence(place: Surroundings) -> bool:
    """Does the word before the candidate begin its sentence, so that its capital says nothing?"""
    lead = place.article.text[place.sentence[0] : place.candidate.start].strip()
    return " " not in lead and lead.lower() not in FIRST_NAMES | PERSON_TITLES
