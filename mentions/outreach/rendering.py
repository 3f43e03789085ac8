"""The drafts a configuration and a store call for: each rendered with what earlier drafts and decisions say.

The nightly run and the commands (and whoever else lets people decide) write drafts through this one class.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from mentions.assessments import Contact
from mentions.config import Config, Sender
from mentions.exceptions import ConfigError, DraftError
from mentions.outreach.drafts import Before, problems_of_edited, render_draft, render_follow_up
from mentions.outreach.follow_ups import is_due
from mentions.outreach.placement import NONE_USED, Used
from mentions.outreach.templates import own_templates
from mentions.store import Store
from mentions.store.records import NewDraft, OpportunityState, StoredDraft, StoredFinding
from mentions.targets import Target


class Rendering:
    """Renders drafts of one store. Reads the anchors that were asked for once, and counts its own drafts to them."""

    def __init__(self, config: Config, store: Store) -> None:
        """Raises ConfigError when nobody signs, TemplateError when a template of the user's cannot be used."""
        if config.sender is None:
            raise ConfigError("is missing: nobody signs the drafts", path=config.path, where="[sender]")
        self.sender: Sender = config.sender
        self._config, self._store = config, store
        self._templates = own_templates(config.templates_folder)

    @cached_property
    def _anchors(self) -> dict[tuple[str, str], frozenset[str]]:
        """Read when the first draft is rendered: to check a text nobody needs them."""
        return dict(self._store.anchors_used())

    def first(self, finding: StoredFinding, *, now: datetime) -> NewDraft | None:
        """The first email about a finding; None when its target was taken out of the configuration.

        Raises DraftError, TemplateError.
        """
        target = self._target(finding)
        if target is None:
            return None
        address = finding.contact.address if finding.contact else None
        draft = render_draft(
            finding,
            target,
            self.sender,
            self._config.publisher(finding.publisher),
            now=now,
            templates=self._templates,
            before=self._before(address, finding, self._anchors),
        )
        anchor = (draft.suggested_url, draft.suggested_anchor)
        self._anchors[anchor] = self._anchors.get(anchor, frozenset()) | {finding.publisher}
        return draft

    def again(self, draft: StoredDraft, *, now: datetime) -> NewDraft:
        """The email as its template gives it now: with what a person chose, and with a template that was changed.

        Raises DraftError for a follow-up, which goes to the same person about the same page, TemplateError.
        """
        number = draft.draft.opportunity_id
        if draft.draft.follow_up:
            raise DraftError(f"draft {number}: it is a follow-up; edit its text instead")
        new = self.first(draft.finding, now=now)
        if new is None:
            raise DraftError(f"draft {number}: {draft.finding.target} is no target of the configuration any more")
        return new

    def suppressed(self, finding: StoredFinding) -> str | None:
        """Why nobody may write about this finding, in plain words; None: nothing forbids it."""
        return self._suppressed(finding.contact.address if finding.contact else None, finding)

    def due_follow_ups(self, *, now: datetime) -> Iterator[StoredDraft]:
        """The emails that were sent and are to be followed up now; see follow_ups.is_due."""
        settings = self._config.drafts
        if settings.follow_ups == 0:
            return
        for sent in self._store.drafts(state=OpportunityState.SENT):
            if sent.draft.follow_up >= settings.follow_ups:
                continue  # most of them, after some months: they need no further question
            standing = self._store.standing(sent.draft.opportunity_id)
            if is_due(
                sent,
                standing,
                now=now,
                working_days=settings.follow_up_after_days,
                most=settings.follow_ups,
                suppressed=self._suppressed(sent.draft.to_address, sent.finding),
            ):
                yield sent

    def follow_up(self, sent: StoredDraft, *, now: datetime) -> NewDraft | None:
        """The follow-up to an email; None when its target was taken out. Raises DraftError, TemplateError."""
        target = self._target(sent.finding)
        if target is None:
            return None
        return render_follow_up(
            sent,
            self._store.standing(sent.draft.opportunity_id),
            target,
            self.sender,
            self._config.publisher(sent.finding.publisher),
            now=now,
            most=self._config.drafts.follow_ups,
            seen=self._store.sent_message_id(sent.draft.opportunity_id),
            templates=self._templates,
            before=self._before(sent.draft.to_address, sent.finding),
        )

    def problems(self, edited: StoredDraft) -> tuple[str, ...]:
        """What is wrong with a draft as a person wrote it. Raises TemplateError."""
        target = self._target(edited.finding)
        if target is None:
            return (f"{edited.finding.target} is no target of the configuration any more",)
        return problems_of_edited(
            edited,
            target,
            self.sender,
            self._config.publisher(edited.finding.publisher),
            templates=self._templates,
            before=self._before(edited.draft.to_address, edited.finding),
        )

    def edited(
        self,
        draft: StoredDraft,
        *,
        subject: str | None = None,
        body: str | None = None,
        to: tuple[str | None, str | None, str | None] | None = None,
    ) -> StoredDraft:
        """The draft with a person's changes (`to`: address, name, page that publishes the address), and its problems.

        A text of ours is written anew for another recipient: its greeting and its last line speak of them. A text of
        a person's stays theirs. Nothing is stored; Store.edit_draft does that.
        """
        old = draft.draft
        if to is not None and body is None and draft.written_by is None and old.follow_up == 0:
            body = self._for_another(draft.finding, to, now=old.rendered_at) or old.body
        address, name, source = to or (old.to_address, old.to_name, old.contact_source_url)
        new = replace(
            old,
            subject=old.subject if subject is None else subject,
            body=old.body if body is None else body,
            to_address=address,
            to_name=name,
            contact_source_url=source,
            problems=(),
        )
        changed = replace(draft, draft=new)
        return replace(draft, draft=replace(new, problems=self.problems(changed)))

    def _for_another(
        self, finding: StoredFinding, to: tuple[str | None, str | None, str | None], *, now: datetime
    ) -> str | None:
        """The text for a recipient whom a person named."""
        address, name, source = to
        target = self._target(finding)
        if target is None:
            return None
        contact = Contact(address, name, source or "", "named by a person") if address else None
        publisher = self._config.publisher(finding.publisher)
        addressed = replace(finding, contact=contact)
        return render_draft(addressed, target, self.sender, publisher, now=now, templates=self._templates).body

    def _target(self, finding: StoredFinding) -> Target | None:
        try:
            return self._config.target(finding.target)
        except KeyError:
            return None

    def _before(self, address: str | None, finding: StoredFinding, anchors: Used = NONE_USED) -> Before:
        number = finding.opportunity_id or 0
        texts = self._store.earlier_texts(address, other_than=number) if address else []
        return Before(anchors, tuple(texts), self._suppressed(address, finding))

    def _suppressed(self, address: str | None, finding: StoredFinding) -> str | None:
        return self._store.suppressed(address, finding.publisher)
