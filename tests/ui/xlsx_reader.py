"""Reads an xlsx by its own parts, for tests: what a cell is, and not what one program makes of it."""

import io
import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

N = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@dataclass(frozen=True)
class Read:
    """One cell: its value, `s` for text and `n` for a number, and the style it points to."""

    value: str | float
    kind: str
    style: dict[str, str]


@dataclass(frozen=True)
class Book:
    sheets: dict[str, dict[str, Read]]
    parts: dict[str, str]

    def column(self, sheet: str, letter: str) -> list[str | float]:
        return [cell.value for place, cell in self.sheets[sheet].items() if place.rstrip("0123456789") == letter]


def read(content: bytes) -> Book:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        parts = {name: file.read(name).decode() for name in file.namelist()}
    roots = {name: ElementTree.fromstring(text) for name, text in parts.items()}
    texts = [
        re.sub(
            "_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), "".join(t.text or "" for t in item.iter(f"{{{N['m']}}}t"))
        )
        for item in (roots["xl/sharedStrings.xml"].findall("m:si", N) if "xl/sharedStrings.xml" in roots else [])
    ]
    styles = [dict(xf.attrib) for xf in roots["xl/styles.xml"].findall("m:cellXfs/m:xf", N)]
    names = [sheet.attrib["name"] for sheet in roots["xl/workbook.xml"].findall("m:sheets/m:sheet", N)]
    sheets = {}
    for number, name in enumerate(names, start=1):
        cells = {}
        for cell in roots[f"xl/worksheets/sheet{number}.xml"].iter(f"{{{N['m']}}}c"):
            assert cell.find("m:f", N) is None, "a formula"
            value = cell.find("m:v", N)
            if value is not None:
                kind = cell.attrib.get("t", "n")
                text = value.text or ""
                cells[cell.attrib["r"]] = Read(
                    texts[int(text)] if kind == "s" else float(text), kind, styles[int(cell.attrib.get("s", 0))]
                )
        sheets[name] = cells
    return Book(sheets, parts)
