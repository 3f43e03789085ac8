"""What we look for: targets, as people write them in `mentions.toml`."""

from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


class Kind(StrEnum):
    """What sort of thing a target is; decides the wording of a draft."""

    BRAND = "brand"  # a company, an organisation, a publication
    PRODUCT = "product"  # something a brand sells or offers
    REPORT = "report"  # a study, survey, ranking or data set of ours


def _checked_domain(text: str) -> str:
    """`host` or `host/path`, lower-case host in its ASCII (IDNA) form, no scheme, no port, no trailing slash."""
    value = text.strip()
    if "://" in value:
        raise ValueError(f"write the host without a scheme: {urlsplit(value).netloc or value!r}, not {text!r}")
    host, _, path = value.partition("/")
    if not host or "." not in host or " " in host or ":" in host or "@" in host:
        raise ValueError(f'{text!r} is not a host; write "acme.example" or "acme.example/blog"')
    try:
        host = host.rstrip(".").lower().encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ValueError(f"{text!r} is not a valid host name ({error})") from error
    path = path.strip("/")
    return f"{host}/{path}" if path else host


def _checked_web_address(text: str) -> str:
    parts = urlsplit(text.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{text!r} is not a web address; write it whole, as in https://acme.example/")
    return text.strip()


Domain = Annotated[str, AfterValidator(_checked_domain)]
WebAddress = Annotated[str, AfterValidator(_checked_web_address)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class TargetPage(BaseModel):
    """One more page of ours, and the words in a sentence that call for it."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    url: WebAddress
    """The page."""
    when: tuple[Name, ...] = Field(min_length=1)
    """Words that call for it when they stand in the sentence."""


class Target(BaseModel):
    """A brand, product or report of ours: its names, the domains that count as ours, the page a link should go to."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    name: Name
    """As it should stand in an email."""
    kind: Kind = Kind.BRAND
    """`brand`, `product` or `report`; decides the wording of the email."""
    aliases: tuple[Name, ...] = ()
    """Other spellings. Plurals, possessives, hyphens, accents and misspellings are found without being listed."""
    domains: tuple[Domain, ...] = Field(min_length=1)
    """Hosts that count as ours, subdomains included; `host/path` counts only below that path."""
    url: WebAddress | None = None
    """Where a link should go. Default: the home page of the first domain."""
    pages: tuple[TargetPage, ...] = ()
    """More pages of ours, each with the words in a sentence that call for it."""
    profiles: tuple[WebAddress, ...] = ()
    """Our social accounts: ours, but no substitute for a link."""
    about: str | None = None
    """Words that speak for us where the name has several meanings."""
    not_about: str | None = None
    """Words that speak against us."""
    searches: tuple[WebAddress, ...] = ()
    """Feeds of search results for this target (Talkwalker Alerts and others); pages on any site are read."""
    gdelt: bool = False
    """Ask GDELT's index of the world's news for this target's names every night; see [gdelt]."""

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias, first spelling first, none twice."""
        return tuple(dict.fromkeys((self.name, *self.aliases)))

    @property
    def link_url(self) -> str:
        """The page of ours that a link should lead to when no entry of `pages` fits better."""
        return self.url or f"https://{self.domains[0]}/"
