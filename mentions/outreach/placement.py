"""Where the link should go: the page of ours, the words of the sentence that should carry it, the HTML to paste."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Final

from mentions.links import is_home, is_ours
from mentions.outreach.cleaning import one_line
from mentions.targets import Target

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Endings that make another form of the same word in English, German, French and Spanish; never "-er", which makes
# a reporter of a report.
_ENDINGS: Final = ("'s", "’s", "s", "es", "n", "en", "e", "x", "ed", "ing")
_SHORTEST_STEM: Final = 4  # letters; 3 before a mere "s" (arm, arms)
_LONGEST_ANCHOR: Final = 60  # characters; a longer anchor is a sentence, not a name
_NOTHING_BETWEEN: Final = re.compile(r"[^\w\s'’\-&]")  # punctuation between two words means they are not one name
_POSSESSIVE: Final = re.compile(r"['’]s?\b|s['’]|['’]")
# "the survey by Acme", "die Studie von Acme": what joins a thing to whose it is.
_OF: Final = r"(?:by|of|from|von|der|des|vom|de|du|par|del|por)"


@dataclass(frozen=True, slots=True)
class Placement:
    """A proposal. `anchor` stands word for word in the sentence, unless there is no sentence to quote."""

    url: str
    anchor: str
    link_html: str  # the bare <a>
    sentence_html: str  # the sentence with the <a> in its place; equal to link_html where the anchor is not in it
    printed_address: str | None = None  # our address as the sentence prints it


Used = Mapping[tuple[str, str], frozenset[str]]  # (page of ours, anchor) → publishers that were asked for it
NONE_USED: Final[Used] = {}


def place_link(
    sentence: str | None,
    matched: str | None,
    target: Target,
    *,
    used: Used = NONE_USED,
    publisher: str = "",
    url: str | None = None,
    anchor: str | None = None,
) -> Placement:
    """The page of ours a mention should link to, its anchor, and HTML that can be pasted as it is.

    Of several natural anchors the one is proposed that the fewest other publishers (`used`) were asked for: an editor
    writes as they like, and a hundred links with the same words look bought. `url` and `anchor` are a person's choice;
    words that do not stand in the sentence (any more) are no anchor, and the natural ones count again.
    """
    text = one_line(sentence or "")
    name = one_line(matched or "") or target.name
    at = _find(text, name)
    proposed, reason = _page_for(text, at, target)
    printed = _printed_address(text, target)
    if printed:
        proposed = _as_printed(text[slice(*printed)], target) or proposed
    url = url or proposed
    spans = [printed] if printed else _anchors(text, at, reason) if at else []
    chosen = _find(text, one_line(anchor)) if anchor else None
    if chosen:
        spans = [chosen]
    others = [len(used.get((url, text[slice(*span)]), frozenset()) - {publisher}) for span in spans]
    span = spans[others.index(min(others))] if spans else None
    words = text[slice(*span)] if span else name
    link = f'<a href="{escape(url)}">{escape(words, quote=False)}</a>'
    if span:
        start, end = span
        html = f"{escape(text[:start], quote=False)}{link}{escape(text[end:], quote=False)}"
    else:
        html = link
    return Placement(url, words, link, html, text[slice(*printed)] if printed else None)


def natural_anchors(sentence: str | None, matched: str | None, target: Target) -> tuple[str, ...]:
    """The words of the sentence that can carry a link, the best first; none where there is no sentence to quote."""
    text, name = one_line(sentence or ""), one_line(matched or "") or target.name
    at = _find(text, name)
    printed = _printed_address(text, target)
    spans = [printed] if printed else []
    spans += _anchors(text, at, _page_for(text, at, target)[1]) if at else []
    return tuple(dict.fromkeys(text[slice(*span)] for span in spans))


Span = tuple[int, int]


def _find(text: str, name: str) -> Span | None:
    """Where the name stands in the text; as a whole word if it does so anywhere."""
    whole = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    if whole:
        return whole.span()
    at = text.find(name) if name else -1
    return (at, at + len(name)) if at >= 0 else None


def _page_for(text: str, name: Span | None, target: Target) -> tuple[str, Span | None]:
    """The first page of ours one of whose words stands in the sentence, nearest to the name; and where the word is.

    Words inside the name itself call for nothing: "Survey Works" does not ask for the page of a survey.
    """
    best: tuple[int, int, str, Span] | None = None
    middle = sum(name) // 2 if name else 0
    for place, page in enumerate(target.pages):
        for phrase in page.when:
            for start, end in _standing(text, phrase):
                if name and start < name[1] and name[0] < end:
                    continue
                rank = (abs((start + end) // 2 - middle), place, page.url, (start, end))
                best = min(best, rank) if best else rank
    return (best[2], best[3]) if best else (target.link_url, None)


def _standing(text: str, phrase: str) -> Iterator[Span]:
    """Where the phrase stands in the text: word for word, caseless, in any ordinary ending."""
    wanted = [_stems(word) for word in _WORD.findall(phrase)]
    if not wanted:
        return
    if any(_unspaced(letter) for letter in phrase):
        yield from (found.span() for found in re.finditer(re.escape(phrase), text, re.IGNORECASE))
        return
    words = list(_WORD.finditer(text))
    stems = [_stems(word[0]) for word in words]
    for n in range(len(words) - len(wanted) + 1):
        if all(stems[n + k] & wanted[k] for k in range(len(wanted))):
            yield words[n].start(), words[n + len(wanted) - 1].end()


def _unspaced(letter: str) -> bool:
    """Is it of a script written without spaces (Chinese, Japanese, Thai)?"""
    return "\u0e00" <= letter <= "\u0e7f" or "\u3040" <= letter <= "\u30ff" or "\u3400" <= letter <= "\u9fff"


@lru_cache(maxsize=8_192)
def _stems(word: str) -> frozenset[str]:
    """The word and what may be its stem: two words are forms of one when these sets meet."""
    word = word.casefold()
    stems = {word}
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM - ending.endswith("s"):
            stems.add(word[: -len(ending)])
    if word.endswith(("ies", "ied")) and len(word) > _SHORTEST_STEM:
        stems.add(word[:-3] + "y")
    return frozenset(stems)


def _anchors(text: str, name: Span, word: Span | None) -> list[Span]:
    """The natural anchors, the best first: the name with the thing the link is about, the name, the thing."""
    whole = _extended(text, name, word)
    spans = [whole, name]
    if word is not None and whole != name:
        spans.append(_phrase(text, name, word))
    return list(dict.fromkeys(spans))


def _phrase(text: str, name: Span, word: Span) -> Span:
    """The thing alone, with what describes it after the name's "'s": "annual warehouse report" of "Acme's …"."""
    if word[0] < name[1]:
        return word
    possessive = _POSSESSIVE.match(text, name[1])
    return (possessive.end() + 1, word[1]) if possessive and possessive.end() < word[0] else word


def _extended(text: str, name: Span, word: Span | None) -> Span:
    """The name with the thing the link is about, where both read as one: "Acme's State of Robotics report".

    A brand's own home page and a report named in full are best linked by the name alone.
    """
    if word is None:
        return name
    start, end = min(name[0], word[0]), max(name[1], word[1])
    between = text[name[1] : word[0]] if word[0] >= name[1] else text[word[1] : name[0]]
    if end - start > _LONGEST_ANCHOR or len(between.split()) > 6:
        return name
    if word[0] >= name[1]:
        return (start, end) if _owns(between) else name
    return (start, end) if re.fullmatch(rf"\s+(?:{_OF}\s+){{1,2}}", between) else name


def _owns(between: str) -> bool:
    """Do the words after the name make what follows the name's own: "'s annual", "-", " State of Robotics"?"""
    if between in {" ", "-"}:
        return True
    possessive = _POSSESSIVE.match(between)
    rest = between[possessive.end() :] if possessive else between
    if _NOTHING_BETWEEN.search(rest) or not rest.startswith(" "):
        return False
    return bool(possessive) or all(
        word[0].isupper() or word[0].isdigit() or word in {"of", "for", "in", "the", "and"} for word in rest.split()
    )


def _as_printed(address: str, target: Target) -> str | None:
    """The address as a link, where it names a page and not only our site: then the author has chosen the page."""
    url = address if "://" in address else f"https://{address}"
    return url if is_ours(url, target) and not is_home(url, target) else None


def _printed_address(text: str, target: Target) -> Span | None:
    """Where the sentence prints an address of ours as text: with or without https:// and www."""
    for domain in target.domains:
        found = re.search(
            rf"(?<![\w@./-])(?:https?://)?(?:[\w-]+\.)*{re.escape(domain)}(?![\w-])(?:/[^\s<>\"“”()]*)?",
            text,
            re.IGNORECASE,
        )
        if found and not re.match(r"\.\w", text[found.end() :]):
            return found.start(), found.start() + len(found[0].rstrip(".,;:!?"))
    return None
