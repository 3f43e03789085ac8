"""What a person's accepting and rejecting teaches about a target's names. Pure functions; the store keeps the answers.

Each answer holds what was seen when a person gave it: the signs of the mention and the words around it. From them a
small adjustment of the weights is learnt for that target alone, held near zero by a prior, so that one answer leans and
twenty decide.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from mentions.extraction.article import Article, Block, Link, Metadata, Zone
from mentions.matching.lessons import LARGEST, LEANING, Lesson
from mentions.matching.mention import Candidate
from mentions.matching.profiles import Profile
from mentions.matching.senses import Weights, learnt_weights
from mentions.matching.signs import signs_of
from mentions.matching.surroundings import PageView, Surroundings

_PRIOR: Final = 1.0  # how strongly an adjustment is held at zero; of the order of one answer
_STEPS: Final = 200
_RATE: Final = 0.15

Lessons = Mapping[str, Lesson]  # by target


@dataclass(frozen=True, slots=True)
class Answer:
    """A person's answer about a mention: is it us? With what was seen, who said it and when."""

    target: str  # Target.name
    page_url: str
    sentence: str
    is_us: bool
    signs: Mapping[str, float]
    words: tuple[str, ...]  # stems of the paragraph, sorted
    said_by: str
    said_at: datetime
    note: str | None = None
    opportunity_id: int | None = None  # of this store; None: the answer came from another one


@dataclass(frozen=True, slots=True)
class Case:
    """What the store knows of a finding that a person answers about."""

    opportunity_id: int
    target: str
    page_url: str
    sentence: str  # the mention a person was shown
    text: str  # Article.text
    language: str | None
    candidates: tuple[tuple[Candidate, Zone], ...]  # the finding's mentions, in page order
    links: tuple[Link, ...]


def answered(
    case: Case, profile: Profile, *, is_us: bool, said_by: str, said_at: datetime, note: str | None = None
) -> Answer:
    """The answer with what is seen of the mention that the person was shown."""
    article = _article(case)
    view = PageView(article)
    candidates = [candidate for candidate, _ in case.candidates]
    shown = next((nth for nth, c in enumerate(candidates) if case.sentence and _holds(article, c, case.sentence)), 0)
    signs = signs_of(view, candidates, profile, case.language)[shown]
    return Answer(
        case.target,
        case.page_url,
        case.sentence,
        is_us,
        {name: round(value, 4) for name, value in sorted(signs.items()) if value},
        tuple(sorted(Surroundings(view, candidates[shown]).words)),
        said_by,
        said_at,
        note,
        case.opportunity_id,
    )


def _holds(article: Article, candidate: Candidate, sentence: str) -> bool:
    start = article.text.find(sentence)
    while start >= 0:
        if start <= candidate.start < start + len(sentence):
            return True
        start = article.text.find(sentence, start + 1)
    return False


def _article(case: Case) -> Article:
    """The stored text as an article again: a line a block, in the zone of the mention it holds."""
    blocks, place = [], 0
    for line in case.text.split("\n"):
        end = place + len(line)
        if line.strip():
            zone = next((zone for c, zone in case.candidates if place <= c.start < end), Zone.BODY)
            blocks.append(Block(place, end, zone, "p"))
        place = end + 1
    return Article(case.page_url, case.text, tuple(blocks), case.links, Metadata(language=case.language))


def learn(answers: Iterable[Answer], weights: Weights | None = None) -> dict[str, Lesson]:
    """The lesson of every target that has answers. The same answers give the same lessons, in any order."""
    by_target: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_target[answer.target].append(answer)
    return {
        target: _lesson(sorted(given, key=_order), weights or learnt_weights())
        for target, given in sorted(by_target.items())
    }


def _order(answer: Answer) -> tuple[bool, list[tuple[str, float]], tuple[str, ...]]:
    return answer.is_us, sorted(answer.signs.items()), answer.words


def _lesson(answers: Sequence[Answer], weights: Weights) -> Lesson:
    return Lesson(
        _adjustment(answers, weights),
        rejected=tuple(frozenset(answer.words) for answer in answers if not answer.is_us),
        accepted=tuple(frozenset(answer.words) for answer in answers if answer.is_us),
    )


def _adjustment(answers: Sequence[Answer], weights: Weights) -> dict[str, float]:
    """Logistic regression by gradient descent from the learnt weights, with a Gaussian prior around them."""
    adjustment: dict[str, float] = defaultdict(float)
    for _ in range(_STEPS):
        slopes = {name: _PRIOR * value for name, value in adjustment.items()}
        for answer in answers:
            seen = {LEANING: 1.0, **answer.signs}
            logit = weights.logit(dict(answer.signs)) + sum(adjustment[name] * value for name, value in seen.items())
            error = 1 / (1 + math.exp(-max(min(logit, 30.0), -30.0))) - float(answer.is_us)
            for name, value in seen.items():
                slopes[name] = slopes.get(name, 0.0) + error * value
        rate = _RATE / (1 + len(answers) / 4)
        for name, slope in slopes.items():
            adjustment[name] = max(min(adjustment[name] - rate * slope, LARGEST), -LARGEST)
    return {name: round(value, 4) for name, value in sorted(adjustment.items()) if abs(value) >= 1e-3}


def to_json(answers: Iterable[Answer]) -> str:
    """Answers as JSON Lines, to be kept, moved and read again. Ids of a store stay behind."""
    return "".join(json.dumps(_row(answer), ensure_ascii=False) + "\n" for answer in answers)


def _row(answer: Answer) -> dict[str, Any]:
    return {
        "target": answer.target,
        "is_us": answer.is_us,
        "page_url": answer.page_url,
        "sentence": answer.sentence,
        "said_by": answer.said_by,
        "said_at": answer.said_at.isoformat(),
        "note": answer.note,
        "words": list(answer.words),
        "signs": dict(answer.signs),
    }


def from_json(text: str) -> list[Answer]:
    """What `to_json` wrote. Raises ValueError naming the line that is something else."""
    answers = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                answers.append(_answer(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                what = f"{error} is missing" if isinstance(error, KeyError) else str(error)
                raise ValueError(f"line {number} is no answer: {what}") from error
    return answers


def _answer(row: Any) -> Answer:
    said_at = datetime.fromisoformat(row["said_at"])
    if said_at.tzinfo is None:
        raise ValueError("said_at has no time zone")
    if row["is_us"] not in {True, False}:
        raise ValueError("is_us is neither true nor false")
    signs = {str(name): float(value) for name, value in row["signs"].items()}
    if not all(math.isfinite(value) and abs(value) <= 1.0 for value in signs.values()):
        raise ValueError("a sign is not between -1 and 1")
    texts = {name: row[name] for name in ("target", "page_url", "sentence", "said_by")}
    if not all(isinstance(value, str) for value in texts.values()):
        raise ValueError("target, page_url, sentence and said_by must be texts")
    note = row.get("note")
    return Answer(
        **texts,
        is_us=bool(row["is_us"]),
        signs=signs,
        words=tuple(sorted({str(word) for word in row["words"]})),
        said_at=said_at.astimezone(UTC),
        note=None if note is None else str(note),
    )
