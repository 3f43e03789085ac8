"""The mailbox's password or token: from the environment or from a program, never from a file, never shown."""

import base64
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mentions.exceptions import MailboxError
from mentions.mailboxes import Imap
from mentions.redaction import remember


class SecretKind(StrEnum):
    """How the secret is shown to the server."""

    PASSWORD = "password"  # noqa: S105  # the word, not a password
    TOKEN = "token"  # noqa: S105  # the word, not a token


@dataclass(frozen=True, slots=True)
class Secret:
    """A password or an access token; its repr does not hold it."""

    kind: SecretKind
    value: str = field(repr=False)


def secret_of(settings: Imap, environment: Mapping[str, str] | None = None) -> Secret:
    """What [imap] names. From now on it is struck out of every message and log. Raises MailboxError."""
    if settings.password_env is not None:
        value = (os.environ if environment is None else environment).get(settings.password_env, "").strip()
        if not value:
            raise MailboxError(
                f"the environment variable {settings.password_env} is not set; it should hold the password of "
                f"{settings.name}"
            )
        return _kept(SecretKind.PASSWORD, value, settings)
    if settings.token_command is not None:
        return _kept(SecretKind.TOKEN, _printed(settings.token_command, settings), settings)
    assert settings.password_command is not None, "Imap checks that one of the three is given"
    return _kept(SecretKind.PASSWORD, _printed(settings.password_command, settings), settings)


def _kept(kind: SecretKind, value: str, settings: Imap) -> Secret:
    for shape in (value, f"\0{settings.user}\0{value}", f"user={settings.user}\1auth=Bearer {value}\1\1"):
        remember(base64.b64encode(shape.encode("utf-8")).decode("ascii"))
    remember(value)
    if not value.isprintable():
        raise MailboxError(f"the {kind} of {settings.name} holds a line break or another control character")
    return Secret(kind, value)


def _printed(command: tuple[str, ...], settings: Imap) -> str:
    """The first line that the program prints. What it says besides may hold the secret and is not repeated."""
    program = command[0]
    try:
        done = subprocess.run(  # noqa: S603  # the program that the team's own configuration names; no shell
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=settings.timeout_s, check=False
        )
    except subprocess.TimeoutExpired:
        raise MailboxError(f"{program} printed no secret for {settings.name} within {settings.timeout_s:g} s") from None
    except OSError as error:
        raise MailboxError(f"{program}, named in [imap], cannot be run: {error.strerror}") from None
    if done.returncode:
        raise MailboxError(
            f"{program}, which should print the secret of {settings.name}, ended with code {done.returncode}; "
            "run it by hand to see why"
        )
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    if not lines or not lines[0].strip():
        raise MailboxError(f"{program}, which should print the secret of {settings.name}, printed nothing")
    return lines[0].strip()
