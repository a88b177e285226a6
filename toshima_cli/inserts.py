"""Writes rows of tables without SQLAlchemy's session: for many acts in one transaction, where the session would cost
more than all the rest. The values pass the same checks of their column types (a slug outside its list is refused)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from toshima_cli.db import TELLS_OF_A_REPORT

Bind = Callable[[Any], Any]


class Inserts:
    """Gives the names of the columns that say something (`person.name`) with whatever it writes. Statements are made
    once a table."""

    def __init__(self) -> None:
        self._made: dict[Any, _Made] = {}

    def __call__(self, conn: Any, row: Any) -> list[str]:
        """Write one row, and set the id the database gives."""
        made = self._of(type(row))
        key, told = made.write(conn, row.__dict__)
        if made.key is not None:
            row.__dict__[made.key] = key
        return told

    def write(self, conn: Any, kind: Any, values: Mapping[str, Any]) -> tuple[int, list[str]]:
        """The same of a row that is no object; what is not given is as the table has it by itself. Gives its id too."""
        return self._of(kind).write(conn, values)

    def _of(self, kind: Any) -> "_Made":
        made = self._made.get(kind)
        if made is None:
            made = self._made[kind] = _make(kind)
        return made


@dataclass(frozen=True, slots=True)
class _Made:
    """The statement without and with the id, the id's column, of the others what they are by themselves and what binds
    them, and how each is told of: `table.column`, the id's last."""

    given: str
    whole: str
    key: str | None
    columns: tuple[tuple[str, Any, Bind | None], ...]
    titles: tuple[str, ...]

    def write(self, conn: Any, found: Mapping[str, Any]) -> tuple[int, list[str]]:
        values = [
            found.get(name, default) if bind is None else bind(found.get(name, default))
            for name, default, bind in self.columns
        ]
        told = [title for title, value in zip(self.titles, values, strict=False) if title and value is not None]
        if self.key is None:
            conn.execute(self.whole, values)
            return 0, told
        told.append(self.titles[-1])
        key = found.get(self.key)
        if key is not None:
            conn.execute(self.whole, [*values, key])
            return int(key), told
        return int(conn.execute(self.given, values).lastrowid), told


def _make(kind: Any) -> _Made:
    from sqlalchemy.dialects import sqlite

    dialect = sqlite.dialect()
    table = kind.__table__
    key = table.autoincrement_column.name if table.autoincrement_column is not None else None
    columns = tuple(
        (
            column.name,
            None if (field := kind.model_fields[column.name]).is_required() else field.get_default(),
            column.type.dialect_impl(dialect).bind_processor(dialect),
        )
        for column in table.columns
        if column.name != key
    )
    names = [name for name, _, _ in columns]
    whole = [*names, *([key] if key else [])]
    titles = tuple(f"{table.name}.{name}" if name != TELLS_OF_A_REPORT else "" for name in whole)
    return _Made(_insert(table.name, names), _insert(table.name, whole), key, columns, titles)


def _insert(table: str, names: list[str]) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table}" ({listed}) VALUES ({", ".join("?" * len(names))})'
