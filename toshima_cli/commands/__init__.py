"""The table of contents: every command in the order of the flow. The root help is made from it; no command is imported.

A command's module is what its line names: `HELP` (Say), `EXAMPLES` (two lines or more) and `run(ctx, …)`; a group has
`COMMANDS: dict[str, Sub]` instead of `run`. `FORMATS` narrows or widens `-f`, `FILES` lists the endings of `-o`.
"""

from dataclasses import dataclass
from keyword import iskeyword

from toshima_cli.domain.verdict import Say, say


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: its panel (`flow`, `look`, `office`), its line in the help, its module, its subcommands."""

    name: str
    panel: str
    help: Say
    module: str
    subs: tuple[str, ...] = ()


PANELS: dict[str, Say] = {
    "flow": say("Flow ⓪–⑥"),
    "look": say("Look"),
    "office": say("Office"),
}


def _entry(name: str, panel: str, help: Say, subs: tuple[str, ...] = ()) -> Entry:
    # a command may be called what Python keeps for itself: its module ends in _
    module = f"{name}_" if iskeyword(name) else name
    return Entry(name, panel, help, f"toshima_cli.commands.{module}", subs)


TABLE: tuple[Entry, ...] = (
    _entry("outreach", "flow", say("⓪ Seek out those who are not connected yet"), ("new", "log", "list")),
    _entry("intake", "flow", say("① Take a whole concern in, whatever window it came to")),
    _entry("concern", "flow", say("Note a concern found later, or that one is none any more"), ("add", "end")),
    _entry(
        "person",
        "flow",
        say("People who join, leave or move; what is corrected of them; their wishes"),
        ("add", "edit", "move", "leave", "wish"),
    ),
    _entry("split", "flow", say("Give people under restriction a case of their own, seen by its own people only")),
    _entry("merge", "flow", say("Two cases of one household, or two records of one person, are taken as one")),
    _entry("unmerge", "flow", say("Take back that two were taken as one")),
    _entry("route", "flow", say("②③ See the fitting windows; refer, settle, or hand to a coordinator")),
    _entry("notify", "flow", say("The duty to report: one step, never refused, suspicion is enough")),
    _entry("consent", "flow", say("Record what a person decided: given, not obtained, withdrawn")),
    _entry("approach", "flow", say("Begin an approach before its support conference, which decides it afterwards")),
    _entry("conference", "flow", say("Which conference of another law dealt with a case")),
    _entry("convene", "flow", say("Call a sitting; its agenda makes itself")),
    _entry("attend", "flow", say("Record who attended, and their secrecy acknowledgement")),
    _entry("decide", "flow", say("⑤ Record what a sitting decided on an item")),
    _entry("minutes", "flow", say("The minutes of a sitting")),
    _entry("plan", "flow", say("③⑥ Draft or revise a support plan")),
    _entry("progress", "flow", say("④ Note a contact, a visit, what was found, the next step")),
    _entry("watch", "flow", say("⑤ Go over to watching, with a watcher and an end date")),
    _entry("resume", "flow", say("Go on with a watched or interrupted case where it was")),
    _entry("close", "flow", say("⑤ Conclude a case, or record that it was interrupted")),
    _entry("reopen", "flow", say("A household returns: a new case, linked to the one that ended")),
    _entry("status", "look", say("Today's board: what waits for you, overdue first")),
    _entry("caseload", "look", say("Every case not ended")),
    _entry("show", "look", say("One case, whole")),
    _entry("map", "look", say("The household, and who supports it")),
    _entry("find", "look", say("Find people by name, reading, telephone, address, birth date or number")),
    _entry("gate", "look", say("Ask who may be spoken of, where, and on what ground")),
    _entry("agenda", "look", say("The agenda of a sitting, and its papers")),
    _entry("meetings", "look", say("The sittings; cancel, move or change one")),
    _entry(
        "report",
        "office",
        say("Reports of a month and of a fiscal year, and the standard forms"),
        ("monthly", "annual", "form"),
    ),
    _entry("resource", "office", say("Resources of the community: salons, dining rooms, groups"), ("add", "list")),
    _entry("gap", "office", say("What is lacking: raised, forwarded, answered"), ("add", "list", "forward", "answer")),
    _entry(
        "staff", "office", say("The people who work with the program"), ("add", "list", "edit", "retire", "handover")
    ),
    _entry(
        "export",
        "office",
        say("All data of a case or of the office, to take elsewhere; the windows for everybody"),
        ("case", "office", "windows"),
    ),
    _entry(
        "import",
        "office",
        say("Take in what was kept elsewhere: an old ledger, cases, a whole office"),
        ("cases", "case", "office"),
    ),
    _entry("config", "office", say("What the office sets: days, inhabitants, targets")),
    _entry("undo", "office", say("Take back one's own last step; nothing is erased")),
    _entry("init", "office", say("Create the database and load the reference data")),
    _entry("db", "office", say("The database itself: bring it to this version"), ("upgrade",)),
    _entry("demo", "office", say("The whole life of one invented household, in a database of its own")),
    _entry("journal", "office", say("Who did what, and who saw whom")),
    _entry("windows", "office", say("The windows of consultation")),
    _entry("programmes", "office", say("The programmes of participation, community and outreach")),
    _entry("bodies", "office", say("Which departments sit on the council and the subcommittee")),
    _entry("completion", "office", say("What Tab completes in bash, zsh, fish or PowerShell")),
)


def called(name: str) -> Entry | None:
    return next((entry for entry in TABLE if entry.name == name), None)
