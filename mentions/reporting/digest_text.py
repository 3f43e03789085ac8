"""A digest as plain text, for terminals, logs and chats without markup."""

import textwrap

from mentions.reporting.message import Message


def as_text(message: Message, *, width: int = 80) -> str:
    """The message in lines of at most `width` characters, but for words that are longer."""
    lines = [message.title]
    for part in message.parts:
        lines += ["", part.title]
        for line in part.lines:
            lines += textwrap.wrap(
                line, width, initial_indent="- ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
            )
    if message.url:
        lines += ["", f"The review desk: {message.url}"]
    return "\n".join(lines) + "\n"
