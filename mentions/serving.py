"""How the review desk is reached, by whom, and how long a login holds. Pure."""

import enum
import ipaddress
from datetime import timedelta
from typing import Annotated, Final, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from mentions.targets import WebAddress

LOOPBACK_NAMES: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class LoginMode(enum.StrEnum):
    """How the desk knows who somebody is."""

    PASSWORD = "password"  # noqa: S105  # a word of the configuration
    PROXY = "proxy"  # a reverse proxy in front has asked them, and says it in a header


def _network(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text))
    except ValueError as error:
        raise ValueError(
            f"{text!r} is neither an address such as 10.0.0.5 nor a network such as 10.0.0.0/24"
        ) from error


def _host(text: str) -> str:
    name = text.strip().lower().strip("[]")
    if not name or "/" in name or "*" in name or (":" in name and not _is_address(name)):
        raise ValueError(f"{text!r} is not a host name; write it without scheme, port and path: desk.acme.example")
    return name


HostName = Annotated[str, AfterValidator(_host)]
Network = Annotated[str, AfterValidator(_network)]


class ReviewSettings(BaseModel):
    """The review desk: where it listens, who reaches it, how long a login holds."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    host: str = "127.0.0.1"
    """The address it listens on. Any but loopback needs users (`mentions user add`)."""
    port: int = Field(default=8765, ge=1, le=65535)
    """The port it listens on."""
    base_url: WebAddress | None = None
    """The address people type when a reverse proxy stands in front: `https://desk.acme.example/`. Stands in digests."""
    allowed_hosts: tuple[HostName, ...] = ()
    """More names by which it may be asked for. Any other Host header is refused."""
    trusted_proxies: tuple[Network, ...] = ()
    """Addresses or networks of reverse proxies, whose X-Forwarded-For and X-Forwarded-Proto are believed."""
    login: LoginMode = LoginMode.PASSWORD
    """`password`: people log in here. `proxy`: a trusted proxy has asked them, and names them in `user_header`."""
    user_header: str = Field(default="Remote-User", pattern=r"^[A-Za-z][A-Za-z0-9-]{1,60}$")
    """The header with the user's name. Believed of trusted proxies only, and only with `login = "proxy"`."""
    session_days: int = Field(default=14, ge=1, le=365)
    """Days after which everybody logs in again."""
    idle_hours: int = Field(default=72, ge=1, le=8760)
    """Hours after which somebody who did nothing logs in again. The default lasts over a weekend."""

    @model_validator(mode="after")
    def _a_proxy_is_named(self) -> Self:
        if self.login is LoginMode.PROXY and not self.trusted_proxies:
            raise ValueError('login = "proxy" needs trusted_proxies: without them nobody would be believed')
        return self

    @property
    def host_names(self) -> frozenset[str]:
        """The names by which the desk may be asked for."""
        own = () if is_any(self.host) else (self.host.lower().strip("[]"),)
        return frozenset({*self.allowed_hosts, *self._base_hosts, *own, *LOOPBACK_NAMES})

    @property
    def is_private(self) -> bool:
        """Is the desk for the person at this computer only? Then it needs no users."""
        reached_from_outside = {*self.allowed_hosts, *self._base_hosts} - LOOPBACK_NAMES or self.trusted_proxies
        return is_loopback(self.host) and not reached_from_outside

    @property
    def is_encrypted(self) -> bool:
        """Do people reach it over https?"""
        return bool(self.base_url and self.base_url.startswith("https://"))

    @property
    def session_lasts(self) -> timedelta:
        """How long a session lasts at most."""
        return timedelta(days=self.session_days)

    @property
    def session_idles(self) -> timedelta:
        """How long a session lasts unused."""
        return timedelta(hours=self.idle_hours)

    @property
    def base_host(self) -> str | None:
        """The host of base_url."""
        return urlsplit(self.base_url).hostname if self.base_url else None

    @property
    def _base_hosts(self) -> tuple[str, ...]:
        return (self.base_host,) if self.base_host else ()


def is_loopback(host: str) -> bool:
    """Does this address reach nobody but this computer?"""
    name = host.lower().strip("[]")
    return name == "localhost" or (_is_address(name) and ipaddress.ip_address(name).is_loopback)


def is_any(host: str) -> bool:
    """Does it mean every address of this computer (0.0.0.0, ::)?"""
    name = host.strip("[]")
    return _is_address(name) and ipaddress.ip_address(name).is_unspecified


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
