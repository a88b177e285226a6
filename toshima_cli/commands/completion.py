"""toshima completion"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import Next, say
from toshima_cli.params import arg
from toshima_cli.ui.shells import INSTALL, SHELLS, script
from toshima_cli.unknown import near, unknown

HELP = say("What Tab completes in bash, zsh, fish or PowerShell")
EXAMPLES = ("toshima completion bash", "toshima completion fish")
FORMATS = ("table", "json")


def run(
    ctx: typer.Context,
    shell: Annotated[
        str | None,
        arg(
            "SHELL",
            "bash, zsh, fish or powershell; each script says how to install it, for bash: "
            'eval "$(toshima completion bash)" in ~/.bashrc',
        ),
    ] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    which = (a.text("SHELL", shell, required=True) or "").strip().lower()
    if which and which not in SHELLS:
        a.fault("SHELL", unknown(which, near(which, SHELLS), dict.fromkeys(SHELLS, "")))
    a.settle()
    file, line = INSTALL[which]
    c.out.text(script(which), {"shell": which, "file": file, "line": line, "script": script(which)})
    if c.out.terminal.stdout:
        c.out.follow(Next("completion", say("in every new shell, put into {file}", file=file), line))
