"""A sentence not yet spoken, as JSON and back: stored texts are spoken in the language of whoever reads them."""

from datetime import date
from enum import StrEnum
from typing import Any

from toshima_cli.domain import terms
from toshima_cli.domain.verdict import Say, Value


def to_json(value: Value) -> Any:
    """{"text": …, "values": {…}} for a Say, {"date": …}, {"list": …, "slug": …}, lists for tuples; the rest as is."""
    if isinstance(value, Say):
        return {"text": value.text, "values": {name: to_json(v) for name, v in value.values}}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, StrEnum):
        return {"list": type(value).__name__, "slug": value.value}
    if isinstance(value, tuple):
        return [to_json(v) for v in value]
    return value


def from_json(raw: Any) -> Any:
    """The inverse of `to_json`."""
    if isinstance(raw, dict):
        if "date" in raw:
            return date.fromisoformat(raw["date"])
        if "slug" in raw:
            return getattr(terms, raw["list"])(raw["slug"])
        return Say(raw["text"], tuple((name, from_json(v)) for name, v in raw["values"].items()))
    if isinstance(raw, list):
        return tuple(from_json(v) for v in raw)
    return raw
