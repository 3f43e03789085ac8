"""Is a page a script shell: bytes in which a reader's text is not there yet?"""

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from mentions.exceptions import UnparsablePage
from mentions.extraction.charset import to_utf8
from mentions.extraction.guard import check_bytes
from mentions.extraction.walk import walk_tree
from mentions.extraction.walked import Walk

_FEW_CHARS: Final = 400  # below, a page with scripts is looked at; measured on static pages, few articles are shorter
_FEW_PARAGRAPHS: Final = 4  # a page with more holds text, whatever its scripts do; shells have one, in <noscript>
_APP_ROOTS: Final = (
    "#root, #app, #__next, #__nuxt, #gatsby, #___gatsby, #app-root, #main-app, #react-root, #svelte, app-root, "
    "[ng-app], [data-reactroot], [data-server-rendered]"
)
_ASKS_FOR_SCRIPT: Final = re.compile(
    r"javascript|java script|enable js|activate js|your browser|ihren browser|votre navigateur|su navegador",
    re.IGNORECASE,
)


def is_shell(body: bytes, content_type: str | None = None) -> bool:
    """Is this page drawn by scripts? Looks at the raw bytes first, which tells nearly every other page in a few µs.

    False for what must not be parsed: nobody renders a bomb.
    """
    if not _may_be_shell(body):
        return False
    try:
        check_bytes(body)
    except UnparsablePage:
        return False
    parser = LexborHTMLParser(to_utf8(body, content_type))
    return is_script_shell(parser, walk_tree(parser))


def _may_be_shell(body: bytes) -> bool:
    at = 0
    for _ in range(_FEW_PARAGRAPHS):
        at = body.find(b"</p>", at) + 1
        if not at:
            return b"<script" in body or b"<SCRIPT" in body
    return False


def is_script_shell(parser: LexborHTMLParser, walk: Walk) -> bool:
    """True where nearly no text is visible and scripts would fill it in: an empty app root, or a plea."""
    prose = sum(piece.end - piece.start for piece in walk.pieces if piece.link_chars * 2 < piece.end - piece.start)
    if prose >= _FEW_CHARS or not parser.css_first("script"):
        return False
    if any(not (node.text(strip=True) or "") for node in parser.css(_APP_ROOTS)):
        return True
    noscript = " ".join(node.text() for node in parser.css("noscript")[:10])
    return len(parser.css("script[src]")) > 0 and bool(_ASKS_FOR_SCRIPT.search(f"{noscript} {walk.text[:2_000]}"))
