"""Ways to find pages beyond the declared publishers, as people write them in `mentions.toml`."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mentions.publishers import Politeness, Publisher
from mentions.targets import WebAddress

# Language and country as GDELT names them: "english" or "eng", "UK" or "unitedkingdom", never with spaces.
GdeltWord = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z]{2,40}$")]


class Gdelt(BaseModel):
    """How GDELT's index of the world's news is asked for targets with `gdelt = true`. One query a target and night."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    endpoint: WebAddress = "https://api.gdeltproject.org/api/v2/doc/doc"
    """Where the DOC 2.0 API answers."""
    languages: tuple[GdeltWord, ...] = ()
    """Only articles in these languages, as GDELT names them: `["english", "german"]`. Empty: all."""
    countries: tuple[GdeltWord, ...] = ()
    """Only sites of these countries, as GDELT names them: `["UK", "germany"]`. Empty: all."""
    first_days: int = Field(default=7, ge=1, le=90)
    """How many days the first query looks back; later ones begin at the last good answer. GDELT keeps three months."""
    delay_s: float = Field(default=5.5, ge=0.0, le=120.0)
    """Seconds between two queries. GDELT asks for at least 5."""


class UrlList(BaseModel):
    """A list of addresses that a person or a tool made: CSV, TSV, TXT, XLSX, or a saved feed."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    file: str = Field(min_length=1)
    """The file, or a pattern of files, relative to this configuration: `"lists/ahrefs-*.csv"`."""
    max_age_days: int | None = Field(default=None, ge=1)
    """Rows with an older date are left out. Default: all are fetched."""


class ArchiveFiles(BaseModel):
    """WARC files whose pages are judged and stored without asking the network."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    file: str = Field(min_length=1)
    """The file, or a pattern of files, relative to this configuration: `"captures/*.warc.gz"`."""


class Elsewhere(BaseModel):
    """How sites are treated that nobody declared as publishers: those on which searches, lists and GDELT find pages."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    politeness: Politeness = Politeness(max_pages=50)
    """How gently each of them is asked."""
    max_age_days: int = Field(default=90, ge=1)
    """Found pages with an older date are not fetched; those of lists and archives always are."""
    max_sites: int = Field(default=2_000, ge=1, le=100_000)
    """Sites visited a night; pages on others wait for the next night."""


class UndeclaredPublisher(Publisher):
    """A site on which a page was found, and that nobody declared: known by its registrable domain alone."""

    @classmethod
    def at(cls, domain: str, elsewhere: Elsewhere) -> "UndeclaredPublisher":
        """The publisher of that domain; its name is the domain until its own pages say more."""
        return cls(name=domain, domain=domain, politeness=elsewhere.politeness, max_age_days=elsewhere.max_age_days)

    def require_a_source(self) -> None:
        """It has none: others told us of it."""


def files_of(pattern: str, folder: Path) -> tuple[Path, ...]:
    """The files that a pattern of the configuration names, sorted; empty where there are none."""
    given = Path(pattern).expanduser()
    if given.is_absolute():
        return tuple(
            sorted(path for path in Path(given.anchor).glob(str(given.relative_to(given.anchor))) if path.is_file())
        )
    return tuple(sorted(path for path in folder.glob(pattern) if path.is_file()))
