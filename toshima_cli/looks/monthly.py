"""The monthly report with everything a form of it shows: the charts, and the list behind every figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from toshima_cli.db import queries
from toshima_cli.domain import report as r
from toshima_cli.journal import Subject
from toshima_cli.looks import report, report_lists

CHARTED = ("table", "md", "html", "xlsx")
"""Forms with charts."""

LISTED = ("xlsx",)
"""Forms that carry the list behind every figure."""


@dataclass(frozen=True, slots=True)
class Whole:
    """`course` and `units` where the form shows them. `head`: the last hash of the journal before this look."""

    monthly: r.Monthly
    course: r.Course | None
    units: Sequence[r.Unit]
    subjects: Sequence[Subject]
    head: str


def whole(conn: Any, month: r.Range, form: str, *, actor: str, named: bool, mask: bool, english: bool) -> Whole:
    """What the form needs, no more: counting is slow where there are many cases."""
    found = report.monthly(conn, month, english=english)
    course = report.course(conn, month) if form in CHARTED else None
    units, subjects = list[r.Unit](), list[Subject]()
    if form in LISTED:
        units, subjects = report_lists.every_unit(conn, month, actor=actor, named=named, mask=mask, english=english)
    last = queries("journal").last(conn)
    return Whole(found, course, units, subjects, last["hash"] if last else "")


def manifest(found: Whole, query_of: dict[str, str], *, name: str, content: bytes) -> dict[str, Any]:
    """What a machine needs to check a file: each figure with the query that counts it and the sum of its text, the sum
    of the file, and the head of the journal, which the file itself never carries."""
    sums = {query: sha256(report.list_of(query).encode()).hexdigest() for query in set(query_of.values())}
    return {
        "month": found.monthly.month,
        "file": name,
        "bytes": len(content),
        "sha256": sha256(content).hexdigest(),
        "journal_head": found.head,
        "rows": [
            {**line.row(), "query": query_of[line.key], "query_sha256": sums[query_of[line.key]]}
            for line in found.monthly.lines
        ],
    }
