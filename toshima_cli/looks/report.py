"""The monthly report: every figure is the length of its own list in `queries/report.sql`.

`COUNT` and `LIST` are laid around the text of one and the same named query, so a figure and the list of its cases
cannot differ; the month and the year to date are the same query with another range.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from toshima_cli import facts, places
from toshima_cli.db import queries, viewer
from toshima_cli.domain import report as r
from toshima_cli.domain.calendar import fiscal_start
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.journal import Subject

COUNT = "SELECT code, COUNT(*) AS units FROM ({list}) AS counted GROUP BY code"
LIST = (
    "SELECT code, unit, case_number, meeting, item, person, person_id, on_date FROM ({list}) AS counted"
    " ORDER BY on_date, case_number NULLS LAST, meeting NULLS LAST, item NULLS LAST, unit, code"
)

Codes = dict[str, Value]
"""The codes of a family with their names, in the order of the report."""


@dataclass
class _Books:
    """The books asked for one month; what was counted once is kept, since several figures share a list."""

    conn: Any
    month: r.Range
    english: bool = False
    _days: dict[str, int] = field(default_factory=dict)
    _names: dict[str, Codes] = field(default_factory=dict)
    _counted: dict[tuple[str, ...], dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        settings = places.settings(self.conn)
        self._days = {key: int(settings[name]) for key, name in r.DAYS.items()}
        for row in queries("names").names(self.conn):
            self._names.setdefault(row["list"], {})[row["code"]] = row["name_en" if self.english else "name"]

    @property
    def year(self) -> r.Range:
        """From 1 April to the end of the month."""
        return r.Range(fiscal_start(self.month.start), self.month.end)

    def asked(self, figure: r.Figure, span: r.Range) -> dict[str, str]:
        return span.asked(
            figure,
            engaging_long=self._days["engaging.over_90_days"],
            unanswered=self._days["referrals.unanswered"],
        )

    def counted(self, figure: r.Figure, span: r.Range) -> dict[str, int]:
        """How many units of each code the figure's list has."""
        asked = self.asked(figure, span)
        # A state does not depend on where the range began: the month and the year end on the same day.
        known = (figure.query, asked["before_day"], "" if figure.counts is r.STATE else asked["start"])
        if known not in self._counted:
            rows = self.conn.execute(COUNT.format(list=_sql(figure)), asked)
            self._counted[known] = {row["code"]: row["units"] for row in rows}
        return self._counted[known]

    def figure(self, figure: r.Figure, span: r.Range) -> int:
        counted = self.counted(figure, span)
        return sum(counted[code] for code in counted if code in figure.codes or not figure.codes)

    def label(self, figure: r.Figure) -> Say:
        """The label, with the days of the setting where it names any."""
        days = self._days.get(figure.key)
        return figure.label if days is None else Say(figure.label.text, (("days", days),))

    def codes(self, figure: r.Figure) -> Codes:
        """Every code of a family; what the books hold beside today's list (a code of an earlier edition) comes last."""
        assert figure.each is not None
        known: Codes
        if isinstance(figure.each, str):
            known = self._names.get(figure.each, {})
        else:
            known = {term.value: term for term in figure.each}
        found = self.counted(figure, self.year)
        return known | {code: code for code in sorted(found) if code not in known}

    def lines(self, figure: r.Figure) -> list[r.Line]:
        label = self.label(figure)
        if figure.each is None:
            return [
                r.Line(
                    figure.key,
                    label,
                    figure.counts,
                    self.figure(figure, self.month),
                    self.figure(figure, self.year),
                )
            ]
        month, year = self.counted(figure, self.month), self.counted(figure, self.year)
        return [
            r.Line(
                f"{figure.key}.{code}",
                say("{what}: {name}", what=label, name=name),
                figure.counts,
                month.get(code, 0),
                year.get(code, 0),
                label,
                name,
            )
            for code, name in self.codes(figure).items()
        ]


def _sql(figure: r.Figure) -> str:
    text: str = getattr(queries("report"), figure.query).sql
    return text.strip().removesuffix(";")


def monthly(conn: Any, month: r.Range, *, english: bool = False) -> r.Monthly:
    """Every figure of the month and of its fiscal year up to the month's end; no clock, no person."""
    books = _Books(conn, month, english)
    return r.Monthly(
        first=month.start,
        year_from=books.year.start,
        blocks=tuple(
            (block.title, tuple(line for figure in block.figures for line in books.lines(figure))) for block in r.BLOCKS
        ),
    )


def keys(conn: Any, month: r.Range) -> dict[str, tuple[r.Figure, Say]]:
    """Every key of the report with its figure and its label. Of a family the figure counts that one code."""
    books = _Books(conn, month)
    found: dict[str, tuple[r.Figure, Say]] = {}
    for figure in (figure for block in r.BLOCKS for figure in block.figures):
        if figure.each is None:
            found[figure.key] = figure, books.label(figure)
            continue
        for code, name in books.codes(figure).items():
            key, label = f"{figure.key}.{code}", say("{what}: {name}", what=figure.label, name=name)
            found[key] = r.Figure(key, label, figure.counts, figure.query, (code,)), label
    return found


REPORTS = "reports_by_law"
_NAMES = ("unit", "case_number", "person", "person_id")


def _for(conn: Any, row: dict[str, Any], actor: str) -> dict[str, Any]:
    case = facts.load(conn, row["case_number"])
    if case is None:
        return row | dict.fromkeys(_NAMES)
    report = next(referral for referral in case.referrals if referral.number == row["unit"])
    if report.open_to(actor, case.coordinator_on(date.max)):
        return row
    return row | dict.fromkeys(_NAMES)


def units(conn: Any, month: r.Range, figure: r.Figure, *, actor: str) -> tuple[list[dict[str, Any]], list[Subject]]:
    """The units a figure of the month counts, {unit, case, meeting, item, person, on}, and whom they show.

    A figure is the office's, the same for everybody; a unit of a restricted case is a day to those who are not of it
    (rule 11). A report by law names case and person to its own people only (rule 7); to `actor`, if they are none of
    them, it is a number and a day.
    """
    hidden = {row["number"] for row in queries("books").hidden_cases(conn, viewer=viewer(conn))}
    rows = [
        dict(row) | dict.fromkeys((*_NAMES, "meeting", "item"))
        if row["case_number"] in hidden
        else _for(conn, dict(row), actor)
        if figure.query == REPORTS
        else row
        for row in conn.execute(LIST.format(list=_sql(figure)), _Books(conn, month).asked(figure, month))
        if row["code"] in figure.codes or not figure.codes
    ]
    subjects = [
        (kind, str(row[column]))
        for row in rows
        for kind, column in (("case", "case_number"), ("person", "person_id"), ("meeting", "meeting"))
        if row[column] is not None
    ]
    return [
        {
            "unit": row["unit"],
            "case": row["case_number"],
            "meeting": row["meeting"],
            "item": row["item"],
            "person": row["person"],
            "on": date.fromisoformat(row["on_date"]),
        }
        for row in rows
    ], subjects
