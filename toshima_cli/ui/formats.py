"""Values as json, jsonl, csv, tsv: slugs, ISO dates, true/false, whatever the language of the screen."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from toshima_cli.domain.verdict import Next, Say, Warned
from toshima_cli.i18n import render
from toshima_cli.ui.paste import pasted
from toshima_cli.ui.text import inert, json_safe, visible

Json = Any
"""What `json.dumps` takes; not narrowed, since every command has its own shape (docs/json.md)."""


def plain(value: Any) -> Json:
    """Enums as slugs, dates as ISO, sentences as spoken, next steps and warnings as objects; order and None kept."""
    match value:
        case Next():
            return {
                "act": value.act,
                "why": render(value.why),
                "due_on": plain(value.due_on),
                "command": pasted(value.command),
            }
        case Warned():
            return {"rule": value.rule, "message": render(value.message)}
        case Say():
            return render(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(plain(key)): plain(item) for key, item in value.items()}
        case frozenset() | set():
            return sorted(plain(item) for item in value)
        case str():
            return str(value)  # of a StrEnum, its slug
        case tuple() | list():
            return [plain(item) for item in value]
        case _:
            return value


def as_json(document: Json, *, indent: int | None = 2) -> str:
    """One document, newline at the end; non-ASCII kept, what a terminal would obey escaped."""
    return json_safe(json.dumps(plain(document), ensure_ascii=False, indent=indent)) + "\n"


def as_jsonl(rows: Iterable[Json]) -> str:
    return "".join(as_json(row, indent=None) for row in rows)


def bare(value: Any) -> str | int | float:
    """One cell of csv or tsv: nothing for None, lists joined by `; ` (of small objects, their
    values), other objects as compact JSON, numbers as numbers."""
    value = plain(value)
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str() | int() | float():
            return value
        case list() if not any(isinstance(item, (dict, list)) for item in value):
            return "; ".join(str(bare(item)) for item in value)
        case list() if all(isinstance(item, dict) and not _nested(item) for item in value):
            return "; ".join(" ".join(str(bare(v)) for v in item.values() if v is not None) for item in value)
        case _:
            return json.dumps(value, ensure_ascii=False)


def _nested(item: Mapping[str, Any]) -> bool:
    return any(isinstance(value, (dict, list)) for value in item.values())


def as_csv(keys: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    r"""RFC 4180: header, comma, lines ended by \r\n, texts kept as they are but never a formula."""
    import csv
    import io

    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(keys)
    for row in rows:
        cells = [bare(row[key]) for key in keys]
        writer.writerow([inert(c) if isinstance(c, str) else c for c in cells])
    return out.getvalue()


def as_tsv(keys: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    r"""Header, TAB, \n; TABs, newlines and control characters inside a cell are visible signs, no cell a formula."""
    lines = ["\t".join(keys)]
    for row in rows:
        cells = [bare(row[key]) for key in keys]
        lines.append("\t".join(inert(visible(c)) if isinstance(c, str) else str(c) for c in cells))
    return "\n".join(lines) + "\n"
