"""The gate as a screen: person by person what may be shared, why, on what ground, and what can be done."""

from datetime import date
from typing import TYPE_CHECKING

from toshima_cli.domain.gate import GateLine
from toshima_cli.domain.initials import initials
from toshima_cli.domain.law import cites, support_conference_law
from toshima_cli.domain.terms import Ground
from toshima_cli.domain.verdict import Value, say
from toshima_cli.ui.fitting import alerts_of
from toshima_cli.ui.names import member
from toshima_cli.ui.page import Page, Toned
from toshima_cli.ui.paste import pasted

if TYPE_CHECKING:
    from toshima_cli.looks.gate import Asked


def draw(asked: "Asked", page: Page, *, mask: bool) -> None:
    page.line(
        asked.case.number,
        say("as of {day}", day=asked.day),
        say("To {to}", to=asked.to) if asked.to else None,
    )
    if not asked.lines:
        page.line(say("Nobody belongs to this case on that day."))
    people = {p.label: p for p in asked.case.people}
    names = {p.label: initials(p.name, p.kana) if mask else p.name for p in asked.case.people}
    by_consent = say("may not be shared by consent")
    for line in asked.lines:
        page.blank()
        page.line(
            member(line.label, names[line.label], mask=mask),
            say("may be shared") if line.may else Toned(say("may not be shared") if asked.to else by_consent, "red"),
            line.conference,
            right=line.rule,
        )
        alerts_of(
            page, line.label, asked.text(people[line.label].visit_alert), asked.text(people[line.label].contact_rule)
        )
        page.block(say("Why"), *line.facts)
        page.block(say("Ground"), *_ground(line, asked.day))
        if line.missing:
            page.block(say("What is missing"), *line.missing)
        if line.next:
            page.line(say("What can be done"))
        for step in line.next:
            page.line(step.why, indent=2)
            page.paste(pasted(step.command))


def _ground(line: GateLine, day: date) -> tuple[Value, ...]:
    """The ground in words: of a support conference with its secrecy and the penalty, as the law stood that day."""
    kind = Ground(line.ground["kind"]) if line.ground else None
    statute = support_conference_law(day)
    if kind is Ground.SUPPORT_CONFERENCE and statute is not None:
        return (
            say(
                "Support conference: {article}; secrecy: {secrecy}; breach: {penalty} ({text}).",
                article=statute.paragraph_one.as_say(),
                secrecy=statute.secrecy.as_say(),
                penalty=statute.penalty.as_say(),
                text=statute.penalty_say,
            ),
        )
    if line.ground is None or kind is None:
        return (say("none"),)
    cite = cites().get(line.ground["article"] or "")
    return (say("{ground} ({article})", ground=kind, article=cite.as_say()) if cite else kind,)
