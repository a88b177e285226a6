"""Writes rows of tables without SQLAlchemy's session: for many acts in one transaction, where the session would cost
more than all the rest. The values pass the same checks of their column types (a slug outside its list is refused)."""

from collections.abc import Callable
from typing import Any

from toshima_cli.db import TELLS_OF_A_REPORT

Bind = Callable[[Any], Any]


class Inserts:
    """`inserts(conn, row)` writes one row, sets the id the database gives, and gives the names of the columns that say
    something (`person.name`). Statements are made once a table."""

    def __init__(self) -> None:
        self._made: dict[type, _Made] = {}

    def __call__(self, conn: Any, row: Any) -> list[str]:
        given, whole, key, columns, titles = self._made.get(type(row)) or self._make(type(row))
        found = row.__dict__
        values = [found.get(name) if bind is None else bind(found.get(name)) for name, bind in columns]
        if key is None or found.get(key) is not None:
            conn.execute(whole, values if key is None else [*values, found[key]])
        else:
            found[key] = conn.execute(given, values).lastrowid
        told = [title for title, value in zip(titles, values, strict=False) if title and value is not None]
        return [*told, titles[-1]] if key else told

    def _make(self, kind: Any) -> "_Made":
        from sqlalchemy.dialects import sqlite

        dialect = sqlite.dialect()
        table = kind.__table__
        key = table.autoincrement_column.name if table.autoincrement_column is not None else None
        columns = tuple(
            (column.name, column.type.dialect_impl(dialect).bind_processor(dialect))
            for column in table.columns
            if column.name != key
        )
        names = [name for name, _ in columns]
        whole = [*names, *([key] if key else [])]
        titles = [f"{table.name}.{name}" if name != TELLS_OF_A_REPORT else "" for name in whole]
        made = (_insert(table.name, names), _insert(table.name, whole), key, columns, titles)
        self._made[kind] = made
        return made


_Made = tuple[str, str, str | None, tuple[tuple[str, Bind | None], ...], list[str]]
"""The statement without and with the id, the id's column, the others with what binds them, all as `table.column`."""


def _insert(table: str, names: list[str]) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table}" ({listed}) VALUES ({", ".join("?" * len(names))})'
