"""Which exit codes of a night are a failure that somebody should be woken for. Pure."""

from typing import Final

# Some publishers failed, or a limit was reached: the night's work is done, and the summary tells. At a hundred
# publishers one of them fails every other night; an alarm for that is an alarm nobody reads.
_WELL: Final = frozenset({0, 3, 4})


def ended_well(code: int) -> bool:
    """Did a night that ended with this exit code do its work?"""
    return code in _WELL
