"""Hand-offs

Where drafts went: into which folder of which mailbox, under which number, and as what they were sent.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hand_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column(
            "draft_id",
            sa.Integer(),
            nullable=False,
            comment="the revision that was handed off",
        ),
        sa.Column("via", sa.Text(), nullable=False, comment="eml, zip, imap or mailto"),
        sa.Column("handed_off_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_off_by", sa.Text(), nullable=True, comment="NULL: this program, not a person"),
        sa.Column("mailbox", sa.Text(), nullable=True, comment="user at host; NULL: not over IMAP"),
        sa.Column("folder", sa.Text(), nullable=True, comment="as the server spells it; NULL: not over IMAP"),
        sa.Column(
            "uid_validity", sa.BigInteger(), nullable=True, comment="of the folder (RFC 3501); NULL: not over IMAP"
        ),
        sa.Column(
            "uid",
            sa.BigInteger(),
            nullable=True,
            comment="APPENDUID, or found again; NULL: not over IMAP, or not told",
        ),
        sa.Column(
            "sent_message_id",
            sa.Text(),
            nullable=True,
            comment="of the email in the Sent folder, which mail programs give anew; NULL: not seen there",
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_hand_off_draft_id_draft")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_hand_off_opportunity_id_opportunity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_off")),
    )
    op.create_index(op.f("ix_hand_off_opportunity_id"), "hand_off", ["opportunity_id"])
