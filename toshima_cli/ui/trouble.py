"""Says on stderr how a command stopped: what, why, what to do; or the same as one JSON object."""

from typing import TextIO

from toshima_cli.domain.law import cites
from toshima_cli.domain.verdict import Refusal, Say, Value, say
from toshima_cli.exits import BadInput, BadRows, Fault, Missing, Refused, Stop
from toshima_cli.i18n import render
from toshima_cli.settings import Terminal
from toshima_cli.ui.formats import Json, as_json
from toshima_cli.ui.page import Page
from toshima_cli.ui.paste import pasted


def tell(stop: Stop, stream: TextIO, terminal: Terminal, *, json: bool) -> None:
    """Write the stop to stderr in the form asked for."""
    if json:
        stream.write(as_json({"error": as_data(stop)}, indent=None))
        return
    page = _page(stop)
    if terminal.stderr and terminal.colour:
        from toshima_cli.ui.table import paint

        paint(page.lines(terminal.columns), stream, terminal.columns)
    else:
        stream.write(page.plain(terminal.columns))


def as_data(stop: Stop) -> Json:
    """`{code, message, rule, basis, article, hint}`, and by kind: `faults`, `missing`, `facts`, `next`."""
    refusal = stop.refusal if isinstance(stop, Refused) else None
    message = render(stop.what)
    if isinstance(stop, BadInput) and stop.faults and not isinstance(stop, BadRows):
        message = "  ".join([message, *(f"{_at(f)}: {render(f.message)}" for f in stop.faults)])
    data: dict[str, object] = {
        "code": stop.code,
        "message": message,
        "rule": refusal.rule if refusal else None,
        "basis": refusal.basis if refusal else None,
        "article": refusal.article if refusal else None,
        "hint": _spoken(stop.do[0]) if stop.do else None,
    }
    match stop:
        case BadRows():
            data["faults"] = stop.rows
        case BadInput():
            data["faults"] = [{"where": _at(f), "message": f.message} for f in stop.faults]
        case Missing():
            data["missing"] = [{"option": option, "asks": asks} for option, asks in stop.asks]
        case Refused():
            data |= {"facts": stop.refusal.facts, "missing": stop.refusal.missing, "next": stop.refusal.next}
        case _:
            data["facts"] = stop.why
    return data


def _at(fault: Fault, *, spoken: bool = False) -> str:
    """Where it stands: the same word in every language, or as it is said on a screen."""
    if fault.line is None:
        return fault.where
    line = render(say("line {line}", line=fault.line)) if spoken else f"line {fault.line}"
    return f"{line} {fault.where}".rstrip()


def _spoken(line: Say | str) -> str:
    return render(line) if isinstance(line, Say) else pasted(line)


def _page(stop: Stop) -> Page:
    page = Page()
    match stop:
        case Refused():
            page.line(stop.what, right=stop.refusal.rule)
            _refusal(page, stop.refusal)
        case BadInput():
            page.line(stop.what)
            page.table([(_at(fault, spoken=True), fault.message) for fault in stop.faults], indent=2)
            if isinstance(stop, BadRows) and len(stop.rows) > len(stop.faults):
                more = len(stop.rows) - len(stop.faults)
                page.line(say("and {count} more; -o FILE.csv writes all", count=more), indent=2)
            _do(page, stop.do)
        case Missing():
            page.line(stop.what)
            page.table(list(stop.asks), indent=2)
            _do(page, stop.do)
        case _:
            page.line(stop.what)
            if stop.why:
                page.block(_inset(say("Why")), *stop.why)
            _do(page, stop.do)
    return page


def _refusal(page: Page, refusal: Refusal) -> None:
    if refusal.facts:
        page.block(_inset(say("Why")), *refusal.facts)
    if refusal.missing:
        page.block(_inset(say("What is missing")), *refusal.missing)
    basis: Value = refusal.basis
    if refusal.article:
        basis = say("{basis} ({article})", basis=refusal.basis, article=_cite(refusal.article))
    page.block(_inset(say("Basis")), basis)
    if refusal.next:
        page.line(say("What can be done"), indent=2)
        for step in refusal.next:
            page.line(step.why, indent=4)
            page.paste(pasted(step.command), indent=6)


def _do(page: Page, do: tuple[Say | str, ...]) -> None:
    if not do:
        return
    page.line(say("What to do"), indent=2)
    for line in do:
        if isinstance(line, Say):
            page.line(line, indent=4)
        else:
            page.paste(pasted(line), indent=4)


def _inset(label: Say) -> str:
    return "  " + render(label)


def _cite(code: str) -> Value:
    """The statute and its place in words; a code the law does not hold as it is."""
    cite = cites().get(code)
    return cite.as_say() if cite else code
