"""May this email be approved, and what should a person know before they do? Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from mentions.findings import Verdict
from mentions.pages import PageState

if TYPE_CHECKING:  # the store itself asks this module, so at run time it must not ask for the store
    from mentions.store.records import StoredDraft

LAST_LOOK: Final = timedelta(days=1)  # an article may have got its link since; the issue of outreach asks for a day

_LINKED: Final = frozenset({Verdict.LINKED, Verdict.QUALIFIED})
_GONE: Final = frozenset({PageState.GONE, PageState.SOFT_404})


@dataclass(frozen=True, slots=True)
class Answer:
    """`refusals`: why the email may not be approved. `warnings`: what to know although it may."""

    refusals: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def may_approve(draft: "StoredDraft", *, suppressed: str | None, now: datetime, strict: bool = True) -> Answer:
    """Whether a draft may go into a mail program, as a person asks for at `now`.

    `suppressed`: why the recipient must not be written to, None where nothing says so. `strict` False lets a draft
    with problems pass with a warning (drafts.strict of the configuration), but never one that is suppressed or that
    goes to nobody's address.
    """
    refusals = [f"the recipient must not be written to: {suppressed}"] if suppressed else []
    if links_already(draft):
        refusals.append("the article links to us already")
    if draft.draft.to_address is None:
        refusals.append(f"it goes to nobody: mentions drafts edit {draft.draft.opportunity_id} --to ADDRESS")
    problems = tuple(problem for problem in draft.draft.problems if not _is_about_nobody(problem))
    if strict:
        refusals += problems
    return Answer(tuple(refusals), (*(() if strict else problems), *_warnings(draft, now)))


def links_already(draft: "StoredDraft") -> bool:
    """Does the article link to us at our last look, so that there is nothing left to ask? Asked at hand-off as well.

    A link that is marked (nofollow, ugc) is no reason where the email asks about the marking.
    """
    about_the_marking = draft.draft.template.startswith("qualified/") and draft.finding.verdict is Verdict.QUALIFIED
    return draft.finding.verdict in _LINKED and not about_the_marking


def _is_about_nobody(problem: str) -> bool:
    return problem.startswith("no address")


def _warnings(draft: "StoredDraft", now: datetime) -> tuple[str, ...]:
    finding = draft.finding
    found = []
    age = now - finding.last_checked_at
    if age > LAST_LOOK:
        found.append(f"we last looked at the article {_ago(age)} ago; it may link to us by now: look before you send")
    if finding.page_state in _GONE:
        found.append("the article was not there at the last look")
    if finding.level == "hold":
        found += [f"on hold: {reason}" for reason in finding.level_reasons[:1]]
    return tuple(found)


def _ago(age: timedelta) -> str:
    hours = int(age.total_seconds() // 3600)
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"
