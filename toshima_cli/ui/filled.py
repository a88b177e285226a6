"""Templates (html, svg) filled with values. Everything typed is made visible and escaped on the way in."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toshima_cli.domain.verdict import Value
from toshima_cli.i18n import render
from toshima_cli.ui.text import visible

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"


def filled(template: str, **values: Any) -> str:
    """The text of `templates/<template>`; a value it names and nobody gives is an error. `| say` speaks a value."""
    return _environment().get_template(template).render(**values)


def said(value: Value) -> str:
    """A value as a text a reader may see: spoken, nothing hidden in it; line ends are newlines."""
    return visible(render(value).replace("\r\n", "\n"), keep="\n")


@lru_cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["say"] = said
    return made
