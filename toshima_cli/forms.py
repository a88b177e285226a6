"""The files and answers people hand in, checked whole: every fault is named by field, and a faulty form keeps nothing.

`intake --from` and the options of `intake` fill the same form, so both meet the same checks; `plan` likewise.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError

from toshima_cli.domain import terms as t
from toshima_cli.domain.calendar import EARLIEST, BadDate, parse_date
from toshima_cli.domain.names import fold
from toshima_cli.domain.verdict import Say, say
from toshima_cli.exits import BadInput, Fault
from toshima_cli.unknown import near, unknown

LONGEST_NAME = 200

_UNREADABLE = re.compile("[\0\ud800-\udfff]")
"""NUL, and bytes the terminal could not decode."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a form is checked against: today, and every list of slugs ({"channel": {"self": "本人"}})."""

    today: date
    codes: Mapping[str, Mapping[str, str]]


def _wrong(message: Say) -> PydanticCustomError:
    return PydanticCustomError("ours", "{text}", {"text": message.text, "say": message})


def _known(info: ValidationInfo) -> Known:
    found = info.context
    assert isinstance(found, Known), "fill() gives it"
    return found


def _day(value: Any, info: ValidationInfo) -> date:
    if not isinstance(value, str):
        raise _wrong(say("A date is written as text, for example 2026-11-24."))
    try:
        return parse_date(value, _known(info).today)
    except BadDate as error:
        raise _wrong(error.message) from error


def _past(value: date, info: ValidationInfo) -> date:
    if value > _known(info).today:
        raise _wrong(say("{on} lies in the future.", on=value))
    return value


def _readable(value: str) -> str:
    if _UNREADABLE.search(value):
        raise _wrong(say("The characters could not be read."))
    return value


def _named(value: str) -> str:
    if not fold(value):
        raise _wrong(say("There is nothing to read here; leave it out where it is not known."))
    return _readable(value)


def _business(value: date, info: ValidationInfo) -> date:
    if value < EARLIEST:
        raise _wrong(say("{on} lies before any record of this office.", on=value))
    return _past(value, info)


def _of(list_name: str) -> AfterValidator:
    def check(value: str, info: ValidationInfo) -> str:
        known = _known(info).codes.get(list_name, {})
        if value not in known:
            raise _wrong(unknown(value, near(value, known), known))
        return value

    return AfterValidator(check)


Day = Annotated[date, BeforeValidator(_day)]
PastDay = Annotated[Day, AfterValidator(_past)]
Text = Annotated[str, Field(min_length=1, max_length=t.LONGEST_TEXT), AfterValidator(_readable)]
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME), AfterValidator(_named)]
BusinessDay = Annotated[Day, AfterValidator(_business)]
Label = Annotated[str, Field(pattern=r"^[A-Z]{1,2}$")]


class Form(BaseModel):
    # built when first filled: most commands write without one
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class ReporterForm(Form):
    name: Name | None = None
    relation: Name | None = None


class HouseholdForm(Form):
    address: Text | None = None
    phone: Name | None = None


class PersonForm(Form):
    label: Label
    name: Name | None = None
    kana: Name | None = None
    birth_date: PastDay | None = None
    sex: Annotated[t.Sex, Field(strict=False)] = t.Sex.UNKNOWN
    relation: Annotated[str, _of("relation")] = "other"
    note: Text | None = None
    wish: Text | None = None


class JoinForm(Form):
    """One who joins later: `person add`. Without a label the next free one is theirs."""

    label: Label | None = None
    name: Name | None = None
    kana: Name | None = None
    birth_date: PastDay | None = None
    sex: Annotated[t.Sex, Field(strict=False)] = t.Sex.UNKNOWN
    relation: Annotated[str, _of("relation")] = "other"


class JoinForms(Form):
    people: Annotated[list[JoinForm], Field(min_length=1)]


class EditForm(Form):
    """What `person edit` gives another value; None takes it away."""

    name: Name | None = None
    kana: Name | None = None
    birth_date: PastDay | None = None
    sex: Annotated[t.Sex, Field(strict=False)] = t.Sex.UNKNOWN
    relation: Annotated[str, _of("relation")] = "other"
    phone: Name | None = None
    address: Text | None = None
    contact_rule: Text | None = None
    visit_alert: Text | None = None
    assistance_since: PastDay | None = None
    assistance_office: Name | None = None


class ConcernForm(Form):
    """`person` null: a concern of the household."""

    person: Label | None = None
    concern: Annotated[str, _of("concern")]
    most_pressing: bool = False
    note: Text | None = None


class ConsentForm(Form):
    person: Label
    decision: Annotated[t.Decision, Field(strict=False)]
    scope: Annotated[list[Annotated[t.Scope, Field(strict=False)]], Field(min_length=1)]
    on: PastDay
    method: Annotated[str, _of("consent_method")]
    decided_by: Annotated[t.DecidedBy, Field(strict=False)] = t.DecidedBy.SELF
    by: Name | None = None
    evidence: Text | None = None
    excluding: list[Annotated[str, _of("window")]] = Field(default_factory=list)


class IntakeForm(Form):
    """One first consultation: cli.md, `toshima intake --from FILE.json`."""

    window: Annotated[str, _of("window")]
    received_on: BusinessDay
    channel: Annotated[str, _of("channel")] = "other"
    reporter: ReporterForm | None = None
    household: HouseholdForm = Field(default_factory=HouseholdForm)
    people: Annotated[list[PersonForm], Field(min_length=1)]
    concerns: Annotated[list[ConcernForm], Field(min_length=1)]
    consents: list[ConsentForm] = Field(default_factory=list)
    note: Text | None = None


class OutreachForm(Form):
    """Somebody not yet connected (⓪): `toshima outreach new --from FILE.json`. `window` seeks them; without people
    one unnamed A is meant."""

    why: Annotated[str, _of("why_not_connected")]
    window: Annotated[str, _of("window")]
    programme: Annotated[str, _of("outreach_programme")] | None = None
    on: BusinessDay
    channel: Annotated[str, _of("channel")] = "other"
    reporter: ReporterForm | None = None
    household: HouseholdForm = Field(default_factory=HouseholdForm)
    people: Annotated[list[PersonForm], Field(min_length=1)] = Field(default_factory=lambda: [PersonForm(label="A")])
    concerns: list[ConcernForm] = Field(default_factory=list)
    note: Text


class ConnectForm(Form):
    """What a first consultation adds to what outreach knows (⓪ → ①): `toshima intake CASE --from FILE.json`. What is
    left out stays as it is known."""

    window: Annotated[str, _of("window")] | None = None
    received_on: BusinessDay
    channel: Annotated[str, _of("channel")] | None = None
    reporter: ReporterForm | None = None
    household: HouseholdForm = Field(default_factory=HouseholdForm)
    people: list[PersonForm] = Field(default_factory=list)
    concerns: list[ConcernForm] = Field(default_factory=list)
    consents: list[ConsentForm] = Field(default_factory=list)
    note: Text | None = None


class ReturnForm(Form):
    """A household that comes back: `toshima reopen CASE`. Its people are carried over."""

    window: Annotated[str, _of("window")] | None = None
    received_on: BusinessDay
    channel: Annotated[str, _of("channel")] = "other"
    reporter: ReporterForm | None = None
    concerns: list[ConcernForm] = Field(default_factory=list)
    note: Text | None = None


class ConfirmedForm(Form):
    person: Label
    on: PastDay
    method: Annotated[str, _of("consent_method")]


class ConfirmedForms(Form):
    """Who confirmed the version that stands: `toshima plan CASE --confirmed "LABEL|DATE|METHOD"`."""

    confirmed: Annotated[list[ConfirmedForm], Field(min_length=1)]


class ActionForm(Form):
    person: Label
    what: Text
    who: Name
    due: Day | None = None
    kind: Annotated[t.ActionKind | None, Field(strict=False)] = None
    why_not_existing: Text | None = None


class PlanForm(Form):
    """A draft of a support plan: cli.md, `toshima plan CASE --from FILE.json`."""

    goal: Text
    people: Annotated[list[Label], Field(min_length=1)]
    review_on: Day | None = None
    lead: Name | None = None
    confirmed: list[ConfirmedForm] = Field(default_factory=list)
    needs: Text | None = None
    care: Text | None = None
    actions: Annotated[list[ActionForm], Field(min_length=1)]


F = TypeVar("F", bound=Form)


def fill(form: type[F], raw: Any, known: Known) -> F:
    """Check a form whole. Raises BadInput (exit 2) with every fault at once."""
    try:
        found = form.model_validate(raw, context=known)
    except ValidationError as error:
        raise BadInput((*map(_fault, error.errors(include_url=False)), *_unread(form, raw))) from error
    faults = _across(found) if isinstance(found, IntakeForm | OutreachForm | ConnectForm | ReturnForm) else []
    if faults:
        raise BadInput(faults)
    return found


def _where(loc: tuple[int | str, ...]) -> str:
    text = ""
    for part in loc:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _fault(error: Any) -> Fault:
    kind, context = error["type"], error.get("ctx", {})
    match kind:
        case "ours":
            message = context["say"]
        case "missing":
            message = say("An answer is needed here.")
        case "extra_forbidden":
            message = say("This key is not known.")
        case "string_type":
            message = say("Text is expected here.")
        case "bool_type":
            message = say("true or false is expected here.")
        case "list_type":
            message = say("A list [ … ] is expected here.")
        case "model_type" | "model_attributes_type" | "dict_type":
            message = say("An object { … } is expected here.")
        case "too_short" | "string_too_short":
            message = say("At least one is needed here.")
        case "string_too_long":
            message = say("The text is too long: at most {longest} characters.", longest=context["max_length"])
        case "string_pattern_mismatch":
            message = say("A label is one or two capital letters: A, B, C … AA.")
        case "enum":
            values = tuple(part.strip("' ") for part in context["expected"].replace(" or ", ", ").split(","))
            message = unknown(str(error["input"]), near(str(error["input"]), values), dict.fromkeys(values, ""))
        case _:
            message = say("“{value}” does not fit here.", value=str(error["input"]))
    return Fault(_where(error["loc"]) or "--from", message)


def _twice(where: str, labels: list[str]) -> list[Fault]:
    return [
        Fault(f"{where}[{n}]", say("The label {label} stands twice.", label=label))
        for n, label in enumerate(labels)
        if label in labels[:n]
    ]


def _not_among(where: str, label: str | None, labels: list[str]) -> list[Fault]:
    if label is None or label in labels:
        return []
    return [Fault(where, say("{label} is not among the people.", label=label))]


def _unread(form: type[Form], raw: Any) -> list[Fault]:
    """Labels that fit nobody, in a form that cannot be read whole: named with everything else, not a round later."""
    if not isinstance(raw, Mapping):
        return []
    if form in (ConnectForm, ReturnForm):
        return []  # who is of the household already stands in the books
    taken_in = issubclass(form, IntakeForm | OutreachForm)
    people, others = (("label",), ("concerns", "consents")) if taken_in else ((), ("actions", "confirmed"))
    listed = raw.get("people")
    labels = [_label(entry, *people) for entry in listed] if isinstance(listed, list) else []
    if not labels or None in labels:
        return []
    known = [label for label in labels if label is not None]
    faults = _twice("people", known)
    for name in others:
        rows = raw.get(name)
        for n, row in enumerate(rows if isinstance(rows, list) else ()):
            faults += _not_among(f"{name}[{n}].person", _label(row, "person"), known)
    return faults


def _label(entry: Any, *key: str) -> str | None:
    found = entry.get(key[0]) if key and isinstance(entry, dict) else entry
    return found if isinstance(found, str) else None


def _across(form: IntakeForm | OutreachForm | ConnectForm | ReturnForm) -> list[Fault]:
    """What only shows when the fields are seen together. Who is of a household that is known already stands in the
    books: whom a concern of theirs is about is looked at there."""
    on = form.on if isinstance(form, OutreachForm) else form.received_on
    people = [] if isinstance(form, ReturnForm) else form.people
    labels = [p.label for p in people]
    faults = _twice("people", labels)
    for n, person in enumerate(people):
        if person.birth_date and person.birth_date > on:
            faults.append(Fault(f"people[{n}].birth_date", say("This lies after the concern was received.")))
    whole = isinstance(form, IntakeForm | OutreachForm)
    pressing: set[str | None] = set()
    for n, concern in enumerate(form.concerns):
        faults += _not_among(f"concerns[{n}].person", concern.person, labels) if whole else []
        if concern.most_pressing and concern.person in pressing:
            faults.append(
                Fault(f"concerns[{n}].most_pressing", say("Only one concern of a person is the most pressing."))
            )
        if concern.most_pressing:
            pressing.add(concern.person)
    for n, consent in enumerate(form.consents if isinstance(form, IntakeForm | ConnectForm) else ()):
        faults += _not_among(f"consents[{n}].person", consent.person, labels) if whole else []
        if consent.on < on and whole:
            faults.append(Fault(f"consents[{n}].on", say("This lies before the concern was received.")))
        if consent.decision is t.Decision.NONE:
            faults.append(Fault(f"consents[{n}].decision", say("Leave the consent out where none was asked for.")))
    return faults
