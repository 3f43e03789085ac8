"""A finding worth asking about → the email that asks, and what follows it. Rendered, linted, never sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from mentions.config import Sender
from mentions.exceptions import DraftError
from mentions.outreach.cases import FOLLOW_UP, case_of
from mentions.outreach.cleaning import header_text, one_line, plain_lines
from mentions.outreach.follow_ups import in_reply_to, spoken_date
from mentions.outreach.lint import lint
from mentions.outreach.names import first_and_last, person_name
from mentions.outreach.placement import Placement, Used, place_link
from mentions.outreach.templates import Letter, Templates, chosen_language, own_templates
from mentions.outreach.variables import Value, Variables, greeting_name, variables_of, web_address
from mentions.publishers import Publisher
from mentions.store.records import NewDraft, StoredDraft, StoredFinding
from mentions.targets import Target
from mentions.workflow import Standing

NO_ADDRESS = "no address is published on this page; add one before sending"


@dataclass(frozen=True, slots=True)
class Before:
    """What the store knows of earlier drafts. The default knows nothing."""

    anchors: Used = field(default_factory=dict)  # Store.anchors_used
    texts: tuple[str, ...] = ()  # Store.earlier_texts: what this person got about other articles
    suppressed: str | None = None  # Store.suppressed: why this person or publisher must not be written to


NOTHING_BEFORE = Before()
_NOBODY: Final[Mapping[str, Value]] = {
    "name": "",
    "first_name": "",
    "address": "",
    "found": False,
    "source_url": "",
    "on_article": False,
}


def render_draft(
    finding: StoredFinding,
    target: Target,
    sender: Sender,
    publisher: Publisher | None = None,
    *,
    now: datetime,
    templates: Templates | None = None,
    before: Before = NOTHING_BEFORE,
) -> NewDraft:
    """The draft for a finding. The same finding gives the same text; `problems` says what a person must still do.

    Raises DraftError when the finding has no opportunity, TemplateError when a template cannot be used.
    """
    if finding.opportunity_id is None:
        raise DraftError(f"{finding.page_url}: there is no opportunity to write about")
    templates = templates or own_templates()
    place = place_link(
        finding.sentence,
        finding.matched,
        target,
        used=before.anchors,
        publisher=finding.publisher,
        url=finding.chosen_url,
        anchor=finding.chosen_anchor,
    )
    case = case_of(finding, target, place)
    language = chosen_language(finding.language, sender.reply_language, templates.languages(case))
    variables = variables_of(finding, target, _sender_values(sender), publisher, place, language)
    letter = templates.render(case, language, variables)
    contact = finding.contact
    return NewDraft(
        opportunity_id=finding.opportunity_id,
        template=f"{case}/{language}",
        subject=letter.subject,
        body=plain_lines(letter.body),
        to_name=greeting_name(finding, publisher),
        to_address=contact.address if contact else None,
        contact_source_url=contact.source_url if contact else None,
        suggested_url=place.url,
        suggested_anchor=place.anchor,
        suggested_html=place.sentence_html,
        rendered_at=now,
        problems=_problems(letter, variables, target, sender, before, has_address=contact is not None),
    )


def render_follow_up(
    sent: StoredDraft,
    standing: Standing,
    target: Target,
    sender: Sender,
    publisher: Publisher | None = None,
    *,
    now: datetime,
    most: int,
    seen: str | None = None,
    templates: Templates | None = None,
    before: Before = NOTHING_BEFORE,
) -> NewDraft:
    """The email that follows `sent` when nothing came; to the same person, about the same page, shorter.

    `most`: how many follow-ups there may be; the last one says so. `seen`: the Message-ID under which the email was
    found in the Sent folder. Raises DraftError, TemplateError.
    """
    if standing.sent_at is None:
        raise DraftError(f"draft {sent.draft.opportunity_id}: nothing was sent that could be followed up")
    templates = templates or own_templates()
    language = sent.draft.template.rpartition("/")[2]
    if language not in templates.languages(FOLLOW_UP):
        language = chosen_language(sent.finding.language, sender.reply_language, templates.languages(FOLLOW_UP))
    number, thread = sent.draft.follow_up + 1, in_reply_to(sent, standing, seen)
    place = Placement(sent.draft.suggested_url, sent.draft.suggested_anchor, "", sent.draft.suggested_html)
    values: dict[str, Value] = {
        "subject": one_line(sent.draft.subject).removeprefix("Re: "),
        "sent_on": spoken_date(standing.sent_at, language),
        "in_thread": thread is not None,
        "is_last": number >= most,
    }
    variables = variables_of(sent.finding, target, _sender_values(sender), publisher, place, language, values)
    variables = addressed(variables, sent)
    letter = templates.render(FOLLOW_UP, language, variables)
    return NewDraft(
        opportunity_id=sent.draft.opportunity_id,
        template=f"{FOLLOW_UP}/{language}",
        subject=header_text(letter.subject),
        body=plain_lines(letter.body),
        to_name=sent.draft.to_name,
        to_address=sent.draft.to_address,
        contact_source_url=sent.draft.contact_source_url,
        suggested_url=place.url,
        suggested_anchor=place.anchor,
        suggested_html=place.sentence_html,
        rendered_at=now,
        problems=_problems(letter, variables, target, sender, before, has_address=sent.draft.to_address is not None),
        follow_up=number,
        in_reply_to=thread,
    )


def problems_of_edited(
    edited: StoredDraft,
    target: Target,
    sender: Sender,
    publisher: Publisher | None = None,
    *,
    templates: Templates | None = None,
    before: Before = NOTHING_BEFORE,
) -> tuple[str, ...]:
    """What is wrong with a text that a person wrote: the same checks as for one of ours. Raises TemplateError.

    The way to be left alone must stand in it as the template words it, so that nobody drops it unseen; what the
    template says there of the recipient's address may go.
    """
    templates = templates or own_templates()
    draft = edited.draft
    case, _, language = draft.template.rpartition("/")
    place = Placement(draft.suggested_url, draft.suggested_anchor, "", draft.suggested_html)
    if language not in templates.languages(case):
        language = chosen_language(edited.finding.language, sender.reply_language, templates.languages(case))
    variables = variables_of(edited.finding, target, _sender_values(sender), publisher, place, language)
    variables = addressed(variables, edited)
    opt_out = templates.opt_out(language, {**variables, "contact": _NOBODY})
    letter = Letter(draft.subject, draft.body, opt_out)
    return _problems(
        letter,
        variables,
        target,
        sender,
        before,
        has_address=draft.to_address is not None,
        others=_others(edited.finding),
    )


def addressed(variables: Variables, draft: StoredDraft) -> Variables:
    """The variables with the recipient of a draft as it stands, whom a person may have changed."""
    email = draft.draft
    source = web_address(email.contact_source_url or "")
    return {
        **variables,
        "contact": {
            "name": (name := one_line(email.to_name or "")),
            "first_name": first_and_last(name)[0],
            "address": email.to_address or "",
            "found": email.to_address is not None,
            "source_url": source,
            "on_article": bool(source) and source == web_address(draft.finding.page_url),
        },
    }


def _sender_values(sender: Sender) -> dict[str, Value]:
    return {
        "name": sender.name,
        "role": sender.role or "",
        "company": sender.company,
        "postal_address": sender.postal_address or "",
    }


def _others(finding: StoredFinding) -> tuple[str, ...]:
    """Whom a text about this article may have been written to before a person named somebody else."""
    contact = finding.contact.name if finding.contact else None
    return tuple(name for name in (person_name(finding.author), contact) if name)


def _problems(
    letter: Letter,
    variables: Variables,
    target: Target,
    sender: Sender,
    before: Before,
    *,
    has_address: bool,
    others: tuple[str, ...] = (),
) -> tuple[str, ...]:
    found = () if has_address else (NO_ADDRESS,)
    if before.suppressed:
        found = (f"must not be written to: {before.suppressed}", *found)
    return found + lint(
        letter.subject,
        letter.body,
        article_url=_text(variables, "article", "url"),
        postal_address=sender.postal_address,
        opt_out=letter.opt_out,
        quoted=(
            _text(variables, "mention", "sentence"),
            _text(variables, "article", "title"),
            _text(variables, "article", "publisher"),
            _text(variables, "mention", "matched"),
            _text(variables, "target", "name"),
            _text(variables, "link", "anchor"),
            _text(variables, "contact", "source_url"),
            _text(variables, "follow_up", "subject"),
        ),
        names=tuple(filter(None, (target.name, _text(variables, "contact", "name")))),
        earlier=before.texts,
        recipient=_text(variables, "contact", "name"),
        others=others,
    )


def _text(variables: Variables, group: str, key: str) -> str:
    values = variables[group]
    value = values[key] if not isinstance(values, str | bool | None) else values
    return value if isinstance(value, str) else ""
