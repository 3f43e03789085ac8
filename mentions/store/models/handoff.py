"""Where drafts went: one row each time one is handed to the team's own mail program."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from mentions.store.models.base import Base


class HandOff(Base):
    """One hand-off of one revision of a draft. Written with the state `handed_off`, in one transaction."""

    __tablename__ = "hand_off"

    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id"), index=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), comment="the revision that was handed off")
    via: Mapped[str] = mapped_column(comment="eml, zip, imap or mailto")
    handed_off_at: Mapped[datetime]
    handed_off_by: Mapped[str | None] = mapped_column(comment="NULL: this program, not a person")
    mailbox: Mapped[str | None] = mapped_column(comment="user at host; NULL: not over IMAP")
    folder: Mapped[str | None] = mapped_column(comment="as the server spells it; NULL: not over IMAP")
    # 32 bits without a sign: too much for PostgreSQL's INTEGER.
    uid_validity: Mapped[int | None] = mapped_column(
        BigInteger, comment="of the folder (RFC 3501); NULL: not over IMAP"
    )
    uid: Mapped[int | None] = mapped_column(
        BigInteger, comment="APPENDUID, or found again; NULL: not over IMAP, or not told"
    )
    sent_message_id: Mapped[str | None] = mapped_column(
        comment="of the email in the Sent folder, which mail programs give anew; NULL: not seen there"
    )
