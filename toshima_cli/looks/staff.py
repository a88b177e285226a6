"""Who works with the program. Colleagues, not residents: a look at them is not journaled."""

from typing import Any

from toshima_cli.db import queries


def staff(conn: Any, *, everyone: bool = False) -> list[dict[str, Any]]:
    """{staff, name, office, window, role, retired_on}, by code; `everyone`: those who retired too."""
    return [dict(row) for row in queries("staff").colleagues(conn, everyone="yes" if everyone else "no")]
