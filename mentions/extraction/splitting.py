"""Parts of an article piece that are no article: datelines, bylines, photo and agency credits, calls to follow us."""

import re
from collections.abc import Sequence
from typing import Final

from mentions.extraction.agencies import signed_parts
from mentions.extraction.article import Zone
from mentions.extraction.posters import signature_in
from mentions.extraction.vocabulary import Hint

_AGENCY: Final = (
    r"(?:AP|AFP|Reuters|Bloomberg|UPI|PTI|ANI|IANS|dpa(?:-\w+)?|DPA|epd|KNA|APA|SDA|sda|SID|sid|ots|dapd|rtr|ANSA|EFE|"
    r"Europa Press|Xinhua|新华社|TASS|Interfax|Kyodo|共同|時事|ロイター|CNN|CNN Business|CNS|CNW|PRNewswire"
    r"|PR Newswire|"
    r"Business Wire|BUSINESS WIRE|GLOBE NEWSWIRE|GlobeNewswire|Belga|ANP|NTB|TT|Ritzau|PAP|CTK|AAP|Canadian Press|"
    r"Associated Press|The Associated Press|Agence France-Presse)"
)
_AGENCIES: Final = rf"{_AGENCY}(?:\s*(?:[/,&+]|und|and)\s*{_AGENCY})*"
# BERLIN (dpa) - · NEW YORK, Nov. 3 (Reuters) — · (AP) — · AP — · ［東京 12日 ロイター］
_DATELINE: Final = re.compile(
    rf"(?:[^\W\d_][^!?()]{{0,60}}?[\s,:])?\(\s*(?:{_AGENCIES}|[^():]{{1,40}}\b{_AGENCY}|{_AGENCY}\b[^():]{{1,40}})\s*\)"
    r"\s*(?:[—–:]|--?|\|)\s*"
    rf"|(?:[A-ZÀ-Þ][\w'’/-]*(?: [A-ZÀ-Þ][\w'’/-]*){{0,2}} )?\({_AGENCIES}\)\.?\s+"
    rf"|[［\[][^\]］]{{0,30}}{_AGENCY}[^\]］]{{0,10}}[\]］]\s*[-—–]?\s*(?=\S)"
    rf"|{_AGENCIES}\s*[—–]\s*"
)
_DATELINE_SIGNS: Final = frozenset("([［—–")  # one of them stands in every dateline
# A city in capitals and a paper of its own: "SPRINGFIELD (The Courier) —". Only where articles begin.
_CITY_LINE: Final = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ.'’/ -]{2,40}(?:, [^.!?()—–-]{2,30})?\s*\([^():]{2,40}\)\s*(?:[—–]|--?)\s*"
)
_AGENCY_END: Final = re.compile(rf"\s*(?:[(\[–—-]+\s*(?:©\s*)?{_AGENCIES}\s*[)\]]?|©\s*{_AGENCIES})\s*$")
_PICTURE: Final = (
    r"(?:photo(?:graph)?s?|images?|pictures?|pics?|fotos?|bild(?:er)?|crédits?(?: photo)?|credits?"
    r"|illustrations?|grafik|"
    r"写真|画像|图片?|照片|摄影)"
)
_CREDIT: Final = re.compile(
    r"(?:[(\[|/–—-]\s*)?"
    rf"(?:\b{_PICTURE}\s*(?:credits?|courtesy|quelle|source)?(?:\s+(?:by|von|par|courtesy of)\s+|\s*(?:[:：©/|]|\(c\)))"
    r"|©|\(c\)\s|[(\[]\s*(?:AP|Reuters|AFP|Getty|EPA|Shutterstock|iStock|Image|Photo|Foto|Bild)\b"
    rf"|\b{_AGENCY}\s*(?:/|via|-)\s*(?:Getty|{_AGENCY})"
    r"|(?:^|(?<=[.|/(–—-])\s*|\b(?:courtesy of|via|by) )(?:Getty Images|Shutterstock|iStock(?:photo)?|picture alliance|"
    r"imago images|AP Photo|Adobe Stock|Unsplash|Pexels|Pixabay|Alamy|EPA-EFE|AFP/Getty)\b).{0,120}$",
    re.IGNORECASE | re.DOTALL,
)
# "(Jane Doe/The Union via AP)", "[Jane Doe/AP]", "[File: Reuters]" at the end of a caption.
_SIGNED: Final = re.compile(
    rf"(?:\([^()]{{2,80}}(?:/|\bvia\b|\b{_AGENCY}\b)[^()]*\)|\[[^\[\]]{{2,80}}(?:/|\bvia\b|\b{_AGENCY}\b)[^\[\]]*\]"
    r"|[(\[](?:file|archive|archiv|handout|pool|screengrab|courtesy)\b[^()\[\]]{0,80}[)\]])\s*$",
    re.IGNORECASE,
)
_CREDIT_LINE: Final = re.compile(
    rf"^(?:{_PICTURE}\s*(?:credits?|courtesy|quelle|source)?(?:\s+(?:by|von|courtesy of)\s+|\s*[:：©/|])|©|"
    r"\(?(?:Reporting|Additional reporting|Writing|Editing|Compiled|Berichterstattung|Reportage) (?:by|von)\b|"
    r"(?:AP|AFP|Reuters|dpa) (?:contributed|hat)|(?:Getty Images|Shutterstock|Unsplash|Pixabay)\s*(?:[/|,].{0,40})?$)",
    re.IGNORECASE,
)
_NAME: Final = r"[A-ZÀ-Þ][\w.'’-]*"
_BYLINE: Final = re.compile(
    r"^(?i:(?:written|posted|words|story|reviewed|fact[- ]checked|edited|published|text)\s+)?(?i:by|von|par|por)[ \n]"
    rf"{_NAME}(?: {_NAME}){{0,4}}(?:(?:,| and| und| et| y"
    rf"| &) {_NAME}(?: {_NAME}){{0,4}}){{0,3}}"
    r"(?:\s*[,|•·–—\n-].{0,60}|\s*\d{1,2}[./ ].{1,12}\b(?:19|20)\d\d\b.{0,20})?$"
    r"|^(?:文|作者|记者|記者|责任编辑|編集)\s*[:：/／].{1,40}$",
    re.DOTALL,
)
# A sentence that asks readers to follow, subscribe, give or write, or to switch something on in their browser.
_NETWORK: Final = (
    r"(?:facebook|twitter|instagram|linkedin|x|threads|bluesky|mastodon|youtube|tiktok|pinterest|whatsapp)\b"
)
_ASKING: Final = re.compile(
    # What leads up to the request: "***", "Also,", "For more recipes,", "Don't forget to".
    r"\W{0,4}(?:(?:also|and|so|then|but),?\s+|(?:for|to (?:get|see|read|find)) [^,.!?:]{2,60}[,:]\s+"
    r"|(?:if you (?:like|liked|enjoy|enjoyed|love|loved|want|found) [^,.!?:]{2,80},\s+)"
    r"|(?:don['’]t forget|be sure|make sure|remember|feel free) to\s+)?"
    r"(?:please\s+)?(?:(?:also|then)\s+)?(?:"
    r"(?:follow|like|find|join|(?:stay )?connect(?:ed)? with) (?:(?:us|me|him|her|them)\b"
    rf"|@?\w+(?: \w+){{0,3}} (?:on|at) {_NETWORK})|"
    # Names of several words; after "like" and "find" they would be prose ("Like many who advertise on Facebook, …").
    r"(?:follow|join|(?:stay )?connect(?:ed)? with) @?[\w’'&-]+(?: [\w’'&-]+){0,6} (?:on|at|via) (?:our )?"
    rf"{_NETWORK}|"
    rf"if you(?: are|['’]re) (?:also )?on {_NETWORK}|"
    r"subscribe (?:to"
    r"|now|here|for|on|via)\b|"
    r"sign up (?:for|to|here|now)\b|download (?:our|the) (?:free )?app\b|support our\b"
    r"|donate\b|share this\b|"
    r"(?:[\w.-]+ ){1,4}(?:can|may) be reached (?:at|by|on|via)\b|[^.!?]{0,40}\b(?:java ?script|flash player) "
    r"(?:must|needs? to|has to|is required|is disabled|aktivieren)|folgen sie uns|folge uns|folgt uns|abonnieren sie|"
    r"jetzt (?:abonnieren|anmelden)|spenden (?:könnt|können|sie)|unterstützen sie (?:uns|unsere)|suivez-(?:nous|moi)|"
    r"abonnez-vous|inscrivez-vous|síguenos|suscríbete|seguici|iscriviti|フォローして|[^。！？]{0,20}(?:扫描|扫码"
    r"|关注|微信搜)[^。！？]{0,20}(?:二维码|公众号|官方微信)|チャンネル登録|关注我们|扫码关注)",
    re.IGNORECASE,
)
# Words without which no sentence of _ASKING stands; looked for first, since most paragraphs hold none.
_ASKS: Final = (
    *(
        "follow",
        "like us",
        "find ",
        "connect",
        "join ",
        "subscribe",
        "sign up",
        "download ",
        "support our",
        "donate",
        "share this",
        "if you",
    ),
    *("be reached", "javascript", "java script", "flash player", "folge", "folgt", "abonnieren", "anmelden", "spenden"),
    *("unterstützen", "suivez", "abonnez", "inscrivez", "síguenos", "suscríbete", "seguici", "iscriviti"),
    *("フォロー", "登録", "关注", "二维码", "公众号", "官方微信"),
)
# A full stop ends it before white space or what closes a quotation or bracket: "(Promise.) Follow us …" are two.
_SENTENCE: Final = re.compile(r"\S(?:[^.!?。！？]|[.!?](?=[^\s\"”’»)]))*[.!?。！？]*[\"”’»)]*")
_MAX_LINE: Final = 220  # longer pieces that begin so are prose
_MAX_ASKING: Final = (
    2_000  # characters of a paragraph that asks for something somewhere; longer ones are prose about it
)
_END_CHARS: Final = 60  # where an agency signs its text
_MARKED_OUT: Final = int(Hint.CREDIT)


def asking_words(text: str) -> tuple[str, ...]:
    """The words of this page without which no sentence of it asks readers for anything."""
    lowered = text.lower()
    return tuple(word for word in _ASKS if word in lowered)


def boilerplate_parts(
    text: str,
    zone: Zone,
    marks: Sequence[tuple[int, int, int]],
    *,
    opening: bool,
    asking: Sequence[str] = _ASKS,
    signed: bool = True,
) -> list[tuple[int, int]]:
    """The spans of `text`, a piece of the article in `zone`, that are no article; sorted, not overlapping.

    `marks` are the inline elements whose names say something; `opening`: it is among the first pieces of the article;
    `asking`: the `asking_words` of the page, which spare looking for the others in each piece; `signed`: may an
    agency sign somewhere on the page?
    """
    if len(text) <= _MAX_LINE and _is_line(text, opening=opening and zone is not Zone.HEADLINE):
        return [(0, len(text))]
    spans = [(start, end) for start, end, hints in marks if hints & _MARKED_OUT and end - start <= _MAX_LINE]
    if zone is not Zone.HEADLINE and not _DATELINE_SIGNS.isdisjoint(text[:100]):
        found = _DATELINE.match(text) or (_CITY_LINE.match(text) if opening else None)
        if found and found.end() < len(text):
            spans.append((0, found.end()))
    if "_____" in text and (signature := signature_in(text)) is not None:
        spans.append((signature, len(text)))
    if signed and zone is not Zone.HEADLINE:
        spans += signed_parts(text, zone)
    if zone is Zone.CAPTION and (found := _CREDIT.search(text) or _SIGNED.search(text)):
        spans.append((found.start(), len(text)))
    if (
        zone is Zone.BODY
        and (text[-1] in ")]" or "©" in text[-_END_CHARS:])
        and (found := _AGENCY_END.search(text, max(0, len(text) - _END_CHARS)))
    ):
        spans.append((found.start(), len(text)))
    if zone is not Zone.HEADLINE and len(text) <= _MAX_ASKING and asking and _asks(text, asking):
        spans += [m.span() for m in _SENTENCE.finditer(text) if _ASKING.match(text, m.start(), m.end())]
    return _merged(text, spans)


def _asks(text: str, asking: Sequence[str]) -> bool:
    lowered = text.lower()
    return any(word in lowered for word in asking)


def _is_line(text: str, *, opening: bool) -> bool:
    """Is the whole piece a credit, a byline, or a line that asks for something?"""
    return bool(_CREDIT_LINE.match(text) or (opening and _BYLINE.match(text)))


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
