"""The tables of what turns later: who leaves, what was corrected, cases and people merged, what is not yet connected,
resources and gaps. Every row is a fact beside what it changes; nothing here overwrites another row."""

from datetime import date

from sqlalchemy import Index, desc
from sqlmodel import Field

from toshima_cli.domain import terms as t
from toshima_cli.rows import Fact, Row, slug_column, text_column, to_column


class OutreachRow(Fact, table=True):
    """Why a household is not connected yet, and the outreach programme that seeks it (⓪)."""

    __tablename__ = "outreach"
    case_id: int = to_column("case_file.id")
    why: str
    programme_code: str | None = None


class ConcernEndRow(Fact, table=True):
    __tablename__ = "concern_end"
    concern_id: int = to_column("concern.id")
    reason: str | None = text_column()


class DepartureRow(Fact, table=True):
    """A member who left the household of a case, from `on_date` on.

    `to_case_id`: the case the person is in now. `hidden`: it is a case of their own under restriction (rule 11), and
    whoever is not of it sees no more of the member than the label.
    """

    __tablename__ = "departure"
    member_id: int = to_column("member.id")
    reason: str
    note: str | None = text_column()
    to_case_id: int | None = to_column("case_file.id", nullable=True)
    hidden: bool = False


class CorrectionRow(Fact, table=True):
    """One field corrected or completed, with the old value and why. The row it is about holds the newest value."""

    __tablename__ = "correction"
    person_id: int | None = to_column("person.id", nullable=True)
    member_id: int | None = to_column("member.id", nullable=True)
    household_id: int | None = to_column("household.id", nullable=True)
    staff_code: str | None = Field(default=None, foreign_key="staff.code", index=True)
    meeting_id: int | None = to_column("meeting.id", nullable=True)
    field: str
    old_value: str | None = text_column()
    new_value: str | None = text_column()
    reason: str = text_column(nullable=False)


class HolderRow(Fact, table=True):
    """Who may see a restricted case: whoever has one row more that says so than rows that end it. A case without any
    such row is not restricted."""

    __tablename__ = "case_holder"
    case_id: int = to_column("case_file.id")
    staff_code: str = Field(foreign_key="staff.code")
    holds: bool = True


class MergeRow(Fact, table=True):
    """Two records that are one: a case kept under another, or a person under another record of the same human being."""

    __tablename__ = "merge"
    case_id: int | None = to_column("case_file.id", nullable=True)
    kept_case_id: int | None = to_column("case_file.id", nullable=True)
    person_id: int | None = to_column("person.id", nullable=True)
    kept_person_id: int | None = to_column("person.id", nullable=True)
    reason: str | None = text_column()


class MergeEndRow(Fact, table=True):
    __tablename__ = "merge_end"
    merge_id: int = to_column("merge.id")
    reason: str | None = text_column()


class ApproachMemberRow(Row, table=True):
    """For whom an approach was begun before its sitting; none: for everybody."""

    __tablename__ = "approach_member"
    approach_id: int = Field(foreign_key="approach.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True)


class ConfirmationRow(Fact, table=True):
    """A person's own confirmation of a plan version, given after it was drafted, on `on_date`."""

    __tablename__ = "plan_confirmation"
    plan_id: int = to_column("plan.id")
    member_id: int = to_column("member.id")
    method: str


class OtherConferenceRow(Fact, table=True):
    """A conference of another law that dealt with the case, and why that was not enough (law, from 2027-04-01)."""

    __tablename__ = "other_conference"
    case_id: int = to_column("case_file.id")
    conference_code: str
    held_on: date
    not_enough: str = text_column(nullable=False)


class ResourceRow(Fact, table=True):
    """Something of the community that helps: a salon, a dining room, a group."""

    __tablename__ = "resource"
    code: str = Field(unique=True)
    name: str = text_column(nullable=False)
    owner: str | None = text_column()
    place: str | None = text_column()
    offers: str | None = text_column()


class GapRow(Fact, table=True):
    """Something that is lacking. Its number on screens is `G` and the id."""

    __tablename__ = "gap"
    kind: t.GapKind = slug_column(t.GapKind)
    text: str = text_column(nullable=False)
    case_id: int | None = to_column("case_file.id", nullable=True)


class GapCaseRow(Fact, table=True):
    """A further case that shows the same gap."""

    __tablename__ = "gap_case"
    gap_id: int = to_column("gap.id")
    case_id: int = to_column("case_file.id")


class GapStepRow(Fact, table=True):
    __tablename__ = "gap_step"
    gap_id: int = to_column("gap.id")
    status: t.GapStatus = slug_column(t.GapStatus)
    text: str | None = text_column()


class SearchKeyRow(Row, table=True):
    """What a person is found by, folded: whole name, surname and given name, readings, telephone, address, birth date.
    A person's newest record is the one of the highest id."""

    __tablename__ = "search_key"
    __table_args__ = (Index("ix_search_key_newest", "key", desc("person_id")),)
    key: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
