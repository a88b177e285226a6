"""Writing the minutes: a version each time they say something new, none over another."""

from toshima_cli.db import Store, Work
from toshima_cli.domain.terms import Act
from toshima_cli.domain.verdict import Basis, Done, Next, Refusal, say
from toshima_cli.flow import agenda
from toshima_cli.flow.papers import Questions, Wanted, check
from toshima_cli.looks.copies import Asked
from toshima_cli.looks.minutes import Minutes, keeps_them, minutes
from toshima_cli.paper_tables import MinutesRow


def write(store: Store, number: str, wanted: Wanted) -> Done | Refusal | Questions:
    """1 was it held · 2 what was said about texts · 3 the version, where it says something new."""
    asked: list[Asked] = []

    def do(w: Work) -> Done | Refusal:
        w.begin("minutes", wanted.on)
        agenda.write(w, number)
        own = minutes(w.conn, number, actor=w.actor, today=w.today)
        listed = own.papers.listed
        if listed.cancelled or not listed.present:
            return _not_held(number, cancelled=listed.cancelled)
        reader = wanted.readers
        if not (reader or wanted.guests) and not keeps_them(w.conn, number, w.actor):
            reader = (w.actor,)
        read = minutes(w.conn, number, actor=w.actor, reader=reader, guest=wanted.guests, today=w.today)
        told = {**dict.fromkeys(wanted.checked, True), **dict.fromkeys(wanted.without, False)}
        check(w, (own.papers, read.papers), told)
        own = minutes(w.conn, number, actor=w.actor, today=w.today)
        read = minutes(w.conn, number, actor=w.actor, reader=reader, guest=wanted.guests, today=w.today)
        asked.extend(dict.fromkeys((*own.papers.asks(), *read.papers.asks())))
        if asked:
            return _unchecked(number)
        w.about(*read.papers.subjects())
        version = own.version.number if own.version else _new(w, own)
        return Done(
            sentence=say("{number}: version {version} of the minutes.", number=number, version=version),
            number=f"{number}/{version}",
            data={"meeting": number, "version": version, "for": list(reader)},
            next=(Next("decide", say("take down what is still open"), f"toshima decide {number}"),)
            if any(item.outcome is None for item in listed.items)
            else (),
        )

    done = store.work("minutes", do)
    return Questions(tuple(asked)) if asked else done


def _unchecked(number: str) -> Refusal:
    return Refusal(
        rule="paper.unchecked",
        basis=Basis.PLAN,
        message=say("The minutes of {number} hold texts that somebody has to look at first.", number=number),
    )


def _new(w: Work, own: Minutes) -> int:
    version = (own.versions[-1].number if own.versions else 0) + 1
    w.add(
        MinutesRow(seq=w.seq, on_date=w.on, meeting_id=own.papers.listed.meeting_id, version=version, digest=own.digest)
    )
    return version


def _not_held(number: str, *, cancelled: bool) -> Refusal:
    return Refusal(
        rule="minutes.not_held",
        basis=Basis.OURS,
        message=say("There are no minutes of {number}.", number=number),
        facts=(
            say("{number} is cancelled.", number=number)
            if cancelled
            else say("Nobody is noted as having attended or answered."),
        ),
        missing=() if cancelled else (say("At least one person who was present or answered."),),
        next=(
            Next(Act.CONVENE, say("see the sittings"), "toshima meetings")
            if cancelled
            else Next("attend", say("Note who was there."), f"toshima attend {number} STAFF"),
        ),
    )
