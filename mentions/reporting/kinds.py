"""The kinds of events that reports count. mentions.workflow.Move and mentions.rechecking say what each means."""

from typing import Final

from mentions.rechecking import Happening
from mentions.workflow import Move

SENT: Final = Move.SENT.value
REPLIED: Final = Move.REPLIED.value
DECLINED: Final = Move.DECLINED.value
NO_REPLY: Final = Move.NO_REPLY.value.replace("_", " ")
REOPENED: Final = Move.REOPEN.value
UNDONE: Final = "undone"  # its detail names the kind that it takes back

COUNTED: Final = (
    SENT,
    REPLIED,
    DECLINED,
    NO_REPLY,
    REOPENED,
    UNDONE,
    Happening.RECLAIMED.value,
    Happening.LINKED_WITHOUT_CONTACT.value,
    Happening.LINKED_ELSEWHERE.value,
    Happening.LINK_CHANGED.value,
    Happening.LINK_LOST.value,
    Happening.LINK_BACK.value,
    Happening.PAGE_GONE.value,
    Happening.PAGE_BACK.value,
)
