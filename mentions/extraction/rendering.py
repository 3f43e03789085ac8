"""Is a page a script shell: bytes in which a reader's text is not there yet?"""

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from mentions.extraction.walk import Walk

_FEW_CHARS: Final = 400  # below, a page with scripts is looked at; measured on static pages, few articles are shorter
_APP_ROOTS: Final = (
    "#root, #app, #__next, #__nuxt, #gatsby, #___gatsby, #app-root, #main-app, #react-root, #svelte, app-root, "
    "[ng-app], [data-reactroot], [data-server-rendered]"
)
_ASKS_FOR_SCRIPT: Final = re.compile(
    r"javascript|java script|enable js|activate js|your browser|ihren browser|votre navigateur|su navegador",
    re.IGNORECASE,
)


def is_script_shell(parser: LexborHTMLParser, walk: Walk) -> bool:
    """True where nearly no text is visible and scripts would fill it in: an empty app root, or a plea."""
    prose = sum(piece.end - piece.start for piece in walk.pieces if piece.link_chars * 2 < piece.end - piece.start)
    if prose >= _FEW_CHARS or not parser.css_first("script"):
        return False
    if any(not (node.text(strip=True) or "") for node in parser.css(_APP_ROOTS)):
        return True
    noscript = " ".join(node.text() for node in parser.css("noscript")[:10])
    return len(parser.css("script[src]")) > 0 and bool(_ASKS_FOR_SCRIPT.search(f"{noscript} {walk.text[:2_000]}"))
