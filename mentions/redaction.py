"""Secrets kept out of logs, error messages and tracebacks: passwords in addresses, tokens, what the environment gave.

Whoever reads a secret hands it to `remember`; whoever shows text to people or writes it to a log passes it through
`redacted`. Shapes that are secret wherever they stand are struck out without being remembered.
"""

import logging
import re
import sys
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Final

STRUCK_OUT: Final = "***"
_LEAST_LENGTH: Final = 4  # a shorter secret would strike out half of every text, and protects nothing

# https://user:password@host, postgresql+psycopg://user:password@host. The user's name stays; it helps with mistakes.
_PASSWORD: Final = re.compile(r"(?<=://)([^\s/:@'\"]*):[^\s/@'\"]+@")
_NAMED: Final = re.compile(
    r"\b(token|secret|password|passwd|pwd|api[_-]?key|access[_-]?key|client[_-]?secret|signature|sig)"
    r"(=|['\"]\s*:\s*['\"])[^\s&'\",;)]+",
    re.IGNORECASE,
)
# Addresses that are a secret themselves: whoever knows one may post there.
_WEBHOOK: Final = re.compile(
    r"(https://(?:hooks\.slack\.com/(?:services|workflows)|(?:ptb\.|canary\.)?discord(?:app)?\.com/api/webhooks"
    r"|api\.telegram\.org|[\w.-]+\.webhook\.office\.com|chat\.googleapis\.com/v1/spaces))/[^\s'\"]+",
    re.IGNORECASE,
)
# An email address in running text: https://medium.com/@jane and scrapy@2.19 are none. It begins where no such character
# stands before it, and its first part ends after 64 (RFC 5321): a page of a million letters is read once, not squared.
ADDRESS: Final = re.compile(r"(?<![\w.%+'-])[\w.%+'-]{1,64}@(?:[\w-]{1,63}\.){1,30}[^\W\d_]{2,63}")
_remembered: set[str] = set()


def remember(secret: str) -> str:
    """The secret itself, from now on struck out of everything `redacted`."""
    if len(secret) >= _LEAST_LENGTH:
        _remembered.add(secret)
    return secret


def redacted(text: str) -> str:
    """The text without secrets."""
    for secret in sorted(_remembered, key=len, reverse=True):  # the longest first: one may hold another
        text = text.replace(secret, STRUCK_OUT)
    text = _WEBHOOK.sub(rf"\1/{STRUCK_OUT}", text)
    text = _PASSWORD.sub(rf"\1:{STRUCK_OUT}@", text)
    return _NAMED.sub(rf"\1\2{STRUCK_OUT}", text)


def without_addresses(text: str) -> str:
    """The text without email addresses: for logs and the history, which outlive a contact that was erased (E-04)."""
    return ADDRESS.sub("(address)", text) if "@" in text else text


class Redacting(logging.Filter):
    """For a handler: message, arguments and traceback of every record, without secrets and email addresses."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets every record through, changed where it holds a secret or an address."""
        record.msg, record.args = without_addresses(redacted(record.getMessage())), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
        if record.exc_text:
            # Formatters show exc_text where there is one; rich shows exc_info by itself, so that goes.
            record.exc_text, record.exc_info = without_addresses(redacted(record.exc_text)), None
        return True


def guard_tracebacks() -> None:
    """From now on an exception that nobody caught is shown without secrets."""
    sys.excepthook = _show


def _show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    write: Callable[[str], object] = sys.stderr.write
    write(redacted("".join(traceback.format_exception(kind, error, trace))))
