"""What `progress` and `outreach log` share: one entry of the record, as it is typed."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toshima_cli.domain.verdict import say

if TYPE_CHECKING:
    from datetime import date

    from toshima_cli.answers import Answers
    from toshima_cli.flow.progress import Told


def told(a: "Answers", number: str, today: "date", typed: Mapping[str, Any], done: Sequence[str] = ()) -> "Told":
    """Read `--method --note --note-file --person --programme --on --next --next-what --found`; settles."""
    method = a.code("--method", typed["--method"], "method", required=True)
    note, note_file = typed["--note"], typed["--note-file"]
    if note and note_file:
        a.fault("--note-file", say("Give the note once: --note or --note-file."))
    text = a.file_text("--note-file", note_file) if note_file else a.text("--note", note, required=True)
    who = a.member(number, typed["--person"], "--person") if typed["--person"] else None
    programme = a.code("--programme", typed["--programme"], "outreach_programme")
    day = a.day("--on", typed["--on"], default=today)
    then = a.day("--next", typed["--next"], future=True)
    if then and then < day:
        a.fault("--next", say("The next step lies before the contact itself ({on}).", on=day))
    what = a.text("--next-what", typed["--next-what"])
    if what and not typed["--next"]:
        a.missing("--next")
    concerns = tuple(_found(a, word) for word in typed["--found"] or ())
    actions = tuple(action for word in done if (action := a.text("--done", word)))
    a.settle()
    from toshima_cli.flow.progress import Told

    return Told(
        on=day,
        method=method,
        text=text or "",
        label=who,
        next_on=then,
        next_what=what,
        found=concerns,
        done_actions=actions,
        programme=programme,
    )


def _found(a: "Answers", text: str) -> tuple[str | None, str]:
    """`B:withdrawal`, or a concern alone for the household."""
    label, colon, code = text.strip().replace("：", ":").rpartition(":")
    return (a.label(label, "--found") if colon else None), a.code("--found", code, "concern", required=True)
