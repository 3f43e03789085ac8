"""What a run's looks brought, for people: from its counts alone. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mentions.rechecking.words import Happening

COUNTED: Final = "rechecks/"  # before a kind of event, "looks" and "unseen", in RunSummary.counts

# In the order a PR person reads them.
WORDS: Final[Mapping[Happening, str]] = {
    Happening.RECLAIMED: "reclaimed: a link you asked for stands in the article",
    Happening.LINKED_WITHOUT_CONTACT: "linked without being asked",
    Happening.LINK_BACK: "linked again after the link had gone",
    Happening.LINKED_ELSEWHERE: "linked, but to another page of yours than agreed, or to one that is gone",
    Happening.LINK_CHANGED: "with a link that leads elsewhere now, or is marked otherwise",
    Happening.LINK_LOST: "lost: the link went away (seen twice, a day apart)",
    Happening.MENTION_REMOVED: "without your name now (seen twice, a day apart)",
    Happening.PAGE_GONE: "gone: not there on three days",
    Happening.PAGE_BACK: "there again after being gone",
}


@dataclass(frozen=True, slots=True)
class LooksSummary:
    """How many articles were looked at, what happened, and how many could not be seen."""

    looked: int
    unseen: int
    happened: tuple[tuple[Happening, int], ...]

    @property
    def opening(self) -> str:
        """The first line."""
        if not self.looked:
            return "No article was due for another look."
        articles = "one article" if self.looked == 1 else f"{self.looked:,} articles"
        if self.happened:
            return f"Looked again at {articles}."
        return f"Looked again at {articles}: nothing has changed" + (" where we could see it." if self.unseen else ".")

    @property
    def lines(self) -> tuple[tuple[int, str], ...]:
        """Numbers and what they count."""
        lines = [(number, WORDS[kind]) for kind, number in self.happened]
        if self.unseen:
            lines.append((self.unseen, "could not be seen this time; what was known of them still counts"))
        return tuple(lines)


def looks_summary(counts: Mapping[str, int]) -> LooksSummary:
    """From the counts of a run."""
    happened = [(kind, counts.get(COUNTED + kind.value.replace(" ", "_"), 0)) for kind in WORDS]
    return LooksSummary(
        looked=counts.get(f"{COUNTED}looks", 0),
        unseen=counts.get(f"{COUNTED}unseen", 0),
        happened=tuple((kind, number) for kind, number in happened if number),
    )
