"""The tables of the sittings: who was called, who came, the numbered items, what was decided."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from toshima_cli.domain import terms as t
from toshima_cli.rows import Fact, slug_column, text_column, to_column


class MeetingRow(Fact, table=True):
    """A sitting. `on_date` is the day it was called, `held_on` the day it is held."""

    __tablename__ = "meeting"
    number: str = Field(unique=True)
    body: t.Body = slug_column(t.Body)
    held_on: date = Field(index=True)
    held_as: t.HeldAs = slug_column(t.HeldAs)
    place: str | None = text_column()
    chair: str | None = None
    recorder: str | None = None


class MeetingCancelRow(Fact, table=True):
    __tablename__ = "meeting_cancel"
    meeting_id: int = to_column("meeting.id")
    reason: str | None = text_column()


class MeetingCaseRow(Fact, table=True):
    """A case put on the agenda by name (`convene --case`)."""

    __tablename__ = "meeting_case"
    meeting_id: int = to_column("meeting.id")
    case_id: int = to_column("case_file.id")


class PartyRow(Fact, table=True):
    """Someone expected at a sitting, or present at it: a member of staff, or a guest with name, office, post."""

    __tablename__ = "party"
    meeting_id: int = to_column("meeting.id")
    staff_code: str | None = Field(default=None, foreign_key="staff.code")
    guest_name: str | None = text_column()
    office: str | None = text_column()
    post: str | None = text_column()
    present: bool


class SecrecyRow(Fact, table=True):
    """An acknowledgement of the duty of secrecy, for one person and one fiscal year."""

    __tablename__ = "secrecy"
    staff_code: str | None = Field(default=None, foreign_key="staff.code")
    guest_name: str | None = text_column()
    office: str | None = text_column()
    until: date


class MeetingItemRow(Fact, table=True):
    """One numbered item. `reason` is a `Say` as JSON: the sentence is spoken in the reader's language."""

    __tablename__ = "meeting_item"
    __table_args__ = (UniqueConstraint("meeting_id", "item"),)
    meeting_id: int = to_column("meeting.id")
    item: int
    case_id: int | None = to_column("case_file.id", nullable=True)
    gap_id: int | None = to_column("gap.id", nullable=True)
    kind: t.ItemKind = slug_column(t.ItemKind)
    purpose: t.Purpose = slug_column(t.Purpose)
    part: t.Part = slug_column(t.Part)
    reason: str = text_column(nullable=False)


class ItemMemberRow(Fact, table=True):
    """Whom an item showed, and whom it masked: kept when attendance is noted, or when the item is decided."""

    __tablename__ = "item_member"
    item_id: int = to_column("meeting_item.id")
    member_id: int = to_column("member.id")
    masked: bool


class DecisionRow(Fact, table=True):
    __tablename__ = "decision"
    item_id: int = to_column("meeting_item.id")
    outcome: t.Outcome = slug_column(t.Outcome)
    note: str | None = text_column()
