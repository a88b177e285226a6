"""The shape of one record of an export, as its schema says it: types, words of closed lists, keys, nothing unknown."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from toshima_cli import records
from toshima_cli.domain import terms as t
from toshima_cli.domain.verdict import Basis, Say, say
from toshima_cli.records import Field, fields

Found = tuple[str, Say]
"""(field, what is wrong there)."""

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
NAME = re.compile(r"[a-z][a-z _-]{0,39}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
KEYS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.ASCII)
    for name, pattern in {
        "household": r"\d{4}-\d{4,9}",
        "case_file": r"\d{4}-\d{4,9}",
        "person": r"\d{4}-\d{4,9}/[A-Z]{1,2}(~\d{1,9})?",
        "member": r"\d{4}-\d{4,9}/[A-Z]{1,2}(~\d{1,9})?",
        "concern": r"\d{4}-\d{4,9}/K\d{1,6}",
        "consent": r"\d{4}-\d{4,9}/C\d{1,9}",
        "note": r"\d{4}-\d{4,9}/N\d{1,9}",
        "plan": r"\d{4}-\d{4,9}/P\d{1,9}",
        "action": r"\d{4}-\d{4,9}/A\d{1,9}",
        "referral": r"R\d{4}-\d{4,9}",
        "meeting": r"M\d{4}-\d{4,9}",
        "meeting_item": r"M\d{4}-\d{4,9}/\d{1,6}",
        "paper": r"M\d{4}-\d{4,9}/\d{1,6}",
        "gap": r"G\d{1,9}",
        "merge": r"\d{4}-\d{4,9}(/[A-Z]{1,2}(~\d{1,9})?)?/M\d{1,6}",
        "resource": r"[a-z0-9][a-z0-9-]{0,63}(~\d{1,9})?",
    }.items()
}
CODES = frozenset(
    {
        "window_code",
        "staff_code",
        "channel",
        "method",
        "relation",
        "programme_code",
        "conference_code",
        "from_window",
        "last_contact_method",
        "confirmed_method",
        "actor",
        "why",
        "code",
        "every",
    }
)
"""Columns that hold a slug of a list which is data: an older list's word is as good as one of today's."""

WORDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("window", "operation"): tuple(t.Operation),
    ("window", "site_type"): tuple(t.SiteType),
    ("window", "coordinator_posted"): ("yes", "no", "unknown"),
    ("setting", "basis"): tuple(Basis),
    ("decider", "basis"): tuple(Basis),
    ("decider", "decided_by"): tuple(t.DecidedBy),
    ("concern_kind", "field"): tuple(t.Field),
    ("programme", "operation"): tuple(t.Operation),
    ("programme", "kind"): ("participation", "community", "outreach"),
}
DATED = 9999
MOST = 2**31 - 1


MOST_BAD = 10_000
"""So many records with a fault are remembered."""

CORRECTED: Mapping[str, tuple[str, frozenset[str]]] = {
    "person": ("person", frozenset(
        ("name", "kana", "birth_date", "sex", "phone", "address", "contact_rule", "visit_alert", "assistance_since",
         "assistance_office")
    )),
    "member": ("member", frozenset(("relation", "note"))),
    "household": ("household", frozenset(("address", "phone"))),
    "staff_code": ("staff", frozenset(("name", "office", "window_code", "role", "retired_on", "code"))),
    "meeting": ("meeting", frozenset(("held_on", "held_as", "place", "chair", "recorder"))),
}  # fmt: skip
"""What is corrected of whom; an undo puts the old value back into that very column."""

PLAIN = re.compile(r"[A-Za-z0-9/~-]{1,64}", re.ASCII)


def faults(name: str, record: Mapping[str, Any]) -> Iterator[Found]:
    wanted = {"type": None, **{each.name: each for each in fields(name)}}
    keyed = name not in records.REFERENCE
    extra = {"key"} if keyed else set()
    if name == "act":
        extra |= {"undoes"}
    elif keyed and name not in ("household", "case_file", "person"):
        extra |= {"act"}
    if name == "member":
        extra |= {"withheld"}
    part = records.part(name)
    if part is not None:
        extra |= {records.PARTS[name][1]}
    for missing in (key for key in (*wanted, *extra) if key not in record):
        yield missing, say("This is missing.")
    for key, value in record.items():
        if key not in wanted and key not in extra:
            yield key[:40], say("There is no such field in this record.")
        elif (each := wanted.get(key)) is not None and (fault := value_fault(name, each, value)):
            yield key, fault
    if keyed and "key" in record and (fault := _key(name, record["key"])):
        yield "key", fault
    if "act" in extra and not _whole(record.get("act")):
        yield "act", say("The number of an act is expected here.")
    if name == "act" and not _numbers(record.get("undoes")):
        yield "undoes", say("A list of numbers of acts is expected here.")
    if name == "member" and not isinstance(record.get("withheld"), bool):
        yield "withheld", say("true or false is expected here.")
    if part is not None and (fault := _list(part[2], record.get(records.PARTS[name][1]))):
        yield records.PARTS[name][1], fault


def _key(name: str, key: Any) -> Say | None:
    if name == "act":
        return None if _whole(key) else say("The number of an act is expected here.")
    if not isinstance(key, str) or (name in KEYS and not KEYS[name].fullmatch(key)):
        return say("This is not what such a record is called by.")
    return None


def _list(entry: tuple[Field, ...], value: Any) -> Say | None:
    if not isinstance(value, list):
        return say("A list [ … ] is expected here.")
    for one in value:
        values = one if len(entry) > 1 else {entry[0].name: one}
        if not isinstance(values, dict) or set(values) != {each.name for each in entry}:
            return say("An entry of this list does not fit.")
        if any(value_fault("", each, values[each.name]) for each in entry):
            return say("An entry of this list does not fit.")
    keys = [json.dumps(one if len(entry) == 1 else one[entry[0].name]) for one in value]
    return say("An entry of this list stands twice.") if len(set(keys)) < len(keys) else None


def value_fault(name: str, each: Field, value: Any) -> Say | None:
    if value is None:
        ours = name == "member" and each.name == "person"
        return None if each.nullable or ours else say("This must not be empty.")
    match each.kind:
        case "bool":
            return None if isinstance(value, bool) else say("true or false is expected here.")
        case "int":
            return None if _whole(value, least=-MOST) else say("A whole number is expected here.")
        case "json":
            return None if isinstance(value, dict) else say("An object { … } is expected here.")
    if not isinstance(value, str):
        return say("A text is expected here.")
    if len(value) > t.LONGEST_TEXT:
        return say("The text is too long: at most {longest} characters.", longest=t.LONGEST_TEXT)
    match each.kind:
        case "date":
            return None if _day(value) else say("A date such as 2026-11-24 is expected here.")
        case "slug" if value not in each.values:
            return say("Possible here: {values}.", values=each.values)
        case "ref" if each.target in KEYS and not KEYS[each.target].fullmatch(value):
            return say("This is not what such a record is called by.")
    words = WORDS.get((name, each.name))
    if words is not None and value not in words:
        return say("Possible here: {values}.", values=tuple(map(str, words)))
    coded = each.column in CODES and each.kind == "word" and name not in ("code", "routing")
    if coded and not CODE.fullmatch(value):
        return say("A code is written in small letters, digits and hyphens.")
    return None


def _whole(value: Any, least: int = 1) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= MOST


def _numbers(value: Any) -> bool:
    return isinstance(value, list) and all(_whole(one) for one in value) and len(set(value)) == len(value)


def _day(text: str) -> date | None:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day
