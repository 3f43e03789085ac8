"""Column types: aware UTC times on every database, texts no database refuses, the glossary's words, JSON."""

import enum
import json
import re
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import JSON, DateTime, Dialect, Enum, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

# Pages are untrusted: PostgreSQL refuses NUL in text, and neither database takes half a surrogate pair.
_REFUSED: Final = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with every character a database refuses replaced by U+FFFD."""
    return _REFUSED.sub("�", text)


def storable_json(value: Any) -> Any:
    """The same for every string inside a JSON value."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(str(key)): storable_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable_json(item) for item in value]
    return value


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime. SQLite keeps it without a zone, PostgreSQL as timestamptz; both give it back aware.

    Raises ValueError for a naive datetime: nobody knows which time that is.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class StorableText(TypeDecorator[str]):
    """Text of any length, made storable on its way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class StorableJson(TypeDecorator[Any]):
    """A JSON value; None is SQL's NULL. JSONB on PostgreSQL, text on SQLite."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        kind = JSONB if dialect.name == "postgresql" else JSON
        return dialect.type_descriptor(kind(none_as_null=True))

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return storable_json(value)


def word(enumeration: type[enum.Enum]) -> Enum:
    """A column that holds one word of an enumeration, by its value, as plain text: adding a word needs no migration."""
    return Enum(
        enumeration,
        native_enum=False,
        create_constraint=False,
        length=32,
        values_callable=lambda words: [member.value for member in words],
    )


def dump_json(value: Any) -> str:
    """How JSON columns are written: readable, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
