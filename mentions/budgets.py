"""What a night may spend beyond fetching pages: rendering, resolving shorteners, looking at pages of our own."""

from datetime import timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class Rendering(BaseModel):
    """Pages drawn by scripts: which browser draws them, and how much of a night that may take."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    browser: Path | None = None
    """The Chromium to use. Default: Playwright's own, else the system's (`chromium-headless-shell`, `chromium` …)."""
    max_pages: int = Field(default=500, ge=0, le=100_000)
    """Pages rendered a night, over all publishers; a rendered page costs about as much as fifty others. 0: none."""
    max_pages_per_publisher: int = Field(default=50, ge=0, le=100_000)
    """Pages rendered a night at one publisher."""
    page_timeout_s: float = Field(default=15.0, ge=1.0, le=120.0)
    """Seconds after which a page that is not done is given up, its scripts with it."""
    tabs: int = Field(default=4, ge=1, le=16)
    """Pages rendered at the same time."""
    pages_per_browser: int = Field(default=200, ge=1, le=10_000)
    """The browser is started afresh after so many pages: browsers gather memory."""


class Looks(BaseModel):
    """Where links lead: shorteners and redirectors on pages that mention you, and your own pages behind links."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    max_a_night: int = Field(default=300, ge=0, le=100_000)
    """Addresses looked at a night, at most; what is known from an earlier night costs nothing. 0: none."""
    resolved_for_days: int = Field(default=90, ge=1, le=3650)
    """Days after which a shortener is asked again where it leads."""
    own_pages_every_days: int = Field(default=7, ge=1, le=365)
    """Days between two looks at one of your own pages."""
    wait_s: float = Field(default=60.0, ge=1.0, le=600.0)
    """Seconds that one page may wait for the looks at its links; then it is judged by what is known."""

    @property
    def resolved_for(self) -> timedelta:
        """How long the answer of a shortener is good for."""
        return timedelta(days=self.resolved_for_days)

    @property
    def own_pages_every(self) -> timedelta:
        """How long a look at a page of ours is good for."""
        return timedelta(days=self.own_pages_every_days)


class OwnSiteSettings(BaseModel):
    """Reading your own site, to know which of your pages link to which."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    max_pages: int = Field(default=200, ge=1, le=5_000)
    """Pages read in one crawl, over all domains of your targets: home pages and pages that others link to first."""
    every_days: int | None = Field(default=None, ge=0, le=365)
    """Days between two crawls by `mentions nightly`, such as 7; 0: every night. Without it, only `mentions pages crawl`
    reads your site."""

    def at_once(self) -> "OwnSiteSettings":
        """The same, due now."""
        return self.model_copy(update={"every_days": 0})
