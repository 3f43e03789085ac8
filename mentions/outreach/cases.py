"""Which email a finding calls for: the folder of templates it is written from."""

import re
from typing import Final

from mentions.findings import Verdict
from mentions.links import is_home, is_profile
from mentions.outreach.placement import Placement
from mentions.store.records import StoredFinding
from mentions.targets import Kind, Target

FOLLOW_UP: Final = "follow_up"
QUALIFIED: Final = "qualified"
CASES: Final = {
    "unlinked_brand": "The article names a brand of yours and does not link to you.",
    "unlinked_product": "The same of a product.",
    "unlinked_report": "The same of a report.",
    "statistic": "The article quotes a figure of yours and does not link to the page it comes from.",
    "image": "The line under a picture credits you without a link.",
    "bare_url": "The article prints your address as text.",
    "misdirected": "The article's link to you leads to your profile at a social network.",
    "wrong_page": "The article's link to you leads to your home page, and something else is meant.",
    "dead_link": "The article's link to you leads to a page of yours that is gone.",
    QUALIFIED: "The article's link to you is marked nofollow or ugc, and `asking.ask_qualified` is on.",
    "link_lost": "The article linked to you, and the link went away.",
    FOLLOW_UP: "The first email was sent some working days ago, and nothing came.",
}

_UNLINKED: Final = frozenset({Verdict.UNLINKED, Verdict.OUTSIDE})
_MISDIRECTED: Final = {"profile": "misdirected", "home": "wrong_page", "gone": "dead_link"}
# "Photo: Acme", "© Acme", "Grafik von Acme": a credit, not a caption that merely speaks of us.
_CREDIT: Final = re.compile(
    r"©|\((?:c|C)\)|\b(?:photo(?:graph)?|picture|image|illustration|graphic|chart|infographic|credit|courtesy|bild"
    r"|foto|grafik|abbildung|quelle|source|crédits?|infographie|graphique|imagen|fotografía|gráfico|infografía|fuente"
    r"|cortesía)(?:\s+credits?)?\s*(?::|/|\||©|\bby\b|\bof\b|\bvon\b|\bpar\b|\bpor\b|\bde\b)",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(
    r"\d\s?(?:%|percent|per cent|prozent|pour cent|por ciento)|\b\d+(?:[.,]\d+)+\b", re.IGNORECASE
)
_ACCORDING_TO: Final = re.compile(
    r"\b(?:according to|found(?: that)?|finds|shows?|data|figures?|survey(?:ed)?|statistics?|laut|zufolge|gemäß|zahlen"
    r"|daten|ergab|zeigt|umfrage|selon|d[’']après|chiffres?|données|révèle|sondage|según|datos|cifras?|revela|encuesta)\b",
    re.IGNORECASE,
)


def case_of(finding: StoredFinding, target: Target, place: Placement) -> str:
    """The case of CASES. Our link outside the article changes nothing for the sentence without one."""
    if finding.verdict is Verdict.QUALIFIED:
        return QUALIFIED
    if finding.verdict is Verdict.BARE_URL:
        return "bare_url"
    if finding.verdict is Verdict.MISDIRECTED:
        return _MISDIRECTED[wrong_place(finding, target)]
    if finding.link_found_at is not None and finding.verdict in _UNLINKED:
        return "link_lost"
    sentence = finding.sentence or ""
    if finding.zone == "caption" and _CREDIT.search(sentence):
        return "image"
    if _is_figure(sentence) and (target.kind is Kind.REPORT or place.url != target.link_url):
        return "statistic"
    return f"unlinked_{target.kind.value}"


def _is_figure(sentence: str) -> bool:
    """A figure and where it comes from: the page of ours that the sentence calls for must be its source."""
    return bool(_FIGURE.search(sentence) and _ACCORDING_TO.search(sentence))


def wrong_place(finding: StoredFinding, target: Target) -> str:
    """Where a misdirected link leads (`profile`, `home`, `gone`), as mentions.verdicts judges; empty in other cases."""
    if finding.verdict is not Verdict.MISDIRECTED:
        return ""
    urls = [str(link.get("effective_url") or link.get("url") or "") for link in finding.links]
    if any(is_profile(url, target) for url in urls):
        return "profile"
    return "home" if any(is_home(url, target) for url in urls) else "gone"
