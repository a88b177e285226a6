"""docs/export.schema.json is what an export is held against: by whoever reads one, and here."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from docs import export
from tests.desk import NearDesk, copy
from toshima_cli import records

SCHEMA = json.loads(export.FILE.read_text(encoding="utf-8"))
WORDS = {"$ref", "const", "enum", "type", "pattern", "maxLength", "minimum", "maximum", "items", "minItems"}
WORDS |= {"uniqueItems", "properties", "required", "additionalProperties", "description", "format", "oneOf"}
KINDS: dict[str, Any] = {"string": str, "object": dict, "array": list, "boolean": bool, "null": type(None)}


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """What of JSON Schema this document uses, and no more."""
    assert schema.keys() <= WORDS, set(schema) - WORDS
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    if "oneOf" in schema:
        return sum(fits(value, one) for one in schema["oneOf"]) == 1
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    whole = isinstance(value, int) and not isinstance(value, bool)
    return all(
        (
            not kinds or any(whole if kind == "integer" else isinstance(value, KINDS[kind]) for kind in kinds),
            "const" not in schema or value == schema["const"],
            "enum" not in schema or value in schema["enum"],
            not isinstance(value, str) or len(value) <= schema.get("maxLength", len(value)),
            not isinstance(value, str) or re.search(schema.get("pattern", ""), value) is not None,
            not whole or schema.get("minimum", value) <= value <= schema.get("maximum", value),
            not isinstance(value, list) or all(fits(one, schema["items"]) for one in value),
            not isinstance(value, dict) or "properties" not in schema or _object(value, schema),
        )
    )


def _object(value: dict[str, Any], schema: dict[str, Any]) -> bool:
    known = schema["properties"]
    return (
        set(schema["required"]) <= value.keys()
        and value.keys() <= known.keys()
        and all(fits(value[key], known[key]) for key in value)
    )


@pytest.fixture(scope="module")
def lines(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    room = tmp_path_factory.mktemp("schema")
    desk = NearDesk(copy(demonstration, room / "books.db"), today="2027-03-19")
    desk.ok("export", "office", "-o", str(room / "office.jsonl"))
    desk.ok("export", "case", "2026-0001", "-o", str(room / "case.jsonl"))
    texts = [(room / name).read_text(encoding="utf-8") for name in ("office.jsonl", "case.jsonl")]
    return [json.loads(line) for text in texts for line in text.splitlines()]


def test_it_is_the_one_the_tables_make() -> None:
    assert export.FILE.read_text(encoding="utf-8") == export.schema()
    assert SCHEMA["title"] == records.SCHEMA


def test_every_line_fits(lines: list[dict[str, Any]]) -> None:
    whole = {key: SCHEMA[key] for key in ("oneOf",)}
    assert [line for line in lines if not fits(line, whole)] == []


def test_what_does_not_fit_is_seen(lines: list[dict[str, Any]]) -> None:
    note = next(line for line in lines if line.get("type") == "note")
    whole = {"oneOf": SCHEMA["oneOf"]}
    for change in ({"text": None}, {"text": 1}, {"more": 1}, {"key": "x"}, {"type": "reporter"}, {"act": 0}):
        assert not fits({**note, **change}, whole)
    assert not fits({key: value for key, value in note.items() if key != "text"}, whole)


def test_every_type_is_explained_in_words() -> None:
    text = (export.FILE.parent / "export.md").read_text(encoding="utf-8")
    for name in records.exported():
        assert f"`{records.type_of(name)}`" in text, name
    for name in records.LEFT_OUT:
        assert f"`{name}`" in text, name
