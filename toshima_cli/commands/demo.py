"""toshima demo"""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import Next, say
from toshima_cli.params import opt

HELP = say("The whole life of one invented household, in a database of its own")
EXAMPLES = ("toshima demo", "toshima demo --households 20 --seed 7")
FORMATS = ("table",)


def run(
    ctx: typer.Context,
    households: Annotated[str | None, opt("--households", "How many invented households beside it", "N")] = None,
    seed: Annotated[str | None, opt("--seed", "Which ones: the same number gives the same", "S")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    many = a.count("--households", households, least=0, most=10_000)
    which = a.count("--seed", seed, least=0)
    # typed, never TOSHIMA_DB: an office's books are no place for invented people
    typed = c.settings.db if any(word.startswith("--db") for word in c.line) else None
    if typed and Path(typed).exists():
        a.fault("--db", say("The demonstration makes its own database; {path} is there already.", path=typed))
    a.settle()
    from toshima_cli import demo

    db = Path(typed) if typed else Path(tempfile.mkdtemp(prefix="toshima-demo-")) / "demo.db"
    demo.play(db, c.demo_terminal(), c.out.narrate, households=4 if many is None else many, seed=which or 0)
    c.out.follow(
        Next("caseload", say("go on in the same database"), f"TOSHIMA_TODAY={demo.LAST_DAY} toshima --db {db} caseload")
    )
