"""The monthly report: every figure is the length of its own list in `queries/report.sql` or `report_people.sql`.

`COUNT` and `LIST` are laid around the text of one and the same named query, so a figure and the list of its cases
cannot differ; the month and the year to date are the same query with another range.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from toshima_cli import places
from toshima_cli.db import queries
from toshima_cli.domain import figures as f
from toshima_cli.domain import report as r
from toshima_cli.domain.calendar import fiscal_start
from toshima_cli.domain.terms import ENDED, Stage
from toshima_cli.domain.verdict import Say, Value, say

COUNT = "SELECT code, COUNT(*) AS units FROM ({list}) AS counted GROUP BY code"
LIST = (
    "SELECT code, unit, case_number, meeting, item, person, person_id, on_date FROM ({list}) AS counted"
    " ORDER BY on_date, case_number NULLS LAST, meeting NULLS LAST, item NULLS LAST, unit, code"
)

FILES = ("report", "report_people")

Codes = dict[str, Value]
"""The codes of a family with their names, in the order of the report."""


@dataclass
class Books:
    """The books asked for one month; what was counted once is kept, since several figures share a list."""

    conn: Any
    month: r.Range
    english: bool = False
    beside: bool = True
    """With the month before and the one a year ago."""
    _days: dict[str, int] = field(default_factory=dict)
    _names: dict[str, Codes] = field(default_factory=dict)
    _counted: dict[tuple[str, ...], dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        settings = places.settings(self.conn)
        self._days = {key: int(settings[name]) for key, name in f.DAYS.items()}
        for row in queries("names").names(self.conn):
            self._names.setdefault(row["list"], {})[row["code"]] = row["name_en" if self.english else "name"]

    @property
    def year(self) -> r.Range:
        """From 1 April to the end of the month."""
        return r.Range(fiscal_start(self.month.start), self.month.end)

    def asked(self, figure: f.Figure, span: r.Range) -> dict[str, str]:
        return span.asked(
            figure,
            engaging_long=self._days["engaging.over_90_days"],
            unanswered=self._days["referrals.unanswered"],
        )

    def counted(self, figure: f.Figure, span: r.Range) -> dict[str, int]:
        """How many units of each code the figure's list has."""
        asked = self.asked(figure, span)
        # A state does not depend on where the range began: the month and the year end on the same day.
        known = (figure.query, asked["before_day"], "" if figure.counts is f.STATE else asked["start"])
        if known not in self._counted:
            rows = self.conn.execute(COUNT.format(list=list_of(figure.query)), asked)
            self._counted[known] = {row["code"]: row["units"] for row in rows}
        return self._counted[known]

    def figure(self, figure: f.Figure, span: r.Range) -> int:
        counted = self.counted(figure, span)
        return sum(counted[code] for code in counted if code in figure.codes or not figure.codes)

    def label(self, figure: f.Figure) -> Say:
        return self._dated(figure, figure.label)

    def how(self, figure: f.Figure) -> Say:
        return self._dated(figure, f.HOW[figure.key])

    def _dated(self, figure: f.Figure, text: Say) -> Say:
        """With the days of the setting, where it names any."""
        days = self._days.get(figure.key)
        return text if days is None else Say(text.text, (("days", days),))

    def codes(self, figure: f.Figure, spans: Iterable[r.Range] | None = None) -> Codes:
        """Every code of a family; what the books hold in these ranges (those of the columns) beside today's list, a
        code of an earlier edition, comes last."""
        assert figure.each is not None
        known: Codes
        if isinstance(figure.each, str):
            known = self._names.get(figure.each, {})
        else:
            known = {term.value: term for term in figure.each}
        found = {code for span in (self.columns if spans is None else spans) for code in self.counted(figure, span)}
        return known | {code: code for code in sorted(found) if code not in known}

    @cached_property
    def columns(self) -> tuple[r.Range, ...]:
        """The month, the fiscal year up to its end, and where they are wanted the month before and the same month a
        year ago."""
        first = self.month.start
        beside = (r.months_before(first, 2)[0], r.months_before(first, 13)[0]) if self.beside else ()
        return self.month, self.year, *beside

    def lines(self, figure: f.Figure) -> list[r.Line]:
        label = self.label(figure)
        if figure.each is None:
            return [self._line(figure.key, label, figure, [self.figure(figure, span) for span in self.columns])]
        counted = [self.counted(figure, span) for span in self.columns]
        found = []
        for code, name in self.codes(figure).items():
            whole = say("{what}: {name}", what=label, name=name)
            line = self._line(f"{figure.key}.{code}", whole, figure, [units.get(code, 0) for units in counted])
            found.append(replace(line, family=label, name=name))
        return found

    @staticmethod
    def _line(key: str, label: Say, figure: f.Figure, numbers: list[int]) -> r.Line:
        month, year, last, ago = (*numbers, 0, 0)[:4]
        return r.Line(key, label, figure.counts, month, year, last, ago)


def list_of(query: str) -> str:
    """The text of a named list, to be laid into `COUNT` or `LIST`."""
    file = next(file for file in FILES if query in queries(file).available_queries)
    text: str = getattr(queries(file), query).sql
    return text.strip().removesuffix(";")


def monthly(conn: Any, month: r.Range, *, english: bool = False, beside: bool = True) -> r.Monthly:
    """Every figure of the month, of the one before, of the same month a year ago and of the fiscal year up to the
    month's end; no clock, no person. Without `beside` the month before and the one a year ago are not counted."""
    books = Books(conn, month, english, beside)
    blocks = tuple(
        (block.title, tuple(line for figure in block.figures for line in books.lines(figure))) for block in f.BLOCKS
    )
    began = queries("report_times").first_day(conn, before_day=month.end.isoformat())["on_date"]
    return r.Monthly(
        first=month.start,
        year_from=books.year.start,
        blocks=blocks,
        notes=tuple(r.to_know(blocks, month, date.fromisoformat(began) if began else None)),
    )


def course(conn: Any, month: r.Range) -> r.Course:
    """What the charts show: the thirteen months up to this one, the stages at its end, the waits of the year."""
    books = Books(conn, month)
    opened, received = _figure("cases.open_end"), _figure("consultations.new")
    stages = {span.start: _stages(books.counted(opened, span)) for span in r.months_before(month.start, 13)}
    year = {"start": books.year.start.isoformat(), "before_day": books.year.end.isoformat()}
    return r.Course(
        trend=tuple(
            (span.start.isoformat()[:7], books.figure(received, span), sum(stages[span.start][s] for s in r.COMPLEX))
            for span in r.months_before(month.start, 13)
        ),
        stages=tuple(stages[month.start].items()),
        to_consent=waits(conn, "to_consent", **year),
    )


def waits(conn: Any, query: str, *, start: str, before_day: str) -> r.Waits:
    """The days of a list of `report_times.sql`."""
    rows = getattr(queries("report_times"), query)(conn, start=start, before_day=before_day)
    return r.Waits(tuple((date.fromisoformat(row["on_date"]) - date.fromisoformat(row["since"])).days for row in rows))


def _figure(key: str) -> f.Figure:
    return next(figure for block in f.BLOCKS for figure in block.figures if figure.key == key)


def _stages(counted: Mapping[str, int]) -> dict[Stage, int]:
    """Open cases by stage, in the order of the flow; `engaging_long` is engaging."""
    found = {stage: counted.get(stage.value, 0) for stage in Stage if stage not in ENDED}
    found[Stage.ENGAGING] += counted.get("engaging_long", 0)
    return found


def lines(conn: Any, year: r.Range, wanted: Collection[str], *, english: bool = False) -> list[r.Line]:
    """The rows of some figures and families, by key, in the order of the report: what `monthly` gives of a month that
    ends with `year`, which begins on a 1 April. The column of the month counts the same days here."""
    books = Books(conn, year, english)
    figures = (figure for block in f.BLOCKS for figure in block.figures if figure.key in wanted)
    return [line for figure in figures for line in books.lines(figure)]


def keys(conn: Any, month: r.Range, *, english: bool = False) -> dict[str, tuple[f.Figure, Say]]:
    """Every key of the report with its figure and its label. Of a family the figure counts that one code."""
    books = Books(conn, month, english)
    found: dict[str, tuple[f.Figure, Say]] = {}
    for figure in (figure for block in f.BLOCKS for figure in block.figures):
        if figure.each is None:
            found[figure.key] = figure, books.label(figure)
            continue
        for code, name in books.codes(figure).items():
            key, label = f"{figure.key}.{code}", say("{what}: {name}", what=figure.label, name=name)
            found[key] = f.Figure(key, label, figure.counts, figure.query, (code,)), label
    return found


def explained(
    conn: Any, month: r.Range, key: str | None = None, *, english: bool = False
) -> tuple[tuple[Say, tuple[r.Explained, ...]], ...]:
    """Every key of the report, or the one, block by block, with the words that say how it is counted."""
    books = Books(conn, month, english)

    def lines(figure: f.Figure) -> Iterator[r.Explained]:
        label, how = books.label(figure), books.how(figure)
        if figure.each is None:
            yield r.Explained(figure.key, label, figure.counts, how, figure.query)
            return
        for code, name in books.codes(figure).items():
            whole = say("{what}: {name}", what=label, name=name)
            yield r.Explained(f"{figure.key}.{code}", whole, figure.counts, how, figure.query, label)

    blocks = (
        (block.title, tuple(line for figure in block.figures for line in lines(figure) if key in (None, line.key)))
        for block in f.BLOCKS
    )
    return tuple((title, found) for title, found in blocks if found)
