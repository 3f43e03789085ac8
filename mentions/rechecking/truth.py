"""One look more: what is known of an article afterwards, what happened, and what the program may decide about it.

Nothing here leaves `ignored`, `declined` or `suppressed` (acceptance G-10), and no single look that saw less than the
one before changes a truth (G-12).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from mentions.rechecking.days import ABSENT_DAYS, DAY_APART, is_another_day
from mentions.rechecking.looks import Look, SeenLink
from mentions.rechecking.words import Happening, Sight, Truth
from mentions.workflow import Move, OpportunityState, Standing

# A link that stands in the article closes these; `ignored`, `declined` and `suppressed` are a person's word.
_RECLAIMED_FROM: Final = frozenset(
    {
        OpportunityState.APPROVED,
        OpportunityState.HANDED_OFF,
        OpportunityState.SENT,
        OpportunityState.REPLIED,
        OpportunityState.NO_REPLY,
    }
)
_BEFORE_ASKING: Final = frozenset({OpportunityState.NEW, OpportunityState.DRAFTED})


@dataclass(frozen=True, slots=True)
class Watched:
    """What is known of one opportunity's article, by every look so far. Crawler-owned."""

    truth: Truth | None = None  # what good looks proved; None: no look was good
    truth_since: datetime | None = None
    baseline: Truth | None = None  # the truth when the opportunity was found: what stood then was not reclaimed
    seen: Truth | None = None  # what the last good look saw
    pending_since: datetime | None = None  # since when good looks see less than the truth says
    rewritten: bool = False  # the last good look found another text than the one that named us
    link: SeenLink | None = None  # the link of ours that stands in the article, or stood there last
    lost_at: datetime | None = None  # when it counted as lost; None: it stands, or none ever stood
    last_look_at: datetime | None = None
    last_good_at: datetime | None = None
    failures: int = 0  # looks in a row that told nothing
    hidden_since: datetime | None = None  # since when the page cannot be seen
    absent: int = 0  # days on which it was not there, since it was seen last
    absent_at: datetime | None = None
    gone_at: datetime | None = None

    @property
    def improved(self) -> bool:
        """Does a link stand where it was agreed to, better than what stood there when the opportunity was found?"""
        if self.truth is None or self.baseline is None or not self.truth.stands:
            return False
        return self.truth.is_better_than(self.baseline)


@dataclass(frozen=True, slots=True)
class Happened:
    """Something a look brought to light; `detail` as the words of the package list it, JSON values only."""

    kind: Happening
    detail: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Followed:
    """What follows from a look. `move`: what mentions.workflow is asked to do; it may refuse."""

    watched: Watched
    happened: tuple[Happened, ...] = ()
    move: Move | None = None


def after(before: Watched, look: Look, standing: Standing) -> Followed:
    """What is known after a look at the article of an opportunity that stands so.

    A look dated before the last one (a clock that was put back) counts as made at the same moment as that.
    """
    at = max(look.at, before.last_look_at or look.at)
    looked = replace(before, last_look_at=at)
    if look.sight.is_good and look.truth is not None:
        return _seen(before, looked, look, standing, at)
    if look.sight is Sight.ABSENT:
        return _absent(looked, look, at)
    if look.sight is Sight.HIDDEN:
        return _hidden(looked, look, at)
    return Followed(replace(looked, failures=before.failures + 1))


def contacted_at(standing: Standing) -> datetime | None:
    """When somebody was written to about it, as far as we know; None: nobody was."""
    return standing.sent_at or standing.handed_off_at


def _seen(before: Watched, looked: Watched, look: Look, standing: Standing, at: datetime) -> Followed:
    assert look.truth is not None, "asked by the caller"
    watched = replace(
        looked,
        seen=look.truth,
        rewritten=look.rewritten or (before.rewritten and look.sight is Sight.UNCHANGED),
        last_good_at=at,
        failures=0,
        hidden_since=None,
        absent=0,
        absent_at=None,
        gone_at=None,
    )
    happened: list[Happened] = []
    if before.truth is None:
        watched = _now(watched, look.truth, at, baseline=look.truth, link=look.link)
    elif look.truth.has_link:
        watched, what = _with_link(before, watched, look, at)
        happened += what
    elif before.truth.has_link:
        watched, what = _without_link(before, watched, look, at)
        happened += what
    else:
        watched, what = _without_name(before, watched, look, at)
        happened += what
    if before.gone_at is not None:
        happened.insert(0, Happened(Happening.PAGE_BACK, _detail(watched, gone_at=before.gone_at)))
    credit, move = _credit(before, watched, standing, at)
    return Followed(watched, (*happened, *credit), move)


def _now(watched: Watched, truth: Truth, at: datetime, **more: Any) -> Watched:
    since = watched.truth_since if watched.truth is truth else at
    return replace(watched, truth=truth, truth_since=since, pending_since=None, **more)


def _with_link(before: Watched, watched: Watched, look: Look, at: datetime) -> tuple[Watched, list[Happened]]:
    """One look that sees a link proves it."""
    assert before.truth is not None
    assert look.truth is not None
    watched = _now(watched, look.truth, at, link=look.link, lost_at=None)
    if before.truth.has_link:
        same = look.truth is before.truth and look.link is not None and look.link.is_as(before.link)
        return watched, [] if same else [Happened(Happening.LINK_CHANGED, _detail(watched, **_was(before)))]
    if before.lost_at is not None:
        return watched, [Happened(Happening.LINK_BACK, _detail(watched, lost_at=before.lost_at))]
    return watched, [] if look.truth.stands else [Happened(Happening.LINKED_ELSEWHERE, _detail(watched))]


def _without_link(before: Watched, watched: Watched, look: Look, at: datetime) -> tuple[Watched, list[Happened]]:
    """One look without the link only makes us suspicious; a second one a day later proves that it went away."""
    assert look.truth is not None
    since = before.pending_since
    if since is None or at - since < DAY_APART:
        return replace(watched, pending_since=since or at), []
    lost = _now(watched, look.truth, at, lost_at=at)
    detail = _detail(lost, why=_why(lost), **_was(before), stood_since=before.truth_since, lost_since=since)
    return lost, [Happened(Happening.LINK_LOST, detail)]


def _without_name(before: Watched, watched: Watched, look: Look, at: datetime) -> tuple[Watched, list[Happened]]:
    """No link then, and none now: does the article still name us? That it does is proved by one look."""
    assert look.truth is not None
    if look.truth is not Truth.NOT_NAMED or before.truth is Truth.NOT_NAMED:
        return _now(watched, look.truth, at), []
    since = before.pending_since
    if since is None or at - since < DAY_APART:
        return replace(watched, pending_since=since or at), []
    removed = _now(watched, look.truth, at)
    return removed, [Happened(Happening.MENTION_REMOVED, _detail(removed, why=_why(removed)))]


def _credit(
    before: Watched, watched: Watched, standing: Standing, at: datetime
) -> tuple[tuple[Happened, ...], Move | None]:
    """Is a link of ours there that was not when we found the article, and whose merit is it?"""
    if watched.lost_at is not None and watched.truth is Truth.UNLINKED and standing.state is OpportunityState.RECLAIMED:
        return (), Move.LOSE
    counted = standing.state is OpportunityState.RECLAIMED and before.lost_at is None
    if counted or not watched.improved:
        return (), None
    contacted = contacted_at(standing)
    move = Move.RECLAIM if _closes(watched, standing) else None
    if not before.improved:
        if contacted is None:
            return (Happened(Happening.LINKED_WITHOUT_CONTACT, _detail(watched)),), move
        days = max((at - contacted).days, 0)
        return (Happened(Happening.RECLAIMED, _detail(watched, asked_at=contacted, days=days)),), move
    # It stood before, and a person went on with the opportunity all the same.
    return ((Happened(Happening.LINKED_WITHOUT_CONTACT, _detail(watched)),), move) if move else ((), None)


def _closes(watched: Watched, standing: Standing) -> bool:
    """Is nothing left to ask for? A marked link that came by itself leaves that to whoever approved the draft."""
    if contacted_at(standing) is not None:
        return standing.state in _RECLAIMED_FROM | _BEFORE_ASKING
    return standing.state in _RECLAIMED_FROM and watched.truth is Truth.LINKED


def _absent(looked: Watched, look: Look, at: datetime) -> Followed:
    """At most one a day counts."""
    if not is_another_day(looked.absent_at, at):
        return Followed(looked)
    watched = replace(looked, absent=looked.absent + 1, absent_at=at)
    if watched.absent < ABSENT_DAYS or watched.gone_at is not None:
        return Followed(watched)
    watched = replace(watched, gone_at=at)
    detail = _detail(watched, why=look.reason, http_status=look.http_status)
    return Followed(watched, (Happened(Happening.PAGE_GONE, detail),))


def _hidden(looked: Watched, look: Look, at: datetime) -> Followed:
    watched = replace(looked, failures=looked.failures + 1, hidden_since=looked.hidden_since or at)
    if looked.hidden_since is not None or looked.truth is None:
        return Followed(watched)
    detail = _detail(watched, page_state=look.page_state.value, why=look.reason, truth_at=looked.last_good_at)
    return Followed(watched, (Happened(Happening.UNVERIFIABLE, detail),))


def _why(watched: Watched) -> str:
    if watched.truth is Truth.UNLINKED:
        return "link removed"
    return "article rewritten" if watched.rewritten else "mention removed"


def _was(before: Watched) -> dict[str, Any]:
    link = before.link
    return {
        "was": before.truth.value if before.truth else None,
        "was_url": link.url if link else None,
        "was_rel": " ".join(link.rel) if link else None,
    }


def _detail(watched: Watched, **more: Any) -> dict[str, Any]:
    """As the words of the package list it; what is None is left out."""
    found: dict[str, Any] = {"truth": watched.truth.value if watched.truth else None}
    if watched.truth is not None and watched.truth.has_link and watched.link is not None:
        link = watched.link
        found |= {"url": link.url, "rel": " ".join(link.rel), "anchor": link.anchor, "zone": link.zone.value}
        found["target_status"] = link.target_status
    found |= {name: value.isoformat() if isinstance(value, datetime) else value for name, value in more.items()}
    return {name: value for name, value in found.items() if value is not None}
