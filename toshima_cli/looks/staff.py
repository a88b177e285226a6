"""Who works with the program. Colleagues, not residents: a look at them is not journaled."""

from typing import Any

from toshima_cli.db import queries


def staff(conn: Any) -> list[dict[str, Any]]:
    """{staff, name, office, window, role}, by code."""
    return [dict(row) for row in queries("books").staff_list(conn)]
