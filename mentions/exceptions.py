"""The one exception tree. Each class says when and from where it is raised."""

from pathlib import Path


class MentionsError(Exception):
    """Base of every error this package raises on purpose; its text is shown to people as it is."""


class ConfigError(MentionsError):
    """The configuration cannot be used. Raised by `mentions.config`; the CLI turns it into exit code 2."""

    def __init__(self, message: str, *, path: Path | None = None, where: str | None = None) -> None:
        """`where` is a line ("line 12") or a key ("targets[2].kind") of the file at `path`."""
        self.path, self.where, self.problem = path, where, message
        super().__init__(": ".join(str(part) for part in (path, where, message) if part))


class UnparsablePage(MentionsError):
    """A page whose bytes must not or cannot be parsed. Raised by `mentions.extraction`; counted, the run goes on."""


class FetchError(MentionsError):
    """A single page that could not be fetched. Raised by `mentions.crawling.fetch`; its text says why."""

    def __init__(self, reason: str, *, http_status: int | None = None) -> None:
        """`http_status` None: there was no answer, or we did not ask."""
        self.http_status = http_status
        super().__init__(reason)


class SourceError(MentionsError):
    """A feed, sitemap or listing that cannot be read. Raised by `mentions.sources`; says why in plain words."""


class ArchiveError(MentionsError):
    """A WARC file that cannot be read. Raised by `mentions.archive`; names the file and, where known, the offset."""


class StoreError(MentionsError):
    """The database cannot be opened, upgraded or written. Raised by `mentions.store`."""


class NothingThere(StoreError):
    """A number that names nothing that is stored (any more). Raised by `mentions.store`; the desk answers 404."""


class AlreadyRunning(MentionsError):
    """Another run holds the lock. Raised by `mentions.store.lock`; the CLI turns it into exit code 75."""


class TemplateError(MentionsError):
    """A draft template that cannot be used: unknown variable, forbidden syntax. Names template and line."""


class DraftError(MentionsError):
    """One draft that cannot be rendered or exported; the others go on. Raised by `mentions.outreach`."""


class DecisionRefused(MentionsError):
    """A decision about an opportunity that cannot be. Raised by `Store.decide` and `Store.edit_draft`; says why."""


class StaleRevision(DecisionRefused):
    """Somebody else decided in between: the opportunity is no longer the one that was looked at.

    Raised by `Store.decide` and `Store.edit_draft` when `rev` is given and another is in the store.
    """

    def __init__(self, opportunity_id: int, *, seen: int, found: int, by: str | None) -> None:
        """`seen` is the version decided upon, `found` the one stored, `by` who changed it (None: the program)."""
        self.opportunity_id, self.seen, self.found, self.by = opportunity_id, seen, found, by
        who = f" by {by}" if by else ""
        super().__init__(
            f"opportunity {opportunity_id} was changed{who} in the meantime (you saw version {seen}, it is at "
            f"version {found}); look at it again"
        )


class UserRefused(MentionsError):
    """A user of the desk who cannot be added or changed. Raised by `mentions.store`; says why."""


class ExportError(MentionsError):
    """A file that cannot be exported: no folder, no room, too many rows. Raised by `mentions.exports`."""


class MailboxError(MentionsError):
    """The team's mailbox cannot be used: login, folder, secret. Raised by `mentions.outreach.handoff`.

    Names the mailbox and holds no secret.
    """


class MailboxGone(MailboxError):
    """The mailbox cannot be reached (any more). Raised by `mentions.outreach.handoff.mailbox`; try again later."""


class NotifyError(MentionsError):
    """A chat that did not take a message. Raised by `mentions.notifying`; a warning of the run, never its end.

    Its text holds no part of the address, which is a secret.
    """
