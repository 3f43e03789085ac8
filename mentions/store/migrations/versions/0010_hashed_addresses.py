"""Hashed addresses

The suppression list keeps addresses as keyed hashes; those that stand there in plain are hashed, none is lost.
"""

import sqlalchemy as sa
from alembic import context, op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("suppression") as batch:
        batch.add_column(
            sa.Column("key_id", sa.Text(), nullable=True, comment="by which key it was hashed; NULL: a domain")
        )
        batch.alter_column(
            "value",
            existing_type=sa.Text(),
            existing_nullable=False,
            existing_comment="lower case",
            comment="a domain in lower case, or the keyed hash of an address or name",
        )
    _hash_addresses(op.get_bind())


def _hash_addresses(connection: sa.Connection) -> None:
    table = sa.table("suppression", sa.column("id"), sa.column("kind"), sa.column("value"), sa.column("key_id"))
    plain = connection.execute(
        sa.select(table.c.id, table.c.value).where(table.c.kind == "address").order_by(table.c.id)
    ).all()
    if not plain:
        return
    # The hash of today's program: what it writes here it must find again.
    from mentions.outreach.suppression import hashed, key_id

    key = context.config.attributes["key"].get()
    seen: set[str] = set()
    for row in plain:
        try:
            value = hashed(row.value, key)
        except ValueError:
            continue  # no address: it never kept anybody from being written to, and a person may have meant something
        if value in seen:  # jane@… and Jane+news@… are one person; the older entry stays
            connection.execute(sa.delete(table).where(table.c.id == row.id))
        else:
            connection.execute(sa.update(table).where(table.c.id == row.id).values(value=value, key_id=key_id(key)))
        seen.add(value)
