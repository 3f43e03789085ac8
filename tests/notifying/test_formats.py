"""What each chat documents of the messages it takes, asked of what is really posted to a server here.

Slack: docs.slack.dev/reference/block-kit/blocks. Mattermost: docs.mattermost.com/developers/integrate/webhooks.
Discord: docs.discord.com/developers/resources/webhook. Teams: workflows take a message of Adaptive Cards
(learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using).
"""

import json
from collections.abc import Callable
from typing import Any, Final

import pytest

from mentions.notifying.chats import ChatKind
from mentions.notifying.payloads import payload
from mentions.notifying.sending import post
from mentions.reporting.message import Message, Part
from tests.notifying.test_sending import Chat, chat

DESK: Final = "http://desk.acme.example/queue?state=new&target=a"
SHORT: Final = Message("3 worth asking", (Part("New", ("Acme & Söhne <b>win</b>", "a line")),), DESK)
LONG: Final = Message("News " * 60, tuple(Part(f"Part {n}", ("wörd " * 100,) * 10) for n in range(9)), DESK)
BARE: Final = Message("Nothing new", (), None)


def slack(made: dict[str, Any]) -> None:
    assert isinstance(made["text"], str)
    assert made["text"]
    assert 1 <= len(made["blocks"]) <= 50
    for block in made["blocks"]:
        longest = {"header": 150, "section": 3000}[block["type"]]
        assert block["text"]["type"] in ({"plain_text"} if block["type"] == "header" else {"plain_text", "mrkdwn"})
        assert 1 <= len(block["text"]["text"]) <= longest
        only = {"plain_text": "emoji", "mrkdwn": "verbatim"}[block["text"]["type"]]
        assert set(block["text"]) <= {"type", "text", only}


def mattermost(made: dict[str, Any]) -> None:
    assert set(made) == {"text"}, "blocks would not be shown, and the channel is the hook's own"
    assert 1 <= len(made["text"]) <= 5000


def discord(made: dict[str, Any]) -> None:
    assert 1 <= len(made["content"]) <= 2000
    assert made["allowed_mentions"] == {"parse": []}
    assert made["flags"] == 1 << 2


def teams(made: dict[str, Any]) -> None:
    assert made["type"] == "message"
    assert len(json.dumps(made)) <= 28 * 1024
    [attachment] = made["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.4")
    for element in card["body"]:
        assert element["type"] == "RichTextBlock"
        assert [run["type"] for run in element["inlines"]] == ["TextRun"]
        assert element["inlines"][0]["weight"] in {"Bolder", "Default"}
    for action in card.get("actions", ()):
        assert (action["type"], action["url"]) == ("Action.OpenUrl", DESK)


def of_ones_own(made: dict[str, Any]) -> None:
    assert made["kind"] == "mentions.digest"
    assert all(set(part) == {"title", "lines"} for part in made["parts"])


RULES: Final[dict[ChatKind, Callable[[dict[str, Any]], None]]] = {
    ChatKind.SLACK: slack,
    ChatKind.MATTERMOST: mattermost,
    ChatKind.DISCORD: discord,
    ChatKind.TEAMS: teams,
    ChatKind.JSON: of_ones_own,
}


@pytest.mark.parametrize("kind", list(ChatKind))
@pytest.mark.parametrize("message", [SHORT, LONG, BARE], ids=["short", "long", "bare"])
def test_what_arrives_is_what_the_chat_documents(kind: ChatKind, message: Message) -> None:
    with chat() as base:
        post(f"{base}/200/hook", payload(kind, message), timeout_s=60, user_agent="MentionsBot/1")
    ((_, headers, body),) = Chat.heard
    assert headers["Content-Type"].startswith("application/json")
    RULES[kind](json.loads(body))


@pytest.mark.parametrize("kind", list(ChatKind))
def test_every_line_and_the_desk_arrive(kind: ChatKind) -> None:
    text = json.dumps(payload(kind, SHORT), ensure_ascii=False)
    assert "a line" in text
    assert "Söhne" in text
    assert "desk.acme.example/queue" in text
