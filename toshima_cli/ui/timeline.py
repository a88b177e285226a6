"""Everything of a case in order, a line each: the day, what it was, whom it is about, in words."""

from typing import TYPE_CHECKING

from toshima_cli.domain.verdict import Value, say
from toshima_cli.ui.fitting import alerts_of, duty_to_report
from toshima_cli.ui.page import Page, Shown, Toned

if TYPE_CHECKING:
    from toshima_cli.looks.show import Shown as Case
    from toshima_cli.looks.timeline import Entry

KINDS = {
    "reception": say("reception"),
    "stage": say("stage"),
    "coordinator": say("coordinator"),
    "outreach": say("outreach"),
    "end": say("end"),
    "link": say("linked"),
    "joined": say("joined"),
    "left": say("left"),
    "same": say("one person"),
    "correction": say("corrected"),
    "concern": say("concern"),
    "concern_end": say("concern ended"),
    "wish": say("wish"),
    "consent": say("consent"),
    "referral": say("referral"),
    "answer": say("answer"),
    "plan": say("plan"),
    "action": say("step agreed"),
    "done": say("step done"),
    "confirmation": say("confirmed"),
    "sitting": say("sitting"),
    "approach": say("approach"),
    "conference": say("other conference"),
    "contact": say("contact"),
    "watch": say("watch"),
    "gap": say("gap"),
}
"""What each kind of entry is called; what was taken back goes by its own words."""


def draw(case: "Case", page: Page) -> None:
    """The whole course; what must not be overlooked stands before it, as it does on the screen of the case."""
    data = case.json()
    duty_to_report(page, data["duty"])
    if data["restricted"]:
        page.line(Toned(say("Under restriction: seen by its own people only."), "red"))
    for person in data["people"]:
        if person["left_on"] is None and not person["withheld"]:
            alerts_of(page, person["label"], person["visit_alert"], person["contact_rule"])
    page.line(data["case"], data["stage"])
    page.table([_row(entry) for entry in case.timeline or ()])


def _row(entry: "Entry") -> tuple[Shown, ...]:
    """What was taken back is dim and says so."""
    kind: Value = KINDS.get(entry.kind, "")
    cells: tuple[Value, ...] = (entry.on, kind, entry.person or "", entry.text)
    if not entry.undone:
        return cells
    undone = say("(undone) {line}", line=entry.text)
    return tuple(Toned(cell, "dim") for cell in (*cells[:3], undone))
