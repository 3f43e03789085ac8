"""Signs of what a candidate means: each a named figure between 0 and 1, read off the page and the target's own words.

Most are seen at the candidate itself; those whose names begin with "page_" are the share of the target's candidates on
the page that show the sign, because a page seldom means two things by one name.
"""

import re
from collections.abc import Sequence
from typing import Final

from mentions.links import is_ours
from mentions.matching.folding import fold
from mentions.matching.mention import Candidate, Method
from mentions.matching.profiles import Profile, is_product, stem
from mentions.matching.surroundings import PageView, Surroundings
from mentions.matching.vocabulary import (
    AGENT_PREPOSITIONS,
    ATTRIBUTES,
    CREDITS,
    DEEDS,
    DEFINITE,
    FIRST_NAMES,
    INDEFINITE,
    INTRODUCERS,
    OWNERS,
    PERSON_TITLES,
    PLACE_PREPOSITIONS,
    SOURCES,
)

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
_NO_NAMES: Final = DEFINITE | INDEFINITE | OWNERS | AGENT_PREPOSITIONS | PLACE_PREPOSITIONS | INTRODUCERS | SOURCES
_LOWER_SHARE: Final = 12  # lower-case uses from which the word surely is one on this page
_TICKER: Final = re.compile(r"\s?\((?:[A-Z]{2,8}|[A-Z][a-z]+): ?\$?[A-Z.]{1,6}\b|\s?\(\$[A-Z]{1,5}\)")
_DATELINE_AFTER: Final = re.compile(r"(?:[/,][^)]{1,30})?\)?\s*[-:·.]{1,2}(?:\s|$)")
_CITED_AFTER: Final = re.compile(
    r"[\"']?[.,;]? ?\(?(?:Retrieved|Archived|Accessed|Abgerufen|Archivado|Consulte|"
    r"\d{1,2}\.? [A-Z]\w+ \d{4}|[A-Z]\w+ \d{1,2}, \d{4})"
)
_QUOTE_BEFORE: Final = re.compile(r"[\"'] ?$")
_QUOTE_AFTER: Final = re.compile(r" ?(?:\"|'(?!s\b))")
_ADDRESS_BEFORE: Final = re.compile(r"(?:[\w.]@|://|www\.|[/\\=_]|\w\.)$")
_ADDRESS_AFTER: Final = re.compile(r"(?:@\w|\.[A-Za-z]{2,10}\b|/\d|[_\\=]\w|\(\))")
_CJK: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_CORPORATE_CJK: Final = re.compile(r"^(?:公司|集团|集團|社|株式会社|側|方面|官方|手机|手機|宣布|発表|表示|推出|CEO)")


def signs_of(view: PageView, candidates: Sequence[Candidate], profile: Profile, language: str | None) -> list[Signs]:
    """The signs of every candidate of one target in an article, in their order."""
    places = [Surroundings(view, candidate) for candidate in candidates]
    common = _page_signs(view, candidates, profile)
    found = [common | _own_signs(place, profile, language) for place in places]
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
    hosts = [domain.partition("/")[0] for domain in profile.target.domains]
    # A host that does not stand in the address cannot own it; the exact answer costs more.
    near = [link for url, link in view.web_links if any(host in url for host in hosts)]
    ours = [link for link in near if is_ours(link.effective_url or "", profile.target)]
    certain = {c.alias for c in candidates if not profile.commonness.get(c.alias, 0.0) and c.method is not Method.FUZZY}
    return {
        "about_on_page": min(len(about) / 2, 1.0),
        "not_about_on_page": min(len(against) / 2, 1.0),
        "link_in_article": float(any(link.zone.is_article for link in ours)),
        "link_outside": float(bool(ours) and not any(link.zone.is_article for link in ours)),
        "certain_name": float(bool(certain)),
        "often": min(len(candidates) / 8, 1.0),
    }


def _own_signs(place: Surroundings, profile: Profile, language: str | None) -> Signs:
    signs = {
        **_name_signs(place, profile, language),
        **_grammar_signs(place, language),
        **_neighbour_signs(place, profile),
        **_form_signs(place, profile),
    }
    signs |= _combined(signs, place, profile, language)
    return {name: value for name, value in signs.items() if value}


def _name_signs(place: Surroundings, profile: Profile, language: str | None) -> Signs:
    """How far the name itself can be trusted here."""
    candidate, surface = place.candidate, place.surface
    commonness = profile.commonness.get(candidate.alias, 0.0)
    lower = _written_small(place.view, candidate.alias) if commonness else 0
    alias = candidate.alias
    shouted = surface.isupper() and not alias.isupper() and len(surface) > 1
    noun_language = language in {"de", "lb"} and commonness > 0
    nearby = place.view.stems_of(*place.sentence)
    telling = place.has_telling_capital or (not alias[:1].isupper() and surface == alias)
    return {
        "certain": float(commonness == 0.0),
        "common_word": max(commonness - 2.5, 0.0) / 3 if commonness else 0.0,
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
        "acronym": float(shouted and not place.shape.shouted),
        "small": float(surface[:1].islower() and alias[:1].isupper()),
        "inflected": float(commonness > 0 and surface.lower().endswith("s") and not alias.lower().endswith("s")),
        "misspelt": float(candidate.method is Method.FUZZY),
        "dressed": float(candidate.method is Method.VARIANT and commonness == 0.0),
        "legal_form": float(len(surface) > len(alias) + 2),
        "about_nearby": min(len(nearby & profile.about.keys()), 2) / 2,
        "not_about_nearby": min(len(nearby & profile.not_about.keys()), 2) / 2,
        "cjk": float(bool(_CJK.search(surface))),
    }


def _combined(signs: Signs, place: Surroundings, profile: Profile, language: str | None) -> Signs:
    """What two signs say together and neither says alone."""
    determined = signs["indefinite"] or signs["owned"] or signs["adjective_before"]
    at_place = signs["place_preposition"] or place.previous.lower() in {"of", "from", "to", "von", "de"}
    return {
        # "ein fatales Signal": German capitalises every noun, and a name needs no determiner.
        "noun_determined": float(language == "de" and bool(determined) and not signs["never_small"]),
        "at_declared_place": float(bool(at_place) and profile.may_be_place),
        # "Meta-analysis", but German joins names so: "Quorba-Aktie".
        "compound": float(bool(signs["hyphen_after"]) and language != "de"),
    }


def _written_small(view: PageView, alias: str) -> int:
    """How often the article writes the word of a name small, inflected or not: an ordinary word there."""
    if alias.islower():
        return 0
    word = fold(alias).text.lower()
    return sum(view.small_words.get(word + ending, 0) for ending in ("", "s", "es", "n", "en", "ed", "ing"))


def _small_article(surface: str, alias: str, commonness: float) -> float:
    """How surely is "die Zeit" the time, not Die Zeit? By how common the word is of which the name consists."""
    written_small = alias[:1].isupper() and " " in alias and surface.split(" ")[0] in DEFINITE - {"the"}
    return min(max(commonness - 4, 0.0) / 2, 1.0) if written_small else 0.0


def _grammar_signs(place: Surroundings, language: str | None) -> Signs:
    before, after = place.previous_words, place.following_words
    previous = (place.previous or place.before_quote).lower()
    following = place.following.lower()
    two_before = before[1] if len(before) > 1 else ""
    noun = previous in DEFINITE | INDEFINITE | OWNERS
    introduced = (previous in INTRODUCERS) or (noun and two_before in INTRODUCERS)
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


def _neighbour_signs(place: Surroundings, profile: Profile) -> Signs:
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
    friendly = {"" if given else left, right} & profile.own_words or {stem(left), stem(right)} & profile.about.keys()
    ally = bool(phrases & profile.allies) or bool(friendly - {""})
    rival = bool(phrases & profile.rivals) and not phrases & profile.allies
    named = not place.shape.titled and not place.shape.shouted
    acronym = previous.isupper() and 2 <= len(previous) <= 4  # "US", "CEO": no part of a name
    joined_left = previous[:1].isupper() and not previous.endswith("'s") and not acronym and left not in _NO_NAMES
    joined_right = following[:1].isupper() and not place.after.startswith("'")
    person = given or left in PERSON_TITLES or bool(re.search(r"\b[A-Z]\. ?$", place.before))
    return {
        "ally": float(ally),
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


def _form_signs(place: Surroundings, profile: Profile) -> Signs:
    """Punctuation, addresses, credits, links."""
    before, after = place.before, place.after
    link = place.link
    listed = bool(re.search(r"\b[A-Z][\w'.-]*(?:, | (?:and|und|et|y|or|oder) |/)$", before)) or bool(
        re.match(r"(?:, | (?:and|und|et|y|or|oder) |/)(?:and |und |et |y |or )?[A-Z]", after)
    )
    lead = place.article.text[place.block.start : place.candidate.start]
    bracketed = before.endswith(("(", "/"))
    dateline = bracketed and len(lead) <= 60 and bool(_DATELINE_AFTER.match(after))
    credit = (
        dateline
        or (before.endswith("(") and after.startswith(")") and place.candidate.end + 1 >= place.block.end)
        or bool(set(place.previous_words) & CREDITS and place.shape.words <= 12)
        or bool(re.search(r"(?:©|\(c\)|/)\s?(?:\d{4} )?(?:The )?$", before))
    )
    address = bool(_ADDRESS_BEFORE.search(before) or _ADDRESS_AFTER.match(after))
    written = (place.surface + (found[0] if (found := re.match(r"[\w.-]*", after)) else "")).lower().rstrip(".")
    own_address = "." in written and any(written == domain.partition("/")[0] for domain in profile.target.domains)
    return {
        "credit": float(credit),
        "address": float(address and not own_address),
        "own_address": float(own_address),
        "handle": float(before.endswith(("@", "#"))),
        "ticker": float(bool(_TICKER.match(after))),
        "listed": float(listed and not place.shape.titled),
        "quoted": float(
            before[-1:] in "\"'" and bool(before) and after[:1] in {'"', "'"} and not after.startswith("'s")
        ),
        "hyphen_after": float(after.startswith("-") and after[1:2].isalnum()),
        "hyphen_before": float(before.endswith("-") and before[-2:-1].isalnum()),
        "cited": float(bool(_CITED_AFTER.match(after))),
        "bracketed": float(before.endswith("(") and after.startswith(")")),
        "corporate": float(bool(_CORPORATE_CJK.match(after))),
        "linked_name": float(link is not None and len(link.anchor) <= len(place.surface) + 12),
    }
