"""The language of a page: what it declares, believed only when the letters of its text agree."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

import numpy as np

_SAMPLE_CHARS: Final = 6_000
_PRIMARY: Final = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_;,\s]|$)")
_ISO_639_2: Final = {
    "eng": "en",
    "deu": "de",
    "ger": "de",
    "fra": "fr",
    "fre": "fr",
    "spa": "es",
    "jpn": "ja",
    "zho": "zh",
}
_SCRIPTS: Final = {
    "kana": ("\u3040\u30ff",),
    "han": ("\u4e00\u9fff",),
    "hangul": ("\uac00\ud7af",),
    "cyrillic": ("\u0400\u04ff",),
    "arabic": ("\u0600\u06ff",),
    "hebrew": ("\u0590\u05ff",),
    "greek": ("\u0370\u03ff",),
    "thai": ("\u0e00\u0e7f",),
    "devanagari": ("\u0900\u097f",),
    "latin": ("AZ", "az", "\u00c0\u024f"),
}
_RANGE_NAMES: Final = tuple(name for name, ranges in _SCRIPTS.items() for _ in ranges)
# Where each range begins and, after it, the code point behind its end.
_BORDERS: Final = [
    ord(letter) + place for ranges in _SCRIPTS.values() for pair in ranges for place, letter in enumerate(pair)
]
_ASCII: Final = bytes(range(0x80))
_NO_ASCII_LETTERS: Final = bytes(code for code in range(0x100) if code >= 0x80 or not chr(code).isalpha())
_LANGUAGES_OF: Final = {
    "kana": ("ja",),
    "han": ("zh", "ja", "yue"),
    "hangul": ("ko",),
    "cyrillic": ("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg"),
    "arabic": ("ar", "fa", "ur", "ps", "ckb", "ug"),
    "hebrew": ("he", "yi"),
    "greek": ("el",),
    "thai": ("th",),
    "devanagari": ("hi", "mr", "ne"),
}
_OTHER_SCRIPT: Final = frozenset(language for languages in _LANGUAGES_OF.values() for language in languages) - {"sr"}
_WORDS: Final = {
    "en": "the and of to in that is for with was on are this as it be by from not have",
    "de": "der die und das in den von zu mit ist des auf für nicht im ein eine dem sich auch als werden",
    "fr": "le la les des et en un une du est que dans pour qui sur pas par plus au avec ce",
    "es": "el la de que y en los las del se por un una con para su es al como más lo",
    "it": "il di che la e per un una del in con non sono della si le dei gli da al è",
    "pt": "de que e do da em um para com não uma os no se na por mais as dos como",
    "nl": "de het een van en in is dat op te voor met zijn niet aan er die om ook",
    "sv": "och att det som en på är av för med till den inte om ett har de i",
    "pl": "i w na z się nie do to że jest o jak za od po przez dla",
    "id": "yang dan di dengan untuk dari ini pada dalam tidak itu akan ke",
}
_STOP_WORDS: Final = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_ANY_STOP_WORD: Final = frozenset(word for words in _STOP_WORDS.values() for word in words)
_WORD: Final = re.compile(r"[^\W\d_]+")
_ENOUGH_WORDS: Final = 80


def read_language(declared: Iterable[str], text: str) -> str | None:
    """The primary tag ("en", "ja"); None where nothing is declared and the text does not show it.

    A declaration is believed unless the script of the text refuses it (a Japanese text in a template that says "en"),
    or the text is long and its commonest words are clearly those of another language.
    """
    sample = text[len(text) // 4 :][:_SAMPLE_CHARS] if len(text) > 2 * _SAMPLE_CHARS else text[:_SAMPLE_CHARS]
    script = _script(sample)
    languages = _LANGUAGES_OF.get(script or "")
    by_words = _by_stop_words(sample) if script == "latin" else None
    for value in declared:
        tag = _primary(value)
        if tag is None:
            continue
        if script is None:
            return tag
        if languages and tag in languages:
            return tag
        if not languages and tag not in _OTHER_SCRIPT and by_words in {None, tag}:
            return tag
    return languages[0] if languages else by_words


def _primary(value: str) -> str | None:
    found = _PRIMARY.match(value)
    return _ISO_639_2.get(found[1].lower(), found[1].lower()) if found else None


def _script(sample: str) -> str | None:
    """The script most letters are of; kana decides for Japanese, since half of its letters are Han."""
    if sample.isascii():
        return "latin" if len(sample) > 40 else None
    letters = sample.encode("utf-8", errors="replace")
    others = letters.translate(None, _ASCII).decode("utf-8").encode("utf-32-le")  # few, and sorting takes long
    points = np.sort(np.frombuffer(others, np.uint32))
    borders = np.searchsorted(points, _BORDERS)
    counts = dict.fromkeys(_SCRIPTS, 0)
    for name, first, after in zip(_RANGE_NAMES, borders[::2].tolist(), borders[1::2].tolist(), strict=True):
        counts[name] += after - first
    counts["latin"] += len(letters.translate(None, _NO_ASCII_LETTERS))
    total = sum(counts.values())
    if total < 40:
        return None
    if counts["kana"] > 0.1 * (counts["han"] + counts["kana"]) and counts["han"] + counts["kana"] > total / 4:
        return "kana"
    counts["latin"] //= 3  # a word of five letters is one or two signs of Han
    return max(counts, key=lambda name: counts[name])


def _by_stop_words(sample: str) -> str | None:
    """The language whose commonest words the text is full of; None where no language is clear."""
    words = _WORD.findall(sample.lower())
    if len(words) < _ENOUGH_WORDS:
        return None
    counts = Counter(filter(_ANY_STOP_WORD.__contains__, words))
    shares = sorted(
        ((sum(counts.get(word, 0) for word in stops) / len(words), tag) for tag, stops in _STOP_WORDS.items()),
        reverse=True,
    )
    (best, tag), (second, _) = shares[0], shares[1]
    return tag if best > 0.15 and best > 1.5 * second else None
