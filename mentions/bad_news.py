"""Is the story bad news about us? Then a person decides: nobody wants to ask for a link in a report on a recall.

Only words that hardly ever have a harmless sense count, and only where they stand beside the name: in its sentence, or
in the headline of a piece that is about us. What remains wrong is measured by tests/quality/test_bad_news.py.
"""

import re
from dataclasses import dataclass
from typing import Final

from mentions.bad_news_words import AGAINST, ENGLISH, FRENCH, GERMAN, SPANISH
from mentions.extraction.article import Article, Zone
from mentions.matching.mention import Mention


@dataclass(frozen=True, slots=True)
class Cue:
    """The word that makes it bad news, and the sentence or headline in which it stands."""

    word: str
    text: str


_BY_LANGUAGE: Final = {
    language: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    for language, words in (("en", ENGLISH), ("de", GERMAN), ("fr", FRENCH), ("es", SPANISH))
}

# Who is quoted as the source of a figure is not what the bad news is about: "data breaches rose, according to Acme".
_SOURCE_BEFORE: Final = re.compile(
    r"(?:according to|(?:data|figures|numbers|research|analysis|report|survey|study|index|estimates?) (?:by|from|of)"
    r"|laut|nach angaben von|(?:studie|umfrage|bericht|zahlen|analyse|erhebung|daten) (?:von|der|des)|zufolge"
    r"|selon|d['’]après|(?:étude|enquête|rapport|sondage|données|chiffres) (?:de|d['’]|du|par)"
    r"|según|(?:estudio|encuesta|informe|datos|cifras|sondeo) (?:de|del|por))\s+(?:\S+\s+){0,4}$",
    re.IGNORECASE,
)
_SOURCE_AFTER: Final = re.compile(
    r"^(?:['’]s?)?\s+(?:(?:\S+\s+){0,3}(?:report|survey|study|index|data|figures|research|analysis|analysts?)\b|zufolge)"
    r"|^-(?:studie|umfrage|bericht|index|report|analyse|zahlen)\b",
    re.IGNORECASE,
)
_AGAINST: Final = re.compile(rf"(?<!\w)(?:{AGAINST})[\s-]+(?:\S+\s+){{0,2}}$", re.IGNORECASE)
# Compounds that are against it: "fraud detection", "recall management", "toxic-free".
_AGAINST_AFTER: Final = re.compile(
    r"^[\s-]+(?:detection|prevention|protection|monitoring|management|alerts?|free|software|insurance|law|act)\b"
    r"|^s?(?:erkennung|prävention|schutz|management)\b",
    re.IGNORECASE,
)
_ABOUT_US: Final = 2  # mentions from which a headline that does not name us may still be about us


def bad_news(article: Article | None, mentions: tuple[Mention, ...], language: str | None = None) -> Cue | None:
    """The first sign that the piece is bad news about us; None where there is none.

    `mentions` are those in the article. `language` (the page's) chooses the words, English where there are none for it.
    """
    pattern = _BY_LANGUAGE.get(language or "en", _BY_LANGUAGE["en"])
    for mention in mentions:
        if cue := _in_sentence(pattern, mention):
            return cue
    headline = _headline(article) if article is not None else None
    if headline is None or len(mentions) < _ABOUT_US:
        return None
    found = _harmful(pattern, headline)
    return Cue(found[0], headline) if found else None


def _in_sentence(pattern: re.Pattern[str], mention: Mention) -> Cue | None:
    text = mention.sentence
    place = text.find(mention.matched)
    if place >= 0:
        before, after = text[:place], text[place + len(mention.matched) :]
        if _SOURCE_BEFORE.search(before) or _SOURCE_AFTER.match(after):
            return None
    found = _harmful(pattern, text)
    return Cue(found[0], text) if found else None


def _harmful(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first word of bad news that is not turned into its opposite by what stands beside it."""
    for found in pattern.finditer(text):
        if not (_AGAINST.search(text, 0, found.start()) or _AGAINST_AFTER.match(text[found.end() :])):
            return found
    return None


def _headline(article: Article) -> str | None:
    block = next((b for b in article.blocks if b.zone is Zone.HEADLINE and b.tag == "h1"), None)
    return article.text[block.start : block.end] if block else None
