"""Loads `data/*.csv` into the books: the lists a municipality replaces with its own. Twice is the same as once."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toshima_cli.domain import terms as t
from toshima_cli.domain.verdict import Say, say
from toshima_cli.exits import BadInput, Fault

if TYPE_CHECKING:
    from sqlmodel import Session

FILES = (
    "windows",
    "programmes",
    "bodies",
    "concerns",
    "routing",
    "codes",
    "conferences",
    "settings",
    "deciders",
    "holidays",
)
SLUG = re.compile(r"[a-z][a-z0-9-]*")
NUMBERED = ("windows", "programmes", "bodies", "concerns", "codes", "conferences", "settings", "deciders")
RENAMED = {"on": "on_date"}
BOOL = {"true": True, "yes": True, "false": False, "no": False}


@dataclass(frozen=True, slots=True)
class File:
    """A list as it was handed in: the file's name, for what is wrong with it, and its text. `plain` takes away the mark
    an export gives a cell a spreadsheet would take for a formula; what is shipped has none."""

    name: str
    text: str
    plain: Callable[[str], str] = str


def _fault(file: str, line: int, column: str, message: Say) -> Fault:
    return Fault(f"{file} {line} {column}".rstrip(), message)


def folder() -> Path:
    """Where the data is: inside the installed package, or beside it in a checkout."""
    inside = Path(__file__).parent / "data"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "data"


def load(session: "Session", windows: File | None = None) -> dict[str, int]:
    """Replace the reference data by that of the files; `windows` stands in for data/windows.csv.

    Returns the number of rows of each file. Raises BadInput (exit 2) with every fault; nothing was changed then.
    """
    from sqlalchemy import delete

    counts = {}
    tables = _tables()
    for name in FILES:
        shipped = File(f"{name}.csv", (folder() / f"{name}.csv").read_text(encoding="utf-8-sig"))
        file = windows if windows and name == "windows" else shipped
        rows = list(_rows(file, tables[name], numbered=name in NUMBERED))
        if name == "windows":
            # an export writes several fields as it writes every list
            rows = [row | {"fields": row["fields"].replace(";", " ")} for row in rows]
            _check_windows(file.name, rows, session)
        session.execute(delete(tables[name]))
        session.execute(tables[name].__table__.insert(), rows)
        counts[name] = len(rows)
    return counts


def complete(session: "Session") -> int:
    """Add the settings, codes and conferences this version ships and older books lack; what is there stays as it is.

    Returns how many rows were added.
    """
    from sqlalchemy import inspect, select

    added = 0
    tables = _tables()
    for name in ("codes", "conferences", "settings"):
        table = tables[name]
        keys = [column.name for column in inspect(table).primary_key]
        known = {tuple(row) for row in session.execute(select(*(getattr(table, key) for key in keys)))}
        file = File(f"{name}.csv", (folder() / f"{name}.csv").read_text(encoding="utf-8-sig"))
        rows = [row for row in _rows(file, table, numbered=True) if tuple(row[key] for key in keys) not in known]
        if rows:
            session.execute(table.__table__.insert(), rows)
        added += len(rows)
    return added


def _tables() -> dict[str, Any]:
    from toshima_cli import reference_tables as r

    found = (
        r.WindowRow,
        r.ProgrammeRow,
        r.BodyMemberRow,
        r.ConcernKindRow,
        r.RoutingRow,
        r.CodeRow,
        r.ConferenceRow,
        r.SettingRow,
        r.DeciderRow,
        r.HolidayRow,
    )
    return dict(zip(FILES, found, strict=True))


def _rows(file: File, table: Any, *, numbered: bool) -> Iterator[dict[str, Any]]:
    path = file.name
    columns = {column.name: column for column in table.__table__.columns}
    wanted = set(columns) - ({"position"} if numbered else set())
    reader = csv.DictReader(io.StringIO(file.text), strict=True)
    try:
        header = reader.fieldnames = [RENAMED.get(name, name) for name in reader.fieldnames or ()]
        lines = [(reader.line_num, row) for row in reader]
    except csv.Error:
        message = say("From here on this is not CSV: a quotation mark is missing or one too many.")
        raise BadInput([_fault(path, reader.line_num, "", message)]) from None
    faults = [
        _fault(path, 1, name, say("The column {name} is missing.", name=name)) for name in sorted(wanted - set(header))
    ] + [
        _fault(path, 1, name, say("The column {name} is not known.", name=name))
        for name in header
        if name not in wanted
    ]
    if faults:
        raise BadInput(faults)
    for position, (line, row) in enumerate(lines, start=1):
        found: dict[str, Any] = {"position": position} if numbered else {}
        for name in header:
            try:
                found[name] = _value(row[name] and file.plain(row[name]), columns[name])
            except (ValueError, KeyError):
                faults.append(_fault(path, line, name, say("“{value}” does not fit here.", value=str(row[name] or ""))))
        if None in row:
            faults.append(_fault(path, line, "", say("The line has more cells than the header.")))
        yield found
    if faults:
        raise BadInput(faults)


def _value(text: str | None, column: Any) -> Any:
    if text is None:
        raise ValueError
    if text == "":
        if column.nullable:
            return None
        if column.type.python_type is str and not column.primary_key:
            return ""
        raise ValueError
    kind = column.type.python_type
    if kind is bool:
        return BOOL[text.lower()]
    if kind is int:
        return int(text)
    if kind is date:
        return date.fromisoformat(text)
    return text


def _check_windows(path: str, rows: Iterable[dict[str, Any]], session: "Session") -> None:
    """A town's own list of windows: slugs, known words, and no window left out that a case still hangs on."""
    from sqlalchemy import text

    allowed = {
        "operation": [*t.Operation],
        "site_type": [*t.SiteType],
        "coordinator_posted": ["yes", "no", "unknown"],
    }
    faults: list[Fault] = []
    codes: set[str] = set()
    for line, row in enumerate(rows, start=2):
        if not SLUG.fullmatch(row["code"]):
            faults.append(_fault(path, line, "code", say("A code is written in small letters, digits and hyphens.")))
        if row["code"] in codes:
            faults.append(_fault(path, line, "code", say("The code {code} stands twice.", code=row["code"])))
        codes.add(row["code"])
        if row["sites"] < 1:
            faults.append(_fault(path, line, "sites", say("A window has at least one site.")))
        for name, values in allowed.items():
            if row[name] not in values:
                faults.append(_fault(path, line, name, say("Possible here: {values}.", values=tuple(map(str, values)))))
        for field in row["fields"].split():
            if field not in [*t.Field]:
                faults.append(
                    _fault(path, line, "fields", say("Possible here: {values}.", values=tuple(map(str, t.Field))))
                )
    used = session.execute(
        text("SELECT DISTINCT window_code FROM case_file UNION SELECT window_code FROM staff ORDER BY 1")
    ).scalars()
    faults += [
        _fault(path, 1, "code", say("The window {code} is missing here, and cases or staff belong to it.", code=code))
        for code in used
        if code and code not in codes
    ]
    if not codes:
        faults.append(_fault(path, 1, "code", say("The file names no window.")))
    if faults:
        raise BadInput(faults)
