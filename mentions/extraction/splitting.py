"""Parts of an article piece that are no article: datelines, bylines, photo and agency credits, donate and follow lines."""

import re
from collections.abc import Sequence
from typing import Final

from mentions.extraction.article import Zone
from mentions.extraction.vocabulary import Hint

_AGENCY: Final = (
    r"(?:AP|AFP|Reuters|Bloomberg|UPI|PTI|ANI|IANS|dpa(?:-\w+)?|DPA|epd|KNA|APA|SDA|sda|SID|sid|ots|dapd|rtr|ANSA|EFE|"
    r"Europa Press|Xinhua|新华社|TASS|Interfax|Kyodo|共同|時事|ロイター|CNN|CNN Business|CNS|CNW|PRNewswire|PR Newswire|"
    r"Business Wire|BUSINESS WIRE|GLOBE NEWSWIRE|GlobeNewswire|Belga|ANP|NTB|TT|Ritzau|PAP|CTK|AAP|Canadian Press|"
    r"Associated Press|The Associated Press|Agence France-Presse)"
)
_AGENCIES: Final = rf"{_AGENCY}(?:\s*(?:[/,&+]|und|and)\s*{_AGENCY})*"
# BERLIN (dpa) - · NEW YORK, Nov. 3 (Reuters) — · (AP) — · ［東京 12日 ロイター］
_DATELINE: Final = re.compile(
    r"^(?:"
    rf"(?:[^\W\d_][^.!?()]{{0,60}}?[\s,:])?\(\s*(?:{_AGENCIES}|[^()]{{1,40}}\b{_AGENCY}|{_AGENCY}\b[^()]{{1,40}})\s*\)"
    r"\s*(?:[—–:.]|--?|\|)?\s*"
    rf"|[［\[][^\]］]{{2,40}}[\]］]\s*[-—–]?\s*(?=\S)"
    rf"|{_AGENCIES}\s*[—–]\s*"
    r"|[A-ZÀ-Þ][A-ZÀ-Þ .'’/-]{2,40}(?:,\s[^.!?()—–-]{2,30})?\s*\([^()]{2,40}\)\s*(?:[—–]|--?)\s*"
    r"|[A-ZÀ-Þ][A-Za-zÀ-ÿ .'’/-]{2,40}(?:,\s[^.!?()—–-]{2,30})?\s*\([^()]{2,40}\)\s*(?:[—–]|--?)\s+"
    r")"
)
_AGENCY_END: Final = re.compile(rf"\s*(?:[(\[–—-]+\s*(?:©\s*)?{_AGENCIES}\s*[)\]]?|©\s*{_AGENCIES})\s*$")
_PICTURE: Final = (
    r"(?:photo(?:graph)?s?|images?|pictures?|pics?|fotos?|bild(?:er)?|crédits?(?: photo)?|credits?|illustrations?|grafik|"
    r"video|写真|画像|图片?|照片|摄影)"
)
_CREDIT: Final = re.compile(
    r"(?:[(\[|/–—-]\s*)?"
    rf"(?:\b{_PICTURE}\s*(?:credits?|courtesy|quelle|source)?(?:\s+(?:by|von|par|courtesy of)\s+|\s*(?:[:：©/|]|\(c\)))"
    r"|©|\(c\)\s|[(\[]\s*(?:AP|Reuters|AFP|Getty|EPA|Shutterstock|iStock|Image|Photo|Foto|Bild)\b"
    r"|\b(?:courtesy of|(?:via|by) )?(?:Getty Images|Shutterstock|iStock(?:photo)?|picture alliance|imago images|AP Photo|"
    r"Adobe Stock|Unsplash|Pexels|Pixabay|Alamy|EPA-EFE|AFP/Getty)\b).{0,140}$",
    re.IGNORECASE | re.DOTALL,
)
_CREDIT_LINE: Final = re.compile(
    rf"^(?:{_PICTURE}\s*(?:credits?|courtesy|quelle|source)?(?:\s+(?:by|von|courtesy of)\s+|\s*[:：©/|])|©|"
    r"\(?(?:Reporting|Additional reporting|Writing|Editing|Compiled|Berichterstattung|Reportage) (?:by|von)\b|"
    r"(?:AP|AFP|Reuters|dpa) (?:contributed|hat)|(?:Getty Images|Shutterstock|Unsplash|Pixabay)\b)",
    re.IGNORECASE,
)
_BYLINE: Final = re.compile(
    r"^(?:(?:written|posted|words|story|reviewed|fact[- ]checked|edited|published|text)\s+)?(?:by|von|par|por)\s+"
    r"[^\W\d_][^.!?]{2,90}$|^(?:文|作者|记者|記者|责任编辑|編集)\s*[:：/／].{1,40}$",
    re.IGNORECASE,
)
_ASKING: Final = re.compile(
    r"^(?:(?:please\s+)?(?:follow|like|find|join)\s+(?:us|me|\S+ on (?:facebook|twitter|instagram|linkedin|x)\b)|"
    r"subscribe (?:to|now|here|for)|sign up (?:for|to|here|now)|download (?:our|the) (?:free )?app|support our|donate\b|"
    r"share this|folgen sie|folge uns|abonnieren sie|jetzt (?:abonnieren|anmelden)|melden sie sich|suivez|abonnez|"
    r"inscrivez|síguenos|suscríbete|フォロー|关注)",
    re.IGNORECASE,
)
_MAX_LINE: Final = 220  # longer pieces that begin so are prose
_END_CHARS: Final = 60  # where an agency signs its text
_MARKED_OUT: Final = int(Hint.CREDIT)


def boilerplate_parts(
    text: str, zone: Zone, marks: Sequence[tuple[int, int, int]], *, opening: bool
) -> list[tuple[int, int]]:
    """The spans of `text`, a piece of the article in `zone`, that are no article; sorted, not overlapping.

    `marks` are the inline elements whose names say something; `opening`: it is among the first pieces of the article.
    """
    if len(text) <= _MAX_LINE and _is_line(text, opening=opening and zone is not Zone.HEADLINE):
        return [(0, len(text))]
    spans = [(start, end) for start, end, hints in marks if hints & _MARKED_OUT and end - start <= _MAX_LINE]
    if zone is not Zone.HEADLINE and (found := _DATELINE.match(text)) and found.end() < len(text):
        spans.append((0, found.end()))
    if zone is Zone.CAPTION and (found := _CREDIT.search(text)):
        spans.append((found.start(), len(text)))
    if zone is Zone.BODY and (found := _AGENCY_END.search(text, max(0, len(text) - _END_CHARS))):
        spans.append((found.start(), len(text)))
    return _merged(text, spans)


def _is_line(text: str, *, opening: bool) -> bool:
    """Is the whole piece a credit, a byline, or a line that asks for something?"""
    return bool(_CREDIT_LINE.match(text) or _ASKING.match(text) or (opening and _BYLINE.match(text)))


def _merged(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans without overlap, grown over the white space around them."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        while end < len(text) and text[end].isspace():
            end += 1
        while start and text[start - 1].isspace():
            start -= 1
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > start:
            merged.append((start, end))
    return merged
