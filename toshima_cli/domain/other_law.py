"""Conferences of other laws (要対協, 地域ケア会議 …): from 2027-04-01 a support conference takes up what they have *not
examined enough*, so which of them dealt with the case, when, and why that was not enough is on record (Act 51 of
Reiwa 8). Accepted before; from then on its absence is warned of and stays a warning, since nobody in need waits for a
record."""

from toshima_cli.domain.case import Case, Sitting
from toshima_cli.domain.law import must_record_other_conference, support_conference_law
from toshima_cli.domain.terms import Act, ItemKind
from toshima_cli.domain.verdict import Next, Warned, say


def unrecorded(case: Case, *, only: str | None = None) -> tuple[Warned, ...]:
    """The sittings whose support conference dealt with the case while no earlier conference of another law is on
    record; `only`: of this sitting."""
    found = []
    for sitting in {s.meeting: s for s in _dealt_with(case) if only in (None, s.meeting)}.values():
        law = support_conference_law(sitting.held_on)
        assert law is not None
        message = say(
            "{meeting} took case {case} up in a support conference; which conference of another law dealt with it"
            " before, and why that was not enough, is not on record ({article}).",
            meeting=sitting.meeting,
            case=case.number,
            article=law.paragraph_one.as_say(),
        )
        found.append(Warned("conference.other_law", message))
    return tuple(found)


def ways(case: Case, *, only: str) -> tuple[Next, ...]:
    """How to put it on record, where it is not."""
    if not unrecorded(case, only=only):
        return ()
    return (
        Next(
            Act.NOTE,
            say("Record the conference of another law that dealt with the case."),
            f"toshima conference {case.number} --of CODE --held-on DATE --not-enough TEXT",
        ),
    )


def _dealt_with(case: Case) -> list[Sitting]:
    return [
        s
        for s in case.sittings
        if s.kind is ItemKind.SUPPORT_CONFERENCE
        and s.dealt_with
        and must_record_other_conference(s.held_on)
        and not any(other.held_on <= s.held_on for other in case.other_conferences)
    ]
