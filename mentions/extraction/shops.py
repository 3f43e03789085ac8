"""Buttons that send a reader to a shop ("Buy on …", "$35 at …"): in an article they are part of what it recommends."""

import re
from typing import Final

from mentions.extraction.walked import Piece

_LONGEST: Final = 80  # characters
_LINKED: Final = 0.9  # of the words are a link
_SENDS: Final = re.compile(
    r"\W*(?:"
    r"(?:buy|shop|order|get it|(?:check|see) (?:the )?price|view|available)(?: now)? (?:on|at|from) \S"
    r"|(?:[$€£]\s?\d[\d.,]*|\d[\d.,]*\s?€) (?:on|at|from|bei|chez|en) \S"
    r"|(?:jetzt )?(?:bei|auf) \S.{0,25} (?:kaufen|ansehen|bestellen)\b"
    r"|(?:acheter|voir) (?:sur|chez) \S|(?:comprar|ver) en \S|\S{2,20}で(?:購入|見る|買う))",
    re.IGNORECASE,
)


def is_shop_button(piece: Piece, text: str) -> bool:
    """Is this piece, whose words are `text`, such a button?"""
    short = len(text) <= _LONGEST and piece.links > 0 and piece.link_chars >= _LINKED * len(text)
    return short and bool(_SENDS.match(text))
