"""The queue

What the review desk's lists filter and sort by, in one narrow table that triggers keep (store/queue_upkeep.py); the
views that people keep; and an index for counting findings of each target by verdict and time.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

FILTERS = [
    "state",
    "level",
    "verdict",
    "target_id",
    "publisher_id",
    "language",
    "assigned_to",
    "has_contact",
    "waits",
    "snoozed_until",
]


def upgrade() -> None:
    op.create_table(
        "queue_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False, comment="its domain"),
        sa.Column("verdict", sa.String(32), nullable=False),
        sa.Column("level", sa.String(32), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False, comment="0 … 100; -1: nobody would ask"),
        sa.Column("language", sa.Text(), nullable=True, comment="NULL: not known"),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "found_at", sa.DateTime(timezone=True), nullable=False, comment="when the opportunity was written down"
        ),
        sa.Column("assigned_to", sa.Text(), nullable=True, comment="NULL: nobody"),
        sa.Column(
            "has_contact",
            sa.Boolean(),
            nullable=False,
            comment="an address is known: a person's choice, else the finding's",
        ),
        sa.Column(
            "waits",
            sa.Boolean(),
            nullable=False,
            comment="a person should look at it: a new find, a draft, a follow-up",
        ),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True, comment="NULL: not snoozed"),
        sa.PrimaryKeyConstraint("id", name="pk_queue_row"),
    )
    op.create_index("ix_queue_row_priority", "queue_row", ["priority", "id", *FILTERS, "found_at"])
    op.create_index("ix_queue_row_found", "queue_row", ["found_at", "id", *FILTERS])
    op.create_index("ix_queue_row_moved", "queue_row", ["state_at", "id", *FILTERS, "found_at"])
    op.create_index("ix_queue_row_publisher", "queue_row", ["publisher", "id", *FILTERS, "found_at"])
    op.create_index(
        "ix_queue_row_counts",
        "queue_row",
        [
            "state",
            "verdict",
            "level",
            "target_id",
            "publisher_id",
            "language",
            "assigned_to",
            "has_contact",
            "waits",
            "snoozed_until",
            "found_at",
        ],
    )
    op.create_index(
        "ix_queue_row_of_publisher",
        "queue_row",
        [
            "publisher_id",
            "state",
            "verdict",
            "level",
            "target_id",
            "language",
            "assigned_to",
            "has_contact",
            "waits",
            "snoozed_until",
            "found_at",
        ],
    )
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False, comment="the user it is for; empty: everybody"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False, comment="as it stands in the address of the page"),
        sa.Column("saved_by", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_view"),
        sa.UniqueConstraint("owner", "name", name="uq_saved_view_owner_name"),
    )
    op.create_index("ix_finding_target_verdict_seen", "finding", ["target_id", "verdict", "first_seen_at"])
