"""The files of `data/` as they lie in the checkout, for the tests that hold them to what they promise."""

import csv
from pathlib import Path

from toshima_cli import reference

COLUMNS = {
    "windows": "code name department operation sites site_type subsidised coordinator_posted fields source edition",
    "programmes": "code kind name department operation staffing staffing_note places subsidised source edition",
    "bodies": "department council subcommittee source edition",
    "concerns": "code name name_en short short_en field source edition",
    "routing": "no concern window min_age max_age note source",
    "codes": "list code name name_en national source edition",
    "conferences": "code name name_en law source edition",
    "settings": "key value name name_en basis source",
    "deciders": "from_age to_age decided_by child_view_required basis source",
    "holidays": "on name source",
}


def path(name: str) -> Path:
    return reference.folder() / f"{name}.csv"


def rows(name: str) -> list[dict[str, str]]:
    with path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def listed(name: str) -> list[str]:
    return [row["code"] for row in rows("codes") if row["list"] == name]


def table(text: str) -> list[list[str]]:
    """A table written down in a test: one line a row, cells between bars."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
