"""F-17: what strangers write is inert in every chat."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentions.notifying.chats import ChatKind
from mentions.notifying.inert import anywhere, defused, discord, slack
from mentions.notifying.payloads import apprise_text, payload
from mentions.reporting.message import Message, Part

HOSTILE = (
    "<!channel> look",
    "<!here|here>",
    "<@U024BE7LH> and <#C024BE7LR>",
    "@everyone @here @channel",
    "[x](http://evil.test)",
    "<https://evil.test|our desk>",
    "![i](http://evil.test/i.png)",
    "&lt;!channel&gt;",
    "*bold* _it_ ~no~ `code` ||spoiler|| > quote # title",
    "<at>everyone</at>",
    '<a href="http://evil.test">desk</a><script>alert(1)</script>',
    "mailto:editor@courier.test",
    "www.evil.test",
    "https://evil.test/a?b=c",
    "\u202egnihsihp\u202c",
    "line\nbreak\r\n- item",
    "<t:1700000000:R> <id:customize> </cmd:1>",
    "{{7*7}} ${7*7} %s",
)
DESK = "https://desk.acme.example/"


def message_of(text: str) -> Message:
    return Message(f"News: {text}", (Part(f"Found {text}", (text, f"Courier: “{text}”")),), DESK)


def texts(value: object) -> list[str]:
    """Every string in a payload."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts(item)]
    return [text for item in value for text in texts(item)] if isinstance(value, list) else []


def test_nothing_in_a_defused_text_is_a_link_a_mention_or_a_command() -> None:
    for text in HOSTILE:
        inert = defused(text)
        assert not re.search(r"@\w|<[@#!/\w]|\]\(|://|\w\.[a-z]{2}|mailto:\w|[\r\n\u202e]", inert), inert


@pytest.mark.parametrize("kind", list(ChatKind))
@pytest.mark.parametrize("text", HOSTILE)
def test_no_shape_of_a_payload_holds_a_live_link_or_mention(kind: ChatKind, text: str) -> None:
    made = payload(kind, message_of(text))
    json.dumps(made)
    for found in texts(made):
        if DESK in found or found.startswith("http://adaptivecards.io/"):
            found = found.replace(DESK, "").replace("http://adaptivecards.io/", "")
        assert "evil.test" not in found
        assert "@everyone" not in found
        assert "<!" not in found
        assert "<@" not in found
        assert "](" not in found
        assert "://" not in found


def test_slack_escapes_its_three_characters_and_looks_nothing_up() -> None:
    made = payload(ChatKind.SLACK, message_of("<!channel> & @everyone"))
    assert not {"link_names", "parse"} & set(made)
    assert made["unfurl_links"] is made["unfurl_media"] is False
    crawled = [block["text"] for block in made["blocks"] if "Found" in block["text"]["text"]]
    assert [text["type"] for text in crawled] == ["plain_text"]
    assert "&lt;" in crawled[0]["text"]
    assert "&amp;" in crawled[0]["text"]


def test_slack_knows_no_link_but_the_one_to_our_desk() -> None:
    made = payload(ChatKind.SLACK, message_of("<https://evil.test|desk>"))
    links = [block["text"]["text"] for block in made["blocks"] if block["text"]["type"] == "mrkdwn"]
    assert links == [f"<{DESK}|Open the review desk>"]


def test_discord_may_mention_nobody_and_previews_nothing() -> None:
    made = payload(ChatKind.DISCORD, message_of("@everyone [x](http://evil.test)"))
    assert made["allowed_mentions"] == {"parse": []}
    assert made["flags"] == 4
    assert "\\[x\\]" in made["content"]


def test_teams_gets_runs_of_text_which_take_no_markup() -> None:
    made = payload(ChatKind.TEAMS, message_of("[x](http://evil.test) <at>everyone</at>"))
    card = made["attachments"][0]["content"]
    assert {element["type"] for element in card["body"]} == {"RichTextBlock"}
    assert [action["url"] for action in card["actions"]] == [DESK]


def test_long_messages_stay_within_what_each_chat_takes() -> None:
    line = "<&>[" * 200
    long = Message("News", tuple(Part(f"Part {n}", tuple(line for _ in range(10))) for n in range(8)), DESK)
    slack_blocks = payload(ChatKind.SLACK, long)["blocks"]
    assert max(len(block["text"]["text"]) for block in slack_blocks) <= 3000
    content = payload(ChatKind.DISCORD, long)["content"]
    assert len(content) <= 2000
    assert content.endswith(DESK)
    assert len(json.dumps(payload(ChatKind.TEAMS, long))) <= 28_000


def test_apprise_gets_signs_that_only_look_like_markup() -> None:
    title, body = apprise_text(message_of("<b>*x*</b> [y](http://evil.test) &amp;"))
    for text in (title, body.replace(DESK, "")):
        assert not re.search(r"[<>&]|://|\]\(", text)


@given(st.text(max_size=300))
def test_whatever_is_written_is_one_inert_line(text: str) -> None:
    for inert in (defused(text), slack(text), discord(text), anywhere(text)):
        assert "\n" not in inert
        assert "://" not in inert
        assert not re.search(r"(?<!\\)@[a-z]", inert)
    assert not set("<>") & set(slack(text))
