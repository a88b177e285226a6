"""What the columns of an office's old ledger stand for: our own headings, in both languages, or those a mapping names.

A mapping is a small file (TOML or JSON), checked whole:

    sheet = "台帳"                # name or number, default the first
    header = 1                    # the row that holds the headings
    rows = "person"               # a row for each person, or "household": a row for each household
    ignore = ["備考"]             # columns left out on purpose; ["*"] leaves out whatever is not named
    [columns]                     # heading → field; in a household's row "B.name" is the name of B
    "受付No." = "ledger"
    [constants]                   # what holds where a cell is blank, or no column says it
    window = "csw"
    [values.concern]              # field → what the ledger writes → what is meant ("" nothing)
    "就労" = "job"
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from toshima_cli.domain.names import fold
from toshima_cli.domain.verdict import Say, say
from toshima_cli.exits import BadInput, Fault
from toshima_cli.i18n import in_both
from toshima_cli.unknown import near, unknown

OF_THE_CASE: dict[str, Say] = {
    "ledger": say("Ledger number"),
    "received_on": say("Received on"),
    "window": say("Window"),
    "channel": say("How it came"),
    "reporter": say("Who told us"),
    "reporter_relation": say("Who that is to them"),
    "address": say("Address"),
    "phone": say("Telephone"),
    "household_concern": say("Concern of the household"),
    "note": say("Notes on the case"),
    "coordinator": say("Coordinator"),
}
OF_A_PERSON: dict[str, Say] = {
    "label": say("Member"),
    "name": say("Full name"),
    "kana": say("Reading"),
    "birth_date": say("Birth date"),
    "sex": say("Sex"),
    "relation": say("Relation to the head"),
    "concern": say("Concern"),
    "concern_note": say("What of the concern"),
    "person_note": say("Notes on the person"),
    "wish": say("Their wish"),
    "consent": say("Consent"),
    "consent_scope": say("Consent to"),
    "consent_on": say("Consent on"),
    "consent_method": say("Consent by"),
    "consent_decided_by": say("Who decided"),
    "consent_by": say("Name of who decided"),
    "consent_evidence": say("What shows it"),
    "consent_excluding": say("Not to these windows"),
    "progress_on": say("Contact on"),
    "progress_method": say("How the contact was made"),
    "progress": say("What the contact was about"),
}
FIELDS = {**OF_THE_CASE, **OF_A_PERSON}
"""Field → its heading, in the order of the template."""

LISTED = {
    "window": "window",
    "channel": "channel",
    "household_concern": "concern",
    "coordinator": "staff",
    "sex": "sex",
    "relation": "relation",
    "concern": "concern",
    "consent": "decision",
    "consent_scope": "scope",
    "consent_method": "consent_method",
    "consent_decided_by": "decided_by",
    "consent_excluding": "window",
    "progress_method": "method",
}
"""Fields that hold a word of a list, and which."""

SEVERAL = frozenset({"household_concern", "concern", "consent_scope", "consent_excluding"})
DATES = frozenset({"received_on", "birth_date", "consent_on", "progress_on"})

NEEDED = ("received_on", "window")
LAYOUTS = ("person", "household")
_OF_ONE = re.compile(r"([A-Z]{1,2})[ .．:：_　]+(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Column:
    """One column that is read: its place in the row (from 0), whose it is (None: the row's, or the case's), its field,
    and its heading as the ledger writes it."""

    place: int
    label: str | None
    field: str
    heading: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of one ledger are read. `values`: field → folded text → what is meant."""

    header: int
    household: bool
    columns: tuple[Column, ...]
    constants: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]

    def heading(self, name: str, label: str | None = None) -> str | None:
        """What the column of that field is called in the ledger."""
        found = [column for column in self.columns if column.field == name]
        own = (column.heading for column in found if label is None or column.label in (None, label))
        return next(own, None)


class MappingForm(BaseModel):
    """A mapping as it is written; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    sheet: str | Annotated[int, Field(ge=1)] | None = None
    header: Annotated[int, Field(ge=1, le=1000)] = 1
    rows: Literal["person", "household"] | None = None
    ignore: list[str] = Field(default_factory=list)
    columns: dict[str, str] = Field(default_factory=dict)
    constants: dict[str, str] = Field(default_factory=dict)
    values: dict[str, dict[str, str]] = Field(default_factory=dict)


def mapping_of(raw: Any) -> MappingForm:
    """The mapping of a file, checked. Raises BadInput (exit 2) with everything wrong in it."""
    try:
        found = MappingForm.model_validate(raw)
    except ValidationError as error:
        raise BadInput([Fault(_where(e["loc"]), _why(e["type"])) for e in error.errors()]) from error
    faults = [*_unknown_fields(found)]
    if faults:
        raise BadInput(faults)
    return found


def _where(loc: Sequence[int | str]) -> str:
    words = [str(part) for part in loc if part not in ("str", "constrained-int", "int")]
    return " ".join(["--mapping", *words])


def _why(kind: str) -> Say:
    match kind:
        case "extra_forbidden":
            return say("This key is not known.")
        case "literal_error":
            return say("Known here are: {known}.", known=LAYOUTS)
        case "string_type":
            return say("Text is expected here.")
        case "list_type":
            return say("A list [ … ] is expected here.")
        case "int_type" | "greater_than_equal" | "less_than_equal":
            return say("A whole number from 1 is expected here.")
        case _:
            return say("Headings and what they mean are expected here.")


def _unknown_fields(mapping: MappingForm) -> Iterator[Fault]:
    for heading, of in mapping.columns.items():
        if _target(of) is None:
            yield Fault(f"--mapping columns {heading}", unknown(of, near(of, FIELDS), FIELDS_NAMED))
    for part, given in (("constants", mapping.constants), ("values", mapping.values)):
        for of in given:
            if of not in FIELDS:
                yield Fault(f"--mapping {part}", unknown(of, near(of, FIELDS), FIELDS_NAMED))


FIELDS_NAMED = dict.fromkeys(FIELDS, "")


def _target(of: str) -> tuple[str | None, str] | None:
    """`name`, or `B.name`: (label, field)."""
    label, dot, name = of.rpartition(".")
    if name not in FIELDS or (dot and (name not in OF_A_PERSON or not re.fullmatch("[A-Z]{1,2}", label))):
        return None
    return (label if dot else None), name


def _own() -> dict[str, str]:
    """Our headings in both languages, and the names of the fields, folded."""
    found = {fold(name): name for name in FIELDS}
    return {**found, **{fold(text): name for name, title in FIELDS.items() for text in in_both(title)}}


def layout(mapping: MappingForm, header: Sequence[str]) -> Layout:
    """How to read the ledger whose headings these are. Raises BadInput (exit 2): a column nobody knows, one that stands
    twice, or none for what a case cannot do without."""
    named = {fold(heading): _target(of) for heading, of in mapping.columns.items()}
    ignored = {fold(heading) for heading in mapping.ignore}
    own = _own()
    columns, faults, met = list[Column](), list[Fault](), set[str]()
    for place, heading in enumerate(header):
        key = fold(heading)
        if not key:
            continue
        target = named.get(key) or _ours(heading, own)
        if key in ignored:
            continue
        if target is None:
            if "*" not in mapping.ignore:
                faults.append(Fault(heading, _stranger(heading, own)))
            continue
        met.add(key)
        if any((column.label, column.field) == target for column in columns):
            faults.append(Fault(heading, say("Two columns are read as {field}.", field=FIELDS[target[1]])))
        columns.append(Column(place, *target, heading=" ".join(heading.split())))
    faults += [
        Fault(heading, say("The ledger has no such column.")) for heading in mapping.columns if fold(heading) not in met
    ]
    found = Layout(
        header=mapping.header,
        household=_by_household(mapping, columns),
        columns=tuple(columns),
        constants=mapping.constants,
        values={of: {fold(text): meant for text, meant in each.items()} for of, each in mapping.values.items()},
    )
    faults += _lacking(found)
    if faults:
        template = "toshima import cases --template -o FILE.xlsx"
        raise BadInput(faults, do=(say("Name every column in a mapping (--mapping), or use the template:"), template))
    return found


def _ours(heading: str, own: Mapping[str, str]) -> tuple[str | None, str] | None:
    if (name := own.get(fold(heading))) is not None:
        return None, name
    found = _OF_ONE.fullmatch(heading.strip())
    name = own.get(fold(found[2])) if found else None
    return (found[1], name) if found and name in OF_A_PERSON else None


def _stranger(heading: str, own: Mapping[str, str]) -> Say:
    alike = near(fold(heading), own)
    if alike:
        return say("This column is not known. Did you mean {alike}?", alike=tuple(FIELDS[own[key]] for key in alike))
    return say("This column is not known.")


def _by_household(mapping: MappingForm, columns: Iterable[Column]) -> bool:
    if mapping.rows is not None:
        return mapping.rows == "household"
    return any(column.label for column in columns)


def _lacking(read: Layout) -> Iterator[Fault]:
    there = {column.field for column in read.columns} | set(read.constants)
    for name in NEEDED:
        if name not in there:
            yield Fault(name, _no_column(FIELDS[name]))
    if not there & {"concern", "household_concern"}:
        yield Fault("concern", _no_column(FIELDS["concern"]))
    if not read.household and any(column.label for column in read.columns):
        yield Fault("--mapping rows", say("Columns of B, C … belong to a ledger with a row for each household."))


def _no_column(title: Say) -> Say:
    return say("There is no column “{title}”, and no constant says it.", title=title)
