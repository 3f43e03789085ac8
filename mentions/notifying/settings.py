"""Where digests go: the table [digest] of the configuration."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from mentions.notifying.chats import ChatKind
from mentions.targets import WebAddress

EnvironmentVariable = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]


class Webhook(BaseModel):
    """One chat that digests are posted to."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    kind: ChatKind
    """`slack`, `mattermost` (also Rocket.Chat), `discord`, `teams`, or `json` for a program of your own."""
    url_env: EnvironmentVariable
    """Name of the environment variable that holds its address: whoever knows the address may post there."""


class DigestSettings(BaseModel):
    """Who hears what a run brought. Nothing leaves this machine unless an address is named here."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    folder: Path | None = Path("digests")
    """Where each digest is written as an HTML file; relative to the configuration file."""
    webhooks: tuple[Webhook, ...] = ()
    """Chats that digests are posted to."""
    apprise_env: tuple[EnvironmentVariable, ...] = ()
    """Names of environment variables that each hold one address for Apprise (`pip install 'mentions[notify]'`), such as
    `tgram://…` or `matrixs://…`. Chats only: addresses that would send email are refused."""
    desk_url: WebAddress | None = None
    """Where your team opens the review desk; digests link to it."""
    timeout_s: float = Field(default=10.0, ge=1.0, le=60.0)
    """Seconds after which a chat that does not answer is given up."""
