"""The cells of the caseload: who, what troubles them, the last contact, what is due."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from toshima_cli.domain.verdict import Value, say
from toshima_cli.ui.page import Shown, Toned

MOST_CONCERNS = 3
PLAIN_DAYS = 180

DUE = {
    "next_step": say("next step"),
    "action": say("action"),
    "answer": say("answer to a referral"),
    "review": say("review of the plan"),
    "consent_review": say("whether consent is possible by now"),
    "watch_end": say("end of the watch"),
}
"""What a date is for, by `domain.due`."""


def household(people: Sequence[Mapping[str, Any]], alerts: Sequence[str] = ()) -> Value:
    """髙橋 由美子 ほか2: the first of the household and how many more; before them, whom not to visit or call without
    having looked at the case."""
    if not people:
        return ""
    first: Value = people[0]["name"] or say("{label} (name unknown)", label=people[0]["label"])
    who = say("{name} +{more}", name=first, more=len(people) - 1) if len(people) > 1 else first
    return say("(mind the alerts: {labels}) {who}", labels=tuple(alerts), who=who) if alerts else who


def concerns(codes: Sequence[str], names: Mapping[str, str]) -> Value:
    """The first three by their short names, and how many more."""
    some = tuple(names.get(code, code) for code in codes[:MOST_CONCERNS])
    more = len(codes) - len(some)
    return say("{concerns} +{more}", concerns=some, more=more) if more else some


def short(iso: str, today: date) -> str:
    """`10/27` where the year is plain, as it may be typed too; the whole date where it is not."""
    day = date.fromisoformat(iso)
    return f"{day.month:02}/{day.day:02}" if abs((day - today).days) < PLAIN_DAYS else iso


def contact(row: Mapping[str, Any], methods: Mapping[str, str], today: date) -> Value:
    """When, and how."""
    if not row["last_contact_on"]:
        return ""
    method = row["last_contact_method"]
    return say("{on} {method}", on=short(row["last_contact_on"], today), method=methods.get(method, method))


def due(row: Mapping[str, Any], today: date) -> Shown:
    """What is due and when; overdue is red and says so in words."""
    if not row["next_due_on"]:
        return None
    on = short(row["next_due_on"], today)
    what = row["next_due_what"] or DUE.get(row["next_due_kind"], row["next_due_kind"])
    if not row["overdue"]:
        return say("{on} {what}", on=on, what=what)
    late = say("{on} {what} (days overdue: {days})", on=on, what=what, days=row["overdue"])
    return Toned(late, "red")
