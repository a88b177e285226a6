"""The report of a fiscal year as sections: what was counted by month, what cases were about, where they came from and
went, how long it took, what is lacking, what was aimed at."""

from collections.abc import Iterator, Mapping
from datetime import date

from toshima_cli.domain.annual import Annual, Year
from toshima_cli.domain.calendar import ERAS
from toshima_cli.domain.figures import SIGNS
from toshima_cli.domain.report import FEWEST
from toshima_cli.domain.terms import Field, GapKind, GapStatus
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.i18n import language, render
from toshima_cli.ui.charts import Chart, Series
from toshima_cli.ui.report import BALANCE, CARE, COUNTED, RULES, WHAT, classes
from toshima_cli.ui.sections import Cell, Paper, Section

Names = Mapping[str, Mapping[str, str]]

UNTIL: dict[str, Say] = {
    "to_consent": say("to the first consent"),
    "to_plan": say("to the first plan in force"),
    "to_end": say("to the conclusion"),
}

TOTAL = say("Year")


def paper(report: Annual, names: Names, *, everything: bool) -> Paper:
    """`names`: the lists that are data, in the language of the screen. `everything`: every code, whatever it counts."""
    sections = (
        *_targets(report),
        _course(report),
        *(_by_month(report, number, everything) for number in range(len(report.blocks))),
        _about(report, names),
        _came(report, names),
        _places(report),
        _waits(report),
        _rates(report),
        _gaps(report),
    )
    return Paper(title(report), CARE, sections, to_know=report.notes, notes=tuple(_notes(report)))


def title(report: Annual) -> Value:
    if language() == "ja":
        era = next(era for era in ERAS if report.first >= era.first)
        year = report.first.year - era.first.year + 1
        said = render(say("Annual report {year}", year=report.fiscal_year))
        return f"{said}（{era.name}{'元' if year == 1 else year}年度）"
    return say("Annual report {year}", year=_years(report))


def _years(report: Annual) -> str:
    """2026/27"""
    return f"{report.fiscal_year}/{(report.fiscal_year + 1) % 100:02}"


def _notes(report: Annual) -> Iterator[Value]:
    yield BALANCE
    yield from RULES
    yield say("Small numbers are printed as they are: not for publication.")


# -------------------------------------------------------------------- figures


def _targets(report: Annual) -> Iterator[Section]:
    """Only where the office has set any."""
    if report.targets:
        yield Section(
            "targets",
            say("Targets and what was reached"),
            (WHAT, say("Target"), say("Reached")),
            tuple((t.label, t.target, t.actual) for t in report.targets),
            notes=(say("The targets are the office's own settings."),),
        )


def _course(report: Annual) -> Section:
    def months(key: str) -> tuple[int, ...]:
        line = next(line for line in report.lines if line.key == key)
        return tuple(value for value in line.months if value is not None)

    begun = len(months("consultations.new"))
    labels: tuple[Value, ...] = tuple(_month(report.first, number) for number in range(begun))
    chart = Chart(
        "columns",
        say("Received in this system and open at the end, month by month"),
        labels,
        (
            Series(say("Received in this system"), months("consultations.new")),
            Series(say("Open at the end"), months("cases.open_end")),
        ),
    )
    rows = tuple(zip(labels, *(series.values for series in chart.series), strict=True))
    header = (
        say(
            "Month",
        ),
        *(series.name for series in chart.series),
    )
    return Section("course", say("The year at a glance"), header, rows, (chart,), screen=())


def _month(first: date, number: int) -> str:
    year, month = divmod(first.month - 1 + number, 12)
    return f"{first.year + year}-{month + 1:02}"


ENGLISH = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")


def _heads() -> tuple[str, ...]:
    """The months of a fiscal year, as short as the columns under them."""
    return tuple(f"{(number + 3) % 12 + 1}月" for number in range(12)) if language() == "ja" else ENGLISH


def _by_month(report: Annual, number: int, everything: bool) -> Section:
    name, lines = report.blocks[number]
    return Section(
        render(name),
        name,
        (WHAT, COUNTED, *_heads(), TOTAL),
        tuple(_rows(lines, everything)),
        screen=(0, 1, 14),
    )


def _rows(lines: tuple[Year, ...], everything: bool) -> Iterator[tuple[Cell, ...]]:
    """The codes of a family under its heading, set in."""
    heading: Say | None = None
    for line in lines:
        if line.family is None or line.name is None:
            yield line.label, SIGNS[line.counts], *line.months, line.year
        elif everything or not line.nothing:
            if line.family != heading:
                heading = line.family
                yield heading, SIGNS[line.counts], *(None,) * 13
            yield f"　{render(line.name)}", "", *line.months, line.year


# ------------------------------------------------------------- what it was about


def _about(report: Annual, names: Names) -> Section:
    """Concerns with their field down, kinds of household across."""
    kinds = [kind for kind in names["household_type"] if any(a.household_type == kind for a in report.about)]
    counted = {(a.concern, a.household_type): a.cases for a in report.about}
    fields = {a.concern: a.field for a in report.about}
    rows: list[tuple[Cell, ...]] = []
    for concern, field in fields.items():
        cells = [counted.get((concern, kind), 0) for kind in kinds]
        rows.append((names["concern"].get(concern, concern), _field(field), *cells, sum(cells)))
    across: list[Value] = [names["household_type"][kind] for kind in kinds]
    header = (say("Concern"), say("Field"), *across, say("Cases"))
    return Section(
        "about",
        say("What the cases were about, by kind of household"),
        header,
        tuple(rows),
        notes=(
            say("A case once under each of its concerns."),
            say("The kind of household follows from the people recorded (this program's own rule)."),
        ),
    )


def _field(slug: str) -> Value:
    return Field(slug) if slug in [*Field] else slug


def _came(report: Annual, names: Names) -> Section:
    """Windows down, channels across."""
    channels = [code for code in names["channel"] if any(c.channel == code for c in report.came)]
    windows = list(dict.fromkeys([code for code in names["window"] if any(c.window == code for c in report.came)]))
    windows += sorted({c.window for c in report.came} - set(windows))
    channels += sorted({c.channel for c in report.came} - set(channels))
    counted = {(c.window, c.channel): c.cases for c in report.came}
    rows: list[tuple[Cell, ...]] = []
    for window in windows:
        cells = [counted.get((window, channel), 0) for channel in channels]
        rows.append((names["window"].get(window, window), *cells, sum(cells)))
    across: list[Value] = [names["channel"].get(code, code) for code in channels]
    header = (say("Window"), *across, say("Received"))
    return Section("came", say("Where they came from"), header, tuple(rows))


def _places(report: Annual) -> Section:
    """What was asked of whom; places nobody came to and nobody asked are left out."""
    rows = tuple(
        (p.name, p.received, p.asked, p.accepted, p.declined, p.waiting, p.addresses, p.to_answer.median)
        for p in report.places
        if p.received or p.asked or p.addresses
    )
    header = (
        say("Place"),
        say("Received"),
        say("Asked"),
        say("Accepted"),
        say("Declined"),
        say("Waiting"),
        say("Addresses given"),
        say("Days to the answer (median)"),
    )
    return Section(
        "places",
        say("What windows and others were asked and answered"),
        header,
        rows,
        notes=(
            say("Referrals of the year, as they stood at its end. Reports by law are no referrals."),
            _fewest(),
        ),
        screen=(0, 1, 2, 3, 4, 5),
    )


def _waits(report: Annual) -> Section:
    found = {until: waits for until, waits in report.waits.items() if waits.median is not None}
    charts = tuple(
        Chart(
            "columns",
            say("Days from the first word {until}", until=UNTIL[until]),
            classes(),
            (Series(say("Cases"), waits.classes),),
        )
        for until, waits in found.items()
    )
    rows = tuple((UNTIL[until], len(waits.days), waits.median) for until, waits in report.waits.items())
    header = (say("From the first word"), say("Cases"), say("Days (median)"))
    return Section("waits", say("How long it took"), header, rows, charts, notes=(_fewest(),))


def _fewest() -> Say:
    return say("A median is given from {least} cases on.", least=FEWEST)


def _rates(report: Annual) -> Section:
    rows = tuple((label, figure, rate) for _, label, figure, rate in report.rates())
    header = (WHAT, TOTAL, say("Per 100,000 inhabitants"))
    if report.population:
        note = say("Inhabitants: {count}, as the office has set.", count=f"{report.population:,}")
    else:
        note = say(
            "The number of inhabitants is not set: toshima config population.{year} NUMBER", year=report.fiscal_year
        )
    return Section("rates", say("Per inhabitants"), header, rows, notes=(note,))


def _gaps(report: Annual) -> Section:
    rows = tuple(
        (g.gap, GapKind(g.kind), g.cases, g.raised_on, GapStatus(g.status), g.text, g.answer) for g in report.gaps
    )
    header = (
        say("Gap"),
        say("Kind"),
        say("Cases"),
        say("Raised on"),
        say("Status"),
        say("What is lacking"),
        say("Answer"),
    )
    notes = () if rows else (say("No gap was raised, forwarded or answered."),)
    return Section("gaps", say("What is lacking, and the answers"), header, rows, notes=notes, screen=(0, 1, 4, 5))
