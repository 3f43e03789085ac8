"""Bytes to text as browsers do it: byte order mark, header, meta, valid UTF-8, else windows-1252. Never raises."""

import codecs
import re
from collections.abc import Iterator, Sequence
from typing import Final

# The labels of https://encoding.spec.whatwg.org/#names-and-labels, by the Python codec that reads them. Others (idna,
# hex_codec, utf-7 …) are no labels: Python knows codecs that raise, and UTF-7 was a way to smuggle markup.
_LABELS: Final = {
    label: codec
    for codec, labels in {
        "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
        "cp866": "866 cp866 csibm866 ibm866",
        "iso8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
        "iso8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
        "iso8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
        "iso8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988",
        "iso8859-6": "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e "
        "iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987",
        "iso8859-7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 "
        "iso_8859-7 iso_8859-7:1987 sun_eu_greek",
        "iso8859-8": "csiso88598e csiso88598i csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-8859-8-i iso-ir-138 "
        "iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 logical visual",
        "iso8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
        "iso8859-13": "iso-8859-13 iso8859-13 iso885913",
        "iso8859-14": "iso-8859-14 iso8859-14 iso885914",
        "iso8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
        "iso8859-16": "iso-8859-16",
        "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
        "koi8-u": "koi8-ru koi8-u",
        "mac-roman": "csmacintosh mac macintosh x-mac-roman",
        "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
        "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
        "cp1250": "cp1250 windows-1250 x-cp1250",
        "cp1251": "cp1251 windows-1251 x-cp1251",
        "cp1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 "
        "iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 x-user-defined",
        "cp1253": "cp1253 windows-1253 x-cp1253",
        "cp1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 "
        "windows-1254 x-cp1254",
        "cp1255": "cp1255 windows-1255 x-cp1255",
        "cp1256": "cp1256 windows-1256 x-cp1256",
        "cp1257": "cp1257 windows-1257 x-cp1257",
        "cp1258": "cp1258 windows-1258 x-cp1258",
        "gb18030": "chinese csgb2312 csiso58gb231280 gb18030 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk",
        "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
        "euc-jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
        "iso2022-jp": "csiso2022jp iso-2022-jp",
        "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
        "cp949": "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 "
        "windows-949",
        "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
        "utf-16-be": "unicodefffe utf-16be",
    }.items()
    for label in labels.split()
}
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER: Final = re.compile(r"charset\s*=\s*[\"']?([^\s;\"',]+)", re.IGNORECASE)
_COMMENT: Final = re.compile(rb"<!--.*?-->", re.DOTALL)
_META: Final = re.compile(rb"<meta\b[^<>]{0,500}?\bcharset\s*=\s*[\"']?\s*([^\s\"'/>;]+)", re.IGNORECASE)
_XML: Final = re.compile(rb"\s*<\?xml\b[^<>]{0,200}?\bencoding\s*=\s*[\"']([^\"']+)", re.IGNORECASE)
# Saved and proxied pages often keep the declaration they had before someone turned them into UTF-8; text of these
# encodings is never valid UTF-8 by chance, beyond a few words.
_WIDE: Final = (
    "cp932",
    "euc-jp",
    "gb18030",
    "big5hkscs",
    "cp949",
    "cp1251",
    "cp1250",
    "cp1252",
    "iso8859-15",
    "iso8859-2",
)
_ASCII: Final = bytes(range(0x80))
_BROKEN_SHARE: Final = 0.1  # of the bytes beyond ASCII
_META_BYTES: Final = 16_384  # browsers look at 1,024 and start again when a later one says otherwise


def decode(body: bytes, content_type: str | None) -> str:
    """The text of `body`; `content_type` is the header's value. Bytes that fit no character become U+FFFD."""
    codec, start = _codec(body, content_type)
    return body[start:].decode(codec, errors="replace")


def to_utf8(body: bytes, content_type: str | None) -> bytes:
    """`body` as valid UTF-8 without byte order mark, copied only where it has to be."""
    codec, start = _codec(body, content_type)
    if codec == "utf-8":
        plain = body[start:]
        try:
            plain.decode("utf-8")
        except UnicodeDecodeError:
            return plain.decode("utf-8", errors="replace").encode()
        return plain
    return body[start:].decode(codec, errors="replace").encode("utf-8", errors="replace")


def _codec(body: bytes, content_type: str | None) -> tuple[str, int]:
    """The Python codec of `body`, and where its text starts."""
    for bom, codec in _BOMS:
        if body.startswith(bom):
            return codec, len(bom)
    declared = _fitting(body, list(_declared(body, content_type)))
    if declared == "utf-8" or (declared in {None, *_WIDE} and _is_utf8(body)):
        return "utf-8", 0
    return declared or "cp1252", 0


def _fitting(body: bytes, declared: Sequence[str]) -> str | None:
    """The first declaration that the bytes bear out; the first of all where none does better.

    A few broken characters refuse none (pages are cut and glued), a page full of them does: servers put one charset
    into the header of every page, whatever the page says of itself.
    """
    if len(set(declared)) < 2:
        return declared[0] if declared else None
    others = len(body.translate(None, _ASCII))
    for codec in declared:
        broken = body.decode(codec, errors="replace").count("\ufffd")
        if broken <= others * _BROKEN_SHARE:
            return codec
    return declared[0]


def _declared(body: bytes, content_type: str | None) -> Iterator[str]:
    """The codecs that the header, then the page itself declare under known labels."""
    header = _HEADER.search(content_type or "")
    if header and (known := _LABELS.get(header[1].lower())):
        yield known
    head = _COMMENT.sub(b"", body[:_META_BYTES])
    for pattern in (_XML.match, _META.search):
        found = pattern(head)
        label = found[1].decode("ascii", errors="ignore").lower() if found else ""
        if known := _LABELS.get(label):
            yield "utf-8" if known.startswith("utf-16") else known  # it was read as ASCII: it is not UTF-16


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not body.isascii()
