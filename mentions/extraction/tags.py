"""The tags of HTML as the parser numbers them, by what they mean for what a reader sees."""

from typing import Final

from selectolax.lexbor import LexborHTMLParser

_PROBE_TAGS: Final = str.split(
    "a abbr address area article aside audio b base big blockquote body br button canvas caption center "
    "cite code dd details dialog dir div dl dt em embed fieldset figcaption figure font footer form frame "
    "frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input kbd label legend li link main "
    "map mark math menu meta nav noframes noscript object ol optgroup option p picture pre q rp rt s samp "
    "script section select small source span strong style sub summary sup svg table tbody td template "
    "textarea tfoot th thead time title tr track tt u ul var video"
)


def _tag_ids() -> dict[str, int]:
    """Lexbor's number of each tag; asked of the parser itself, since the numbers are its own."""
    parser = LexborHTMLParser("")
    return {tag: parser.create_node(tag).tag_id for tag in _PROBE_TAGS}


_IDS: Final = _tag_ids()
TEXT: Final = 2  # LXB_TAG__TEXT
FIRST_ELEMENT: Final = 6  # below are documents, comments and doctypes; 5 is an unknown element
A, AREA, BR, IMG = (_IDS[tag] for tag in ("a", "area", "br", "img"))


def _ids(tags: str) -> frozenset[int]:
    return frozenset(_IDS[tag] for tag in tags.split())


SKIPPED: Final = _ids(
    "script style template noscript head iframe svg canvas audio video textarea select rp rt object embed noframes "
    "title"
)
NOSCRIPT: Final = _IDS["noscript"]
BLOCKS: Final = {
    _IDS[tag]: tag
    for tag in str.split(
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
        "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu "
        "nav ol p pre section summary table tbody td tfoot th thead tr ul"
    )
}
NEVER_HIDDEN: Final = _ids("html body main article")
LINKS: Final = frozenset({A, AREA})
STRONG: Final = _ids("b strong h1 h2 h3 h4 h5 h6 th")
TIME: Final = _IDS["time"]
CONTROLS: Final = _ids("button label")
CODE: Final = _ids("code kbd pre samp var")
RAISED: Final = CODE | _ids("sub sup")  # what stands in these belongs to the word before
INLINE: Final = frozenset(_IDS.values()) - frozenset(BLOCKS) - SKIPPED
PLAIN: Final = INLINE - STRONG - {A, AREA, BR, IMG, TIME}  # without attributes they say nothing
