"""What `intake`, `outreach new` and `reopen` share: one form, filled from options or from a file, and one answer."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from toshima_cli import typed as words
from toshima_cli.domain.verdict import Done, Refusal, say
from toshima_cli.ui.page import Page

if TYPE_CHECKING:
    from toshima_cli.answers import Answers
    from toshima_cli.context import Ctx
    from toshima_cli.domain.seen import Reference
    from toshima_cli.forms import Form

    F = TypeVar("F", bound=Form)
else:
    F = TypeVar("F")

OPTIONS = {
    "people": "--person",
    "concerns": "--concern",
    "received_on": "--on",
    "household.address": "--address",
    "household.phone": "--phone",
    "reporter.name": "--reporter",
    "reporter.relation": "--reporter-relation",
}
"""What each place of the form is typed as."""


def form(
    c: "Ctx",
    a: "Answers",
    kind: "type[F]",
    source: str | None,
    typed: Mapping[str, Any],
    *,
    required: tuple[str, ...] = (),
) -> "F":
    """The form, checked whole: of the file named, otherwise of the options `typed`. `required` are the options it
    cannot do without. Raises BadInput (exit 2) and Missing (exit 6), everything at once."""
    if source is None:
        return words.filled(c, a, kind, _raw(c, a, typed, required), OPTIONS)
    for name, value in typed.items():
        if value:
            a.fault(name, say("Everything comes from the file where --from is given."))
    raw = a.json_file("--from", source)
    a.settle()
    return words.filled(c, a, kind, raw, None)


def drafts(c: "Ctx") -> "Reference[list[dict[str, Any]]]":
    """What was typed for these books under this staff code and is not in them yet, the newest first."""
    kept = c.kept()
    return c.store.reference(lambda conn: kept)


def finish(c: "Ctx", answer: Done | Refusal) -> None:
    """Duty first, then why it may be complex, then the windows that fit."""
    from toshima_cli.ui.fitting import draw, duties

    if c.out.quiet and isinstance(answer, Done):
        found: Any = answer.data["duty"]
        c.out.warn(*duties(found))

    def after(done: Done, page: Page) -> None:
        draw(page, done.data, c.words()["concern"])

    c.finish(answer, after)


def _raw(c: "Ctx", a: "Answers", typed: Mapping[str, Any], required: tuple[str, ...]) -> dict[str, Any]:
    """The options as the same form the file fills; what was not typed is left out."""
    for name in required:
        if name not in ("--window", "--note", "--why") and not typed[name]:
            a.missing(name)
    day = a.day("--on", typed["--on"], default=c.today).isoformat()
    found: dict[str, Any] = {"on" if "--why" in typed else "received_on": day}
    for name, list_name in (
        ("--why", "why_not_connected"),
        ("--window", "window"),
        ("--programme", "outreach_programme"),
        ("--channel", "channel"),
    ):
        if name in typed and (code := _code(a, name, typed[name], list_name, needed=name in required)):
            found[name[2:]] = code
    reporter = {"name": typed["--reporter"] or None, "relation": typed["--reporter-relation"] or None}
    if any(reporter.values()):
        found["reporter"] = reporter
    if "--address" in typed:
        found["household"] = {name: a.text(f"--{name}", typed[f"--{name}"]) for name in ("address", "phone")}
    if typed.get("--person"):
        found["people"] = [words.person(a, text, c.today) for text in typed["--person"]]
    if typed["--concern"]:
        found["concerns"] = [words.concern(text) for text in typed["--concern"]]
    if (note := _note(a, typed["--note"], needed="--note" in required)) is not None:
        found["note"] = note
    return found


def _code(a: "Answers", name: str, value: str | None, list_name: str, *, needed: bool) -> str | None:
    return a.code(name, value, list_name, required=True) if needed else a.code(name, value, list_name)


def _note(a: "Answers", value: str | None, *, needed: bool) -> str | None:
    return a.text("--note", value, required=True) if needed else a.text("--note", value)
