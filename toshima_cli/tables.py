"""The tables of the books: columns and constraints, no behaviour.

Every fact is a row that points to the `act` that wrote it: `seq` gives its order, `on_date` its business date (a
Japanese calendar date), the act who recorded it and when. Nothing is changed afterwards; an undone act is marked in
`act.undone_by`, and every query leaves its rows out. The columns of `case_file` under "derived" repeat what the facts
say, for fast lists; `flow.project` alone writes them. Reference data stands in `reference_tables.py` without foreign
keys from here: a later edition of a list must not make old rows invalid.
"""

from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Column, Enum, ForeignKey, Index, Integer, MetaData, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from toshima_cli.domain import terms as t

# Names for every constraint: Alembic cannot alter on SQLite what has no name.
SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


def _slug(kind: type[StrEnum], nullable: bool = False, index: bool = False) -> Any:
    """A column that takes the values of one closed list and nothing else, checked by the database too."""
    name = "".join("_" + c.lower() if c.isupper() else c for c in kind.__name__).lstrip("_")
    enum = Enum(
        kind,
        name=name,
        values_callable=lambda e: [v.value for v in e],
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=32,
    )
    return Field(sa_column=Column(enum, nullable=nullable, index=index))


def _to(target: str, nullable: bool = False, index: bool = True) -> Any:
    return Field(sa_column=Column(Integer, ForeignKey(target), nullable=nullable, index=index))


def _text(nullable: bool = True) -> Any:
    return Field(default=None, sa_column=Column(Text, nullable=nullable))


class Row(SQLModel):
    model_config: ClassVar[Any] = {"defer_build": True, "arbitrary_types_allowed": True}


class Fact(Row):
    id: int | None = Field(default=None, primary_key=True)
    seq: int = Field(foreign_key="act.seq", index=True)
    on_date: date = Field(index=True)


class ActRow(Row, table=True):
    """One thing someone did: who, when for the office (`on_date`), when really (`recorded_at`, UTC)."""

    __tablename__ = "act"
    seq: int | None = Field(default=None, primary_key=True)
    on_date: date
    recorded_at: str
    actor: str
    name: str
    case_id: int | None = _to("case_file.id", nullable=True)
    replayed: bool = False
    undone_by: int | None = _to("act.seq", nullable=True, index=False)


class CounterRow(Row, table=True):
    """The last number given of each kind in each fiscal year: gapless, by INSERT … ON CONFLICT … RETURNING."""

    __tablename__ = "counter"
    kind: str = Field(primary_key=True)
    scope: str = Field(primary_key=True)
    value: int


class StaffRow(Row, table=True):
    __tablename__ = "staff"
    code: str = Field(primary_key=True)
    name: str
    office: str
    window_code: str | None = None
    role: t.Role = _slug(t.Role)
    retired_on: date | None = None


class HouseholdRow(Row, table=True):
    __tablename__ = "household"
    id: int | None = Field(default=None, primary_key=True)
    address: str | None = _text()
    phone: str | None = _text()


class CaseRow(Row, table=True):
    __tablename__ = "case_file"
    __table_args__ = (
        UniqueConstraint("fiscal_year", "ordinal"),
        Index("ix_case_file_open", "ended_on", "next_due_on", "id"),
        Index("ix_case_file_coordinator_open", "coordinator", "ended_on", "next_due_on", "id"),
        Index("ix_case_file_window_open", "window_code", "ended_on", "next_due_on", "id"),
        Index("ix_case_file_stage_open", "stage", "next_due_on", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    fiscal_year: int
    ordinal: int
    opened_on: date = Field(index=True)
    origin: t.Origin = _slug(t.Origin)
    window_code: str
    channel: str
    household_id: int = _to("household.id")
    note: str | None = _text()
    # derived
    stage: t.Stage = _slug(t.Stage)
    coordinator: str | None = None
    ended_on: date | None = None
    last_contact_on: date | None = None
    last_contact_method: str | None = None
    next_due_on: date | None = None
    next_due_kind: str | None = None
    next_due_what: str | None = _text()


class ReporterRow(Fact, table=True):
    """Who told us. Read by `reporter.sql` only: never on an agenda, paper or export."""

    __tablename__ = "reporter"
    case_id: int = _to("case_file.id")
    name: str | None = _text()
    relation: str | None = _text()


class PersonRow(Row, table=True):
    """A human being, who may belong to several households. Names exactly as entered; the keys are folded."""

    __tablename__ = "person"
    id: int | None = Field(default=None, primary_key=True)
    name: str | None = _text()
    kana: str | None = _text()
    name_key: str | None = Field(default=None, index=True)
    kana_key: str | None = Field(default=None, index=True)
    birth_date: date | None = Field(default=None, index=True)
    sex: t.Sex = _slug(t.Sex)
    phone: str | None = _text()
    address: str | None = _text()
    contact_rule: str | None = _text()
    visit_alert: str | None = _text()


class MemberRow(Fact, table=True):
    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("case_id", "label"),)
    case_id: int = _to("case_file.id")
    person_id: int = _to("person.id")
    label: str
    relation: str
    note: str | None = _text()


class ConcernRow(Fact, table=True):
    __tablename__ = "concern"
    case_id: int = _to("case_file.id")
    member_id: int | None = _to("member.id", nullable=True)
    code: str
    most_pressing: bool = False
    note: str | None = _text()


class WishRow(Fact, table=True):
    __tablename__ = "wish"
    member_id: int = _to("member.id")
    text: str = _text(nullable=False)


class ConsentRow(Fact, table=True):
    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("scope_plan OR scope_sharing", name="scope"),
        CheckConstraint("decision <> 'none'", name="stored"),
    )
    number: str = Field(unique=True)
    member_id: int = _to("member.id")
    decision: t.Decision = _slug(t.Decision)
    scope_plan: bool
    scope_sharing: bool
    method: str
    decided_by: t.DecidedBy = _slug(t.DecidedBy)
    by_name: str | None = _text()
    evidence: str | None = _text()
    explained_by: str | None = _text()
    expires_on: date | None = None
    why: str | None = _text()
    judged_by: str | None = _text()
    review_on: date | None = None


class ConsentExclusionRow(Row, table=True):
    __tablename__ = "consent_exclusion"
    consent_id: int = Field(foreign_key="consent.id", primary_key=True)
    window_code: str = Field(primary_key=True)


class StageStepRow(Fact, table=True):
    __tablename__ = "stage_step"
    case_id: int = _to("case_file.id")
    act: t.Act = _slug(t.Act)
    stage: t.Stage = _slug(t.Stage)
    reason: str | None = _text()


class AssignmentRow(Fact, table=True):
    __tablename__ = "assignment"
    case_id: int = _to("case_file.id")
    staff_code: str = Field(foreign_key="staff.code")


class ReferralRow(Fact, table=True):
    __tablename__ = "referral"
    __table_args__ = (CheckConstraint("ground <> 'statutory_report' OR report_kind IS NOT NULL", name="report"),)
    number: str = Field(unique=True)
    case_id: int = _to("case_file.id")
    member_id: int | None = _to("member.id", nullable=True)
    to_kind: t.ToKind = _slug(t.ToKind)
    to_code: str | None = None
    to_name: str = _text(nullable=False)
    ground: t.Ground = _slug(t.Ground)
    report_kind: t.ReportKind | None = _slug(t.ReportKind, nullable=True)
    reason: str | None = _text()
    from_window: str
    permit: str = _text(nullable=False)


class ReferralAnswerRow(Fact, table=True):
    __tablename__ = "referral_answer"
    referral_id: int = _to("referral.id")
    status: t.ReferralStatus = _slug(t.ReferralStatus)
    reason: str | None = _text()


class NoteRow(Fact, table=True):
    __tablename__ = "note"
    number: str = Field(unique=True)
    case_id: int = _to("case_file.id")
    member_id: int | None = _to("member.id", nullable=True)
    method: str
    text: str = _text(nullable=False)
    next_on: date | None = None
    next_what: str | None = _text()


class PlanRow(Fact, table=True):
    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("case_id", "version"),)
    number: str = Field(unique=True)
    case_id: int = _to("case_file.id")
    version: int
    goal: str = _text(nullable=False)
    review_on: date | None = None
    lead: str | None = _text()
    needs: str | None = _text()
    care: str | None = _text()


class PlanMemberRow(Row, table=True):
    __tablename__ = "plan_member"
    plan_id: int = Field(foreign_key="plan.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True)
    confirmed_on: date | None = None
    confirmed_method: str | None = None


class PlanStepRow(Fact, table=True):
    __tablename__ = "plan_step"
    plan_id: int = _to("plan.id")
    status: t.PlanStatus = _slug(t.PlanStatus)
    meeting_id: int | None = _to("meeting.id", nullable=True)
    afterwards: str | None = _text()


class ActionRow(Fact, table=True):
    """Who does what by when: from a plan version, or from a decision of a sitting."""

    __tablename__ = "action"
    __table_args__ = (
        CheckConstraint("kind <> 'participation_national' OR why_not_existing IS NOT NULL", name="why_not_existing"),
    )
    number: str = Field(unique=True)
    case_id: int = _to("case_file.id")
    plan_id: int | None = _to("plan.id", nullable=True)
    item_id: int | None = _to("meeting_item.id", nullable=True)
    member_id: int | None = _to("member.id", nullable=True)
    what: str = _text(nullable=False)
    who: str = _text(nullable=False)
    due_on: date | None = None
    kind: t.ActionKind = _slug(t.ActionKind)
    why_not_existing: str | None = _text()


class ActionEndRow(Fact, table=True):
    __tablename__ = "action_end"
    action_id: int = _to("action.id")


class MeetingRow(Fact, table=True):
    """A sitting. `on_date` is the day it was called, `held_on` the day it is held."""

    __tablename__ = "meeting"
    number: str = Field(unique=True)
    body: t.Body = _slug(t.Body)
    held_on: date = Field(index=True)
    held_as: t.HeldAs = _slug(t.HeldAs)
    place: str | None = _text()
    chair: str | None = None
    recorder: str | None = None


class MeetingCancelRow(Fact, table=True):
    __tablename__ = "meeting_cancel"
    meeting_id: int = _to("meeting.id")
    reason: str | None = _text()


class MeetingCaseRow(Fact, table=True):
    """A case put on the agenda by name (`convene --case`)."""

    __tablename__ = "meeting_case"
    meeting_id: int = _to("meeting.id")
    case_id: int = _to("case_file.id")


class PartyRow(Fact, table=True):
    """Someone expected at a sitting, or present at it: a member of staff, or a guest with name, office, post."""

    __tablename__ = "party"
    meeting_id: int = _to("meeting.id")
    staff_code: str | None = Field(default=None, foreign_key="staff.code")
    guest_name: str | None = _text()
    office: str | None = _text()
    post: str | None = _text()
    present: bool


class SecrecyRow(Fact, table=True):
    """An acknowledgement of the duty of secrecy, for one person and one fiscal year."""

    __tablename__ = "secrecy"
    staff_code: str | None = Field(default=None, foreign_key="staff.code")
    guest_name: str | None = _text()
    office: str | None = _text()
    until: date


class MeetingItemRow(Fact, table=True):
    """One numbered item. `reason` is a `Say` as JSON: the sentence is spoken in the reader's language."""

    __tablename__ = "meeting_item"
    __table_args__ = (UniqueConstraint("meeting_id", "item"),)
    meeting_id: int = _to("meeting.id")
    item: int
    case_id: int | None = _to("case_file.id", nullable=True)
    gap_id: int | None = _to("gap.id", nullable=True)
    kind: t.ItemKind = _slug(t.ItemKind)
    purpose: t.Purpose = _slug(t.Purpose)
    part: t.Part = _slug(t.Part)
    reason: str = _text(nullable=False)


class ItemMemberRow(Row, table=True):
    """Who an item shows, and whom it masks, frozen when the item is decided."""

    __tablename__ = "item_member"
    item_id: int = Field(foreign_key="meeting_item.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True)
    masked: bool


class DecisionRow(Fact, table=True):
    __tablename__ = "decision"
    item_id: int = _to("meeting_item.id")
    outcome: t.Outcome = _slug(t.Outcome)
    note: str | None = _text()


class ApproachRow(Fact, table=True):
    __tablename__ = "approach"
    case_id: int = _to("case_file.id")
    item_id: int | None = _to("meeting_item.id", nullable=True)
    text: str | None = _text()
    afterwards: str | None = _text()


class WatchRow(Fact, table=True):
    __tablename__ = "watch"
    case_id: int = _to("case_file.id")
    watcher: str = _text(nullable=False)
    every: str
    until: date
    sign: str = _text(nullable=False)


class EndingRow(Fact, table=True):
    __tablename__ = "ending"
    case_id: int = _to("case_file.id")
    stage: t.Stage = _slug(t.Stage)
    reason: t.EndReason | None = _slug(t.EndReason, nullable=True)
    lead: str | None = _text()
    evaluation: str | None = _text()
    wish: str | None = _text()
    groundwork: str | None = _text()
    tried: str | None = _text()
    last_contact_on: date | None = None
    safety: str | None = _text()
    kept_id: int | None = _to("case_file.id", nullable=True)


class EndingChangeRow(Row, table=True):
    __tablename__ = "ending_change"
    ending_id: int = Field(foreign_key="ending.id", primary_key=True)
    code: str = Field(primary_key=True)


class CaseLinkRow(Fact, table=True):
    __tablename__ = "case_link"
    case_id: int = _to("case_file.id")
    other_id: int = _to("case_file.id")
    kind: str


class GapRow(Fact, table=True):
    __tablename__ = "gap"
    kind: t.GapKind = _slug(t.GapKind)
    text: str = _text(nullable=False)
    case_id: int | None = _to("case_file.id", nullable=True)


class GapStepRow(Fact, table=True):
    __tablename__ = "gap_step"
    gap_id: int = _to("gap.id")
    status: t.GapStatus = _slug(t.GapStatus)
    text: str | None = _text()


class JournalRow(Row, table=True):
    """Who did and who saw what: ids and field names only. `hash` chains each entry to the one before it."""

    __tablename__ = "journal"
    entry: int | None = Field(default=None, primary_key=True)
    recorded_at: str
    replayed: bool
    actor: str
    verb: str
    result: str
    rule: str | None = None
    on_date: date | None = None
    seq: int | None = None
    about: str
    fields: str
    hash: str


class JournalSubjectRow(Row, table=True):
    """The same subjects as `journal.about`, one per row, for looking them up."""

    __tablename__ = "journal_subject"
    kind: str = Field(primary_key=True)
    ref: str = Field(primary_key=True)
    entry: int = Field(foreign_key="journal.entry", primary_key=True)
