"""The one prompt door. Asked only where a person can answer; drawn on stderr, so that stdout stays the answer."""

import sys
from unicodedata import normalize

from toshima_cli.domain.verdict import Say, say
from toshima_cli.exits import Interrupted, Missing
from toshima_cli.i18n import render
from toshima_cli.settings import Terminal
from toshima_cli.ui.text import visible

YES = ("y", "yes", "はい")
NO = ("n", "no", "いいえ")


class Ask:
    def __init__(self, terminal: Terminal, *, no_input: bool) -> None:
        self.possible = terminal.stdin and terminal.stderr and not (no_input or terminal.ci)

    def confirm(self, question: Say) -> bool:
        """y/N, default No. Where nobody can answer: Missing (6), naming `--yes`. Ctrl-C: Interrupted (130)."""
        if not self.possible:
            raise Missing([("--yes", question)])
        import questionary
        from prompt_toolkit.output import create_output

        def fits(answer: str) -> bool | str:
            return _said(answer) in ("", *YES, *NO) or render(say("Answer y or n."))

        prompt = questionary.text(
            f"{visible(render(question))} (y/N)", validate=fits, output=create_output(stdout=sys.stderr)
        )
        try:
            answer = prompt.unsafe_ask()
        except (KeyboardInterrupt, EOFError) as error:
            raise Interrupted from error
        return _said(answer) in YES


def _said(answer: str) -> str:
    return normalize("NFKC", answer).strip().lower()
