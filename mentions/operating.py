"""How a run tells machines that it goes on and how it went: settings."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict


def _for_the_collector(path: Path) -> Path:
    if path.suffix != ".prom":
        raise ValueError("must end in .prom: the textfile collector reads no other file")
    return path


class LogFormat(StrEnum):
    """How the log is written."""

    PLAIN = "plain"  # lines for people
    JSON = "json"  # one object a line


class Logging(BaseModel):
    """The log: what runs write to standard error."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    format: LogFormat = LogFormat.PLAIN
    """`plain` for people, `json` for programs: one object a line. `--log-format` wins."""


class Monitoring(BaseModel):
    """What `mentions nightly` leaves for whoever watches over it. Nothing of it can make a run fail."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    heartbeat: Path | None = None
    """A file written every ten seconds while a run goes on, relative to the configuration file: its age tells a run
    that hangs from one that works."""
    textfile: Annotated[Path, AfterValidator(_for_the_collector)] | None = None
    """A file for Prometheus (node_exporter's textfile collector), written when a run has ended; must end in `.prom`."""
    ping_url_env: str | None = None
    """Name of an environment variable with the address of a health check, as healthchecks.io gives it: asked with
    `/start` when a run starts, plainly when it ends well, with `/fail` when it does not."""
