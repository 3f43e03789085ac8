"""Phrases that tell readers what a piece of a page is: "Related articles", "Foto:", "この記事を書いた".

They are searched once in the whole text of a page, lower-cased, and only ever weigh as one feature among many.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntFlag, auto
from typing import Final


class Cue(IntFlag):
    """What a phrase says about the piece it stands in."""

    RELATED = auto()
    FOLLOW = auto()
    COMMENTS = auto()
    AUTHOR = auto()
    LEGAL = auto()
    CREDIT = auto()


# English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Japanese, Chinese; lower case.
_PHRASES: Final = {
    Cue.RELATED: """related articles|related stories|related posts|related content|related topics
        |related|read more|read next
        |read also|see also|also read|more from|more on|more stories|more news|more in
        |you may also like|you might also like
        |you may like|recommended|most read|most popular|trending|up next|latest news|latest posts|latest articles
        |latest stories|recent posts|popular posts|next article|previous article|next post|previous post
        |lesen sie auch|lesen sie mehr|mehr zum thema|mehr aus|mehr von|das könnte|auch interessant|weitere artikel
        |weitere themen|weitere meldungen|meistgelesen|zum thema|passend zum|à lire aussi|lire aussi|sur le même sujet
        |articles liés|articles similaires|plus d'articles|les plus lus|te puede interesar|lee también|lo más leído
        |más noticias|relacionados|relacionadas|leer más|leggi anche|leia também|leia mais|lees ook|läs mer|läs också
        |関連|おすすめ|人気記事|ランキング|あわせて読みたい|相关|推荐|热门|延伸阅读|更多|猜你喜欢""",
    Cue.FOLLOW: """subscribe|subscription|newsletter|newsletters|sign up|follow us|share this|share on|share via|donate
        |donation|join us|join now|join our|folgen sie|abonnieren|abonnement|jetzt bestellen|jetzt testen|jetzt anmelden
        |teilen|spenden|abonnez|abonnez-vous|inscrivez|suivez|partager|suscríbete|suscribirse
        |síguenos|compartir|condividi
        |iscriviti|フォロー|シェア|メルマガ|会員登録|关注|分享|订阅|扫码|download our app|download the app|support us
        |support our""",
    Cue.COMMENTS: """comment|comments|leave a reply|reply|replies|kommentar|kommentare|commentaire|commentaires|réagir
        |comentario|comentarios|commenti|reacties|コメント|评论|留言""",
    Cue.AUTHOR: """about the author|written by|posted by|über den autor|über die autorin|zur person|à propos de l'auteur
        |sobre el autor|this author|senior writer|staff writer|freelance writer|senior editor|contributing writer
        |is a writer|is a reporter|is an editor|is a journalist|is a freelance|この記事を書いた|著者|作者|编辑
        |责任编辑|記者
        |记者|redakteur|redakteurin|journaliste""",
    Cue.LEGAL: """cookie|cookies|privacy policy|datenschutz|all rights reserved
        |alle rechte vorbehalten|tous droits réservés
        |derechos reservados|©|terms of use|terms of service|your browser|adblock|ad blocker|javascript|版权|無断転載
        |all times are""",
    Cue.CREDIT: """photo:|photos:|photo by|photos by|photo credit|image:|image credit|image source|image by|foto:|fotos:
        |bild:|crédit|credit:|courtesy of|source:|quelle:|fuente:|illustration:|grafik:|getty images|shutterstock
        |picture alliance|imago images|istock|unsplash|写真|图片来源|来源""",
}
_CUES: Final = tuple(
    (phrase.strip(), int(cue)) for cue, phrases in _PHRASES.items() for phrase in phrases.split("|") if phrase.strip()
)
COUNT: Final = len(Cue)
_WORD: Final = re.compile(r"[^\W\d_]+")
_WIDE: Final = re.compile(r"[\u3040-\u9fff]")
_ASCII_WORD: Final = re.compile(r"[a-z]+")
# Everything but small ASCII letters becomes a space: the quickest way to the words of a page that phrases can hold.
_TO_SPACES: Final = bytes(code if chr(code).isascii() and chr(code).islower() else 0x20 for code in range(256))


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase as it is looked for."""

    text: str
    cue: int
    first: str | None  # the word it begins with and must begin with; None: it may stand inside other letters
    needs: frozenset[str]  # its runs of ASCII letters, without which it cannot stand on a page
    row: str  # the same as they stand in it, each between spaces


def _phrase(text: str, cue: int) -> _Phrase:
    first = None if _WIDE.search(text) else _WORD.match(text)
    needs = frozenset(_ASCII_WORD.findall(text)) if first else frozenset[str]()
    row = " ".join(["", *_ASCII_WORD.findall(text), ""]) if needs else ""
    return _Phrase(text, cue, first[0] if first else None, needs, row)


_PHRASES_PLAIN: Final = tuple(_phrase(text, cue) for text, cue in _CUES if not _WIDE.search(text))
_NEEDED: Final = frozenset(run for phrase in _PHRASES_PLAIN for run in phrase.needs)
_PHRASES_WIDE: Final = tuple(_phrase(text, cue) for text, cue in _CUES if _WIDE.search(text))


def find_cues(text: str, starts: Sequence[int]) -> list[int]:
    """The cues (as ints) of each piece of `text`; `starts` are the offsets where the pieces begin, rising."""
    found = [0] * len(starts)
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters grow when lowered, and offsets would slip
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    letters = lowered.encode("utf-8", "replace").translate(_TO_SPACES).decode("ascii")
    runs = list(filter(_NEEDED.__contains__, letters.split()))
    known, row = set(runs), " ".join(["", *runs, ""])  # what stands together in a phrase stands together in the row
    for phrase in _PHRASES_PLAIN:
        if phrase.needs <= known and phrase.row in row:
            for position in _places(lowered, phrase):
                found[bisect_right(starts, position) - 1] |= phrase.cue
    if not lowered.isascii() and _WIDE.search(lowered):
        for phrase in _PHRASES_WIDE:
            for position in _places(lowered, phrase):
                found[bisect_right(starts, position) - 1] |= phrase.cue
    return found


def _places(lowered: str, phrase: _Phrase) -> Iterator[int]:
    """Where the phrase stands: as words of its own where its language parts words, anywhere else."""
    text, first = phrase.text, phrase.first
    position = lowered.find(text)
    while position >= 0:
        end = position + len(text)
        if first is None or (_is_whole(lowered, position, first) and _ends_word(lowered, end)):
            yield position
        position = lowered.find(text, end)


def _is_whole(text: str, position: int, word: str) -> bool:
    """Is it a word of its own that stands there, not a part of a longer one?"""
    if position and _WORD.match(text, position - 1):
        return False
    found = _WORD.match(text, position)
    return found is not None and found[0] == word


def _ends_word(text: str, end: int) -> bool:
    """Does no word go on beyond the phrase that ends here?"""
    return end == len(text) or not (text[end].isalpha() and text[end - 1].isalpha())
