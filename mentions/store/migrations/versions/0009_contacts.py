"""Contacts

Where contacts stand on their pages, and which pages were looked at for them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contact", sa.Column("why", sa.Text(), nullable=True, comment="where on that page; NULL: not noted"))
    op.add_column(
        "contact",
        sa.Column(
            "section", sa.Text(), nullable=True, comment="what a section editor answers for; NULL: not one, or not said"
        ),
    )
    op.add_column(
        "contact",
        sa.Column(
            "obfuscated",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="the page hides an address from programs; it is not decoded",
        ),
    )
    op.create_table(
        "contact_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=True, comment="the author it is about; NULL: not an author's page"),
        sa.Column("found_on", sa.Text(), nullable=False, comment="the page that links to it"),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: not looked at yet"),
        sa.Column("problem", sa.Text(), nullable=True, comment="NULL: the last look was good, or there was none"),
        sa.Column("contacts", sa.Integer(), nullable=True, comment="how many it published; NULL: no look was good"),
        sa.ForeignKeyConstraint(
            ["publisher_id"], ["publisher.id"], name=op.f("fk_contact_page_publisher_id_publisher")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_page")),
        sa.UniqueConstraint("publisher_id", "url", name=op.f("uq_contact_page_publisher_id_url")),
    )
