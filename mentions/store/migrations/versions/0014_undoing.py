"""Undoing

What people decided lately, with what it takes to undo it; and approvals that wait for a look at the article.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON().with_variant(JSONB(), "postgresql")
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment='what was decided: "approve", "not us" …'),
        sa.Column("rev", sa.Integer(), nullable=False, comment="the opportunity's version that it led to"),
        sa.Column("state", sa.String(length=32), nullable=False, comment="the state that it led to"),
        sa.Column("before", json, nullable=False, comment="the human-owned columns of the opportunity before it"),
        sa.Column("made", json, nullable=False, comment="what else came of it and is taken back with it"),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: it holds"),
        sa.Column("undone_by", sa.Text(), nullable=True, comment="NULL: it holds"),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_change_opportunity_id_opportunity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_index("ix_change_by_at", "change", ["by", "at"])
    op.create_index("ix_change_opportunity_id_rev", "change", ["opportunity_id", "rev"])
    op.create_index(op.f("ix_change_at"), "change", ["at"])
    op.create_table(
        "asked_approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False, comment="the opportunity's version that was approved"),
        sa.Column(
            "problem",
            sa.Text(),
            nullable=True,
            comment="why it was not approved after all; NULL: the look is under way",
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_asked_approval_opportunity_id_opportunity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_approval")),
        sa.UniqueConstraint("opportunity_id", name=op.f("uq_asked_approval_opportunity_id")),
    )
