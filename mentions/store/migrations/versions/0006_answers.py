"""Answers

What people said of the sense of mentions, with what was seen when they said it.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "target", sa.Text(), nullable=False, comment="by name, so that an answer can be moved to another store"
        ),
        sa.Column("page_key", sa.Text(), nullable=False, comment="canonical URL, as page.key"),
        sa.Column("page_url", sa.Text(), nullable=False),
        sa.Column("sentence_key", sa.Text(), nullable=False, comment="hash of the normalised sentence (keys.py)"),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("is_us", sa.Boolean(), nullable=False),
        sa.Column(
            "signs",
            sa.JSON().with_variant(JSONB(), "postgresql"),
            nullable=False,
            comment="what was seen of the mention: sign → 0 … 1",
        ),
        sa.Column(
            "words", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False, comment="stems of the paragraph"
        ),
        sa.Column(
            "opportunity_id",
            sa.Integer(),
            nullable=True,
            comment="NULL: the answer was brought from another store",
        ),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=True, comment="NULL: none"),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_answer_opportunity_id_opportunity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("target", "page_key", "sentence_key", name=op.f("uq_answer_target_page_key_sentence_key")),
    )
    op.create_index(op.f("ix_answer_opportunity_id"), "answer", ["opportunity_id"])
