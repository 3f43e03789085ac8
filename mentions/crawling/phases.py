"""The phases of one run as they are done: each written down when it begins and ends, and none stops those after it."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from mentions.exceptions import MentionsError, StoreError
from mentions.phases import WORDS, Phase, PhaseState
from mentions.store import Store

logger = logging.getLogger(__name__)

_STOPPED: Final = "the run was stopped"


class PhaseLog:
    """Does phases, and keeps in the run's record how each went.

    `stopped` says whether somebody ended the run; `warn` takes what a person should know; `begun` hears of each phase.
    """

    def __init__(
        self,
        store: Store,
        run_id: int,
        clock: Callable[[], datetime],
        *,
        stopped: Callable[[], bool],
        warn: Callable[[str], None],
        begun: Callable[[], None] = lambda: None,
    ) -> None:
        self._store, self._run_id, self._clock = store, run_id, clock
        self._stopped, self._warn, self._begun = stopped, warn, begun
        self._phases: list[Phase] = []

    @property
    def phases(self) -> tuple[Phase, ...]:
        """In the order they were begun or skipped."""
        return tuple(self._phases)

    @property
    def failed(self) -> bool:
        """Did one of them break off?"""
        return any(phase.state is PhaseState.FAILED for phase in self._phases)

    @property
    def current(self) -> str | None:
        """The phase under way; None: none is."""
        last = self._phases[-1] if self._phases else None
        return last.name if last is not None and last.state is PhaseState.RUNNING else None

    def begin(self, name: str) -> None:
        """A phase begins; one that is still under way is done."""
        self.end()
        self._phases.append(Phase(name, PhaseState.RUNNING, self._clock()))
        self._write()
        self._begun()

    def end(self, state: PhaseState = PhaseState.DONE, says: str | None = None) -> None:
        """The phase under way has ended so; nothing where there is none."""
        if self.current is None:
            return
        if state is PhaseState.DONE and self._stopped():
            state = PhaseState.STOPPED
        self._phases[-1] = replace(self._phases[-1], state=state, ended_at=self._clock(), says=says)
        self._write()

    def skip(self, name: str, why: str) -> None:
        """A phase whose turn does not come."""
        self.end()
        self._phases.append(Phase(name, PhaseState.SKIPPED, says=why))
        self._write()

    def do(self, name: str, work: Callable[[], object]) -> None:
        """Does a whole phase, unless the run was stopped. One that fails is a warning, and the next ones are done.

        Raises StoreError: without a database there is no next one.
        """
        if self._stopped():
            self.skip(name, _STOPPED)
            return
        self.begin(name)
        try:
            work()
        except StoreError:
            raise
        except MentionsError as error:
            self._broke_off(name, str(error))
        except Exception as error:
            logger.exception("the phase %s broke off", name)
            self._broke_off(name, f"a mistake of ours ({type(error).__name__}: {error}); please report it")
        else:
            self.end()

    def _broke_off(self, name: str, why: str) -> None:
        self.end(PhaseState.FAILED, why)
        self._warn(f"to {WORDS[name]} did not work: {why}")

    def _write(self) -> None:
        self._store.save_phases(self._run_id, self._phases)
