"""German compounds that introduce a name: "beim Autohersteller …", "des Chemiekonzerns …". No list holds them all."""

from typing import Final

from mentions.matching.folding import fold

_HEADS: Final = (
    *("konzern", "hersteller", "anbieter", "unternehmen", "firma", "marke", "tochter", "kette", "produzent", "gigant"),
    *("zeitung", "magazin", "zeitschrift", "agentur", "sender", "verlag", "dienst", "plattform", "portal", "webseite"),
    *("website", "netzwerk", "handler", "handlerin", "discounter", "versicherer", "betreiber", "entwickler", "rivale"),
    *("riese", "konkurrent", "startup", "organisation", "institut"),
)
_ENDINGS: Final = ("", "s", "es", "n", "en", "e")
_ENDS: Final = tuple(head + ending for head in _HEADS for ending in _ENDINGS)


def is_introducing_compound(word: str) -> bool:
    """Does a German noun end in what firms, publications and services are?"""
    return fold(word).text.lower().endswith(_ENDS)
