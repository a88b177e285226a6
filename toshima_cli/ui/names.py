"""How people are named on a screen: by label and given name, by label alone where no name is known."""

from toshima_cli.domain.verdict import Value, say


def member(label: str, name: str | None, *, mask: bool) -> Value:
    """`A 由美子さん`: as the household is spoken of; the label alone without a name. `mask`: initials are given."""
    if not name or not name.strip():
        return label
    return f"{label} {name}" if mask else say("{label} {given}", label=label, given=name.split()[-1])


def masked(label: str) -> Value:
    """How a paper names somebody whose part is not shared."""
    return say("member {label} (not shared)", label=label)
