"""The Big List of Naughty Strings through every text field of a ledger taken in: what stands in a cell is in the export
of the office, byte for byte. In a workbook it is as a workbook can hold it, which `ui/xlsx.py` says.

Every string is by itself in the fields a household has at little cost; of consents and contacts, whose rules look at
the whole case, one text holds many. Who told us stands in rows apart: no export gives a text in which they are named.
"""

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.commands.test_naughty import LIST, readable_name
from tests.desk import NearDesk
from tests.ui.test_xlsx_in import book
from toshima_cli.domain.terms import LONGEST_TEXT
from toshima_cli.forms import LONGEST_NAME
from toshima_cli.ledger_words import phone
from toshima_cli.ui.text import inert, visible
from toshima_cli.ui.xlsx import TEXT, Row, Sheet, workbook

TODAY = "2026-11-24"
TEXTS = [text for text in LIST if text.strip()]
# visible signs of a workbook are longer than what they show
NAMES = [text for text in LIST if readable_name(text) and len(visible(text)) <= LONGEST_NAME]
MANY = 40
"""So many households have a consent and a contact."""

SHORT = ("name", "kana", "phone")
LONG = ("address", "note", "concern_note", "person_note", "wish")
OF_SOME = ("consent_by", "consent_evidence", "progress")
OF_OTHERS = ("reporter", "reporter_relation")
PLAIN = {"received_on": "2024-05-01", "window": "csw", "concern": "job"}
CONSENT = {
    "consent": "given", "consent_scope": "plan", "consent_on": "2024-05-02", "consent_method": "oral",
    "consent_decided_by": "adult_guardian",
}  # fmt: skip
COLUMNS = [*PLAIN, *CONSENT, *SHORT, *LONG, *OF_SOME, *OF_OTHERS]

PLACES = {
    ("person", "name"): "name",
    ("person", "kana"): "kana",
    ("household", "address"): "address",
    ("household", "phone"): "phone",
    ("case", "note"): "note",
    ("concern", "note"): "concern_note",
    ("member", "note"): "person_note",
    ("wish", "text"): "wish",
    ("consent", "by_name"): "consent_by",
    ("consent", "evidence"): "consent_evidence",
    ("note", "text"): "progress",
}
"""(kind of line in the export, its key): the field of the ledger."""


def households() -> list[dict[str, str]]:
    """A row for each string; each field has another one, or one field could pass for another."""
    rows = []
    for number in range(len(TEXTS)):
        row = dict(PLAIN)
        row |= {name: NAMES[(number + 7 * n) % len(NAMES)] for n, name in enumerate(SHORT)}
        row |= {name: TEXTS[(number + 53 * n) % len(TEXTS)] for n, name in enumerate(LONG)}
        if number < MANY:
            some = TEXTS[number::MANY]
            row |= {**CONSENT, "consent_by": NAMES[-1 - number], "consent_evidence": "\n".join(some)}
            row["progress"] = "\n".join(reversed(some))
        rows.append(row)
    told = list(packed(NAMES))
    return rows + [{**PLAIN, "reporter": one, "reporter_relation": told[-1 - n]} for n, one in enumerate(told)]


def packed(names: list[str]) -> Iterator[str]:
    """The names, as many in one as fit."""
    found = ""
    for name in names:
        longer = f"{found} {name}" if found else name
        if len(visible(longer)) > LONGEST_NAME:
            yield found
            longer = name
        found = longer
    yield found


ROWS = households()


def as_csv(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([COLUMNS, *([inert(row.get(name, "")) for name in COLUMNS] for row in rows)])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: list[dict[str, str]]) -> bytes:
    return workbook(Sheet("a", COLUMNS, [Row([row.get(name, "") for name in COLUMNS]) for row in rows]))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_every_string_of_a_ledger_comes_back(desk: NearDesk, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"ledger.{ending}"
    path.write_bytes((as_csv if ending == "csv" else as_xlsx)(ROWS))
    assert desk.json("import", "cases", str(path), "--yes")["taken_in"] == len(ROWS)
    found = exported(desk, tmp_path / "office.jsonl")
    found |= dict(zip(OF_OTHERS, reporters(desk.db), strict=True))
    for name in (*SHORT, *LONG, *OF_SOME, *OF_OTHERS):
        given = [row[name] for row in ROWS if name in row]
        if ending == "xlsx":
            given = [visible(text, keep="\n") for text in given]
        if name == "phone":
            given = [phone(text)[0] for text in given]
        assert found[name] == given, name


def exported(desk: NearDesk, path: Path) -> dict[str, list[Any]]:
    """Field → what the export has of it, in the order of the households; what says nothing is left out."""
    desk.ok("export", "office", "-f", "jsonl", "-o", str(path))
    found: dict[str, list[Any]] = {name: [] for name in PLACES.values()}
    for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
        record = json.loads(line)
        for (kind, key), name in PLACES.items():
            if record.get("type") == kind and record.get(key) is not None:
                found[name].append(record[key])
    return found


def reporters(db: Path) -> tuple[list[str], list[str]]:
    """(names, what they are to them); no export tells who told us."""
    with closing(sqlite3.connect(db)) as books:
        rows = books.execute("SELECT name, relation FROM reporter ORDER BY id").fetchall()
    return [name for name, _ in rows], [relation for _, relation in rows]


def test_a_nul_is_refused_and_the_row_named(desk: NearDesk, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(as_csv([{**PLAIN, "name": name} for name in ("a\nb", "a\0b")]))
    error = desk.refused("import", "cases", str(tmp_path / "a.csv"), "--yes", code=2)
    assert "4" in error["faults"][0]["message"]  # the line, since one cell has two
    # a workbook of ours shows it; other programs may keep it so
    cells = ("2024-05-01", "csw", "job", "a_x0000_b")
    rows = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
        for row in (("received_on", "window", "concern", "name"), cells)
    )
    (tmp_path / "a.xlsx").write_bytes(book(rows))
    error = desk.refused("import", "cases", str(tmp_path / "a.xlsx"), "--yes", code=2)
    assert [(fault["row"], fault["column"]) for fault in error["faults"]] == [(2, "name")]


def test_a_workbook_says_where_it_cut(desk: NearDesk, tmp_path: Path) -> None:
    whole = "𠮷" * TEXT
    (tmp_path / "a.xlsx").write_bytes(as_xlsx([{**PLAIN, "name": "森", "note": whole}]))
    desk.ok("import", "cases", str(tmp_path / "a.xlsx"), "--yes")
    note = exported(desk, tmp_path / "office.jsonl")["note"][0]
    kept, said = note.split("\n")
    assert whole.startswith(kept)
    assert str(len(whole)) in said


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("name", [*SHORT, *LONG, *OF_OTHERS])
def test_what_is_too_long_is_named_by_its_row(desk: NearDesk, tmp_path: Path, name: str, ending: str) -> None:
    most = LONGEST_NAME if name in (*SHORT, *OF_OTHERS) else LONGEST_TEXT
    rows = [{**PLAIN, name: "x" * length} for length in (1, most + 1)]
    path = tmp_path / f"ledger.{ending}"
    path.write_bytes((as_csv if ending == "csv" else as_xlsx)(rows))
    made = desk.run("import", "cases", str(path), "--yes", "-f", "json")
    assert [fault["row"] for fault in made.error["faults"]] == [3]
