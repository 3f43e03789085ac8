"""Texts that somebody else wrote, made such that a chat shows them and obeys nothing in them. Pure.

Each chat has its own escapes; beside them a word joiner (invisible, breaks nothing for readers) is put where a chat
would see a mention, a link or a control sequence, so that a mistake in one of the two does no harm.
"""

import re
from typing import Final

from mentions.reporting.words import plain

_JOINER: Final = "\u2060"
_AFTER: Final = re.compile(r"([@<&]|\](?=[(\[])|:(?=//))")  # @everyone, <!channel>, &lt;, [text](address), https://
_DOT: Final = re.compile(r"(?<=\w)\.(?=[^\W\d_]{2})")  # evil.example becomes a link by itself
_SCHEME: Final = re.compile(r"\b(mailto|tel|javascript|data|vbscript|file|slack|discord|tg|msteams):", re.IGNORECASE)
_DISCORD: Final = re.compile(r"([\\*_~`|>#\-\[\]()<:+])")
_MARKDOWN: Final = re.compile(r"([\\*_~`|#\[\]])")


def defused(text: str, *, longest: int = 1000) -> str:
    """One line in which nothing is a mention, a link or a control sequence, whatever chat it comes to."""
    apart = _AFTER.sub(rf"\1{_JOINER}", plain(text, longest=longest))
    apart = _SCHEME.sub(rf"\1{_JOINER}:", apart)
    return _DOT.sub(f".{_JOINER}", apart)


def slack(text: str, *, longest: int = 1000) -> str:
    """For any text of Slack's: its three characters escaped (https://docs.slack.dev/messaging/formatting-message-text)."""
    escaped = defused(text, longest=longest).replace("&", "&amp;")
    return escaped.replace("<", "&lt;").replace(">", "&gt;")


def discord(text: str, *, longest: int = 1000) -> str:
    """For Discord's messages: every sign of its Markdown with a backslash before it."""
    return _DISCORD.sub(r"\\\1", defused(text, longest=longest))


def anywhere(text: str, *, longest: int = 1000) -> str:
    """For services whose markup is not known: signs of HTML and Markdown replaced by some that look alike."""
    alike = defused(text, longest=longest).replace("<", "‹").replace(">", "›").replace("&", "＆")
    return _MARKDOWN.sub(rf"{_JOINER}\1{_JOINER}", alike)
