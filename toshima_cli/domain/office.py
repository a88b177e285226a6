"""What the office may set, and what each setting takes (ours). `data/settings.csv` has the names and the first values.

1. `interruption_days` and the like are whole numbers within bounds; `regular_…` a regular day (domain/regular.py).
2. `population.2026` is the number of inhabitants of a fiscal year, `target.2026.KEY` what the office wants a figure of
   that year to be. There are none unless the office sets them.
3. `FIXED` decides who may consent for whom: it is part of a rule, and is changed in the data books are made from.
"""

import re
from collections.abc import Collection, Mapping
from unicodedata import normalize

from toshima_cli.domain.regular import BadRegular, parse_regular
from toshima_cli.domain.verdict import Say, say

BOUNDS: dict[str, tuple[int, int]] = {
    "interruption_days": (1, 366),
    "engaging_long_days": (1, 3660),
    "unanswered_days": (1, 366),
    "progress_interval_days": (1, 366),
    "return_months": (1, 120),
    "hidden_most": (1, 99),
}
REGULAR = ("regular_subcommittee", "regular_council")
FIXED = ("consent_self_from_age",)

HIDDEN_MOST = "hidden_most"
DEFAULTS = {HIDDEN_MOST: "4"}
"""For books whose settings were loaded before there were these; the same as in `data/settings.csv`."""

MOST, LONGEST = 10**9, 15
_POPULATION = re.compile(r"population\.(20\d\d)", re.ASCII)
_TARGET = re.compile(r"target\.(20\d\d)\.(.+)", re.ASCII)


class BadSetting(ValueError):
    """A setting that does not exist, or a value it does not take, with the sentence that says so."""

    def __init__(self, message: Say, *, key: bool = False) -> None:
        super().__init__(message.text)
        self.message, self.key = message, key


def population(settings: Mapping[str, str], year: int) -> int | None:
    """The inhabitants in that fiscal year, where the office has said how many."""
    text = settings.get(f"population.{year}")
    return int(text) if text else None


def targets(settings: Mapping[str, str], year: int) -> dict[str, int]:
    """Key of the report → what the office wants it to be in that fiscal year."""
    found = ((_TARGET.fullmatch(key), value) for key, value in settings.items())
    return {match[2]: int(value) for match, value in found if match and int(match[1]) == year}


def named(key: str) -> Say | None:
    """What a setting is that the office added itself."""
    if found := _POPULATION.fullmatch(key):
        return say("Inhabitants in the fiscal year {year}", year=found[1])
    if found := _TARGET.fullmatch(key):
        return say("Target of the fiscal year {year} for {figure}", year=found[1], figure=found[2])
    return None


def figure_of(key: str) -> str:
    """The key of the report a target is for; "" of any other setting."""
    found = _TARGET.fullmatch(key)
    return found[2] if found else ""


def checked(key: str, value: str, figures: Collection[str]) -> str:
    """The value as it is kept. `figures`: the keys of the report. Raises BadSetting."""
    if key in FIXED:
        raise BadSetting(
            say("This is part of the rule of consent. It is changed in data/settings.csv, before books are made."),
            key=True,
        )
    if key in REGULAR:
        try:
            parse_regular(value)
        except BadRegular as error:
            raise BadSetting(error.message) from None
        return "".join(normalize("NFKC", value).lower().split())
    target = _TARGET.fullmatch(key)
    if target and target[2] not in figures:
        raise BadSetting(say("The report has no figure {key}.", key=target[2]), key=True)
    if key in BOUNDS:
        return _number(value, *BOUNDS[key])
    if target:
        return _number(value, 0, MOST)
    if _POPULATION.fullmatch(key):
        return _number(value, 1, MOST)
    raise BadSetting(say("There is no setting {key}.", key=key), key=True)


def _number(text: str, least: int, most: int) -> str:
    plain = normalize("NFKC", text).replace(",", "").strip()
    # longer ones are no numbers to Python either
    if not (plain.isascii() and plain.isdecimal() and len(plain) <= LONGEST and least <= int(plain) <= most):
        raise BadSetting(say("A whole number from {least} to {most} is expected here.", least=least, most=most))
    return str(int(plain))
