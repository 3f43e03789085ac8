"""What Alembic runs: the steps, on the connection that mentions.store.upgrading hands over, inside its transaction."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Enum

from mentions.store.models import Base
from mentions.store.types import StorableJson, StorableText, UtcDateTime


def render_item(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """How `alembic revision` writes our types: as plain ones, so that an old step never changes with the code."""
    if kind != "type":
        return False
    if isinstance(item, Enum):
        return f"sa.String({item.length})"
    plain = {
        StorableText: "sa.Text()",
        UtcDateTime: "sa.DateTime(timezone=True)",
        StorableJson: 'sa.JSON().with_variant(JSONB(), "postgresql")',
    }
    return plain.get(type(item), False)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes tables by copying them
    render_item=render_item,
    transactional_ddl=True,  # true for SQLite too: no driver of ours commits before DDL
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
