"""The saved copy of a page as a document that shows its words and does nothing: no script, no request, nowhere to go.

Three walls, each enough by itself: only harmless elements are left, without any address; the answer's policy allows no
source but our own style; and both the answer and the frame around it are sandboxed (acceptance C-12).
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from hashlib import sha256
from html import escape, unescape
from itertools import count
from typing import Final

import nh3

from mentions.extraction.charset import decode
from mentions.extraction.guard import check_bytes
from mentions.extraction.vocabulary import hints_of
from mentions.extraction.walk import is_hidden
from mentions.matching.word_lists import word_list

_TAGS: Final = word_list(
    "a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup dd del dfn div dl dt em"
    " figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt ruby s samp"
    " section small span strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr",
)
# What is no part of the text a reader sees goes with everything in it. Not form: some pages stand in one as a whole.
_WITH_CONTENT: Final = word_list(
    "script style title noscript template iframe object embed svg math canvas audio video select button textarea"
)
# What an element may hide itself by: left only where it does, for `document` to say so in words.
_HIDING: Final = frozenset({"hidden", "style", "class", "aria-hidden"})
_ATTRIBUTES: Final = {
    "*": {"lang", "dir", *_HIDING},
    "a": {"href"},
    "img": {"alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
}
_TAG: Final = re.compile(r'(<(?:[^<>"]|"[^"]*")*>)')
_HREF: Final = re.compile(r' href="([^"]*)"')
_ALT: Final = re.compile(r' alt="([^"]*)"')
_NAME: Final = re.compile(r"<[a-z][a-z0-9]*")
_LINK, _IMAGE = re.compile(r"<a[ >]"), re.compile(r"<img[ >]")
_NO_LETTERS: Final = re.compile(r"[\W_]+")
_HIDES: Final = re.compile(rf' (?:{"|".join(sorted(_HIDING))})="[^"]*"')

_STYLE: Final = """
body { font: 16px/1.5 Georgia, "DejaVu Serif", serif; margin: 1rem auto; max-width: 46rem; padding: 0 1rem;
  overflow-wrap: anywhere; }
a { text-decoration: underline; cursor: help; }
a.ours { outline: 2px solid; outline-offset: 1px; font-weight: bold; }
a.ours::after { content: " (links to us)"; font-size: .8em; font-weight: normal; }
.unshown { outline: 1px dotted; outline-offset: 2px; }
.unshown::before { content: "[hidden on the page:] "; font: italic 13px/1.4 system-ui, sans-serif; }
.unshown.ours::after, .unshown a.ours::after { content: " (links to us, hidden from readers)"; }
mark { font-weight: bold; scroll-margin-top: 35vh; }
table { border-collapse: collapse; } td, th { border: 1px solid; padding: .2em .4em; vertical-align: top; }
blockquote { border-left: 3px solid; margin-left: 0; padding-left: 1em; }
.picture { font: 13px/1.4 system-ui, sans-serif; border: 1px dashed; padding: 0 .3em; }
h1, h2, h3 { line-height: 1.25; }
"""
POLICY: Final = "; ".join(
    (
        "sandbox",
        "default-src 'none'",
        f"style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    )
)


def document(
    body: bytes,
    *,
    title: str | None,
    names: Iterable[str] = (),
    sentence: str | None = None,
    is_ours: Callable[[str], bool] = lambda _: False,
    color_scheme: str = "light dark",
) -> str:
    """The whole document. `names` are marked, the first one in `sentence` with the id "name"; links to us stand out.

    Raises UnparsablePage for bytes that no parser should meet.
    """
    spelt = sorted({name for name in names if name.strip()}, key=len, reverse=True)
    text = _marked(cleaned(body), spelt, sentence or "", is_ours)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta name="robots" content="noindex">'
        '<meta name="viewport" content="width=device-width">'
        f'<meta name="color-scheme" content="{escape(color_scheme)}">'
        f"<title>Saved copy: {escape(title or 'a page')}</title>"
        f"<style>{_STYLE}</style></head>\n<body>{text}</body></html>"
    )


def cleaned(body: bytes) -> str:
    """The page's words in harmless elements. Only `href` is left of addresses, for `document` to turn into words.

    Raises UnparsablePage.
    """
    check_bytes(body)
    return nh3.clean(
        decode(body, None),
        tags=set(_TAGS),
        clean_content_tags=set(_WITH_CONTENT),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_kept,
        link_rel=None,
        strip_comments=True,
    )


def _kept(_tag: str, name: str, value: str) -> str | None:
    """The value of an attribute that may stay; of those that may hide, an empty one, and only where they do hide."""
    if name not in _HIDING:
        return value
    hides = value == "true" if name == "aria-hidden" else is_hidden({name: value}, _hints(name, value))
    return "" if hides else None


def _hints(name: str, value: str) -> int:
    return hints_of(value) if name == "class" else 0


def _marked(html: str, names: list[str], sentence: str, is_ours: Callable[[str], bool]) -> str:
    """Links become words with their address as a title, pictures their description, and names are marked."""
    spelt = "|".join(re.escape(escape(name, quote=False)) for name in names)
    pattern = re.compile(rf"(?<!\w)(?:{spelt})(?!\w)") if names else re.compile(r"(?!)")
    pieces = _TAG.split(html)
    here = _mark_in(sentence, pieces[::2], pattern)
    number = count()

    def mark(found: re.Match[str]) -> str:
        return f'<mark id="name">{found[0]}</mark>' if next(number) == here else f"<mark>{found[0]}</mark>"

    return "".join(_tag(piece, is_ours) if n % 2 else pattern.sub(mark, piece) for n, piece in enumerate(pieces))


def _mark_in(sentence: str, texts: Iterable[str], pattern: re.Pattern[str]) -> int:
    """Which of the marks is the first one in the sentence; where it does not stand there, the first of all.

    Letters and digits are compared alone: tags part a sentence, and a page spaces it as it likes.
    """
    told: list[str] = []
    marks: list[int] = []  # how many letters stand before each
    before = 0
    for text in texts:
        marks += [before + len(_bare(text[: found.start()])) for found in pattern.finditer(text)]
        told.append(_bare(text))
        before += len(told[-1])
    begins = "".join(told).find(_bare(escape(sentence))) if sentence else -1
    return next((n for n, place in enumerate(marks) if begins <= place), 0) if begins >= 0 else 0


def _bare(text: str) -> str:
    return _NO_LETTERS.sub("", unescape(text).casefold())


def _tag(tag: str, is_ours: Callable[[str], bool]) -> str:
    """An opening tag without addresses, saying by its class what hides itself and what links to us."""
    shown = _HIDES.sub("", tag)
    classes = ["unshown"] if shown != tag else []
    if _IMAGE.match(shown):
        alt = _ALT.search(shown)
        words = f": {alt[1]}" if alt and alt[1].strip() else ""
        return f'<span class="{" ".join([*classes, "picture"])}">Picture{words}</span>'
    if _LINK.match(shown):
        href = _HREF.search(shown)
        address = unescape(href[1]) if href else ""
        classes += ["ours"] if address and is_ours(address) else []
        title = f' title="{escape(address)}"' if address else ""
        return f"<a{_class(classes)}{title}>"
    if not classes:
        return shown
    name = _NAME.match(shown)
    return f"{name[0]}{_class(classes)}{shown[name.end() :]}" if name else shown


def _class(names: list[str]) -> str:
    return f' class="{" ".join(names)}"' if names else ""
