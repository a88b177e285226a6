"""What each guided command asks, in which order: one module a command, `SCRIPT` in each (see `toshima_cli/talk.py`).

`GUIDED` names them; every other command is asked for what it lacks, by the help of its options.
"""

GUIDED = {
    "intake": "intake",
    "outreach new": "outreach",
    "consent": "consent",
    "convene": "convene",
    "plan": "plan",
    "progress": "progress",
    "close": "close",
    "decide": "decide",
    "staff add": "staff",
    "init": "init",
}
"""The words of a command → its module here."""

ASKED_FIRST = (("intake",), ("init",))
"""Those whose script decides whether to ask before the command is tried: nothing may be missing, and yet one asks."""
