"""The tables of what goes around a sitting: its agenda as people changed it, the papers handed out, what was said and
written down. Imported where they are written: a save that hands nothing out does without."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from toshima_cli.domain import terms as t
from toshima_cli.rows import Fact, Row, slug_column, text_column, to_column


class AgendaChangeRow(Fact, table=True):
    """What somebody changed about an item: left out, or moved to a part or a place (from 1) on the list."""

    __tablename__ = "agenda_change"
    item_id: int = to_column("meeting_item.id")
    change: t.AgendaChange = slug_column(t.AgendaChange)
    part: t.Part | None = slug_column(t.Part, nullable=True)
    place: int | None = None


class MeetingGapRow(Fact, table=True):
    """A gap put on an agenda by name (`agenda --add G3`)."""

    __tablename__ = "meeting_gap"
    meeting_id: int = to_column("meeting.id")
    gap_id: int = to_column("gap.id")


class ItemTextRow(Fact, table=True):
    """What was said about an item, under its heading; the decision in words stands with the decision."""

    __tablename__ = "item_text"
    item_id: int = to_column("meeting_item.id")
    heading: t.Heading = slug_column(t.Heading)
    text: str = text_column(nullable=False)


class PaperRow(Fact, table=True):
    """A numbered copy (`copy` from 1 in each sitting) for one recipient: a member of staff, or a guest. `held_on`: the
    day the sitting was set for when it was handed out; `digest` (SHA-256) tells whether the same was handed out."""

    __tablename__ = "paper"
    __table_args__ = (UniqueConstraint("meeting_id", "copy_number"),)
    meeting_id: int = to_column("meeting.id")
    copy_number: int
    staff_code: str | None = Field(default=None, foreign_key="staff.code")
    guest_name: str | None = text_column()
    office: str | None = text_column()
    post: str | None = text_column()
    held_on: date
    digest: str


class PaperItemRow(Fact, table=True):
    """An item a copy shows."""

    __tablename__ = "paper_item"
    paper_id: int = to_column("paper.id")
    item_id: int = to_column("meeting_item.id")


class PaperMemberRow(Row, table=True):
    """Whom a copy shows under an item, by name; who is masked there has no row."""

    __tablename__ = "paper_member"
    paper_item_id: int = Field(foreign_key="paper_item.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True)


class PaperReturnRow(Fact, table=True):
    """A copy that came back."""

    __tablename__ = "paper_return"
    paper_id: int = to_column("paper.id")


class TextCheckRow(Fact, table=True):
    """Somebody looked at a text and said whether it goes into papers of this sitting. `digest` (SHA-256) is of its
    words and of those masked beside it: other words, or somebody more to be masked, and it is asked again."""

    __tablename__ = "text_check"
    meeting_id: int = to_column("meeting.id")
    text_id: str
    digest: str
    goes: bool


class MinutesRow(Fact, table=True):
    """A version of the minutes that was written, from 1; `digest` (SHA-256) tells whether anything changed since."""

    __tablename__ = "minutes"
    __table_args__ = (UniqueConstraint("meeting_id", "version"),)
    meeting_id: int = to_column("meeting.id")
    version: int
    digest: str
