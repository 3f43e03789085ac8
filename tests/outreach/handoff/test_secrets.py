"""The mailbox's secret: from the environment or a program, struck out of every message (A-12)."""

import base64
import sys

import pytest

from mentions.exceptions import MailboxError
from mentions.mailboxes import Imap
from mentions.outreach.handoff.secrets import SecretKind, secret_of
from mentions.redaction import redacted


def settings(**changes: object) -> Imap:
    data: dict[str, object] = {"host": "imap.acme.example", "user": "mara@acme.example"}
    return Imap.model_validate(data | changes)


def program(text: str) -> list[str]:
    return [sys.executable, "-c", text]


def test_a_password_comes_from_the_environment() -> None:
    secret = secret_of(settings(password_env="MAIL_PASSWORD"), {"MAIL_PASSWORD": "correct-horse\n"})
    assert (secret.kind, secret.value) == (SecretKind.PASSWORD, "correct-horse")
    sent = base64.b64encode(b"\0mara@acme.example\0correct-horse").decode()
    assert redacted(f"a correct-horse b {sent} c") == "a *** b *** c"
    assert "correct-horse" not in repr(secret)


def test_a_missing_variable_is_named() -> None:
    with pytest.raises(MailboxError, match="MAIL_PASSWORD is not set"):
        secret_of(settings(password_env="MAIL_PASSWORD"), {})


def test_a_program_prints_password_or_token() -> None:
    printing = program("print('first-line'); print('second line')")
    assert secret_of(settings(password_command=printing)).value == "first-line"
    secret = secret_of(settings(token_command=printing))
    assert (secret.kind, secret.value) == (SecretKind.TOKEN, "first-line")


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (program("print('the-secret-itself'); raise SystemExit(4)"), "ended with code 4"),
        (program("pass"), "printed nothing"),
        (["/nowhere/at-all"], "cannot be run: No such file"),
        (program("print('the-secret' + chr(27) + '-itself')"), "control character"),
    ],
)
def test_a_program_that_fails_is_named_and_its_words_are_not(command: list[str], says: str) -> None:
    with pytest.raises(MailboxError, match=says) as caught:
        secret_of(settings(password_command=command))
    assert "-itself" not in str(caught.value)


def test_a_program_that_hangs_is_ended() -> None:
    hanging = program("import threading; threading.Event().wait(60)")
    with pytest.raises(MailboxError, match=r"printed no secret for mara@acme\.example .* within 1 s"):
        secret_of(settings(password_command=hanging, timeout_s=1))
