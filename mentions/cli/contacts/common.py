"""How contacts are shown: in lines for people, in objects for programs."""

from rich.console import Group
from rich.text import Text

from mentions.cli.words import clean, indented
from mentions.outreach.contacts import Confidence, Role
from mentions.store.contacts import StoredContact

ROLE_WORDS = {
    Role.AUTHOR: "author",
    Role.SECTION_EDITOR: "section editor",
    Role.STAFF: "on the staff",
    Role.NEWSROOM: "newsroom",
    Role.CORRECTIONS: "corrections",
    Role.GENERAL: "general address",
    Role.WIRE_AUTHOR: "writes for a news agency",
    Role.FORM: "contact form or page",
}
_SURE = {Confidence.HIGH: "sure", Confidence.MEDIUM: "fairly sure", Confidence.LOW: "not sure"}


def entry(stored: StoredContact, *, mark: str = "") -> Group:
    """A few lines: who, what for, where it was published and when it was seen there."""
    contact = stored.contact
    head = Text(overflow="fold")
    head.append(f"{stored.id:>4}  ", style="bold")
    head.append(shown(stored), style="bold")
    if mark:
        head.append(f"  {mark}", style="green")
    role = ROLE_WORDS[contact.role] + (f" ({clean(contact.section)})" if contact.section else "")
    lines = [
        Text(f"{role} · {_SURE[contact.confidence]} · {clean(contact.why)}", overflow="fold"),
        Text(clean(contact.source_url), style="dim", overflow="fold"),
        Text(f"first seen {stored.first_seen_at:%Y-%m-%d}, last {stored.last_seen_at:%Y-%m-%d}", style="dim"),
    ]
    return Group(head, *(indented(line, 6) for line in lines))


def shown(stored: StoredContact) -> str:
    """Name and address, the form, or that a person has to look."""
    contact = stored.contact
    if contact.address:
        return f"{clean(contact.name)} <{clean(contact.address)}>" if contact.name else clean(contact.address)
    if contact.form_url:
        return clean(contact.form_url)
    return "an address hidden from programs: look at the page yourself"


def row(stored: StoredContact) -> dict[str, object]:
    """A contact for other programs; the keys are stable."""
    contact = stored.contact
    return {
        "contact": stored.id,
        "publisher": stored.publisher,
        "address": contact.address,
        "form_url": contact.form_url,
        "obfuscated": contact.obfuscated,
        "name": contact.name,
        "role": contact.role.value,
        "section": contact.section,
        "confidence": contact.confidence.value,
        "why": contact.why,
        "source_url": contact.source_url,
        "first_seen_at": stored.first_seen_at.isoformat(),
        "last_seen_at": stored.last_seen_at.isoformat(),
        "chosen": stored.chosen,
    }
