"""Handing out the papers of a sitting, and taking them back.

Copies are numbered in each sitting and never numbered anew: the same copy for the same reader is the same number, what
changed since is a new one, and the old one is to be collected.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from toshima_cli.db import Store, Work, queries
from toshima_cli.domain.terms import Act
from toshima_cli.domain.verdict import Basis, Done, Next, Refusal, say
from toshima_cli.exits import NotFound
from toshima_cli.flow import agenda
from toshima_cli.flow.meeting import meeting_of
from toshima_cli.looks.agenda import compute
from toshima_cli.looks.copies import Asked, Copy, Papers, text_digest
from toshima_cli.looks.papers import papers
from toshima_cli.looks.readers import out_of, readers_of
from toshima_cli.paper_tables import PaperItemRow, PaperMemberRow, PaperReturnRow, PaperRow, TextCheckRow


@dataclass(frozen=True, slots=True)
class Wanted:
    """For whom: staff codes and guests as (name, office); nobody named is everybody. `checked`: texts somebody looked
    at and that may go in, `without`: those that stay out, by their ids."""

    on: date
    readers: tuple[str, ...] = ()
    guests: tuple[tuple[str, str | None], ...] = ()
    checked: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Questions:
    """What has to be looked at first: nothing was handed out."""

    asked: tuple[Asked, ...]


def hand_out(store: Store, number: str, wanted: Wanted) -> Done | Refusal | Questions:
    """1 the agenda as it stands · 2 what each reader may see · 3 what was said about texts · 4 the numbered copies."""
    asked: list[Asked] = []

    def do(w: Work) -> Done | Refusal:
        w.begin("papers", wanted.on)
        agenda.write(w, number)
        found = _papers(w, number, wanted)
        refused = _may(found, wanted)
        if refused:
            return refused
        check(w, (found,), {**dict.fromkeys(wanted.checked, True), **dict.fromkeys(wanted.without, False)})
        found = _papers(w, number, wanted)
        asked.extend(found.asks())
        if asked:
            return _unchecked(number)
        w.about(*found.subjects())
        numbers = [_copy(w, found, copy) for copy in found.copies if not copy.empty]
        return Done(
            sentence=say("{number}: copies handed out: {copies}.", number=number, copies=tuple(map(str, numbers))),
            number=number,
            data={"meeting": number, "copies": numbers},
            next=(
                Next(
                    "agenda",
                    say("after the sitting: note which copies came back"),
                    f"toshima agenda {number} --collected {','.join(map(str, numbers))}",
                    max(found.listed.held_on, wanted.on),
                ),
            ),
        )

    done = store.work("papers", do)
    return Questions(tuple(asked)) if asked else done


def _papers(w: Work, number: str, wanted: Wanted) -> Papers:
    readers, guests = wanted.readers, wanted.guests
    return papers(w.conn, number, actor=w.actor, readers=readers, guests=guests, today=w.today, on=wanted.on)


def _may(found: Papers, wanted: Wanted) -> Refusal | None:
    """A sitting that is called off has no papers; where nobody is expected there is nobody to hand them to; and of
    somebody named who gets nothing, the reason is said."""
    number = found.listed.meeting
    if found.listed.cancelled:
        return Refusal(
            rule="paper.cancelled",
            basis=Basis.OURS,
            message=say("{number} was cancelled; there are no papers of it.", number=number),
            next=(Next("meetings", say("see the sittings"), "toshima meetings"),),
        )
    if not found.copies:
        return Refusal(
            rule="paper.nobody_expected",
            basis=Basis.OURS,
            message=say("Nobody is noted as expected at {number}.", number=number),
            missing=(say("Who is to come, and so gets a copy."),),
            next=(Next("attend", say("Note who is to come."), f"toshima attend {number} STAFF --expected"),),
        )
    empty = [copy for copy in found.copies if copy.empty]
    if len(empty) < len(found.copies):
        return None
    why = next((page.refused for copy in empty for page in copy.pages if page.refused), None)
    return why or Refusal(
        rule="paper.empty",
        basis=Basis.OURS,
        message=say("Nothing is on the agenda of {number}: there is nothing to hand out.", number=number),
        next=(Next(Act.CONVENE, say("see the agenda"), f"toshima agenda {number}"),),
    )


def _unchecked(number: str) -> Refusal:
    return Refusal(
        rule="paper.unchecked",
        basis=Basis.PLAN,
        message=say("The papers of {number} hold texts that somebody has to look at first.", number=number),
    )


def check(w: Work, held: tuple[Papers, ...], said: Mapping[str, bool]) -> None:
    """Note what was said about texts that are asked about; an id that is not is a wrong one."""
    texts = [
        (found, text, page.sheet.unseen if page.sheet else ())
        for found in held
        for copy in found.copies
        for page, text in copy.texts()
        if text.check is not None
    ]
    meeting = held[0].listed
    unknown = tuple(text_id for text_id in said if text_id not in {text.id for _, text, _ in texts})
    if unknown:
        raise NotFound(
            say("These texts are not asked about: {texts}.", texts=unknown),
            do=(f"toshima agenda {meeting.meeting} --preview",),
        )
    kept = set()
    for found, text, unseen in texts:
        digest = text_digest(text, unseen)
        if text.id not in said or (text.id, digest) in kept or found.goes(text, unseen) is said[text.id]:
            continue
        kept.add((text.id, digest))
        w.add(
            TextCheckRow(
                seq=w.seq,
                on_date=w.on,
                meeting_id=meeting.meeting_id,
                text_id=text.id,
                digest=digest,
                goes=said[text.id],
            )
        )


def keep_answer(store: Store, number: str, on: date, digests: tuple[str, ...], text_id: str, *, goes: bool) -> None:
    """What somebody just said about a text, as it stood before them; `digests`: under each item it is asked about."""

    def do(w: Work) -> None:
        found = meeting_of(w, number)
        w.begin("papers", on)
        for digest in dict.fromkeys(digests):
            row = TextCheckRow(
                seq=w.seq, on_date=w.on, meeting_id=found["id"], text_id=text_id, digest=digest, goes=goes
            )
            w.add(row)

    store.work("papers", do)


def _copy(w: Work, found: Papers, copy: Copy) -> int:
    """The number of the copy: the one that is out already and says the same, or a new one."""
    digest = found.digest(copy)
    same = [
        out
        for out in found.out
        if out.reader.key == copy.reader.key and out.digest == digest and out.returned_on is None
    ]
    if same:
        return same[-1].number
    last = queries("papers").last_copy(w.conn, meeting_id=found.listed.meeting_id)["copy_number"] or 0
    reader = copy.reader
    paper_id = w.put(
        PaperRow(
            seq=w.seq,
            on_date=w.on,
            meeting_id=found.listed.meeting_id,
            copy_number=last + 1,
            staff_code=reader.code,
            guest_name=None if reader.code else reader.name,
            office=None if reader.code else reader.office,
            post=reader.post,
            held_on=found.listed.held_on,
            digest=digest,
        )
    )
    for page in copy.pages:
        if page.refused is not None:
            continue
        item_id = agenda.item_id(w, found.listed.meeting_id, page.item.item)
        shown = w.put(PaperItemRow(seq=w.seq, on_date=w.on, paper_id=paper_id, item_id=item_id))
        people = page.sheet.people if page.sheet else ()
        w.add(*(PaperMemberRow(paper_item_id=shown, member_id=seen.person.id) for seen in people))
    return int(last) + 1


def collect(store: Store, number: str, named: tuple[int, ...], on: date, *, everything: bool = False) -> Done | Refusal:
    """Note which copies came back, or that all did that were out."""

    def do(w: Work) -> Done | Refusal:
        meeting_of(w, number)
        w.begin("collected", on)
        listed = compute(w.conn, number)
        # a copy that shows nothing this desk may know of is none to it (rule 11)
        rows = {one.number: one for one in out_of(w.conn, listed, readers_of(w.conn, listed, on))}
        out = tuple(n for n, one in rows.items() if one.returned_on is None and one.handed_on <= on)
        copies = out if everything else named
        if not copies:
            return _none_out(number)
        for copy in copies:
            if copy not in rows:
                raise NotFound(
                    say("{meeting} has no copy {copy}.", meeting=number, copy=copy),
                    do=(f"toshima agenda {number} --copies",),
                )
        for copy in copies:
            if (back := rows[copy].returned_on) is not None:
                return _back_already(number, copy, back)
            if on < rows[copy].handed_on:
                return _not_out_yet(number, copy, rows[copy].handed_on)
            w.add(PaperReturnRow(seq=w.seq, on_date=on, paper_id=rows[copy].id))
        left = tuple(str(n) for n, one in rows.items() if one.returned_on is None and n not in copies)
        return Done(
            sentence=say("{number}: copies that came back: {copies}.", number=number, copies=tuple(map(str, copies))),
            number=number,
            data={"meeting": number, "collected": list(copies), "left": list(map(int, left))},
            next=(Next("agenda", say("still out: {copies}", copies=left), f"toshima agenda {number} --copies"),)
            if left
            else (),
        )

    return store.work("papers", do)


def _none_out(number: str) -> Refusal:
    return Refusal(
        rule="paper.none_out",
        basis=Basis.OURS,
        message=say("No copy of {meeting} is out.", meeting=number),
        next=(Next("agenda", say("See which copies are out."), f"toshima agenda {number} --copies"),),
    )


def _back_already(number: str, copy: int, on: date) -> Refusal:
    return Refusal(
        rule="paper.back",
        basis=Basis.OURS,
        message=say("Copy {copy} of {meeting} came back already.", copy=copy, meeting=number),
        facts=(say("It came back on {on}.", on=on),),
        next=(Next("agenda", say("See which copies are out."), f"toshima agenda {number} --copies"),),
    )


def _not_out_yet(number: str, copy: int, on: date) -> Refusal:
    return Refusal(
        rule="paper.not_out",
        basis=Basis.OURS,
        message=say("Copy {copy} of {meeting} was not out yet.", copy=copy, meeting=number),
        facts=(say("It was handed out on {on}.", on=on),),
        missing=(say("A day on or after it."),),
        next=(Next("agenda", say("See which copies are out."), f"toshima agenda {number} --copies"),),
    )
