"""The balance of a caseload as sections: by coordinator, by window, by stage and age."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from toshima_cli.domain.terms import ENDED, Stage
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.ui.charts import Chart, Series
from toshima_cli.ui.report import CARE
from toshima_cli.ui.sections import Paper, Section

if TYPE_CHECKING:
    from toshima_cli.looks.balance import Balance, Load

Names = Mapping[str, Mapping[str, str]]

AGES: dict[str, Say] = {
    "to_3_months": say("up to 3 months"),
    "to_6_months": say("3 to 6 months"),
    "to_12_months": say("6 to 12 months"),
    "longer": say("more than a year"),
}
OPEN, NEW, LATE = say("Open"), say("New this month"), say("Overdue")
STAGES = tuple(stage for stage in Stage if stage not in ENDED)


def paper(found: "Balance", names: Names) -> Paper:
    staff, windows = names.get("staff", {}), names.get("window", {})

    def coordinator(code: str | None) -> Value:
        return f"{code} {staff.get(code, '')}".rstrip() if code else say("(no coordinator yet)")

    def window(code: str | None) -> Value:
        return windows.get(code, code) if code else say("(no window)")

    whole = found.whole
    shape = Section(
        "all",
        say("All cases not ended"),
        ("", OPEN, NEW, LATE),
        ((say("All"), whole.open, whole.opened, whole.overdue),),
        charts=(
            _chart(say("Open cases by stage"), [(stage, whole.stages[stage.value]) for stage in STAGES]),
            _chart(say("Open cases by how long they have been open"), [(AGES[age], whole.ages[age]) for age in AGES]),
        ),
    )
    return Paper(
        say("The caseload, on {on}", on=found.today),
        CARE,
        (
            shape,
            _section("coordinators", say("By coordinator"), say("Coordinator"), found.coordinators, coordinator),
            _section("windows", say("By the window that received"), say("Window"), found.windows, window),
        ),
        notes=(say("In the order of their codes: figures to share work by, not a ranking."),),
    )


def _section(
    name: str, title: Say, head: Say, loads: "Sequence[Load]", label: Callable[[str | None], Value]
) -> Section:
    header: tuple[Value, ...] = (head, OPEN, NEW, LATE, *STAGES, *AGES.values())
    rows = tuple(
        (
            label(load.code),
            load.open,
            load.opened,
            load.overdue,
            *(load.stages[stage.value] for stage in STAGES),
            *(load.ages[age] for age in AGES),
        )
        for load in loads
    )
    chart = Chart(
        "bars",
        say("Open cases"),
        tuple(label(load.code) for load in loads),
        (Series(OPEN, tuple(load.open for load in loads)),),
    )
    return Section(name, title, header, rows, (chart,) if loads else (), screen=(0, 1, 2, 3))


def _chart(title: Say, counted: Sequence[tuple[Value, int]]) -> Chart:
    return Chart(
        "bars", title, tuple(label for label, _ in counted), (Series(OPEN, tuple(count for _, count in counted)),)
    )
