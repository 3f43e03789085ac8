"""The wrong person: who is asked instead, and the text to them. Nothing is stored; Store.readdress does that."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from mentions.assessments import Contact

if TYPE_CHECKING:  # the store itself uses the record below, so at run time this module must not ask for the store
    from mentions.outreach.rendering import Rendering
    from mentions.store.contacts import StoredContact
    from mentions.store.records import NewDraft, StoredDraft


@dataclass(frozen=True, slots=True)
class Readdressed:
    """Another recipient. `wrong`: the number of the contact that was the wrong one; None: no contact of the list."""

    contact: int
    wrong: int | None
    draft: "NewDraft | None" = None  # None: there is no draft yet
    written_by: str | None = None  # of the draft's text; None: this program


def instead_of(
    address: str | None,
    known: Sequence["StoredContact"],
    *,
    rejected: Collection[int],
    may_write: Callable[[str], bool],
) -> "tuple[int | None, StoredContact | None]":
    """The number of the contact at `address`, and who comes after them; None where nobody else is known.

    `known` is in the order in which they would be asked. Nobody is asked who was rejected, who publishes no address,
    or whom nobody may write to.
    """
    wrong = next((each.id for each in known if address and each.contact.address == address), None)
    for each in known:
        to = each.contact.address
        if to and to != address and each.id not in rejected and may_write(to):
            return wrong, each
    return wrong, None


def text_to(
    contact: "StoredContact", draft: "StoredDraft", rendering: "Rendering", *, now: datetime
) -> "NewDraft | None":
    """The draft to somebody else: a text of ours written anew, a person's text as it is with another recipient.

    None when the target was taken out of the configuration. Raises DraftError, TemplateError.
    """
    who = contact.contact
    if draft.written_by is not None:
        return rendering.edited(draft, to=(who.address, who.name, who.source_url)).draft
    to = Contact(who.address, who.name, who.source_url, who.why) if who.address else None
    return rendering.first(replace(draft.finding, contact=to), now=now)
