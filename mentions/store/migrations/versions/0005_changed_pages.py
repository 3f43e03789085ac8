"""Changed pages

A known page is fetched again when its source says that it has changed since our last look.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "page",
        sa.Column(
            "due_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="since when another look is due; NULL: nothing says that it has changed",
        ),
    )
    op.create_index(
        "ix_page_due",
        "page",
        ["publisher_id", "due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
