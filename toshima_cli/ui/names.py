"""How people are named on a screen: by label and given name, by initials under `--mask`, by label where no name is
known."""

from toshima_cli.domain.initials import initials
from toshima_cli.domain.verdict import Value, say


def member(label: str, name: str | None, kana: str | None, *, mask: bool) -> Value:
    """`A 由美子さん`: as the household is spoken of; `A Y.T.` under `--mask`; the label alone without a name."""
    found = initials(name, kana) if mask else (name or "").strip()
    if not found:
        return label
    return f"{label} {found}" if mask else say("{label} {given}", label=label, given=found.split()[-1])


def masked(label: str) -> Value:
    """How a paper names somebody whose part is not shared."""
    return say("member {label} (not shared)", label=label)
