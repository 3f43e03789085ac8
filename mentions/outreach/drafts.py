"""A finding worth asking about → the email that asks. Rendered, linted, never sent."""

from datetime import datetime

from mentions.config import Sender
from mentions.exceptions import DraftError
from mentions.outreach.cleaning import plain_lines
from mentions.outreach.lint import lint
from mentions.outreach.placement import Placement, place_link
from mentions.outreach.templates import Letter, Templates, case_of, chosen_language, own_templates
from mentions.outreach.variables import Value, Variables, greeting_name, variables_of
from mentions.publishers import Publisher
from mentions.store.records import NewDraft, StoredFinding
from mentions.targets import Target

NO_ADDRESS = "no address is published on this page; add one before sending"


def render_draft(
    finding: StoredFinding,
    target: Target,
    sender: Sender,
    publisher: Publisher | None = None,
    *,
    now: datetime,
    templates: Templates | None = None,
) -> NewDraft:
    """The draft for a finding. The same finding gives the same text; `problems` says what a person must still do.

    Raises DraftError when the finding has no opportunity, TemplateError when a template cannot be used.
    """
    if finding.opportunity_id is None:
        raise DraftError(f"{finding.page_url}: there is no opportunity to write about")
    templates = templates or own_templates()
    case = case_of(finding.verdict, target.kind.value)
    language = chosen_language(finding.language, sender.reply_language, templates.languages(case))
    place = place_link(finding.sentence, finding.matched, target)
    variables = variables_of(finding, target, _sender_values(sender), publisher, place)
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
        problems=_problems(letter, variables, sender, place, has_address=contact is not None),
    )


def _sender_values(sender: Sender) -> dict[str, Value]:
    return {
        "name": sender.name,
        "role": sender.role or "",
        "company": sender.company,
        "postal_address": sender.postal_address or "",
    }


def _problems(
    letter: Letter, variables: Variables, sender: Sender, place: Placement, *, has_address: bool
) -> tuple[str, ...]:
    found = () if has_address else (NO_ADDRESS,)
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
            place.anchor,
        ),
    )


def _text(variables: Variables, group: str, key: str) -> str:
    values = variables[group]
    value = values[key] if not isinstance(values, str | bool | None) else values
    return value if isinstance(value, str) else ""
