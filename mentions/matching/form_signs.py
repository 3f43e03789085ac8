"""Punctuation around a candidate: lists, quotes, tickers, credits, addresses, links."""

import re
from typing import Final

from mentions.links import is_ours
from mentions.matching.profiles import Profile
from mentions.matching.surroundings import Surroundings
from mentions.matching.vocabulary import CREDITS

_TICKER: Final = re.compile(r"\s?\((?:[A-Z]{2,8}|[A-Z][a-z]+): ?\$?[A-Z.]{1,6}\b|\s?\(\$[A-Z]{1,5}\)")
_DATELINE_AFTER: Final = re.compile(r"(?:[/,][^)]{1,30})?\)?\s*[-:·.]{1,2}(?:\s|$)")
_CITED_AFTER: Final = re.compile(
    r"[\"']?[.,;]? ?\(?(?:Retrieved|Archived|Accessed|Abgerufen|Archivado|Consulte|"
    r"\d{1,2}\.? [A-Z]\w+ \d{4}|[A-Z]\w+ \d{1,2}, \d{4})"
)
# "(Elias Vane/The Courier via Heron)", "Ann Vane/Heron": who took the picture, and for whom.
_CREDIT_BEFORE: Final = re.compile(
    r"(?:[A-Z][\w'.-]+ [A-Z][\w'.-]+ ?/ ?(?:[A-Z][\w ]+ via )?|/[A-Z][\w ]+ via |\b[A-Z]{2,} ?/ ?)$"
)
_CREDIT_AFTER: Final = re.compile(r" ?(?:\)|/|$|\||\.?$| Images| Photo)")
# "x.example/Heron", "/Heron"; but in "Kelvarra/Heron" two names stand side by side.
_ADDRESS_BEFORE: Final = re.compile(r"(?:[\w.]@|://|www\.|[\\=_]|\w\.|[.:~]\S*/|(?:^|[\s\"'(])/)$")
_ADDRESS_AFTER: Final = re.compile(r"(?:@\w|\.[A-Za-z]{2,10}\b|/\d|[_\\=]\w|\(\))")
_OPENING: Final = "\"'「『《〈‹"
_CLOSING: Final = "\"'」』》〉›"
_CORPORATE_CJK: Final = re.compile(r"^(?:公司|集团|集團|社|株式会社|側|方面|官方|手机|手機|宣布|発表|表示|推出|CEO)")


def form_signs(place: Surroundings, profile: Profile) -> dict[str, float]:
    """Punctuation, addresses, credits, links."""
    before, after = place.before, place.after
    link = place.link
    listed = bool(re.search(r"\b[A-Z][\w'.-]*(?:, | (?:and|und|et|y|or|oder) |/)$", before)) or bool(
        re.match(r"(?:, | (?:and|und|et|y|or|oder) |/)(?:and |und |et |y |or )?[A-Z]", after)
    )
    lead = place.article.text[place.block.start : place.candidate.start]
    bracketed = before.endswith(("(", "/"))
    dateline = bracketed and len(lead) <= 60 and bool(_DATELINE_AFTER.match(after))
    at_end = before.endswith("(") and after.startswith(")") and place.candidate.end + 1 >= place.block.end
    credit = (
        dateline
        or (at_end and not _links_to_us(place, profile))
        or bool(set(place.previous_words) & CREDITS and place.shape.words <= 12)
        or bool(re.search(r"(?:©|\(c\))\s?(?:\d{4} )?(?:The )?$", before))
        or bool(_CREDIT_BEFORE.search(before) and _CREDIT_AFTER.match(after))
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
        "quoted": float(_is_quoted(before, after)),
        "hyphen_after": float(after.startswith("-") and after[1:2].isalnum()),
        "hyphen_before": float(before.endswith("-") and before[-2:-1].isalnum()),
        "cited": float(bool(_CITED_AFTER.match(after))),
        "bracketed": float(before.endswith("(") and after.startswith(")")),
        "corporate": float(bool(_CORPORATE_CJK.match(after))),
        "linked_name": float(link is not None and len(link.anchor) <= len(place.surface) + 12),
    }


def _links_to_us(place: Surroundings, profile: Profile) -> bool:
    """Does the block link to us? Then "(The Heron)" at its end says where the link leads, and is no credit."""
    block = place.block
    return any(
        block.start <= link.start < block.end and is_ours(link.effective_url or "", profile.target)
        for _, link in place.view.web_links
    )


def _is_quoted(before: str, after: str) -> bool:
    """Does it stand alone in quotation marks? French keeps a space inside them."""
    if before.endswith(" ") and after.startswith(" "):
        before, after = before[:-1], after[1:]
    opens, closes = before[-1:], after[:1]
    return bool(opens and closes) and opens in _OPENING and closes in _CLOSING and not after.startswith("'s")
