"""Phrases that tell readers what a piece of a page is: "Related articles", "Foto:", "この記事を書いた".

They are searched once in the whole text of a page, lower-cased, and only ever weigh as one feature among many.
"""

from bisect import bisect_right
from collections.abc import Sequence
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


def find_cues(text: str, starts: Sequence[int]) -> list[int]:
    """The cues (as ints) of each piece of `text`; `starts` are the offsets where the pieces begin, rising."""
    found = [0] * len(starts)
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters grow when lowered, and offsets would slip
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    for phrase, cue in _CUES:
        position = lowered.find(phrase)
        while position >= 0:
            end = position + len(phrase)
            if _is_whole(lowered, position, end):
                found[bisect_right(starts, position) - 1] |= cue
            position = lowered.find(phrase, end)
    return found


def _is_whole(text: str, start: int, end: int) -> bool:
    """Does no Latin word go on beyond the phrase? Chinese and Japanese have no such borders."""
    if start and text[start].isalpha() and text[start] < "\u3000" and text[start - 1].isalpha():
        return False
    return not (end < len(text) and text[end - 1].isalpha() and text[end - 1] < "\u3000" and text[end].isalpha())
