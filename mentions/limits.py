"""How long, how far and how large a whole run may get. Pure."""

from pydantic import BaseModel, ConfigDict, Field


class RunLimits(BaseModel):
    """Where a run ends although there is more to fetch. What is left comes with the next run; the exit code is 4."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    minutes: float | None = Field(default=None, gt=0)
    """Minutes after which it ends. Default: when everything is fetched, or every publisher's budget is spent."""
    pages: int | None = Field(default=None, ge=1)
    """Pages fetched after which it ends. Default: no limit but those of the publishers."""
    memory_mb: int | None = Field(default=2_000, ge=200)
    """Megabytes of memory after which it ends, so that nothing else on the machine is killed for it."""

    def reached(self, *, elapsed_s: float, pages: int, memory_mb: float) -> str | None:
        """Which limit a run has reached, in plain words; None while it may go on."""
        if self.minutes is not None and elapsed_s >= self.minutes * 60:
            return f"the run ended after {self.minutes:g} minutes (limits.minutes)"
        if self.pages is not None and pages >= self.pages:
            return f"the run ended after {pages:,} pages (limits.pages)"
        if self.memory_mb is not None and memory_mb >= self.memory_mb:
            return f"the run ended when it had taken {memory_mb:,.0f} MB of memory (limits.memory_mb)"
        return None
