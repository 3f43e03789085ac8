"""Where reclaimed links end: a link on a page of ours that is gone brings nobody, and we can mend it ourselves."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from mentions.own_pages.overview import PageStanding
from mentions.reporting.facts import LinkEnd
from mentions.reporting.parts import MOST_LISTED, Line, Section, Table, left_out
from mentions.reporting.shares import share

MOST_HOPS: Final = 1  # redirects that readers and search engines follow without loss; more are worth putting right

_THERE: Final = frozenset({PageStanding.THERE, PageStanding.MOVED})


def link_ends(ends: Sequence[LinkEnd]) -> Section:
    """The part of a report about the pages of ours behind reclaimed links, by the last looks at them."""
    links: Counter[str] = Counter()
    for end in ends:
        links[_state(end)] += end.links
    standing = links.total()
    lines = (
        Line("Reclaimed links that stand", f"{standing:,}"),
        Line("their page of ours is there", share(links["there"], standing), under=True),
        Line("by a redirect of ours", share(links["redirected"], standing), under=True),
        Line("by more than one redirect", share(links["hops"], standing), under=True),
        Line("their page of ours is gone", share(links["gone"], standing), under=True),
        Line("not surely there, or not looked at", share(links["unsure"], standing), under=True),
    )
    rows = [(f"{end.url} ({_why(end)})", f"{end.links:,}") for end in ends if _needs_work(end)]
    shown = tuple(rows[:MOST_LISTED])
    table = Table(("Page of ours to look at", "Links"), shown, left_out(len(rows), len(shown))) if rows else None
    return Section(
        "Where reclaimed links end",
        "Whenever they were reclaimed; as the last looks at our own pages found them.",
        lines,
        table=table,
        sentences=advice(ends),
    )


def _state(end: LinkEnd) -> str:
    if end.standing is PageStanding.GONE:
        return "gone"
    if end.standing not in _THERE:
        return "unsure"
    if end.hops > MOST_HOPS:
        return "hops"
    return "redirected" if end.standing is PageStanding.MOVED else "there"


def _needs_work(end: LinkEnd) -> bool:
    """Is it gone, doubtful, behind many redirects, or odd within our own site?"""
    state = _state(end)
    if state == "redirected":
        return len(end.why) > 1  # one reason is that it leads elsewhere
    return state in {"gone", "hops"} or bool(end.why)


def _why(end: LinkEnd) -> str:
    hops = (f"over {end.hops} redirects",) if end.hops > MOST_HOPS else ()
    return "; ".join((*hops, *end.why)) or end.standing.value


def advice(ends: Sequence[LinkEnd]) -> tuple[str, ...]:
    """The sentence to read if one reads nothing else; none where no page of ours is gone."""
    lost = sum(end.links for end in ends if end.standing is PageStanding.GONE)
    if not lost:
        return ()
    those, them = ("1 reclaimed link ends", "it") if lost == 1 else (f"{lost:,} reclaimed links end", "them")
    return (f"{those} on a page of ours that is gone: a redirect on our own site brings {them} back without an email.",)
