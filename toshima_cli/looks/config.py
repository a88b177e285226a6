"""The settings as they stand: what was shipped, what the office has changed, what it added."""

from typing import Any

from toshima_cli.db import queries
from toshima_cli.domain import office


def settings(conn: Any, key: str | None = None, *, english: bool = False) -> list[dict[str, Any]]:
    """{key, value, shipped, changed_on, changed_by, name, basis, source}, in the order they are shipped, then those the
    office added. `shipped` is None for these, `changed_on` and `changed_by` where nothing was changed."""
    q = queries("places")
    shipped = {row["key"]: row for row in q.settings(conn)}
    changes = {row["key"]: row for row in q.setting_changes(conn)}  # of several the last stays
    found = []
    for name in (*shipped, *sorted(changes.keys() - shipped.keys())):
        row, change = shipped.get(name), changes.get(name)
        value = change["value"] if change and change["value"] is not None else row["value"] if row else None
        if value is None or key not in (None, name):
            continue
        found.append(
            {
                "key": name,
                "value": value,
                "shipped": row["value"] if row else None,
                "changed_on": change["on_date"] if change else None,
                "changed_by": change["actor"] if change else None,
                "name": row["name_en" if english else "name"] if row else office.named(name),
                "basis": row["basis"] if row else "ours",
                "source": row["source"] if row else None,
            }
        )
    return found
