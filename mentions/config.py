"""`mentions.toml`: found, read, checked. Every mistake names the file, the line or key, and what is allowed."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, model_validator

from mentions.asking import Asking, Rules
from mentions.budgets import Looks, OwnSiteSettings, Rendering
from mentions.config_mistakes import config_error, read_toml
from mentions.exceptions import ConfigError
from mentions.limits import RunLimits
from mentions.mailboxes import HandOffSettings, Imap
from mentions.notifying.settings import DigestSettings
from mentions.operating import Logging, Monitoring
from mentions.publishers import Publisher
from mentions.redaction import remember
from mentions.releases import calls_itself_wire
from mentions.searching import ArchiveFiles, Elsewhere, Gdelt, UrlList
from mentions.serving import ReviewSettings
from mentions.targets import Target, WebAddress

FILE_NAME = "mentions.toml"
ENVIRONMENT_VARIABLE = "MENTIONS_CONFIG"


def _checked_email(text: str) -> str:
    try:
        # No DNS: a configuration must load without a network.
        return validate_email(text, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise ValueError(f"{text!r} is not an email address: {error}") from error


EmailAddress = Annotated[str, AfterValidator(_checked_email)]


class Sender(BaseModel):
    """Who asks. Every draft carries this, so that an editor knows who writes and how to say no."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    name: str = Field(min_length=1)
    """The person who signs."""
    email: EmailAddress
    """Their address: the From of every draft."""
    company: str = Field(min_length=1)
    """Whom they write for."""
    role: str | None = None
    """What they do there."""
    postal_address: str | None = None
    """Law in many countries. A draft without it names that as a problem to fix before it is approved."""
    reply_language: str = "en"
    """Language of a draft where there is no template in the page's language."""


class Network(BaseModel):
    """How we appear on the network, and what we may reach."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    contact_url: WebAddress | None = None
    """Stands in the User-Agent, so that a site can reach us. Default: the page the first target's link should go to."""
    robots_name: str = Field(default="MentionsBot", pattern=r"^[A-Za-z][A-Za-z0-9_-]{2,40}$")
    """The name by which robots.txt allows or refuses us, and the first word of the User-Agent."""
    ports: tuple[int, ...] = (80, 443)
    """No other port is ever connected to."""
    allow_private: tuple[str, ...] = ()
    """Networks (CIDR) that may be reached although they are not public: an intranet, the demo."""
    resolve: dict[str, str] = {}
    """Host name, `*.suffix` or `*` → address, asked before DNS: intranets, tests, the demo."""
    timeout_s: float = Field(default=30.0, ge=1.0, le=180.0)
    """Seconds after which a download ends, however slowly it still drips."""
    max_body_bytes: int = Field(default=5_000_000, ge=10_000, le=50_000_000)
    """Larger pages are not read."""
    concurrency: int | None = Field(default=None, ge=1, le=256)
    """Transfers under way over all hosts. Default: one for each publisher, at least 32 and at most 128."""


class StoreSettings(BaseModel):
    """Where the database is: SQLite file or PostgreSQL."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    url: str = "sqlite:///mentions.db"
    """`sqlite:///file` (relative to the configuration file) or `postgresql+psycopg://…`."""
    url_env: str | None = None
    """Name of an environment variable that holds the URL instead: a URL with a password belongs there."""
    key_env: str | None = None
    """Name of an environment variable that holds the key of the suppression list's hashes, such as the output of
    `openssl rand -hex 32`. Default: the file `<database>.key` beside an SQLite database, made when it is needed;
    PostgreSQL has no such place. Keep it as long as the database: without it nobody on the list is known again."""
    pages: Path | None = None
    """Folder with saved copies of pages that name you; relative to the configuration file. Default: `<database>.pages`
    beside an SQLite database, else `pages`."""


class DraftSettings(BaseModel):
    """Where drafts are written, and which findings get one."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    folder: Path = Path("drafts")
    """Where .eml files are written; relative to the configuration file."""
    min_priority: int = Field(default=0, ge=0, le=100)
    """Opportunities below this priority get no draft."""
    max_age_days: int = Field(default=365, ge=1)
    """Articles older than this are not asked about."""
    templates: Path | None = None
    """A folder with templates of your own, relative to the configuration file: `mentions drafts lint` checks it."""
    strict: bool = True
    """Drafts with problems (no postal address, too long …) cannot be approved. false: they can, with a warning."""
    follow_ups: int = Field(default=1, ge=0, le=2)
    """How many follow-ups are drafted for an email that was sent and not answered."""
    follow_up_after_days: int = Field(default=4, ge=2, le=60)
    """Working days between an email that was sent and its follow-up."""


class Retention(BaseModel):
    """How long people and pages are remembered."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    contacts_days: int = Field(default=30, ge=1, le=3650)
    """Days after which a contact is forgotten that no crawl has seen again and nobody wrote to."""
    pages_days: int = Field(default=90, ge=0, le=3650)
    """Days for which a copy of a page that names you is kept as evidence, from the last look at it. 0: none is kept."""
    pages_mb: int = Field(default=2_000, ge=1, le=1_000_000)
    """Megabytes that all copies together may take; the oldest go first. A page takes about 0.05."""


class Config(BaseModel):
    """A whole configuration."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    include: tuple[str, ...] = ()
    """More files with [[targets]] and [[publishers]], as patterns relative to this file: `["publishers/*.toml"]`."""
    targets: tuple[Target, ...] = Field(min_length=1)
    """What to look for."""
    publishers: tuple[Publisher, ...] = ()
    """Where to look."""
    lists: tuple[UrlList, ...] = ()
    """Files with addresses to look at, such as exports of SEO tools."""
    archives: tuple[ArchiveFiles, ...] = ()
    """WARC files with saved pages to look at."""
    gdelt: Gdelt = Gdelt()
    """How GDELT is asked."""
    elsewhere: Elsewhere = Elsewhere()
    """How sites are treated that are not declared as publishers."""
    sender: Sender | None = None
    """Who asks. Without it findings are stored and no draft is written."""
    network: Network = Network()
    """How we appear on the network."""
    rendering: Rendering = Rendering()
    """Pages drawn by scripts."""
    looks: Looks = Looks()
    """Where links lead."""
    own_site: OwnSiteSettings = OwnSiteSettings()
    """How your own site is read."""
    limits: RunLimits = RunLimits()
    """Where a run ends although there is more to fetch."""
    monitoring: Monitoring = Monitoring()
    """What a run leaves for whoever watches over it."""
    logging: Logging = Logging()
    """How the log is written."""
    store: StoreSettings = StoreSettings()
    """Where findings are kept."""
    retention: Retention = Retention()
    """How long people and pages are remembered."""
    asking: Asking = Asking()
    """Whom not to ask, and what helps to choose whom to ask first."""
    drafts: DraftSettings = DraftSettings()
    """Where drafts go."""
    handoff: HandOffSettings = HandOffSettings()
    """How approved drafts get into your mail program."""
    review: ReviewSettings = ReviewSettings()
    """The review desk: where it listens, who reaches it, how long a login holds."""
    digest: DigestSettings = DigestSettings()
    """Who hears what a run brought."""
    imap: Imap | None = None
    """The mailbox that approved drafts are put into. Without it they are handed off as files or links."""

    _path: Path = PrivateAttr(default=Path(FILE_NAME))

    @model_validator(mode="after")
    def _names_are_unique(self) -> "Config":
        for what, names in (
            ("target", [t.name for t in self.targets]),
            ("publisher", [p.domain for p in self.publishers]),
        ):
            double = sorted({name for name in names if names.count(name) > 1})
            if double:
                raise ValueError(f"the {what} {double[0]!r} is declared twice")
        return self

    @property
    def path(self) -> Path:
        """The file this configuration was read from."""
        return self._path

    @property
    def folder(self) -> Path:
        """What relative paths of the configuration are relative to."""
        return self._path.parent

    @property
    def drafts_folder(self) -> Path:
        """Where drafts are written."""
        return self.folder / self.drafts.folder

    @property
    def templates_folder(self) -> Path | None:
        """The folder with templates of the user's own; None: there is none."""
        return self.folder / self.drafts.templates if self.drafts.templates is not None else None

    @property
    def mailbox(self) -> Imap:
        """The mailbox that approved drafts are put into, its paths made absolute. Raises ConfigError without [imap]."""
        if self.imap is None:
            raise ConfigError(
                "is missing: name host, user and password_env of your mailbox there, or hand off with --to eml",
                path=self.path,
                where="[imap]",
            )
        ca_file = self.imap.ca_file
        return self.imap.model_copy(update={"ca_file": self.folder / ca_file if ca_file else None})

    @property
    def user_agent(self) -> str:
        """The truthful User-Agent: our robots name, and a page that says who we are."""
        from mentions import __version__

        contact = self.network.contact_url or self.targets[0].link_url
        return f"{self.network.robots_name}/{__version__} (+{contact})"

    @property
    def store_url(self) -> str:
        """The database's URL, with relative SQLite paths made absolute and secrets from the environment.

        Raises ConfigError when `store.url_env` names a variable that is not set.
        """
        url = self.store.url
        if self.store.url_env:
            try:
                url = remember(os.environ[self.store.url_env])
            except KeyError:
                raise ConfigError(
                    f"the environment variable {self.store.url_env} is not set; it should hold the database's URL",
                    path=self.path,
                    where="store.url_env",
                ) from None
        match = re.fullmatch(r"sqlite:///(?!/)(.+)", url)
        return f"sqlite:///{(self.folder / match[1]).resolve()}" if match else url

    @property
    def store_key(self) -> str | None:
        """The key of the suppression list's hashes, where the environment holds it; None: it lies beside the database.

        Raises ConfigError when `store.key_env` names a variable that is not set.
        """
        if self.store.key_env is None:
            return None
        try:
            return remember(os.environ[self.store.key_env])
        except KeyError:
            raise ConfigError(
                f"the environment variable {self.store.key_env} is not set; it should hold the key of the suppression "
                "list (docs/howto/privacy.md)",
                path=self.path,
                where="store.key_env",
            ) from None

    @property
    def pages_folder(self) -> Path:
        """Where copies of pages are kept. Raises ConfigError as `store_url` does."""
        if self.store.pages is not None:
            return self.folder / self.store.pages
        scheme, _, file = self.store_url.partition(":///")
        return Path(f"{file}.pages") if scheme == "sqlite" and file else self.folder / "pages"

    @property
    def rules(self) -> Rules:
        """When an article is not asked about."""
        return self.asking.rules(
            max_age_days=self.drafts.max_age_days,
            own_domains=[domain for target in self.targets for domain in target.domains],
            wires=[publisher.domain for publisher in self.publishers if calls_itself_wire(publisher)],
        )

    def target(self, name: str) -> Target:
        """The target of that name. Raises KeyError."""
        return next((t for t in self.targets if t.name == name), None) or _missing(name)

    def publisher(self, domain: str) -> Publisher | None:
        """The publisher of that domain, None when it is not declared."""
        return next((p for p in self.publishers if p.domain == domain), None)

    @property
    def looks_elsewhere(self) -> bool:
        """Are there searches, GDELT queries or lists, whose pages may stand on any site?"""
        return bool(self.lists) or any(target.searches or target.gdelt for target in self.targets)


def _missing(name: str) -> Target:
    raise KeyError(name)


def find_config(explicit: Path | None = None, *, folder: Path | None = None) -> Path:
    """The configuration file to use: `explicit`, else MENTIONS_CONFIG, else mentions.toml in `folder` (here).

    Raises ConfigError when there is none.
    """
    named = explicit or (Path(value) if (value := os.environ.get(ENVIRONMENT_VARIABLE)) else None)
    path = named or (folder or Path.cwd()) / FILE_NAME
    if path.is_file():
        return path.resolve()
    if named:
        raise ConfigError("there is no such file", path=path)
    raise ConfigError(
        f"no {FILE_NAME} here; write one with `mentions init`, or name one with --config or {ENVIRONMENT_VARIABLE}",
        path=path.parent,
    )


def load_config(path: Path) -> Config:
    """Reads and checks a configuration with everything it includes. Raises ConfigError naming file and line or key."""
    data = read_toml(path)
    for pattern in _strings(data.get("include", [])):
        files = sorted(path.parent.glob(pattern))
        if not files:
            raise ConfigError(f"{pattern!r} matches no file", path=path, where="include")
        for included in files:
            more = read_toml(included)
            unknown = sorted(set(more) - {"targets", "publishers"})
            if unknown:
                raise ConfigError(
                    "an included file may hold only targets and publishers", path=included, where=unknown[0]
                )
            for key in ("targets", "publishers"):
                if key in more:
                    _check_tables(more[key], key, included)
                    data.setdefault(key, []).extend(more[key])
    config = _validated(data, path)
    config._path = path
    return config


def _check_tables(value: object, key: str, path: Path) -> None:
    model: type[BaseModel] = Target if key == "targets" else Publisher
    for index, table in enumerate(value if isinstance(value, list) else [value]):
        try:
            model.model_validate(table)
        except ValidationError as error:
            raise config_error(error, path, prefix=(key, index)) from error


def _strings(value: object) -> Sequence[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _validated(data: dict[str, Any], path: Path) -> Config:
    try:
        return Config.model_validate(data)
    except ValidationError as error:
        raise config_error(error, path) from error
