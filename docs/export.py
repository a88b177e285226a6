"""docs/export.schema.json: what one line of an export may be, made from the tables (JSON Schema, draft 2020-12)."""

import json
from pathlib import Path
from typing import Any

from toshima_cli import records, shapes
from toshima_cli.domain.terms import LONGEST_TEXT

FILE = Path(__file__).parent / "export.schema.json"

HEAD = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:toshima:export:1",
    "title": records.SCHEMA,
    "description": "One line of an export, a JSON object in UTF-8; docs/export.md says what is in it and what is not.",
}


def schema() -> str:
    """The whole document."""
    types = {records.type_of(name): _record(name) for name in records.exported()}
    every = {"head": _head(), **types, "end": _end()}
    made = {
        **HEAD,
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in every],
        "$defs": every,
    }
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _head() -> dict[str, Any]:
    cases = {"type": "array", "items": _key("case_file"), "minItems": 1, "uniqueItems": True}
    return {
        "description": "The first line.",
        "type": "object",
        "properties": {
            "schema": {"const": records.SCHEMA},
            "kind": {"enum": ["office", "case"]},
            "cases": cases,
        },
        "required": ["schema", "kind"],
        "additionalProperties": False,
    }


def _end() -> dict[str, Any]:
    return _object({"type": {"const": "end"}, "records": {"type": "integer", "minimum": 0}}, "The last line.")


def _record(name: str) -> dict[str, Any]:
    found: dict[str, Any] = {"type": {"const": records.type_of(name)}}
    if name not in records.REFERENCE:
        found["key"] = _whole() if name == "act" else _key(name)
    if name not in (*records.REFERENCE, "act", "household", "case_file", "person"):
        found["act"] = _whole()
    for each in records.fields(name):
        found[each.name] = _field(name, each)
    if name == "act":
        found["undoes"] = {"type": "array", "items": _whole(), "uniqueItems": True}
    if name == "member":
        found["person"] = _null(found["person"])
        found["withheld"] = {"type": "boolean"}
    part = records.part(name)
    if part is not None:
        found[records.PARTS[name][1]] = {"type": "array", "items": _entry(part[2]), "uniqueItems": True}
    return _object(found, _said(name))


def _object(properties: dict[str, Any], said: str = "") -> dict[str, Any]:
    return {
        **({"description": said} if said else {}),
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _said(name: str) -> str:
    """The first line of what the table says of itself."""
    from toshima_cli.rows import Fact, Row

    kinds = {kind.__tablename__: kind for kind in (*Row.__subclasses__(), *Fact.__subclasses__())}
    own = vars(kinds[name]).get("__doc__") or ""
    return " ".join(own.split("\n\n")[0].split()).replace("`", "")


def _entry(fields: tuple[records.Field, ...]) -> dict[str, Any]:
    if len(fields) == 1:
        return _field("", fields[0])
    return _object({each.name: _field("", each) for each in fields})


def _field(name: str, each: records.Field) -> dict[str, Any]:
    match each.kind:
        case "bool":
            found: dict[str, Any] = {"type": "boolean"}
        case "int":
            found = {"type": "integer", "minimum": -shapes.MOST, "maximum": shapes.MOST}
        case "date":
            found = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
        case "json":
            found = {"type": "object"}
        case "slug":
            found = {"enum": list(each.values)}
        case "ref":
            found = _key(each.target)
        case _:
            words = shapes.WORDS.get((name, each.name))
            found = {"enum": [*map(str, words)]} if words else {"type": "string", "maxLength": LONGEST_TEXT}
    return _null(found) if each.nullable else found


def _key(name: str) -> dict[str, Any]:
    pattern = shapes.KEYS.get(name)
    return {"type": "string", **({"pattern": f"^{pattern.pattern}$"} if pattern else {})}


def _whole() -> dict[str, Any]:
    return {"type": "integer", "minimum": 1}


def _null(found: dict[str, Any]) -> dict[str, Any]:
    if "enum" in found:
        return {"enum": [*found["enum"], None]}
    return {**found, "type": [found["type"], "null"]} if found["type"] != ["string", "null"] else found
