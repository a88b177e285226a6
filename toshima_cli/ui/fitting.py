"""How the duty to report, the hint of complexity and the fitting windows are drawn: after `intake`, and by `route`."""

from collections.abc import Mapping, Sequence
from typing import Any

from toshima_cli.domain.law import report_article
from toshima_cli.domain.terms import ReportKind
from toshima_cli.domain.verdict import Value, Warned, say
from toshima_cli.ui.page import Page


def draw(page: Page, data: Mapping[str, Any], concerns: Mapping[str, str], *, reasons: bool = False) -> None:
    """`data` as in the JSON of `intake`: duty, why_complex, suggestions. `concerns`: their names by code."""
    duty_to_report(page, data["duty"])
    for person in data["alerts"]:
        alerts_of(page, person["label"], person["visit_alert"], person["contact_rule"])
    if data["why_complex"]:
        page.block(say("May be complex"), *data["why_complex"], say("It is a hint; people decide."))
    if not data["suggestions"]:
        page.line(say("No concern is open, so no window is suggested."))
        return
    page.line(say("Windows that fit"))
    if reasons:
        for s in data["suggestions"]:
            page.line(s["person"] or say("household"), concerns.get(s["concern"]), s["name"], indent=2)
            for why in s["reasons"]:
                page.line(why, indent=6)
        return
    fitting: dict[tuple[str | None, str], list[str]] = {}
    for s in data["suggestions"]:
        fitting.setdefault((s["person"], s["concern"]), []).append(s["name"])
    page.table(
        [
            (label or say("household"), concerns.get(concern), tuple(names))
            for (label, concern), names in fitting.items()
        ],
        indent=2,
    )


def alerts_of(page: Page, label: str, visit: Value | None, contact: Value | None) -> None:
    """Not alone, not by post …: first on every view of the person (rule 11)."""
    for what, text in ((say("Visit alert"), visit), (say("Contact rule"), contact)):
        if text:
            page.block(what, say("{label} {text}", label=label, text=text), tone="red")


def duty_to_report(page: Page, found: Sequence[Mapping[str, Any]]) -> None:
    """【通告・通報】 with its article, {kind, article} each: before anything else of a case (rule 7)."""
    for duty in duties(found):
        page.block(say("【Report by law】"), duty.message, tone="red")


def duties(found: Sequence[Mapping[str, Any]]) -> tuple[Warned, ...]:
    """The same as warnings, which `-q` does not silence."""
    kinds = [ReportKind(duty["kind"]) for duty in found]
    return tuple(
        Warned(
            "report.due",
            say(
                "A report by law may be due ({kind}: {article}); suspicion is enough.",
                kind=kind,
                article=report_article(kind).as_say(),
            ),
        )
        for kind in kinds
    )
