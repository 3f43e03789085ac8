"""The history by kind and actor

Indexes by which a page of the history is found among millions of events, newest first.
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_event_kind_at", "event", ["kind", "at"])
    op.create_index("ix_event_actor_at", "event", ["actor", "at"])
