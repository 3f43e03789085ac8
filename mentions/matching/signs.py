"""Signs of what a candidate means: each a named figure between 0 and 1, read off the page and the target's own words.

Most are seen at the candidate itself; those whose names begin with "page_" are the share of the target's candidates on
the page that show the sign, because a page seldom means two things by one name.
"""

from collections.abc import Sequence, Set
from typing import Final

from mentions.links import is_ours
from mentions.matching.definitions import defined_otherwise, is_abbreviation
from mentions.matching.form_signs import form_signs
from mentions.matching.grammar_signs import combined, grammar_signs
from mentions.matching.longer_names import longer_name_signs, neighbour_signs, one_phrase
from mentions.matching.mention import Candidate, Method
from mentions.matching.name_signs import misspelt_again, name_signs
from mentions.matching.profiles import Profile
from mentions.matching.surroundings import PageView, Surroundings

Signs = dict[str, float]

PAGE_SIGNS: Final = (
    "telling_capital",
    "person",
    "joined_left",
    "joined_right",
    "deed",
    "attribute",
    "introduced",
    "rival",
    "possessive",
    "listed",
    "free",
)


def signs_of(view: PageView, candidates: Sequence[Candidate], profile: Profile, language: str | None) -> list[Signs]:
    """The signs of every candidate of one target in an article, in their order."""
    places = [Surroundings(view, candidate) for candidate in candidates]
    common = _page_signs(view, candidates, profile)
    editorial = [place for place in places if place.block.zone.is_article] or places
    common |= {"one_phrase": one_phrase(editorial, profile), "misspelt_again": misspelt_again(places)}
    otherwise = {
        alias
        for alias in {candidate.alias for candidate in candidates}
        if is_abbreviation(alias) and defined_otherwise(view, alias, profile)
    }
    found = [common | _own_signs(place, profile, language) | _defined(place, otherwise) for place in places]
    in_article = [signs for signs, place in zip(found, places, strict=True) if place.block.zone.is_article] or found
    shares = {
        f"page_{name}": sum(signs.get(name, 0.0) for signs in in_article) / len(in_article) for name in PAGE_SIGNS
    }
    anywhere = {
        f"{name}_on_page": max(signs.get(name, 0.0) for signs in in_article)
        for name in ("person", "free", "telling_capital", "deed", "rival", "at_declared_place")
    }
    return [_with_page(signs | shares | anywhere) for signs in found]


def _with_page(signs: Signs) -> Signs:
    """What the rest of the page says of a candidate that itself says little."""
    speaks = signs.get("about_nearby") or signs.get("ally") or signs.get("legal_form")
    linked = signs.get("link_in_article") or signs.get("link_outside")
    uninformative = signs.get("first") or signs.get("titled") or signs.get("noun_capital")
    other = signs["person_on_page"] or signs["at_declared_place_on_page"]
    return signs | {
        # One sense an article: where the long form is somebody else, so is the short one.
        "other_bearer": float(bool(signs["rival_on_page"]) and not speaks and not linked),
        "person_or_place_here": float(bool(other) and not speaks and not linked and not signs.get("about_on_page")),
        "ordinary_here": float(bool(uninformative and signs.get("any_lower_case_use")) and not speaks),
    }


def _page_signs(view: PageView, candidates: Sequence[Candidate], profile: Profile) -> Signs:
    """What holds for every candidate of the page."""
    about = view.stems & profile.about.keys()
    against = view.stems & profile.not_about.keys()
    topic = len(view.stems & profile.about_topics), len(view.stems & profile.not_about_topics)
    hosts = [domain.partition("/")[0] for domain in profile.target.domains]
    # A host that does not stand in the address cannot own it; the exact answer costs more.
    near = [link for url, link in view.web_links if any(host in url for host in hosts)]
    ours = [link for link in near if is_ours(link.effective_url or "", profile.target)]
    certain = {c.alias for c in candidates if not profile.commonness.get(c.alias, 0.0) and c.method is not Method.FUZZY}
    return {
        "about_on_page": min(len(about) / 2, 1.0),
        "not_about_on_page": min(len(against) / 2, 1.0),
        "topic_us": max(topic[0] - topic[1], 0) / (sum(topic) + 3),
        "topic_other": max(topic[1] - topic[0], 0) / (sum(topic) + 3),
        "topic_absent": float(bool(profile.about_topics) and not topic[0]),
        "link_in_article": float(any(link.zone.is_article for link in ours)),
        "link_outside": float(bool(ours) and not any(link.zone.is_article for link in ours)),
        "certain_name": float(bool(certain)),
        "often": min(len(candidates) / 8, 1.0),
    }


def _defined(place: Surroundings, otherwise: Set[str]) -> Signs:
    return {"defined_otherwise": 1.0} if place.candidate.alias in otherwise else {}


def _own_signs(place: Surroundings, profile: Profile, language: str | None) -> Signs:
    signs = {
        **name_signs(place, profile, language),
        **grammar_signs(place, language),
        **neighbour_signs(place, profile),
        **form_signs(place, profile),
        **longer_name_signs(place, profile),
    }
    signs |= combined(signs, place, profile, language)
    return {name: value for name, value in signs.items() if value}
