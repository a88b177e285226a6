"""The gate as a screen: the question, yes or no for each person at a glance, then why, on what ground, what next."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from toshima_cli.domain.gate import GateLine
from toshima_cli.domain.initials import initials
from toshima_cli.domain.law import cites, support_conference_law
from toshima_cli.domain.terms import Ground, Track
from toshima_cli.domain.verdict import Next, Say, Value, say
from toshima_cli.ui.fitting import alerts_of, duty_to_report
from toshima_cli.ui.names import member
from toshima_cli.ui.page import Page, Toned
from toshima_cli.ui.paste import pasted

if TYPE_CHECKING:
    from toshima_cli.looks.gate import Asked

MEANING = {
    Track.MULTILAYER: say(
        "Multi-layered conference: the part of those who consented is dealt with; of the others it says only that"
        " there is somebody."
    ),
    Track.SUPPORT: say(
        "Support conference: its members may speak of everybody there, under secrecy; to anybody else nothing goes"
        " without a ground of its own."
    ),
}
"""What "may be shared" means in each of the two."""


def draw(asked: "Asked", page: Page, *, mask: bool) -> None:
    page.line(asked.case.number, say("as of {day}", day=asked.day), Toned(_question(asked), "bold"))
    for note in _notes(asked):
        page.line(note)
    duty_to_report(page, [{"kind": kind, "article": cite.code} for kind, cite in asked.duty])
    people = {p.label: p for p in asked.case.people}
    for line in asked.lines:
        person = people[line.label]
        alerts_of(page, line.label, asked.text(person.visit_alert), asked.text(person.contact_rule))
    if not asked.lines:
        _nobody(asked, page)
        return
    names = {p.label: initials(p.name, p.kana) if mask else p.name for p in asked.case.people}
    who = {line.label: member(line.label, names[line.label], mask=mask) for line in asked.lines}
    if len(asked.lines) > 1:
        page.table([(who[line.label], _toned(line), line.conference) for line in asked.lines], indent=2)
    for fact in asked.sentences(asked.absent):
        page.line(Toned(fact, "dim"))
    shared = _shared(asked.lines)
    for line in asked.lines:
        _one(asked, page, line, who[line.label], shared)
    _for_several(asked, page, shared)
    _below(asked, page)


def _question(asked: "Asked") -> Say:
    if asked.sitting is not None:
        return say(
            "May they be spoken of at {meeting} ({body})?", meeting=asked.sitting.meeting, body=asked.sitting.body
        )
    if asked.to is not None:
        return say("May it be passed on to {to}?", to=asked.reader.value(asked.to))
    return say("May it be shared by consent, and in which conference?")


def _notes(asked: "Asked") -> Iterable[Toned | Say]:
    """What changes how the answer is to be read: another day than today, a sitting called off, a case that ended."""
    if asked.day < asked.today:
        yield say(
            "This is about a day that is past (today is {today}): answered from what is known now of that day.",
            today=asked.today,
        )
    if asked.day > asked.today:
        yield say(
            "This is about a day to come (today is {today}): answered from what is known now; ask again on the day.",
            today=asked.today,
        )
    if asked.sitting is not None and asked.sitting.cancelled:
        yield Toned(say("This sitting was cancelled."), "red")
    if asked.ended is not None:
        yield Toned(say("This case had ended by then ({stage}).", stage=asked.ended), "red")


def _nobody(asked: "Asked", page: Page) -> None:
    if asked.day < asked.case.opened_on:
        page.line(say("On {day} case {case} did not exist yet.", day=asked.day, case=asked.case.number))
        page.line(say("It was opened on {on}.", on=asked.case.opened_on))
    else:
        page.line(say("Nobody belongs to this case on that day."))
        for fact in asked.sentences(asked.absent):
            page.line(fact)
    page.line(say("What can be done"))
    page.line(say("Look who belongs to the case."), indent=2)
    page.paste(pasted(f"toshima show {asked.case.number}"))


def _toned(line: GateLine) -> Toned:
    return Toned(line.answer, "" if line.may else "red")


def _one(asked: "Asked", page: Page, line: GateLine, who: Value, shared: Iterable[Say]) -> None:
    page.blank()
    page.line(who, _toned(line), line.conference if len(asked.lines) == 1 else None, right=line.rule)
    page.block(say("Why"), *asked.sentences(line.facts))
    if line.may:
        page.block(say("Ground"), _ground(line))
    else:
        page.block(say("Basis"), _basis(line))
    if line.missing:
        page.block(say("What is missing"), *asked.sentences(line.missing))
    own = tuple(step for step in line.next if step.why not in shared)
    if own:
        page.line(say("What can be done"))
        _steps(asked, page, own)


def _shared(lines: Sequence[GateLine]) -> dict[Say, tuple[tuple[str, ...], tuple[Next, ...]]]:
    """What can be done alike for several people → who, and the lines: said once below them all, in the order of whoever
    has the most of them."""
    order = dict.fromkeys(step.why for line in sorted(lines, key=lambda one: -len(one.next)) for step in line.next)
    found = {}
    for why in order:
        steps = [(line.label, step) for line in lines for step in line.next if step.why == why]
        if len(steps) > 1:
            found[why] = (tuple(label for label, _ in steps), tuple(step for _, step in steps))
    return found


def _for_several(asked: "Asked", page: Page, shared: Mapping[Say, tuple[tuple[str, ...], tuple[Next, ...]]]) -> None:
    if not shared:
        return
    page.blank()
    page.line(say("What can be done for several of them"))
    for who, steps in shared.values():
        _steps(asked, page, steps, who)


def _steps(asked: "Asked", page: Page, steps: Iterable[Next], who: tuple[str, ...] = ()) -> None:
    """Each with its line to paste; what they have in common, the reason or the line, once."""
    for why, alike in groupby(asked.steps(steps), lambda step: step.why):
        said = not who or ("labels", who) in why.values  # the reason names them itself
        page.line(why if said else say("{why} ({labels})", why=why, labels=who), indent=2)
        for command in dict.fromkeys(step.command for step in alike):
            page.paste(pasted(command))


def _ground(line: GateLine) -> Value:
    """The ground in a word, with its article; of a support conference secrecy and penalty stand below."""
    if line.ground is None:
        return say("none")
    kind = Ground(line.ground["kind"])
    cite = cites().get(line.ground["article"] or "")
    return say("{ground} ({article})", ground=kind, article=cite.as_say()) if cite else kind


def _basis(line: GateLine) -> Value:
    cite = cites().get(line.article or "")
    return say("{basis} ({article})", basis=line.basis, article=cite.as_say()) if cite else line.basis


def _below(asked: "Asked", page: Page) -> None:
    """Once for the household: what the two conferences mean, secrecy and penalty as the law stood that day, who gets no
    paper, and that a suspicion of abuse asks for no consent."""
    page.blank()
    tracks = {line.conference for line in asked.lines}
    if asked.to is None and asked.sitting is None:
        for track in Track:
            if track in tracks:
                page.line(MEANING[track])
    statute = support_conference_law(asked.day)
    spoken_of = Track.SUPPORT in tracks or any(
        line.ground is not None and line.ground["kind"] == Ground.SUPPORT_CONFERENCE for line in asked.lines
    )
    if statute is not None and spoken_of:
        page.line(
            say(
                "Support conference: {article}; secrecy: {secrecy}; breach: {penalty} ({text}).",
                article=statute.paragraph_one.as_say(),
                secrecy=statute.secrecy.as_say(),
                penalty=statute.penalty.as_say(),
                text=statute.penalty_say,
            )
        )
    if asked.sitting is not None and any(line.may and line.conference is Track.SUPPORT for line in asked.lines):
        page.line(say("Papers go only to those attending whose acknowledgement of secrecy is on file."))
    if asked.sitting is not None and not asked.sitting.cancelled and asked.sitting.without_secrecy:
        names = tuple(asked.sitting.typed(name, mask=asked.mask) or "" for name in asked.sitting.without_secrecy)
        page.line(say("Without an acknowledgement of secrecy, and so without the paper: {names}.", names=names))
    if asked.to is not None and not any(road.due for line in asked.lines for road in line.roads):
        page.line(say("Where abuse is suspected a report by law needs no consent, and is never refused."))
        page.paste(pasted(f"toshima notify {asked.case.number} --kind KIND --to WINDOW"))
