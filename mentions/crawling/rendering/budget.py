"""How many pages a night renders. Pure."""

from collections import Counter

from mentions.budgets import Rendering


class RenderBudget:
    """Counts the pages rendered in one run, in all and by publisher."""

    def __init__(self, rendering: Rendering) -> None:
        self._rendering = rendering
        self._of_publisher: Counter[str] = Counter()

    def take(self, publisher: str) -> str | None:
        """Takes one page for this publisher; why there is none left, None where there was."""
        if self._of_publisher.total() >= self._rendering.max_pages:
            return f"the night's {self._rendering.max_pages:,} rendered pages are used up"
        if self._of_publisher[publisher] >= self._rendering.max_pages_per_publisher:
            return f"this publisher's {self._rendering.max_pages_per_publisher:,} rendered pages are used up"
        self._of_publisher[publisher] += 1
        return None
