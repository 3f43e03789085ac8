"""The chats whose shape we know."""

from enum import StrEnum


class ChatKind(StrEnum):
    """Which shape an address takes."""

    SLACK = "slack"  # incoming webhooks of Slack
    MATTERMOST = "mattermost"  # of Mattermost and Rocket.Chat, which know none of Slack's blocks
    DISCORD = "discord"
    TEAMS = "teams"  # workflows of Microsoft Teams
    JSON = "json"  # anything of one's own
