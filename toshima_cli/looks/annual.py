"""The report of a fiscal year: the figures of the monthly report by month, and what only a year can say.

Restricted cases are counted, as in the monthly report; nobody is named, and the words of a gap are held back where they
say anybody of the cases that show it.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from toshima_cli import places
from toshima_cli.db import queries
from toshima_cli.domain import annual as d
from toshima_cli.domain import figures as f
from toshima_cli.domain import office
from toshima_cli.domain import report as r
from toshima_cli.domain.household_type import household_type
from toshima_cli.domain.initials import HELD_BACK
from toshima_cli.domain.paper import says_anyone
from toshima_cli.domain.terms import GapStatus, Ground, ReferralStatus, ToKind
from toshima_cli.domain.verdict import Value, say
from toshima_cli.looks import gaps, report

UNTIL = ("to_consent", "to_plan", "to_end")
"""The waits, by their queries."""


def annual(conn: Any, year: int, today: date, *, english: bool = False) -> d.Annual:
    """The fiscal year that begins in April of `year`; of one that runs, the months begun by `today`."""
    months = [span for span in r.fiscal_months(year) if span.start <= today]
    whole = r.Range(months[0].start, months[-1].end)
    blocks = tuple(_blocks(conn, months, whole, english))
    asked = {"start": whole.start.isoformat(), "before_day": whole.end.isoformat()}
    settings = places.settings(conn)
    lines = {line.key: line for _, found in blocks for line in found}
    began = queries("report_times").first_day(conn, before_day=asked["before_day"])["on_date"]
    return d.Annual(
        first=whole.start,
        end=whole.end,
        blocks=blocks,
        about=tuple(_about(conn, whole)),
        came=tuple(
            d.Came(row["channel"], row["window_code"], row["cases"])
            for row in queries("report_year").came(conn, **asked)
        ),
        places=tuple(_places(conn, whole, english)),
        waits={until: report.waits(conn, until, **asked) for until in UNTIL},
        gaps=tuple(_gaps(conn, whole)),
        targets=tuple(
            d.Target(key, lines[key].label, target, lines[key].year)
            for key, target in sorted(office.targets(settings, year).items())
            if key in lines
        ),
        population=office.population(settings, year),
        notes=(say("The books begin on {on}: a 0 for the time before says nothing.", on=date.fromisoformat(began)),)
        if began and date.fromisoformat(began) > whole.start
        else (),
    )


def _blocks(
    conn: Any, months: list[r.Range], whole: r.Range, english: bool
) -> Iterator[tuple[Any, tuple[d.Year, ...]]]:
    """Each figure month by month; the whole is the month's own counting over the year, so that 実 are counted once."""
    books = [report.Books(conn, span, english) for span in (*months, whole)]
    for block in f.BLOCKS:
        found: list[d.Year] = []
        for figure in block.figures:
            label = books[-1].label(figure)
            if figure.each is None:
                *each, total = (one.figure(figure, one.month) for one in books)
                found.append(d.Year(figure.key, label, figure.counts, _padded(each), total))
                continue
            counted = [one.counted(figure, one.month) for one in books]
            names: dict[str, Value] = {}
            for one in books:
                names |= {code: name for code, name in one.codes(figure).items() if code not in names}
            for code, name in names.items():
                *each, total = (units.get(code, 0) for units in counted)
                label_ = say("{what}: {name}", what=label, name=name)
                found.append(d.Year(f"{figure.key}.{code}", label_, figure.counts, _padded(each), total, label, name))
        yield block.title, tuple(found)


def _padded(months: list[int]) -> tuple[int | None, ...]:
    return (*months, *(None,) * (12 - len(months)))


def _about(conn: Any, whole: r.Range) -> Iterator[d.About]:
    """Cases by concern and kind of household, as it was on the day the concern was noted. The concern of a case noted
    twice is of its first day."""
    q = queries("report_year")
    asked = {"start": whole.start.isoformat(), "before_day": whole.end.isoformat()}
    homes: dict[str, list[Any]] = {}
    for row in q.members(conn, **asked):
        homes.setdefault(row["case_number"], []).append(row)
    books = report.Books(conn, whole)
    figure = next(figure for block in f.BLOCKS for figure in block.figures if figure.key == "concerns")
    first: dict[tuple[str, str], str] = {}
    for row in conn.execute(report.LIST.format(list=report.list_of(figure.query)), books.asked(figure, whole)):
        first.setdefault((row["code"], row["case_number"]), row["on_date"])
    counted = Counter((code, _kind(homes.get(case, []), on)) for (code, case), on in first.items())
    fields = {row["code"]: row["field"] for row in q.fields(conn)}
    order = {code: place for place, code in enumerate(fields)}
    for code, kind in sorted(counted, key=lambda pair: (order.get(pair[0], len(order)), pair)):
        yield d.About(code, fields.get(code, "other"), kind, counted[code, kind])


def _kind(home: list[Any], on: str) -> str:
    return household_type(
        row["relation"] for row in home if row["joined_on"] <= on and (row["left_on"] is None or row["left_on"] > on)
    )


def _places(conn: Any, whole: r.Range, english: bool) -> Iterator[d.Place]:
    """Every window, and whatever else was asked: programmes, resources, and what is outside as one."""
    q = queries("report_year")
    asked = {"start": whole.start.isoformat(), "before_day": whole.end.isoformat()}
    books = report.Books(conn, whole, english)
    by_window = next(x for block in f.BLOCKS for x in block.figures if x.key == "consultations.by_window")
    received, names = books.counted(by_window, whole), books.codes(by_window)
    rows: dict[tuple[str, str | None], list[Any]] = {(ToKind.WINDOW.value, code): [] for code in names}
    for row in q.asked(conn, **asked):
        code = row["to_code"] if row["to_kind"] != ToKind.OUTSIDE else None
        rows.setdefault((row["to_kind"], code), []).append(row)
    known = places.recipients(conn)
    kinds, windows = [kind.value for kind in ToKind], list(names)

    def order(place: tuple[str, str | None]) -> tuple[int, int, str]:
        """Windows in the order of their list, then programmes, resources, bodies outside."""
        kind, code = place
        return kinds.index(kind), windows.index(code) if code in names else len(windows), code or ""

    for kind, code in sorted(rows, key=order):
        found = rows[kind, code]
        awaited = [
            row for row in found if row["ground"] != Ground.NONE_SHARED and row["status"] != ReferralStatus.REVOKED
        ]
        days = [
            (date.fromisoformat(row["answered_on"]) - date.fromisoformat(row["on_date"])).days
            for row in awaited
            if row["answered_on"]
        ]
        status = Counter(row["status"] for row in awaited)
        accepted = status[ReferralStatus.ACCEPTED] + status[ReferralStatus.COMPLETED]
        name: Value = names.get(code, "") if kind == ToKind.WINDOW and code else ""
        if not name:
            name = known[code].name if code in known else say("Bodies outside") if code is None else code
        yield d.Place(
            kind=kind,
            code=code,
            name=name,
            received=received.get(code, 0) if kind == ToKind.WINDOW and code else 0,
            asked=len(awaited),
            accepted=accepted,
            declined=status[ReferralStatus.DECLINED],
            waiting=len(awaited) - accepted - status[ReferralStatus.DECLINED],
            addresses=sum(row["ground"] == Ground.NONE_SHARED for row in found),
            to_answer=r.Waits(tuple(days)),
        )


def _gaps(conn: Any, whole: r.Range) -> Iterator[d.Lack]:
    """Raised in the year, or with a step in it, or waiting for an answer at its end; the oldest first."""
    last = whole.end - timedelta(days=1)
    for gap in gaps.load(conn, as_seen_by=""):
        status = gap.status_on(last)
        if gap.on > last or status is None:
            continue
        answer = gap.answer_on(last)
        moved = [step.on for step in gap.steps if whole.start <= step.on <= last]
        if gap.on < whole.start and not moved and status is GapStatus.ANSWERED:
            continue
        said = gaps.named(conn, gap)
        yield d.Lack(
            gap=gap.number,
            kind=gap.kind.value,
            text=HELD_BACK if says_anyone(gap.text, said) else gap.text,
            cases=len(list(queries("gaps").shown_by(conn, gap_id=gap.id))),
            raised_on=gap.on,
            status=status.value,
            answered_on=answer.on if answer else None,
            answer=(HELD_BACK if says_anyone(answer.text, said) else answer.text) if answer and answer.text else None,
        )
