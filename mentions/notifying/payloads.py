"""A message in the shape that each chat takes, and as JSON for programs of one's own. Pure.

No address that was crawled stands in any of them as a link; the only link leads to the team's own review desk.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from mentions.notifying.chats import ChatKind
from mentions.notifying.inert import anywhere, defused, discord, slack
from mentions.reporting.message import Message

_SLACK_TEXT: Final = 2900  # of 3,000 characters of a section (docs.slack.dev/reference/block-kit/blocks/section-block)
_SLACK_HEADER: Final = 140  # of 150
_DISCORD_TEXT: Final = 1900  # of 2,000 (docs.discord.com/developers/resources/webhook)
_DISCORD_SUPPRESS_EMBEDS: Final = 4  # a flag: no previews of anything that looks like an address
_MARKDOWN_TEXT: Final = 4800  # of 16,383 (docs.mattermost.com/developers/integrate/webhooks); Rocket.Chat 5,000
_TEAMS_BYTES: Final = 24_000  # of 28 KB (learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors)
_LINE: Final = 400
_DESK: Final = "Open the review desk"


def payload(kind: ChatKind, message: Message) -> dict[str, Any]:
    """What is posted to an address of this kind."""
    return _SHAPES[kind](message)


def apprise_text(message: Message) -> tuple[str, str]:
    """Title and body for services that Apprise knows and we do not."""
    lines = [line for part in message.parts for line in (part.title, *(f"- {each}" for each in part.lines), "")]
    body = "\n".join(anywhere(line, longest=_LINE) for line in lines)
    return anywhere(message.title, longest=_SLACK_HEADER), body if message.url is None else f"{body}\n{message.url}"


def _slack(message: Message) -> dict[str, Any]:
    title = slack(message.title, longest=_SLACK_HEADER)
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": title, "emoji": False}},
    ]
    for part in message.parts:
        text = "\n".join(_fitting([slack(part.title), *(f"• {slack(line, longest=_LINE)}" for line in part.lines)]))
        blocks.append({"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}})
    if message.url:
        link = f"<{slack_url(message.url)}|{_DESK}>"
        blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": link, "verbatim": True}})
    # `text` is what notifications show; without link_names and parse nothing in it is looked up.
    return {"text": title, "blocks": blocks, "unfurl_links": False, "unfurl_media": False}


def slack_url(url: str) -> str:
    """An address of ours inside <…|…>, where these three signs end it."""
    return url.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")


def _fitting(lines: list[str]) -> Iterator[str]:
    length = 0
    for line in lines:
        length += len(line) + 1
        if length > _SLACK_TEXT:
            yield "…"
            return
        yield line


def _discord(message: Message) -> dict[str, Any]:
    content = _markdown(message, discord, longest=_DISCORD_TEXT)
    return {"content": content, "allowed_mentions": {"parse": []}, "flags": _DISCORD_SUPPRESS_EMBEDS}


def _mattermost(message: Message) -> dict[str, Any]:
    """Markdown in `text` alone: an attachment's text mentions people too, and blocks are not looked at."""
    return {"text": _markdown(message, anywhere, longest=_MARKDOWN_TEXT)}


def _markdown(message: Message, inert: Callable[..., str], *, longest: int) -> str:
    """Title, parts and the address of the desk; what was crawled made harmless by `inert`."""
    lines = [f"**{inert(message.title)}**"]
    for part in message.parts:
        lines += ["", f"**{inert(part.title)}**", *(f"- {inert(line, longest=_LINE)}" for line in part.lines)]
    end = f"\n{message.url}" if message.url else ""
    text = ""
    for line in lines:
        if len(text) + len(line) + len(end) > longest:
            text += "\n…"
            break
        text += f"\n{line}" if text else line
    return text + end


def _teams(message: Message) -> dict[str, Any]:
    """An Adaptive Card of RichTextBlocks: their runs take no Markdown, which a TextBlock would."""
    body = [_run(defused(message.title), bold=True)]
    for part in message.parts:
        body.append(_run(defused(part.title), bold=True))
        body += [_run(f"• {defused(line, longest=_LINE)}") for line in part.lines]
    while len(json.dumps(body)) > _TEAMS_BYTES:
        body = [*body[:-2], _run("…")]
    card: dict[str, Any] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
    }
    if message.url:
        card["actions"] = [{"type": "Action.OpenUrl", "title": _DESK, "url": message.url}]
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


def _run(text: str, *, bold: bool = False) -> dict[str, Any]:
    inline = {"type": "TextRun", "text": text, "weight": "Bolder" if bold else "Default"}
    return {"type": "RichTextBlock", "inlines": [inline]}


def _json(message: Message) -> dict[str, Any]:
    return {
        "kind": "mentions.digest",
        "title": defused(message.title),
        "parts": [
            {"title": defused(part.title), "lines": [defused(line, longest=_LINE) for line in part.lines]}
            for part in message.parts
        ],
        "url": message.url,
    }


_SHAPES: Final[dict[ChatKind, Callable[[Message], dict[str, Any]]]] = {
    ChatKind.SLACK: _slack,
    ChatKind.MATTERMOST: _mattermost,
    ChatKind.DISCORD: _discord,
    ChatKind.TEAMS: _teams,
    ChatKind.JSON: _json,
}
