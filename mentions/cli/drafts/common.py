"""What the commands about drafts share: which drafts, how one is named, its row for other programs."""

from collections.abc import Sequence
from typing import Any, Final

import click

from mentions.config import Config, Sender
from mentions.exceptions import ConfigError
from mentions.outreach.cleaning import one_line
from mentions.outreach.eml import file_name
from mentions.store.records import OpportunityState, StoredDraft

# In these states nobody should write to the publisher (any more): their drafts are not written as files.
_CLOSED: Final = frozenset(
    {
        OpportunityState.RECLAIMED,
        OpportunityState.DECLINED,
        OpportunityState.IGNORED,
        OpportunityState.SUPPRESSED,
    }
)


def filters(command: Any) -> Any:
    """Adds --target and --state."""
    state = click.option(
        "--state", type=click.Choice([state.value for state in OpportunityState]), help="Only drafts in this state."
    )
    return click.option("--target", help="Only this target (its name in mentions.toml).")(state(command))


def is_open(draft: StoredDraft) -> bool:
    return draft.finding.opportunity_state not in _CLOSED


def sender_of(config: Config) -> Sender:
    if config.sender is None:
        raise ConfigError("is missing: nobody signs the drafts", path=config.path, where="[sender]")
    return config.sender


def stored(config: Config, target: str | None, state: str | None) -> Sequence[StoredDraft]:
    from mentions.store import open_store

    if target is not None and target not in {known.name for known in config.targets}:
        known_names = ", ".join(known.name for known in config.targets[:8])
        raise click.BadParameter(f"{target!r} is not a target of {config.path.name}; there are: {known_names}")
    store = open_store(config.store_url, key=config.store_key)
    return store.drafts(target=target, state=OpportunityState(state) if state else None)


def same_page(found: Sequence[StoredDraft]) -> dict[int, tuple[int, ...]]:
    """For each open draft's number the numbers of the others about the same page: an editor is to get one email."""
    pages: dict[str, list[int]] = {}
    for draft in found:
        if is_open(draft):
            pages.setdefault(draft.finding.page_url, []).append(draft.draft.opportunity_id)
    return {
        draft.draft.opportunity_id: tuple(
            number for number in pages.get(draft.finding.page_url, ()) if number != draft.draft.opportunity_id
        )
        for draft in found
    }


def to_do(draft: StoredDraft, others: tuple[int, ...]) -> list[str]:
    problems = [one_line(problem) for problem in draft.draft.problems]
    if others:
        numbers = ", ".join(map(str, others))
        problems.append(f"draft {numbers} is about the same article: send one email, not {len(others) + 1}")
    return problems


def recipient(draft: StoredDraft) -> str:
    email = draft.draft
    if email.to_address is None:
        return "nobody yet"
    name = f"{one_line(email.to_name)} " if email.to_name else ""
    return f"{name}<{one_line(email.to_address)}>"


def row(draft: StoredDraft) -> dict[str, object]:
    finding, email = draft.finding, draft.draft
    return {
        "number": email.opportunity_id,
        "revision": draft.revision,
        "state": finding.opportunity_state.value if finding.opportunity_state else None,
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
        "rendered_at": email.rendered_at.isoformat(),
        "file": file_name(draft),
    }
