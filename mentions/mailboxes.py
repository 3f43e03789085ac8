"""How approved drafts are handed off, and the team's mailbox: the tables [handoff] and [imap] of the configuration."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

SENDING_PORTS = frozenset({25, 465, 587, 2525})  # SMTP and submission; this program has no business there
_SECRETS = {"password", "token", "access_token", "oauth_token", "secret"}


def _printable(text: str) -> str:
    """IMAP commands end at a line break: a name that holds one would be two commands."""
    if not text.isprintable():
        raise ValueError("holds a line break or another character that cannot be printed")
    return text


Printable = Annotated[str, Field(min_length=1), AfterValidator(_printable)]
Command = Annotated[tuple[Printable, ...], Field(min_length=1)]


def is_loopback(host: str) -> bool:
    """Does this name or address never leave the machine?"""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class HandOffSettings(BaseModel):
    """How approved drafts get into your mail program."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    to: Literal["eml", "zip", "imap", "mailto"] = "eml"
    """What `mentions drafts hand-off` does without --to: files, an archive, the Drafts folder of [imap], mail links."""
    folder: Path = Path("approved")
    """Where the files and archives go; relative to the configuration file."""


class Imap(BaseModel):
    """The mailbox whose Drafts folder approved drafts are put into. They wait there; nothing is sent."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    host: Printable
    """The IMAP server, such as `imap.gmail.com`."""
    user: Printable
    """The login name, mostly the email address."""
    port: int | None = Field(default=None, ge=1, le=65535)
    """Default: 993 with `tls`, else 143."""
    security: Literal["tls", "starttls", "none"] = "tls"
    """`none` only for a server on this machine. Certificates are always verified."""
    ca_file: Path | None = None
    """Certificates to trust instead of the system's, for a server of your own; relative to the configuration file."""
    password_env: str | None = Field(default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    """Name of the environment variable that holds the (app) password."""
    password_command: Command | None = None
    """A program that prints the password: `["pass", "show", "mail/mentions"]`."""
    token_command: Command | None = None
    """A program that prints an OAuth 2.0 access token (XOAUTH2), for Microsoft 365 and Gmail without app passwords."""
    drafts_folder: Printable | None = None
    """Default: the folder that the server marks as Drafts, else one of the usual name."""
    sent_folder: Printable | None = None
    """Default: the folder that the server marks as Sent, else one of the usual name."""
    timeout_s: float = Field(default=30.0, ge=1.0, le=300.0)
    """Seconds to wait for each answer of the server, and for the commands above."""

    @model_validator(mode="before")
    @classmethod
    def _no_secret_in_the_file(cls, data: Any) -> Any:
        named = sorted(_SECRETS & set(data)) if isinstance(data, dict) else []
        if named:
            # The input is taken out of the message: what is wrong here is that a secret stands in the file.
            raise ValueError(
                f"{named[0]} must not stand in the file; put it into an environment variable and name that in "
                "password_env, or name a program in password_command or token_command"
            )
        return data

    @model_validator(mode="after")
    def _one_secret_and_no_open_line(self) -> "Imap":
        named = [self.password_env, self.password_command, self.token_command]
        if sum(value is not None for value in named) != 1:
            raise ValueError("needs exactly one of password_env, password_command and token_command")
        if self.port in SENDING_PORTS:
            raise ValueError(
                f"port {self.port} is for sending mail, which this program never does; IMAP has 993 or 143"
            )
        if self.security == "none" and not is_loopback(self.host):
            raise ValueError('security = "none" is only for a server on this machine; use "tls" or "starttls"')
        return self

    @property
    def port_used(self) -> int:
        """The port to connect to."""
        return self.port or (993 if self.security == "tls" else 143)

    @property
    def name(self) -> str:
        """The mailbox as messages name it."""
        return f"{self.user} at {self.host}"
