"""What every page of the desk works with: configuration, store, templates, clock, and what is kept between requests."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from jinja2 import Environment

from mentions.config import Config
from mentions.review.attempts import Attempts
from mentions.review.flashes import Flashes
from mentions.review.hashing import Hashing
from mentions.review.statics import Statics, own_statics
from mentions.review.templates import environment
from mentions.store import Store


def utc_now() -> datetime:
    """The desk's one look at the clock; tests bring their own."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Desk:
    """An open desk: `request.app.state.desk`. Whoever made it closes the store."""

    config: Config
    store: Store
    clock: Callable[[], datetime] = utc_now
    statics: Statics = field(default_factory=own_statics)
    flashes: Flashes = field(default_factory=Flashes)
    attempts: Attempts = field(default_factory=Attempts)
    hashing: Hashing = field(default_factory=Hashing)
    templates: Environment = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "templates", environment(self.statics))

    @property
    def now(self) -> datetime:
        """The time, aware, in UTC."""
        return self.clock()
