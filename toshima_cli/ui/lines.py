"""JSON Lines, written and read one by one, whatever their number: what comes in is looked at as if it were hostile."""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any, BinaryIO

from toshima_cli.domain.verdict import Say, say
from toshima_cli.exits import BadInput, Fault
from toshima_cli.ui.files import decode, parse_json
from toshima_cli.ui.text import json_safe

LONGEST_LINE = 4_000_000
"""Bytes of one line we read; a record whose every text is as long as a text may be takes a quarter of it."""

DEEPEST = 12
"""Objects and lists within each other in one record."""

_UNREADABLE = re.compile("[\0\ud800-\udfff]")


def written(records: Iterable[Any]) -> Iterator[bytes]:
    """A line for each record, what a terminal would obey escaped."""
    for record in records:
        yield (json_safe(json.dumps(record, ensure_ascii=False, separators=(",", ":"))) + "\n").encode("utf-8")


def read(name: str) -> Iterator[tuple[int, dict[str, Any] | Say]]:
    """(number of the line, its object, or a sentence that says why it is none); `-` is standard input.

    Raises BadInput (2) where the file cannot be read at all.
    """
    if name == "-":
        yield from _lines(sys.stdin.buffer)
        return
    try:
        file = open(name, "rb")  # noqa: SIM115 - closed below, while the lines are given one by one
    except (OSError, ValueError):
        raise BadInput([Fault("FILE", say("There is no file that can be read: {path}.", path=name))]) from None
    with closing(file):
        yield from _lines(file)


def _lines(file: BinaryIO) -> Iterator[tuple[int, dict[str, Any] | Say]]:
    number = 0
    while True:
        try:
            line = file.readline(LONGEST_LINE + 1)
        except OSError:
            raise BadInput([Fault("FILE", say("The file cannot be read to its end."))]) from None
        if not line:
            return
        number += 1
        if len(line) > LONGEST_LINE:
            yield number, say("The line is longer than {most} bytes.", most=LONGEST_LINE)
            return
        yield number, _object(line)


def _object(line: bytes) -> dict[str, Any] | Say:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        found = decode(line)
        return found if isinstance(found, Say) else say("The file is not UTF-8, as an export is.")
    value, fault = parse_json(text)
    if fault:
        return say("This is not one JSON object.")
    if not isinstance(value, dict):
        return say("An object { … } is expected here.")
    return _unfit(value, DEEPEST) or value


def _unfit(value: Any, deep: int) -> Say | None:
    """What no record holds: NUL and half characters, numbers that are not whole, what is nested without end."""
    if isinstance(value, str):
        return say("The characters could not be read.") if _UNREADABLE.search(value) else None
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, float) or (isinstance(value, int) and abs(value) > 2**53):
        return say("A number here is a whole one.")
    if isinstance(value, dict | list):
        if deep == 0:
            return say("The JSON is nested too deeply, or a number in it is too long.")
        for each in (*value, *value.values()) if isinstance(value, dict) else value:
            if fault := _unfit(each, deep - 1):
                return fault
    return None
