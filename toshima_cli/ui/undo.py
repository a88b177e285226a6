"""What would be taken back, as it is shown before the question."""

from typing import TYPE_CHECKING

from toshima_cli.domain.undo import of_step
from toshima_cli.domain.verdict import Value, say
from toshima_cli.ui.page import Beside, Page

if TYPE_CHECKING:
    from toshima_cli.flow.undo import Ahead


def draw(found: "Ahead", page: Page) -> None:
    """The step and whose it was, what it recorded, that nothing stands on it, what was told already."""
    step = found.step
    where: list[Value] = [
        say("{case} (household of {name})", case=number, name=name) if name else number
        for number, name in found.households.items()
    ]
    if step.meeting:
        where.append(step.meeting)
    page.block(say("To be taken back"), Beside((of_step(step), step.on, *where)))
    if found.wrote:
        page.block(say("It recorded"), *found.wrote)
    page.block(say("On it stands"), say("Nothing recorded later."))
    if found.warnings:
        page.block(say("Mind"), *(warning.message for warning in found.warnings), tone="red")
