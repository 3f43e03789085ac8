"""What SQLite and PostgreSQL write differently, and how lists of keys are asked for."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, Text, collate, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.functions import FunctionElement

from mentions.store.models import Base

Item = TypeVar("Item")

# A type alias of both dialects' Insert: they share the methods used here and no base class with them.
Upsert = sqlite.Insert | postgresql.Insert

# Rows and queries whose columns a type checker cannot follow: they are read by name, where they were selected.
AnyRow: TypeAlias = Row[*tuple[Any, ...]]
AnySelect: TypeAlias = Select[*tuple[Any, ...]]

UNICODE_LOWER: Final = "unicode_lower"  # our function in SQLite (engine.py), whose own lower() knows ASCII only
KEYS_AT_ONCE: Final = 500  # SQLite before 3.32 takes 999 parameters a statement


def insert(connection: Connection, model: type[Base]) -> Upsert:
    """An INSERT that can be given an ON CONFLICT clause on this database."""
    return postgresql.insert(model) if connection.dialect.name == "postgresql" else sqlite.insert(model)


def upsert(
    connection: Connection,
    model: type[Base],
    unique: Sequence[str],
    updated: Sequence[str] = (),
    computed: Callable[[Upsert], Mapping[str, ColumnElement[Any]]] | None = None,
) -> Upsert:
    """INSERT … ON CONFLICT (unique) DO UPDATE: `updated` columns take the new value, `computed` ones an expression.

    No other column is touched, so that what people own stays theirs.
    """
    statement = insert(connection, model)
    values: dict[str, ColumnElement[Any]] = {name: statement.excluded[name] for name in updated}
    if computed:
        values.update(computed(statement))
    if not values:
        return statement.on_conflict_do_nothing(index_elements=list(unique))
    return statement.on_conflict_do_update(index_elements=list(unique), set_=values)


def chunks(items: Sequence[Item], size: int = KEYS_AT_ONCE) -> Iterator[Sequence[Item]]:
    """The items, `size` at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


class _Lowered(FunctionElement[str]):
    """A text in small letters, those beyond ASCII too."""

    type = Text()
    inherit_cache = True


@compiles(_Lowered)
def _lower(element: _Lowered, compiler: Any, **options: Any) -> str:
    return f"lower({compiler.process(element.clauses, **options)})"


@compiles(_Lowered, "sqlite")
def _lower_on_sqlite(element: _Lowered, compiler: Any, **options: Any) -> str:
    return f"{UNICODE_LOWER}({compiler.process(element.clauses, **options)})"


def holds(column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None], text: str) -> ColumnElement[bool]:
    """Does the text stand in the column, in whatever capitals? Read row by row: for tables that are not large."""
    escaped = re.sub("([/%_])", r"/\1", text)
    return _Lowered(column).like(_Lowered(literal(f"%{escaped}%")), escape="/")


def bytewise(connection: Connection, column: InstrumentedAttribute[str]) -> ColumnElement[Any]:
    """The column, sorted by code point on every database: the same list comes out the same everywhere."""
    return collate(column, "C") if connection.dialect.name == "postgresql" else column.expression
