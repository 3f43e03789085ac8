"""One night under watch: heartbeat, ping and figures, none of which can make it fail."""

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from mentions import __version__
from mentions.config import Config
from mentions.exceptions import ConfigError
from mentions.monitoring.files import Heartbeat, write_whole
from mentions.monitoring.metrics import exposition
from mentions.monitoring.outcomes import ended_well
from mentions.monitoring.pinging import Pinger
from mentions.store.records import OpportunityState, RunSummary

logger = logging.getLogger(__name__)


class Tending:
    """What the configuration says of whoever watches. Problems are warnings in the log."""

    def __init__(self, config: Config, clock: Callable[[], datetime]) -> None:
        """Raises ConfigError where the variable with the health check's address is not set, or holds none."""
        settings = config.monitoring
        self._clock = clock
        self._said: set[str] = set()
        self._pinger = _pinger(config)
        self._textfile = config.folder / settings.textfile if settings.textfile else None
        self._heartbeat = Heartbeat(config.folder / settings.heartbeat, clock) if settings.heartbeat else None

    def started(self) -> None:
        """A night begins."""
        self.alive("starting")
        if self._pinger:
            _warn(self._pinger.started())

    def alive(self, says: str) -> None:
        """It goes on; to be called often."""
        if self._heartbeat:
            with self._no_failure("the heartbeat cannot be written"):
                self._heartbeat.beat(says)

    def ended(
        self,
        code: int,
        run: RunSummary | None = None,
        *,
        well_at: datetime | None = None,
        opportunities: Mapping[OpportunityState, int] | None = None,
    ) -> None:
        """It has ended; as mentions.monitoring.metrics.exposition."""
        if self._heartbeat:
            with self._no_failure("the heartbeat cannot be written"):
                self._heartbeat.stop(code)
        if self._textfile:
            with self._no_failure("the figures for Prometheus cannot be written"):
                figures = exposition(
                    version=__version__,
                    code=code,
                    ended_at=self._clock(),
                    run=run,
                    well_at=well_at,
                    opportunities=opportunities,
                )
                write_whole(self._textfile, figures)
        if self._pinger:
            says = f"exit code {code}" + (f", run {run.id}: {run.state.value}" if run else "")
            _warn(self._pinger.ended(well=ended_well(code), says=says))

    @contextmanager
    def _no_failure(self, what: str) -> Iterator[None]:
        """An error of a file is said once a night: it is tried every ten seconds, for hours."""
        try:
            yield
        except OSError as error:
            if what not in self._said:
                self._said.add(what)
                folder = f"{Path(error.filename).parent}: " if error.filename else ""
                logger.warning("%s: %s%s", what, folder, error.strerror or error)


def _pinger(config: Config) -> Pinger | None:
    name = config.monitoring.ping_url_env
    if name is None:
        return None
    try:
        return Pinger(os.environ[name])
    except KeyError:
        problem = f"the environment variable {name} is not set; it should hold the address of a health check"
    except ValueError as error:
        problem = f"the environment variable {name} {error}"
    raise ConfigError(problem, path=config.path, where="monitoring.ping_url_env")


def _warn(problem: str | None) -> None:
    if problem:
        logger.warning("%s", problem)
