"""What every table shares."""

import enum
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Integer, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from mentions.store.types import StorableJson, StorableText, UtcDateTime, word


class Base(DeclarativeBase):
    """The schema. Every constraint has a name, so that a migration can name it on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: StorableText(),
        datetime: UtcDateTime(),
        enum.Enum: word(enum.Enum),
        dict[str, Any]: StorableJson(),
        list[Any]: StorableJson(),
    }

    id: Mapped[int] = mapped_column(Integer, primary_key=True, sort_order=-1)
