"""The versions of a case's plan."""

from datetime import date
from typing import Any

from toshima_cli import facts
from toshima_cli.domain.initials import without_names


def plans(conn: Any, number: str, day: date, *, mask: bool) -> list[dict[str, Any]]:
    """{plan, version, status, drafted_on, people, goal, review_on}, the newest first."""
    case = facts.load(conn, number)
    assert case is not None  # the command looked for the number
    return [
        {
            "plan": plan.number,
            "version": plan.version,
            "status": plan.status_on(day) or plan.steps[0].status,
            "drafted_on": plan.on,
            "people": list(plan.labels),
            "goal": without_names(plan.goal, case.people) if mask else plan.goal,
            "review_on": plan.review_on,
        }
        for plan in sorted(case.plans, key=lambda p: -p.version)
    ]
