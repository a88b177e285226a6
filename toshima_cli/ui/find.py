"""Who was found, as a list."""

from collections.abc import Mapping
from typing import Any

from toshima_cli.domain.verdict import say
from toshima_cli.ui.out import Column

MATCHED = {
    "name": say("name"),
    "kana": say("reading"),
    "phone": say("telephone"),
    "address": say("address"),
    "birth_date": say("birth date"),
    "number": say("number"),
}

COLUMNS: tuple[Column[Mapping[str, Any]], ...] = (
    Column("case", say("Case"), whole=True),
    Column("label", say("Label"), whole=True),
    Column("name", say("Full name"), cell=lambda row: row["name"] or say("(name unknown)")),
    Column("kana", say("Reading")),
    Column("birth_date", say("Birth date"), whole=True),
    Column("stage", say("Stage"), whole=True),
    Column("matched", say("Found by"), cell=lambda row: MATCHED[row["matched"]]),
)
