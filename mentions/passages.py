"""The passage in which a name stands: its sentence with every name in it marked, and the sentences around it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mentions.matching.sentences import sentence_span

Span = tuple[int, int]

LONGEST_BESIDE = 300  # characters of a sentence before or after; more is not context but another paragraph
_NEAR = 3  # line breaks between blocks; a sentence further away belongs to something else


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. `marked`: it is a name."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """`sentence` in pieces; `before` and `after` are empty where nothing stands there."""

    sentence: tuple[Piece, ...]
    before: str = ""
    after: str = ""


def passage(text: str | None, span: Span, sentence: str, matched: str, others: Iterable[Span] = ()) -> Passage:
    """The passage of the name at `span` of `text`, with the `others` that stand in the same sentence marked too.

    Where the text is not kept, or holds another word there by now, the sentence as it was stored.
    """
    start, end = span
    if text is None or text[start:end] != matched:
        return Passage(_marked_by_name(sentence, matched))
    low, high = _block(text, start, end)
    first, last = sentence_span(text, start, end, low, high)
    inside = [each for each in (span, *others) if first <= each[0] and each[1] <= last]
    return Passage(marked(text, inside, first, last), _before(text, first), _after(text, last))


def marked(text: str, spans: Iterable[Span], first: int = 0, last: int | None = None) -> tuple[Piece, ...]:
    """`text[first:last]` in pieces, the spans marked. Spans may overlap; those outside the stretch are left out."""
    last = len(text) if last is None else last
    pieces: list[Piece] = []
    at = first
    for start, end in _merged([span for span in spans if first <= span[0] < span[1] <= last]):
        if at < start:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], marked=True))
        at = end
    if at < last:
        pieces.append(Piece(text[at:last]))
    return tuple(pieces)


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _marked_by_name(sentence: str, name: str) -> tuple[Piece, ...]:
    at = sentence.find(name) if name else -1
    return marked(sentence, [(at, at + len(name))] if at >= 0 else [])


def _block(text: str, start: int, end: int) -> Span:
    """The block of the text: between the line breaks around the name."""
    high = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if high < 0 else high


def _before(text: str, first: int) -> str:
    """The sentence that ends before `first`, at most a few line breaks away."""
    end = len(text[:first].rstrip())
    if end == 0 or text.count("\n", end, first) > _NEAR:
        return ""
    low, _ = _block(text, end - 1, end)
    start, stop = sentence_span(text, end - 1, end, low, end)
    return _cut(text[start:stop], from_the_left=True)


def _after(text: str, last: int) -> str:
    """The sentence that begins after `last`."""
    start = last + len(text[last:]) - len(text[last:].lstrip())
    if start >= len(text) or text.count("\n", last, start) > _NEAR:
        return ""
    _, high = _block(text, start, start + 1)
    first, stop = sentence_span(text, start, start + 1, start, high)
    return _cut(text[first:stop], from_the_left=False)


def _cut(sentence: str, *, from_the_left: bool) -> str:
    if len(sentence) <= LONGEST_BESIDE:
        return sentence
    return f"… {sentence[-LONGEST_BESIDE:]}" if from_the_left else f"{sentence[:LONGEST_BESIDE]} …"
