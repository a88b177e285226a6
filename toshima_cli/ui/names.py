"""How people are named on a screen: by label and given name, by label alone where no name is known."""

from collections.abc import Mapping

from toshima_cli.domain.people import OTHER
from toshima_cli.domain.verdict import Value, say

# Relations that have a word of their own once the sex is known.
KIN = {
    ("spouse", "female"): say("wife"),
    ("spouse", "male"): say("husband"),
    ("child", "female"): say("daughter"),
    ("child", "male"): say("son"),
    ("parent", "female"): say("mother"),
    ("parent", "male"): say("father"),
    ("grandparent", "female"): say("grandmother"),
    ("grandparent", "male"): say("grandfather"),
}


def member(label: str, name: str | None, *, mask: bool) -> Value:
    """`A 由美子さん`: as the household is spoken of; the label alone without a name. `mask`: initials are given."""
    if not name or not name.strip():
        return label
    return f"{label} {name}" if mask else say("{label} {given}", label=label, given=name.split()[-1])


def masked(label: str) -> Value:
    """How a paper names somebody whose part is not shared."""
    return say("member {label} (not shared)", label=label)


def kin(relation: str, sex: str, names: Mapping[str, Mapping[str, str]]) -> Value:
    """The place in the household in a word: 母, 娘, where the sex tells; nothing where nothing is known of it."""
    if relation == OTHER:
        return ""
    return KIN.get((relation, sex)) or names["relation"].get(relation, relation)


def whoever(who: Value, names: Mapping[str, Mapping[str, str]]) -> Value:
    """The name behind a code of a window, a programme, a resource or a colleague; other words as typed."""
    if not isinstance(who, str):
        return who
    return next(
        (names[kind][who] for kind in ("window", "programme", "resource", "staff") if who in names.get(kind, {})), who
    )
