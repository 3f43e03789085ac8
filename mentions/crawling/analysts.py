"""Pages that may name us are judged in processes of their own, beside the one that fetches. See `analyst`."""

import asyncio
import os
import pickle
import select
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from queue import SimpleQueue
from threading import Lock, Thread
from types import MappingProxyType
from typing import Any, Final

from mentions.analysis import Analysis
from mentions.crawling.analyst import Question, Stumbled, answer
from mentions.exceptions import MentionsError
from mentions.matching import Watchlist
from mentions.pages import Page, PageState
from mentions.publishers import Publisher

PATIENCE_S: Final = 30.0  # for one page; the costliest real ones take 0.3
STARTS_WITHIN_S: Final = 120.0  # ten thousand names take some seconds to unpack
MOST: Final = 4  # processes; one judges 80 pages a second, and one crawl seldom finds more that name us
_CLOSES_WITHIN_S: Final = 5.0

_Asked = tuple[Question, "Future[Analysis]"]


class AnalystStumbled(MentionsError):
    """Our own code failed on a page. `kind` is the name of the error; its traceback stayed in the other process."""

    def __init__(self, stumbled: Stumbled) -> None:
        super().__init__(stumbled.said)
        self.kind = stumbled.kind


def analysts_here() -> int:
    """How many this machine has room for: one core is the crawl's own."""
    return max(1, min(MOST, (os.cpu_count() or 1) - 1))


class Analysts:
    """Some processes that judge pages. They start with the first page, and one more whenever all are busy.

    A page that hangs or ends its process is `unparsable`; the next one gets a new process.
    """

    def __init__(self, watchlist: Watchlist, count: int | None = None, *, patience_s: float = PATIENCE_S) -> None:
        """`count` None: as many as the machine has room for; 0: no process, everything is judged right here."""
        self._watchlist, self._patience_s = watchlist, patience_s
        self._count = analysts_here() if count is None else count
        self._asked: SimpleQueue[_Asked | None] = SimpleQueue()
        self._unanswered = 0
        self._threads: list[_Keeper] = []
        self._packed: bytes | None = None

    async def analyse(
        self,
        page: Page,
        publisher: Publisher | None,
        *,
        now: datetime,
        resolved: Mapping[str, str] = MappingProxyType({}),
        dead: frozenset[str] = frozenset(),
    ) -> Analysis:
        """What `analysis.analyse` says, with an article that has no blocks and of its links only opaque ones.

        Raises AnalystStumbled where our own code failed.
        """
        question = Question(page, publisher, now, resolved=dict(resolved), dead=dead)
        if not self._count:
            return _read(answer(question, self._watchlist), page)
        future: Future[Analysis] = Future()
        self._unanswered += 1
        self._hire()
        self._asked.put((question, future))
        try:
            return replace(await asyncio.wrap_future(future), page=page)
        finally:
            self._unanswered -= 1

    def _hire(self) -> None:
        if self._unanswered > len(self._threads) < self._count:
            self._packed = self._packed or _packed(self._watchlist)
            keeper = _Keeper(self._asked, self._packed, self._patience_s)
            self._threads.append(keeper)
            keeper.start()

    def close(self) -> None:
        """Ends the processes; what is not answered yet never will be."""
        for _ in self._threads:
            self._asked.put(None)
        if self._unanswered:
            for keeper in self._threads:
                keeper.dismiss()
        for keeper in self._threads:
            keeper.join(_CLOSES_WITHIN_S)
            keeper.dismiss()


def _packed(watchlist: Watchlist) -> bytes:
    """The watchlist with all that it would compile when first needed: that takes word lists of 100 MB, once here."""
    for target in watchlist.targets:
        watchlist.profile(target.name)
    return pickle.dumps(watchlist, pickle.HIGHEST_PROTOCOL)


def _read(said: Analysis | Stumbled, page: Page) -> Analysis:
    if isinstance(said, Stumbled):
        raise AnalystStumbled(said)
    return replace(said, page=page)


def _heard(process: "subprocess.Popen[bytes]", patience_s: float) -> Any:
    """The next thing that the process says. Raises TimeoutError, EOFError where it has ended."""
    assert process.stdout is not None
    if not select.select([process.stdout], [], [], patience_s)[0]:
        raise TimeoutError
    return pickle.load(process.stdout)  # noqa: S301  # a process of ours


class _Keeper(Thread):
    """Keeps one process: starts it, hands it one question at a time, replaces it when it dies."""

    def __init__(self, asked: "SimpleQueue[_Asked | None]", packed_watchlist: bytes, patience_s: float) -> None:
        super().__init__(name="analyst", daemon=True)  # daemon: a page that hangs must not keep the program alive
        self._asked, self._packed, self._patience_s = asked, packed_watchlist, patience_s
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()  # around starting and ending the process
        self._dismissed = False

    def run(self) -> None:
        """Until there are no more questions."""
        while (asked := self._asked.get()) is not None:
            question, future = asked
            if not future.set_running_or_notify_cancel():
                continue
            try:
                said = self._ask_twice(question)
                future.set_result(_read(said, question.page))
            except Exception as error:  # noqa: BLE001  # whoever asked must hear of it, whatever it is
                future.set_exception(error)
        self.dismiss()

    def _ask_twice(self, question: Question) -> Analysis | Stumbled:
        """The answer; where the page ended its process, what can be said of it without reading it."""
        reason = "reading the page ended the process that read it"
        for attempt in (question, replace(question, unreadable=reason)):
            try:
                return self._ask(attempt)
            except TimeoutError:
                reason = f"reading the page takes longer than {self._patience_s:g} seconds"
            except (EOFError, OSError, pickle.UnpicklingError):
                pass
            self._end()
            question = replace(question, unreadable=reason)
        return Analysis(question.page, None, (), PageState.UNPARSABLE, reason)

    def _ask(self, question: Question) -> Analysis | Stumbled:
        process = self._at_hand()
        assert process.stdin is not None
        pickle.dump(question, process.stdin, pickle.HIGHEST_PROTOCOL)
        process.stdin.flush()
        said: Analysis | Stumbled = _heard(process, self._patience_s)
        return said

    def _at_hand(self) -> "subprocess.Popen[bytes]":
        with self._lock:
            if self._process is not None:
                return self._process
            if self._dismissed:
                raise EOFError
            process = self._process = subprocess.Popen(
                # Not -m: classes of a module that runs as __main__ have another name over there than here.
                [sys.executable, "-c", "from mentions.crawling.analyst import main; main()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        assert process.stdin is not None
        process.stdin.write(self._packed)
        process.stdin.flush()
        _heard(process, STARTS_WITHIN_S)
        return process

    def _end(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was not flushed yet goes nowhere
                    pipe.close()
        process.wait()

    def dismiss(self) -> None:
        """Ends the process for good. From any thread."""
        self._dismissed = True
        self._end()
