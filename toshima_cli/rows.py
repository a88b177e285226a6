"""What every table stands on: the names of constraints, columns of closed lists, and facts with their act."""

from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import Column, Enum, ForeignKey, Integer, MetaData, Text
from sqlmodel import Field, SQLModel

# Names for every constraint: Alembic cannot alter on SQLite what has no name.
SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


def slug_column(kind: type[StrEnum], nullable: bool = False, index: bool = False) -> Any:
    """A column that takes the values of one closed list and nothing else, checked by the database too."""
    name = "".join("_" + c.lower() if c.isupper() else c for c in kind.__name__).lstrip("_")
    enum = Enum(
        kind,
        name=name,
        values_callable=lambda e: [v.value for v in e],
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=32,
    )
    return Field(sa_column=Column(enum, nullable=nullable, index=index))


def to_column(target: str, nullable: bool = False, index: bool = True) -> Any:
    return Field(sa_column=Column(Integer, ForeignKey(target), nullable=nullable, index=index))


def text_column(nullable: bool = True) -> Any:
    return Field(default=None, sa_column=Column(Text, nullable=nullable))


class Row(SQLModel):
    model_config: ClassVar[Any] = {"defer_build": True, "arbitrary_types_allowed": True}


class Fact(Row):
    id: int | None = Field(default=None, primary_key=True)
    seq: int = Field(foreign_key="act.seq", index=True)
    on_date: date = Field(index=True)
