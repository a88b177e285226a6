"""toshima journal"""

from typing import Annotated

import typer

from toshima_cli import journal
from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.seen import Seen
from toshima_cli.domain.verdict import Say, say
from toshima_cli.exits import NotFound, StoreTrouble
from toshima_cli.journal import Subject, Verdict
from toshima_cli.looks.journal import count, entries, person_id
from toshima_cli.params import flag, opt
from toshima_cli.ui.out import Column
from toshima_cli.ui.page import Page

HELP = say("Who did what, and who saw whom")
EXAMPLES = (
    "toshima journal --limit 20",
    "toshima journal --case 2026-0001 --person A",
    "toshima journal --verify",
)

ROOMY = 120
"""From this width on a screen has room for rule and dates; json and csv always give them."""

RESULTS = {"seen": say("seen"), "done": say("done"), "refused": say("refused")}


def run(
    ctx: typer.Context,
    verify: Annotated[bool, flag("--verify", "Check the chain from the first entry to the last")] = False,
    case: Annotated[str | None, opt("--case", "Only what concerns this case", "CASE")] = None,
    person: Annotated[
        str | None, opt("--person", "Only this person: a label with --case, or the journal's own id", "LABEL|ID")
    ] = None,
    limit: Annotated[str | None, opt("--limit", "At most so many, the newest first", "N")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    most = a.count("--limit", limit)
    number = a.case(case, "--case") if case else None
    who = a.label(person, "--person") if person else None
    if verify and (case or person or limit):
        a.fault("--verify", say("The whole chain is checked; it takes no case, person or limit."))
    if who and not who.isdecimal() and not number:
        a.missing("--case")
    a.settle()
    if verify:
        _verify(c)
        return
    about = _about(c, number, who)
    total = c.store.reference(lambda conn: count(conn, about)).value  # before this look adds its own entry
    subjects = {("case", number)} if number else set()
    subjects |= {about} if about else set()
    roomy = c.out.terminal.columns >= ROOMY
    found = c.store.look("journal", lambda conn: entries(conn, about, c.out.most(most)), lambda _: subjects)
    c.out.rows(
        found,
        (
            Column("entry", say("Entry"), right=True, whole=True),
            Column(
                "recorded_at",
                say("Recorded (UTC)"),
                whole=True,
                cell=lambda row: row["recorded_at"][:16].replace("T", " "),
            ),
            Column("actor", say("Who")),
            Column("verb", say("Did")),
            Column("result", say("Result"), cell=lambda row: RESULTS.get(row["result"], row["result"])),
            Column("rule", say("Rule"), screen=roomy),
            Column("on", say("Business date"), screen=roomy, whole=True),
            Column("about", say("About"), cell=lambda row: tuple(map(_said, row["about"]))),
            Column("fields", say("Fields"), screen=False),
            Column("replayed", say("Training date"), screen=roomy),
        ),
        empty=say("There is no entry."),
        limit=most,
        total=total,
    )


_SUBJECTS = {
    "case": say("case"),
    "person": say("person no."),
    "meeting": say("sitting"),
    "referral": say("referral"),
    "gap": say("gap"),
    "staff": say("staff"),
}


def _said(subject: str) -> Say:
    """`case:2026-0001` as the screen says it; json and csv keep it as the chain does."""
    kind, _, ref = subject.partition(":")
    return say("{kind} {ref}", kind=_SUBJECTS.get(kind, kind), ref=ref)


def _about(c: Ctx, number: str | None, who: str | None) -> Subject | None:
    """What the entries have to touch; a label is the human being behind it, in whatever case they were seen."""
    if not who:
        return ("case", number) if number else None
    if who.isdecimal() or not number:
        return "person", who
    found = c.store.reference(lambda conn: person_id(conn, number, who)).value
    if found is None:
        raise NotFound(
            say("Case {number} has no member {label}.", number=number, label=who), do=(f"toshima show {number}",)
        )
    return "person", found


def _verify(c: Ctx) -> None:
    seen: Seen[Verdict] = c.store.look("journal", journal.verify, lambda _: ())
    found = seen.value
    if found.bad is not None:
        raise StoreTrouble(
            say("The journal was tampered with or damaged: entry {bad} is the first that does not fit.", bad=found.bad),
            why=(say("Every entry is chained to the one before it; up to there the chain holds."),),
            do=(say("Keep the file as it is, tell whoever answers for it, and compare with the last backup."),),
        )
    c.out.thing(
        seen,
        lambda v: {"entries": v.entries, "head": v.head, "ok": v.bad is None, "bad": v.bad},
        _holds,
    )


def _holds(found: Verdict, page: Page) -> None:
    page.line(say("The journal holds: {entries} entries, each chained to the one before it.", entries=found.entries))
    page.block(say("Head"), found.head)
    page.line(say("A tail cut off does not show in the chain: compare the head with one noted elsewhere."))
