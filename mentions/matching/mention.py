"""What matching finds: candidates and mentions. Plain data, no decisions here."""

from dataclasses import dataclass, field
from enum import StrEnum

from mentions.extraction.article import Zone


class Method(StrEnum):
    """How a spelling on the page was recognised."""

    EXACT = "exact"  # letter for letter
    VARIANT = "variant"  # another ordinary dress: case, accents, hyphen, spacing, possessive, plural, suffix, width
    FUZZY = "fuzzy"  # a misspelling within the edit distance allowed for its length


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place in a text where a name may stand: `text[start:end]`, before anyone judged what it means."""

    target: str  # Target.name
    alias: str  # the spelling of the configuration that it resembles
    start: int
    end: int
    similarity: float  # 0.0 … 1.0; 1 - OSA distance / length of the alias; 1.0 for exact and variant
    method: Method


class Decision(StrEnum):
    """Is it us?"""

    US = "us"
    NOT_US = "not_us"
    UNSURE = "unsure"  # a person should look; treated as us by verdicts, never mailed without a look


@dataclass(frozen=True, slots=True)
class Sense:
    """The answer to "is it us?", with the evidence in words a PR person understands."""

    decision: Decision
    score: float  # 0.0 (surely not us) … 1.0 (surely us)
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A candidate with its place in the article and its sense."""

    target: str
    alias: str
    matched: str  # as it stands on the page
    start: int
    end: int  # offsets into Article.text
    zone: Zone
    sentence: str
    similarity: float
    method: Method
    sense: Sense


@dataclass(frozen=True, slots=True)
class Matches:
    """Every candidate of an article: the mentions, and those judged to mean something else."""

    mentions: tuple[Mention, ...] = ()
    rejected: tuple[Mention, ...] = field(default=())

    def of(self, target: str) -> "Matches":
        """Only those of one target."""
        return Matches(
            tuple(m for m in self.mentions if m.target == target), tuple(m for m in self.rejected if m.target == target)
        )
