"""Pages that may name us are read, matched and judged in processes of their own, beside the one that fetches."""

import asyncio
import os
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from types import MappingProxyType
from typing import Any, Final

from mentions.analysis import Analysis
from mentions.asking import NO_RULES, Rules
from mentions.crawling.analyst import Answer, Desk, Stumbled
from mentions.crawling.keeper import AnalystDied, Keeper
from mentions.exceptions import MentionsError
from mentions.matching import Watchlist
from mentions.outreach.contacts import Lead, PageContacts, Subject
from mentions.pages import Page, PageState
from mentions.publishers import Publisher

PATIENCE_S: Final = 30.0  # for one step of one page; the costliest real pages take 0.3
MOST: Final = 4  # processes; one judges 80 pages a second, and one crawl seldom finds more that name us
_CLOSES_WITHIN_S: Final = 5.0


class AnalystStumbled(MentionsError):
    """Our own code failed on a page. `kind` is the name of the error; its traceback stayed in the other process."""

    def __init__(self, stumbled: Stumbled) -> None:
        super().__init__(stumbled.said)
        self.kind = stumbled.kind


@dataclass(slots=True)
class Reading:
    """A page that is being judged step by step. Its article is with the analyst."""

    page: Page
    number: int | None  # by which the analyst knows it; None: it does not any more
    keeper: Keeper | None  # None: judged in this process
    expected: tuple[str, ...] = ()  # targets that the page named before
    trouble: str | None = None  # why it must not be read again


def analysts_here() -> int:
    """How many this machine has room for: one core is the crawl's own."""
    return max(1, min(MOST, (os.cpu_count() or 1) - 1))


class Analysts:
    """Some processes that judge pages. They start with the first page, and one more whenever all are busy.

    A page that hangs or ends its process is `unparsable`; the others are judged by a new one. Of an analysis that
    comes back, the article has no blocks, and of its links only those in the article that do not say where they lead.
    Every method raises AnalystStumbled where our own code failed.
    """

    def __init__(
        self,
        watchlist: Watchlist,
        number: int | None = None,
        *,
        rules: Rules = NO_RULES,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """`number` None: as many as the machine has room for; 0: no process, everything is judged right here."""
        self._watchlist, self._rules, self._patience_s = watchlist, rules, patience_s
        self._most = analysts_here() if number is None else number
        self._keepers: list[Keeper] = []
        self._numbers = count()
        self._packed: bytes | None = None
        self._here = None if self._most else Desk(watchlist, rules)

    # --- a page, step by step -----------------------------------------------------------------------------------------

    async def read(self, page: Page, *, expected: tuple[str, ...] = ()) -> Reading:
        """Reads the page's article. `expected` as for `analysis.analyse`."""
        number = next(self._numbers)
        reading = Reading(page, number, self._free(), expected)
        await self._go_on(reading, "read", number, page, expected)
        return reading

    async def match(self, reading: Reading) -> None:
        """Finds our names in it."""
        if reading.number is not None:
            await self._go_on(reading, "match", reading.number)

    async def judge(self, reading: Reading, publisher: Publisher | None, *, now: datetime) -> Analysis:
        """The analysis of the page, as `analysis.analyse` makes it."""
        said = None
        if reading.number is not None:
            said = await self._go_on(reading, "judge", reading.number, publisher, now)
        if isinstance(said, Analysis):
            return replace(said, page=reading.page)
        if reading.trouble is None:  # another page ended the process that knew this one
            return await self.analyse(reading.page, publisher, now=now, expected=reading.expected)
        return await self._give_up(reading.page, reading.trouble, publisher, now)

    async def _go_on(self, reading: Reading, *step: Any) -> Any:
        """The answer to the next step; None where the analyst does not know the page any more."""
        try:
            said = await self._ask(reading.keeper, *step)
        except AnalystDied as error:
            reading.number, reading.trouble = None, str(error)
            return None
        if said == Answer.NOT_OPEN:
            reading.number = None
            return None
        return said

    # --- a page at once -----------------------------------------------------------------------------------------------

    async def analyse(
        self,
        page: Page,
        publisher: Publisher | None,
        *,
        now: datetime,
        resolved: Mapping[str, str] = MappingProxyType({}),
        dead: frozenset[str] = frozenset(),
        expected: tuple[str, ...] = (),
    ) -> Analysis:
        """All steps at once; `resolved`, `dead` and `expected` as for `analysis.analyse`."""
        step = ("analyse", page, publisher, now, dict(resolved), dead, expected)
        try:
            said: Analysis = await self._ask(self._free(), *step)
        except AnalystDied as error:
            return await self._give_up(page, str(error), publisher, now)
        return replace(said, page=page)

    async def contacts(
        self, page: Page, publisher: Publisher | None, lead: Lead | None = None
    ) -> tuple[PageContacts, Subject]:
        """Who may be written to, by what a page publishes (see contacts.reading); nobody where it must not be read."""
        try:
            said: tuple[PageContacts, Subject] = await self._ask(self._free(), "contacts", page, publisher, lead)
        except AnalystDied:
            return PageContacts(), Subject(page.url, None)
        return said

    async def _give_up(self, page: Page, reason: str, publisher: Publisher | None, now: datetime) -> Analysis:
        try:
            said: Analysis = await self._ask(self._free(), "give_up", page, reason, publisher, now)
        except AnalystDied:  # even the search for our names in its bytes
            return Analysis(page, None, (), PageState.UNPARSABLE, reason)
        return replace(said, page=page)

    # --- who does it --------------------------------------------------------------------------------------------------

    async def _ask(self, keeper: Keeper | None, *step: Any) -> Any:
        if self._here is not None:
            said = self._here.answer(*step)
        else:
            assert keeper is not None
            said = await asyncio.wrap_future(keeper.ask(*step))
        if isinstance(said, Stumbled):
            raise AnalystStumbled(said)
        if said == Answer.EXHAUSTED:
            raise AnalystDied("reading the page takes too much memory")
        return said

    def _free(self) -> Keeper | None:
        """The keeper with the least to do; a new one while all have something and there is room."""
        if not self._most:
            return None
        best = min(self._keepers, key=lambda keeper: keeper.load, default=None)
        if best is None or (best.load and len(self._keepers) < self._most):
            self._packed = self._packed or _packed(self._watchlist, self._rules)
            best = Keeper(self._packed, self._patience_s)
            self._keepers.append(best)
            best.start()
        return best

    def close(self) -> None:
        """Ends the processes; what is not answered yet never will be."""
        for keeper in self._keepers:
            keeper.leave()
            if keeper.load:
                keeper.dismiss()
        for keeper in self._keepers:
            keeper.join(_CLOSES_WITHIN_S)
            keeper.dismiss()


def _packed(watchlist: Watchlist, rules: Rules) -> bytes:
    """Watchlist and rules, with what would be compiled over there when first needed: from word lists of 100 MB."""
    for target in watchlist.targets:
        watchlist.profile(target.name)
    return pickle.dumps((watchlist, rules), pickle.HIGHEST_PROTOCOL)
