"""Colleagues as a list."""

from collections.abc import Mapping
from typing import Any

from toshima_cli.domain.terms import Role
from toshima_cli.domain.verdict import say
from toshima_cli.ui.out import Column


def columns(everyone: bool, windows: Mapping[str, str]) -> tuple[Column[Mapping[str, Any]], ...]:
    """`everyone`: since when somebody retired is on the screen too; `windows`: their names."""
    return (
        Column("staff", say("Code"), whole=True),
        Column("name", say("Full name")),
        Column("office", say("Belongs to")),
        Column("window", say("Window"), cell=lambda row: windows.get(row["window"], row["window"])),
        Column("role", say("Role"), cell=lambda row: Role(row["role"])),
        Column("retired_on", say("Retired"), screen=everyone),
    )
