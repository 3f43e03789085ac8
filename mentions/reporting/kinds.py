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

# What looks bring to light.
LOOKS: Final = tuple(
    each.value
    for each in (
        Happening.RECLAIMED,
        Happening.LINKED_WITHOUT_CONTACT,
        Happening.LINKED_ELSEWHERE,
        Happening.LINK_CHANGED,
        Happening.LINK_LOST,
        Happening.LINK_BACK,
        Happening.PAGE_GONE,
        Happening.PAGE_BACK,
    )
)
COUNTED: Final = (SENT, REPLIED, DECLINED, NO_REPLY, REOPENED, UNDONE, *LOOKS)
