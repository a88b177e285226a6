"""The tables of the books: columns and constraints, no behaviour.

Every fact is a row that points to the `act` that wrote it: `seq` gives its order, `on_date` its business date (a
Japanese calendar date), the act who recorded it and when. Nothing is changed afterwards; an undone act is marked in
`act.undone_by`, and every query leaves its rows out. The columns of `case_file` under "derived" repeat what the facts
say, for fast lists; `flow.done.project` alone changes them. Reference data stands in `reference_tables.py` without
foreign keys from here: a later edition of a list must not make old rows invalid. The sittings stand in
`meeting_tables.py`; what turns later (who leaves, corrections, merges, gaps) in `change_tables.py`, which is imported
where it is written: a save that turns nothing does without.
"""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from toshima_cli import meeting_tables
from toshima_cli.domain import terms as t
from toshima_cli.rows import Fact, Row, slug_column, text_column, to_column

__all__ = ["meeting_tables"]


class ActRow(Row, table=True):
    """One thing someone did: who, when for the office (`on_date`), when really (`recorded_at`, UTC)."""

    __tablename__ = "act"
    seq: int | None = Field(default=None, primary_key=True)
    on_date: date
    recorded_at: str
    actor: str
    name: str
    case_id: int | None = to_column("case_file.id", nullable=True)
    replayed: bool = False
    undone_by: int | None = to_column("act.seq", nullable=True, index=False)


class CounterRow(Row, table=True):
    """The last number given of each kind in its scope (a fiscal year, a case): gapless, by one INSERT … RETURNING."""

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
    role: t.Role = slug_column(t.Role)
    retired_on: date | None = None


class HouseholdRow(Row, table=True):
    __tablename__ = "household"
    id: int | None = Field(default=None, primary_key=True)
    address: str | None = text_column()
    phone: str | None = text_column()


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
    origin: t.Origin = slug_column(t.Origin)
    window_code: str
    channel: str
    household_id: int = to_column("household.id")
    note: str | None = text_column()
    # derived
    stage: t.Stage = slug_column(t.Stage)
    coordinator: str | None = None
    ended_on: date | None = None
    last_contact_on: date | None = None
    last_contact_method: str | None = None
    next_due_on: date | None = None
    next_due_kind: str | None = None
    next_due_what: str | None = text_column()


class ReporterRow(Fact, table=True):
    """Who told us. Read by no query so far: never on an agenda, paper or export."""

    __tablename__ = "reporter"
    case_id: int = to_column("case_file.id")
    name: str | None = text_column()
    relation: str | None = text_column()


class PersonRow(Row, table=True):
    """A human being, who may belong to several households. Names exactly as entered; the keys are folded."""

    __tablename__ = "person"
    id: int | None = Field(default=None, primary_key=True)
    name: str | None = text_column()
    kana: str | None = text_column()
    name_key: str | None = Field(default=None, index=True)
    kana_key: str | None = Field(default=None, index=True)
    birth_date: date | None = Field(default=None, index=True)
    sex: t.Sex = slug_column(t.Sex)
    phone: str | None = text_column()
    address: str | None = text_column()
    contact_rule: str | None = text_column()
    visit_alert: str | None = text_column()
    assistance_since: date | None = None
    assistance_office: str | None = text_column()


class MemberRow(Fact, table=True):
    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("case_id", "label"),)
    case_id: int = to_column("case_file.id")
    person_id: int = to_column("person.id")
    label: str
    relation: str
    note: str | None = text_column()


class ConcernRow(Fact, table=True):
    __tablename__ = "concern"
    case_id: int = to_column("case_file.id")
    member_id: int | None = to_column("member.id", nullable=True)
    code: str
    most_pressing: bool = False
    note: str | None = text_column()


class WishRow(Fact, table=True):
    __tablename__ = "wish"
    member_id: int = to_column("member.id")
    text: str = text_column(nullable=False)


class ConsentRow(Fact, table=True):
    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("scope_plan OR scope_sharing", name="scope"),
        CheckConstraint("decision <> 'none'", name="stored"),
    )
    number: str = Field(unique=True)
    member_id: int = to_column("member.id")
    decision: t.Decision = slug_column(t.Decision)
    scope_plan: bool
    scope_sharing: bool
    method: str
    decided_by: t.DecidedBy = slug_column(t.DecidedBy)
    by_name: str | None = text_column()
    evidence: str | None = text_column()
    explained_by: str | None = text_column()
    expires_on: date | None = None
    why: str | None = text_column()
    judged_by: str | None = text_column()
    review_on: date | None = None


class ConsentExclusionRow(Row, table=True):
    __tablename__ = "consent_exclusion"
    consent_id: int = Field(foreign_key="consent.id", primary_key=True)
    window_code: str = Field(primary_key=True)


class StageStepRow(Fact, table=True):
    __tablename__ = "stage_step"
    # "Where did the case stand on that day?" is one seek in this, for every case the report looks at.
    __table_args__ = (Index("ix_stage_step_held", "case_id", "on_date", "seq", "id"),)
    case_id: int = to_column("case_file.id", index=False)
    act: t.Act = slug_column(t.Act)
    stage: t.Stage = slug_column(t.Stage)
    reason: str | None = text_column()


class AssignmentRow(Fact, table=True):
    __tablename__ = "assignment"
    case_id: int = to_column("case_file.id")
    staff_code: str = Field(foreign_key="staff.code")


class ReferralRow(Fact, table=True):
    __tablename__ = "referral"
    __table_args__ = (CheckConstraint("ground <> 'statutory_report' OR report_kind IS NOT NULL", name="report"),)
    number: str = Field(unique=True)
    case_id: int = to_column("case_file.id")
    member_id: int | None = to_column("member.id", nullable=True)
    to_kind: t.ToKind = slug_column(t.ToKind)
    to_code: str | None = None
    to_name: str = text_column(nullable=False)
    ground: t.Ground = slug_column(t.Ground)
    report_kind: t.ReportKind | None = slug_column(t.ReportKind, nullable=True)
    reason: str | None = text_column()
    from_window: str
    permit: str = text_column(nullable=False)


class ReferralAnswerRow(Fact, table=True):
    __tablename__ = "referral_answer"
    referral_id: int = to_column("referral.id")
    status: t.ReferralStatus = slug_column(t.ReferralStatus)
    reason: str | None = text_column()


class NoteRow(Fact, table=True):
    __tablename__ = "note"
    number: str = Field(unique=True)
    case_id: int = to_column("case_file.id")
    member_id: int | None = to_column("member.id", nullable=True)
    method: str
    text: str = text_column(nullable=False)
    next_on: date | None = None
    next_what: str | None = text_column()
    programme_code: str | None = None


class PlanRow(Fact, table=True):
    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("case_id", "version"),)
    number: str = Field(unique=True)
    case_id: int = to_column("case_file.id")
    version: int
    goal: str = text_column(nullable=False)
    review_on: date | None = None
    lead: str | None = text_column()
    needs: str | None = text_column()
    care: str | None = text_column()


class PlanMemberRow(Row, table=True):
    __tablename__ = "plan_member"
    plan_id: int = Field(foreign_key="plan.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True)
    confirmed_on: date | None = None
    confirmed_method: str | None = None


class PlanStepRow(Fact, table=True):
    __tablename__ = "plan_step"
    plan_id: int = to_column("plan.id")
    status: t.PlanStatus = slug_column(t.PlanStatus)
    meeting_id: int | None = to_column("meeting.id", nullable=True)
    afterwards: str | None = text_column()


class ActionRow(Fact, table=True):
    """Who does what by when: from a plan version, or from a decision of a sitting."""

    __tablename__ = "action"
    __table_args__ = (
        CheckConstraint("kind <> 'participation_national' OR why_not_existing IS NOT NULL", name="why_not_existing"),
    )
    number: str = Field(unique=True)
    case_id: int = to_column("case_file.id")
    plan_id: int | None = to_column("plan.id", nullable=True)
    item_id: int | None = to_column("meeting_item.id", nullable=True)
    member_id: int | None = to_column("member.id", nullable=True)
    what: str = text_column(nullable=False)
    who: str = text_column(nullable=False)
    due_on: date | None = None
    kind: t.ActionKind = slug_column(t.ActionKind)
    why_not_existing: str | None = text_column()


class ActionEndRow(Fact, table=True):
    __tablename__ = "action_end"
    action_id: int = to_column("action.id")


class ApproachRow(Fact, table=True):
    __tablename__ = "approach"
    case_id: int = to_column("case_file.id")
    item_id: int | None = to_column("meeting_item.id", nullable=True)
    text: str | None = text_column()
    afterwards: str | None = text_column()


class WatchRow(Fact, table=True):
    __tablename__ = "watch"
    case_id: int = to_column("case_file.id")
    watcher: str = text_column(nullable=False)
    every: str
    until: date
    sign: str = text_column(nullable=False)


class EndingRow(Fact, table=True):
    __tablename__ = "ending"
    case_id: int = to_column("case_file.id")
    stage: t.Stage = slug_column(t.Stage)
    reason: t.EndReason | None = slug_column(t.EndReason, nullable=True)
    lead: str | None = text_column()
    evaluation: str | None = text_column()
    wish: str | None = text_column()
    groundwork: str | None = text_column()
    tried: str | None = text_column()
    last_contact_on: date | None = None
    safety: str | None = text_column()
    kept_id: int | None = to_column("case_file.id", nullable=True)


class EndingChangeRow(Row, table=True):
    __tablename__ = "ending_change"
    ending_id: int = Field(foreign_key="ending.id", primary_key=True)
    code: str = Field(primary_key=True)


class CaseLinkRow(Fact, table=True):
    __tablename__ = "case_link"
    case_id: int = to_column("case_file.id")
    other_id: int = to_column("case_file.id")
    kind: str


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
