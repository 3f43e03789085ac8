"""What sort of words a link to us is made of, and which of them belong to link sellers."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Final

from mentions.targets import Kind, Target

_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}(?:/\S*)?", re.IGNORECASE)

# Words that say "here is a link" and nothing of where it leads, in the languages that drafts are written in.
_GENERIC: Final = frozenset(
    [
        *("here", "click here", "this", "this link", "link", "website", "site", "web site", "homepage", "home page"),
        *("read more", "more", "learn more", "find out more", "more information", "source", "via", "read on", "visit"),
        *("visit website", "visit site", "official site", "official website", "full report", "the report", "report"),
        *("press release", "study", "the study", "download", "continue reading", "details", "article", "post", "page"),
        *("hier", "hier klicken", "mehr", "mehr erfahren", "weiterlesen", "quelle", "webseite", "zur studie"),
        *("ici", "cliquez ici", "en savoir plus", "lire la suite", "source", "site web", "le site"),
        *("aquí", "haz clic aquí", "más información", "leer más", "fuente", "sitio web", "qui", "clicca qui", "fonte"),
        *("hier", "klik hier", "lees meer", "bron", "aqui", "clique aqui", "saiba mais", "här", "läs mer", "källa"),
        *("tutaj", "kliknij tutaj", "więcej", "źródło", "こちら", "詳細", "リンク", "公式サイト", "点击这里", "官网"),
    ]
)
# The trades that buy and inject links most (https://developers.google.com/search/docs/essentials/spam-policies):
# one such link is worth a look, however few there are. Words of a target's own name or `about` are never held against.
_SPAM: Final = frozenset(
    [
        *("casino", "casinos", "slots", "togel", "gacor", "betting", "sportsbook", "poker", "roulette", "judi"),
        *("viagra", "cialis", "tramadol", "xanax", "levitra", "porn", "xxx", "escort", "escorts", "sexcam"),
        *("payday", "replica", "backlinks", "dofollow", "essay-writing", "казино", "порно", "ставки"),
    ]
)


class AnchorKind(StrEnum):
    """What the words of a link are."""

    BRAND = "brand"  # they hold the name of a brand of ours
    NAME = "name"  # they hold the name of a product or report of ours, and no brand's
    URL = "url"  # an address
    GENERIC = "generic"  # "here", "read more": nothing of where it leads
    EMPTY = "no words"  # a picture without alternative text
    OTHER = "other words"  # everything else: a sentence, a description, a search phrase


def kind_of(anchor: str, targets: Sequence[Target]) -> AnchorKind:
    """The kind of an anchor. Decided on whole words, whatever their case and punctuation."""
    words = plain(anchor)
    if not words:
        return AnchorKind.EMPTY
    if _ADDRESS.fullmatch(_visible(anchor).strip(" .,;:()[]<>\"'")):
        return AnchorKind.URL
    for wanted, kind in ((True, AnchorKind.BRAND), (False, AnchorKind.NAME)):
        names = (name for target in targets if (target.kind is Kind.BRAND) is wanted for name in target.names)
        if any(_holds(words, plain(name)) for name in names):
            return kind
    return AnchorKind.GENERIC if words in _GENERIC else AnchorKind.OTHER


def spam_words(anchor: str, targets: Sequence[Target]) -> list[str]:
    """Words of the anchor that link sellers use and that stand in no target's names or `about`, each once, in order."""
    own = {word for target in targets for text in (*target.names, target.about or "") for word in plain(text).split()}
    return [word for word in dict.fromkeys(plain(anchor).split()) if word in _SPAM and word not in own]


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """The words of a text, folded: no case, no punctuation, no invisible marks, one blank between them."""
    letters = (c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in _visible(text))
    return " ".join("".join(letters).split())


def _visible(text: str) -> str:
    shown = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        " " if c.isspace() else c for c in shown if unicodedata.category(c) not in {"Cf", "Cc"} or c.isspace()
    )


def _holds(words: str, name: str) -> bool:
    """A name that no blank sets off (書籍, 한국) counts inside of others' words."""
    if not name:
        return False
    return f" {name} " in f" {words} " or (not name.isascii() and name in words)
