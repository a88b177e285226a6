"""Who works with the program. Colleagues, not residents: a look at them is not journaled."""

from typing import Any

from toshima_cli.db import LOCAL, queries


def staff(conn: Any, *, everyone: bool = False) -> list[dict[str, Any]]:
    """{staff, name, office, window, role, retired_on}, by code; `everyone`: those who retired too."""
    rows = queries("staff").colleagues(conn, everyone="yes" if everyone else "no")
    # whoever sits at the desk without a code has no office of their own
    return [{**row, "office": None if row["staff"] == LOCAL else row["office"]} for row in rows]
