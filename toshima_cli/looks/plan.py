"""The versions of a case's plan."""

from datetime import date
from typing import Any

from toshima_cli import facts
from toshima_cli.domain import shown as texts
from toshima_cli.journal import Subject


def plans(conn: Any, number: str, day: date, *, mask: bool) -> tuple[list[dict[str, Any]], list[Subject]]:
    """{plan, version, status, drafted_on, people, goal, review_on}, the newest first; and whom they show."""
    case = facts.must(conn, number)
    shown = {label for plan in case.plans for label in plan.labels}
    subjects = [("case", number), *(("person", str(p.person_id)) for p in case.people if p.label in shown)]
    return [
        {
            "plan": plan.number,
            "version": plan.version,
            "status": plan.status_on(day) or plan.steps[0].status,
            "drafted_on": plan.on,
            "people": list(plan.labels),
            "goal": texts.shown(plan.goal, case.people, case.unsaid, mask=mask),
            "review_on": plan.review_on,
        }
        for plan in sorted(case.plans, key=lambda p: -p.version)
    ], subjects
