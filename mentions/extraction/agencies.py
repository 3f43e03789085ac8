"""Where news agencies sign what they wrote or photographed: datelines, source lines, signatures, picture credits.

An agency's name there is no mention of it (rule 2 of the policy). Each form is one that papers of its language use.
"""

import re
from typing import Final

from mentions.extraction.article import Zone

_WORDS: Final = (
    *("Reuters", "REUTERS", "Associated Press", "AFP", "Agence France", "dpa", "DPA", "EFE", "Europa Press", "ANSA"),
    *("AP", "UPI", "PTI", "epd", "KNA", "Bloomberg", "Xinhua", "新华社", "新華社", "共同", "時事", "ロイター", "Getty"),
)
_ANY_WORD: Final = re.compile("|".join(_WORDS))
_AGENCY: Final = (
    r"(?:(?<![\w&])(?:(?:Thomson )?Reuters|REUTERS|(?:The )?Associated Press|AP(?: Photo)?|AFP|Agence France-Presse"
    r"|dpa(?:-\w+)?|DPA|Deutsche Presse-Agentur|EFE|Europa Press|ANSA|UPI|PTI|epd|KNA|Bloomberg|Xinhua"
    r"|Getty(?: Images)?)(?![\w&])"
    r"|新华社|新華社|共同(?:通信)?|時事(?:通信)?|ロイター(?:通信)?)"
)
_INITIALS: Final = r"[\w.-]{1,20}(?: [\w.-]{1,20})?"  # "SZ", "n-tv.de", "ZEIT ONLINE", "lit"
_SEVERAL: Final = rf"(?:{_INITIALS}\s*[/,+]\s*){{0,4}}{_AGENCY}(?:\s*(?:[/,+]|et|und|and|y)\s*(?:{_INITIALS})){{0,4}}"
_LEAD: Final = (
    r"(?:mit (?:material|informationen|agenturmaterial) (?:von|der|des|aus)|quellen?\s*:|sources?\s*:|fuentes?\s*:|avec"
    r"|con información de|with (?:files|reporting|information|additional reporting) (?:from|by)|via"
    r"|来源\s*[:：]|來源\s*[:：]|出典\s*[:：])"
)
_LINES: Final = re.compile(
    rf"^\W{{0,2}}(?i:{_LEAD})\s*{_SEVERAL}\W{{0,2}}$"
    rf"|^.{{0,200}}{_AGENCY}.{{0,200}}\bcontributed\b(?: (?:to|from) .{{1,60}})?\.?$"
    rf"|^(?i:copyright)\b.{{0,20}}{_AGENCY}"
    rf"|^[\w .’'-]{{2,40}}/\s?(?:Contributor|Stringer|Staff|Pool)\b.{{0,30}}{_AGENCY}.{{0,40}}$",
    re.DOTALL,
)
_DATELINES: Final = re.compile(
    r"^新[华華]社[^\s，。、]{2,15}?\d{1,2}日[电電](?:\s*[（(][^）)]{1,40}[）)])?\s*"
    rf"|^【[^】]{{0,20}}{_AGENCY}[^】]{{0,12}}】\s*"
    rf"|^{_AGENCY},? [^\W\d_]\w+(?: [^\W\d_]\w+)? (?:[—–]|--?) "
    rf"|^[^()]{{2,40}}\({_AGENCY}\)\.\s?[—–-]+\s*"
)
_SIGNATURES: Final = re.compile(
    rf"\s*[(（](?:(?i:avec|mit|con|via|par|quelle:?|source:?|fuente:?)\s+)?{_SEVERAL}[)）]\s*$"
    rf"|(?<=[.!?”\"»])\s*[—–-]{{1,2}}\s*{_AGENCY}\s*$"
)
_NAME: Final = r"[\w’'.-]{1,20}(?: [\w’'.-]{1,20}){0,3}"
_PICTURES: Final = re.compile(
    rf"(?:^|(?<=[.!?,;:|»”])\s*|\s+[|–—]\s*){_AGENCY}\s?/\s?{_NAME}\s*$"
    rf"|(?:^|(?<=[.!?,;:|»”])\s*|\s+[|–—]\s*){_NAME}\s?/\s?{_AGENCY}(?:[/ ].{{0,30}})?$"
    r"|新[华華]社记者\s*\S{1,12}(?:\s+\S{1,12})?\s*[摄攝].{0,10}$|新[华華]社发.{0,30}$"
    rf"|[＝=]\s*{_AGENCY}\s*$"
)
_MAX_LINE: Final = 400
_END_CHARS: Final = 80


def names_agency(text: str) -> bool:
    """May an agency sign somewhere in this text? A cheap look that spares `signed_parts` on most pages."""
    return bool(_ANY_WORD.search(text))


def signed_parts(text: str, zone: Zone) -> list[tuple[int, int]]:
    """The spans of `text`, a piece of the article in `zone`, in which an agency signs."""
    if not names_agency(text):
        return []
    if len(text) <= _MAX_LINE and _LINES.match(text):
        return [(0, len(text))]
    spans = []
    if (found := _DATELINES.match(text)) and found.end() < len(text):
        spans.append((0, found.end()))
    ending = _PICTURES if zone is Zone.CAPTION else _SIGNATURES
    if found := ending.search(text, max(0, len(text) - _END_CHARS)):
        spans.append((found.start(), len(text)))
    return spans
