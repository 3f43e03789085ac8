"""Articles

How articles link out and which story they tell; what a page by itself said of an opportunity, beside the answer that
other pages and days changed.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=False, comment="the page's"),
        sa.Column("links_out", sa.Integer(), nullable=False, comment="links of the article to other sites"),
        sa.Column("links_followed", sa.Integer(), nullable=False, comment="those of them that are followed"),
        sa.Column("credit", sa.Text(), nullable=True, comment="whom the text names as its source; NULL: nobody"),
        sa.Column(
            "story_id",
            sa.Integer(),
            nullable=True,
            comment="the smallest id of the pages that tell this story; NULL: not compared yet",
        ),
        sa.Column(
            "sketch",
            sa.LargeBinary(),
            nullable=True,
            comment="what its text is recognised by (mentions/copies.py); NULL: too short, or it does not name us",
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_article_page_id_page")),
        sa.ForeignKeyConstraint(["publisher_id"], ["publisher.id"], name=op.f("fk_article_publisher_id_publisher")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("page_id", name=op.f("uq_article_page_id")),
    )
    op.create_index("ix_article_links", "article", ["publisher_id", "links_out", "links_followed"], unique=False)
    op.create_index(op.f("ix_article_story_id"), "article", ["story_id"], unique=False)
    op.add_column(
        "finding",
        sa.Column(
            "page_answer",
            sa.JSON().with_variant(JSONB(), "postgresql"),
            nullable=True,
            comment="level, parts and reasons by the page alone; NULL: as level, parts and level_reasons say",
        ),
    )
