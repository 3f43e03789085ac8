"""The chats whose shape we know."""

from enum import StrEnum


class ChatKind(StrEnum):
    """Which shape an address takes."""

    SLACK = "slack"  # incoming webhooks of Slack, and of Mattermost and Rocket.Chat, which take the same
    DISCORD = "discord"
    TEAMS = "teams"  # workflows of Microsoft Teams
    JSON = "json"  # anything of one's own
