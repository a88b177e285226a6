"""The stage table in docs/flow.md, drawn from the one table in the code."""

from pathlib import Path

from toshima_cli.domain.stages import picture

FILE = Path(__file__).parent / "flow.md"
BEGIN = "<!-- stages: made by make docs -->"
END = "<!-- /stages -->"


def with_table(text: str) -> str:
    """The document with the table of today between its marks. Raises ValueError where the marks are gone."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"docs/flow.md has lost its marks: {BEGIN} … {END}")
    return f"{before}{begin}\n\n{picture().strip()}\n\n{end}{after}"
