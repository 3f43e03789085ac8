"""How far a spelling of ours can be trusted by itself: letter case, how common the word is, what the page writes."""

import re
from collections.abc import Sequence
from typing import Final

from mentions.matching.folding import fold
from mentions.matching.mention import Method
from mentions.matching.profiles import Profile, is_product
from mentions.matching.surroundings import PageView, Surroundings
from mentions.matching.vocabulary import DEFINITE

_LOWER_SHARE: Final = 12  # lower-case uses from which the word surely is one on this page
_CJK: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def name_signs(place: Surroundings, profile: Profile, language: str | None) -> dict[str, float]:
    """How far the name itself can be trusted here."""
    candidate, surface = place.candidate, place.surface
    commonness = profile.commonness.get(candidate.alias, 0.0)
    lower = _written_small(place.view, candidate.alias) if commonness else 0
    alias = candidate.alias
    wordlike = profile.small_share.get(alias, 0.5)
    shouted = surface.isupper() and not alias.isupper() and len(surface) > 1
    noun_language = language in {"de", "lb"} and commonness > 0
    nearby = place.view.stems_of(*place.sentence)
    block = place.view.stems_of(place.block.start, place.block.end)
    telling = place.has_telling_capital or (not alias[:1].isupper() and surface == alias)
    return {
        "certain": float(commonness == 0.0),
        "common_word": wordlike * max(commonness - 2.5, 0.0) / 3 if commonness else 0.0,
        "common_name": (1 - wordlike) * max(commonness - 2.5, 0.0) / 3 if commonness else 0.0,
        "small_share": (profile.small_share.get(alias) or 0.0) if commonness else 0.0,
        "never_small": float(bool(commonness) and profile.small_share.get(alias, 1.0) < 0.03),
        "share_unknown": float(bool(commonness) and alias not in profile.small_share),
        "two_letters": float(alias.isupper() and len(alias) <= 2),
        "small_article": _small_article(surface, alias, commonness),
        "declared_ambiguous": float(profile.is_declared_ambiguous and commonness > 0),
        "product": float(is_product(profile.target)),
        "lower_case_use": min(lower, _LOWER_SHARE) / _LOWER_SHARE if lower else 0.0,
        "any_lower_case_use": float(lower > 0),
        "telling_capital": float(telling and not noun_language and bool(commonness)),
        "noun_capital": float(noun_language and place.has_telling_capital),
        "first": float(place.is_first and not place.shape.shouted),
        "titled": float(place.shape.titled and place.shape.words > 1),
        "alone": float(place.shape.words <= 1),
        "shouted_block": float(place.shape.shouted and not alias.isupper()),
        "in_capitals": float(alias.isupper() and _stands_out(place) and len(alias) > 2),
        "acronym": float(shouted and not place.shape.shouted),
        "small": float(surface[:1].islower() and alias[:1].isupper()),
        "inflected": float(commonness > 0 and surface.lower().endswith("s") and not alias.lower().endswith("s")),
        "misspelt": float(candidate.method is Method.FUZZY),
        "dressed": float(candidate.method is Method.VARIANT and commonness == 0.0),
        "legal_form": float(len(surface) > len(alias) + 2),
        "about_nearby": min(len(nearby & profile.about.keys()), 2) / 2,
        "not_about_nearby": min(len(nearby & profile.not_about.keys()), 2) / 2,
        "topic_us_nearby": min(len(block & profile.about_topics), 3) / 3,
        "topic_other_nearby": min(len(block & profile.not_about_topics), 3) / 3,
        "declared_person": float(profile.may_be_person),
        "cjk": float(bool(_CJK.search(surface))),
    }


def _stands_out(place: Surroundings) -> bool:
    """Is it in capitals, as its name is, where other words are not?"""
    return place.surface.isupper() and not place.shape.shouted


def misspelt_again(places: Sequence[Surroundings]) -> float:
    """1.0 where the page writes one misspelling again and again, and never the name: that is another name."""
    fuzzy = [place.surface for place in places if place.candidate.method is Method.FUZZY]
    return float(len(fuzzy) == len(places) >= 2 and len(set(fuzzy)) == 1)


def _written_small(view: PageView, alias: str) -> int:
    """How often the article writes the word of a name small, inflected or not: an ordinary word there."""
    if alias.islower() or (alias.isupper() and len(alias) > 1):  # "who" says nothing of WHO: it is never written so
        return 0
    word = fold(alias).text.lower()
    return sum(view.small_words.get(word + ending, 0) for ending in ("", "s", "es", "n", "en", "ed", "ing"))


def _small_article(surface: str, alias: str, commonness: float) -> float:
    """How surely is "die Zeit" the time, not Die Zeit? By how common the word is of which the name consists."""
    written_small = alias[:1].isupper() and " " in alias and surface.split(" ")[0] in DEFINITE - {"the"}
    return min(max(commonness - 4, 0.0) / 2, 1.0) if written_small else 0.0
