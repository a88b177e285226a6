"""What every command takes, known without Typer, and what kind of value each option and argument stands for.

`declared.tsv` is made from the commands themselves by `make docs`. What kind of value an option or an argument takes
follows from its metavar (`METAVARS`), or from the command where one word means several things (`APART`).
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from toshima_cli.ui.shells import SHELLS

DECLARED = Path(__file__).parent / "declared.tsv"
"""A line for each option and argument: command, names, metavar, whether it is a word, a value or a switch, whether it
may stand several times, its help. `docs/commands.py` makes it."""

FREE, FILES = "", "files"

METAVARS: dict[str, str] = {
    "ACTION": "actions",
    "BODY": "term Body",
    "CASE": "cases",
    "CASE/LABEL": "members",
    "CASE|GAP": "cases",
    "CHANNEL": "list channel",
    "COPY": FREE,
    "DATE": "words today yesterday",
    "FILE": FILES,
    "FORM": "term Form",
    "FROM": "staff",
    "GAP": "gaps",
    "GROUND": "term Ground",
    "HOW": "term HeldAs",
    "INTERVAL": "words 1w 2w 1m 3m",
    "ITEM": "items",
    "ITEM:WHERE": "items",
    "KANA": FREE,
    "KEPT": "members",
    "KEY": "figures",
    "LABEL": "labels",
    "LABEL:CONCERN": "concerns",
    "LABEL:CONCERN[!]": "concerns",
    "LABEL|ID": "labels",
    "MEETING": "meetings",
    "MONTH": "words last",
    "N": FREE,
    "NAME": FREE,
    "OTHER": "members",
    "OUTCOME": "term Outcome",
    "PATH": FILES,
    "REFERRAL": "referrals",
    "RELATION": "list relation",
    "ROLE": "term Role",
    "S": FREE,
    "SCOPE": "term Scope",
    "SETTING": "words engaging_long_days hidden_most interruption_days progress_interval_days regular_council"
    " regular_subcommittee return_months unanswered_days",
    "SEX": "list sex",
    "SHEET": FREE,
    "SHELL": f"words {' '.join(SHELLS)}",
    "STAFF": "staff",
    "STAGE": "term Stage",
    "STATUS": "term GapStatus",
    "TEXT": FREE,
    "TEXTID": FREE,
    "TO": "staff",
    "VALUE": FREE,
    "WHAT": "words coordinator window stage",
    "WHERE": "places",
    "WHY": "list why_not_connected",
    "WINDOW": "list window",
    "WORDS": FREE,
    "YEAR": "words last this",
}
"""Metavar → kind of value. One in quotes (`"NAME|OFFICE|POST"`) is free text, one in small letters its own list."""

APART: dict[tuple[str, str], str] = {
    ("close", "--change"): "list change",
    ("close", "--lead"): "who",
    ("close", "--reason"): "term EndReason",
    ("conference", "--of"): "list conference",
    ("consent", "--decided-by"): "term DecidedBy",
    ("consent", "--method"): "list consent_method",
    ("gap add", "--kind"): "term GapKind",
    ("gate", "--to"): "places and sittings",
    ("notify", "--kind"): "term ReportKind",
    ("outreach log", "--method"): "list method",
    ("outreach log", "--programme"): "list outreach_programme",
    ("outreach new", "--programme"): "list outreach_programme",
    ("person leave", "--reason"): "list leave_reason",
    ("plan", "--lead"): "who",
    ("progress", "--method"): "list method",
    ("progress", "--programme"): "list outreach_programme",
    ("reopen", "CASE"): "ended cases",
    ("resource add", "CODE"): FREE,
    ("route", "--kind"): "term ReportKind",
    ("staff add", "CODE"): FREE,
    ("staff edit", "CODE"): "staff",
    ("staff retire", "CODE"): "staff",
    ("watch", "--by"): "who",
    ("windows", "CODE"): "list window",
}
"""(command, option or argument) → kind of value, where the metavar does not say it."""

COMMAS = frozenset({"labels", "list change", "list window", "places", "term Scope"})
"""Kinds of which several may stand in one word, with commas."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One option or argument a command takes."""

    names: tuple[str, ...]
    metavar: str
    word: bool
    switch: bool
    many: bool
    help: str

    def kind(self, command: str) -> str:
        """The kind of its values. Raises KeyError for a metavar nobody has told about."""
        if (command, self.names[0]) in APART:
            return APART[command, self.names[0]]
        if self.metavar.startswith('"'):
            return FREE
        return f"words {self.metavar.replace('|', ' ')}" if self.metavar.islower() else METAVARS[self.metavar]


@cache
def declared() -> tuple[tuple[str, Taken], ...]:
    """Every option and argument with the command it belongs to (`staff add`)."""
    lines = (line.split("\t") for line in DECLARED.read_text(encoding="utf-8").splitlines())
    return tuple(
        (command, Taken(tuple(names.split()), metavar, sort == "word", sort == "switch", many == "many", help))
        for command, names, metavar, sort, many, help in lines
    )
