"""What the commands about drafts share: which drafts, how one is named, its row for other programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from mentions.config import Config, Sender
from mentions.exceptions import ConfigError
from mentions.outreach.cleaning import one_line
from mentions.outreach.eml import file_name
from mentions.store.records import OpportunityState, StoredDraft
from mentions.workflow import CLOSED

if TYPE_CHECKING:
    from mentions.store import Store


def filters(command: Any) -> Any:
    """Adds --target and --state."""
    state = click.option(
        "--state", type=click.Choice([state.value for state in OpportunityState]), help="Only drafts in this state."
    )
    return click.option("--target", help="Only this target (its name in mentions.toml).")(state(command))


def is_open(draft: StoredDraft) -> bool:
    """May anybody still write to the publisher about it?"""
    return draft.finding.opportunity_state not in CLOSED


def waits(draft: StoredDraft, today: datetime) -> bool:
    """Is it open, and not put off?"""
    until = draft.finding.snoozed_until
    return is_open(draft) and (until is None or until <= today)


def sender_of(config: Config) -> Sender:
    """Who signs. Raises ConfigError where nobody does."""
    if config.sender is None:
        raise ConfigError("is missing: nobody signs the drafts", path=config.path, where="[sender]")
    return config.sender


def opened(config: Config) -> "Store":
    """The configured store, closed when the command ends; loaded only where one needs it: help answers at once."""
    from mentions.store import open_store

    store = open_store(config.store_url, key=config.store_key)
    click.get_current_context().call_on_close(store.close)
    return store


def stored(config: Config, target: str | None, state: str | None) -> Sequence[StoredDraft]:
    """The drafts of a target, in a state. Raises BadParameter where there is no such target."""
    if target is not None and target not in {known.name for known in config.targets}:
        known_names = ", ".join(known.name for known in config.targets[:8])
        raise click.BadParameter(f"{target!r} is not a target of {config.path.name}; there are: {known_names}")
    return opened(config).drafts(target=target, state=OpportunityState(state) if state else None)


def one(drafts: Sequence[StoredDraft], number: int) -> StoredDraft:
    """The draft of that number. Raises BadParameter where there is none."""
    draft = next((draft for draft in drafts if draft.draft.opportunity_id == number), None)
    if draft is None:
        raise click.BadParameter(f"there is no draft {number}; `mentions drafts` lists them", param_hint="NUMBER")
    return draft


@dataclass(frozen=True, slots=True)
class Beside:
    """The numbers of other open drafts that an editor should not get as well."""

    same_page: tuple[int, ...] = ()
    same_person: tuple[int, ...] = ()  # about other pages


def beside(found: Sequence[StoredDraft]) -> dict[int, Beside]:
    """For each draft's number what lies beside it: one email an article, and one a person at a time."""
    pages: dict[str, list[int]] = {}
    people: dict[str, list[int]] = {}
    for draft in filter(is_open, found):
        pages.setdefault(draft.finding.page_url, []).append(draft.draft.opportunity_id)
        if draft.draft.to_address:
            people.setdefault(draft.draft.to_address.lower(), []).append(draft.draft.opportunity_id)
    answer = {}
    for draft in found:
        number = draft.draft.opportunity_id
        same_page = [other for other in pages.get(draft.finding.page_url, ()) if other != number]
        person = people.get((draft.draft.to_address or "").lower(), [])
        answer[number] = Beside(
            tuple(same_page), tuple(other for other in person if other != number and other not in same_page)
        )
    return answer


def to_do(draft: StoredDraft, others: Beside) -> list[str]:
    """What a person must still do, in lines."""
    problems = [one_line(problem) for problem in draft.draft.problems]
    if others.same_page:
        numbers = ", ".join(map(str, others.same_page))
        problems.append(f"draft {numbers} is about the same article: send one email, not {len(others.same_page) + 1}")
    if others.same_person:
        numbers = ", ".join(map(str, others.same_person))
        problems.append(
            f"draft {numbers} {'goes' if len(others.same_person) == 1 else 'go'} to the same person: "
            "send one, put the others off"
        )
    return problems


def recipient(draft: StoredDraft) -> str:
    """Whom it goes to, for reading."""
    email = draft.draft
    if email.to_address is None:
        return "nobody yet"
    name = f"{one_line(email.to_name)} " if email.to_name else ""
    return f"{name}<{one_line(email.to_address)}>"


def row(draft: StoredDraft) -> dict[str, object]:
    """A draft for other programs; the keys are stable."""
    finding, email = draft.finding, draft.draft
    return {
        "number": email.opportunity_id,
        "revision": draft.revision,
        "written_by": draft.written_by,
        "follow_up": email.follow_up,
        "state": finding.opportunity_state.value if finding.opportunity_state else None,
        "snoozed_until": finding.snoozed_until.isoformat() if finding.snoozed_until else None,
        "priority": finding.priority,
        "target": finding.target,
        "verdict": finding.verdict.value,
        "publisher": finding.publisher,
        "page_url": finding.page_url,
        "page_title": finding.page_title,
        "sentence": finding.sentence,
        "template": email.template,
        "to_name": email.to_name,
        "to_address": email.to_address,
        "contact_source_url": email.contact_source_url,
        "subject": email.subject,
        "body": email.body,
        "suggested_url": email.suggested_url,
        "suggested_anchor": email.suggested_anchor,
        "suggested_html": email.suggested_html,
        "problems": list(email.problems),
        "message_id": draft.message_id,
        "in_reply_to": email.in_reply_to,
        "rendered_at": email.rendered_at.isoformat(),
        "file": file_name(draft),
    }
