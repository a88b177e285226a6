"""Tables of the reference data in `data/*.csv`: windows, programmes, lists. Loaded by `reference.py` alone."""

from datetime import date

from sqlmodel import Field

from toshima_cli.rows import Row


class WindowRow(Row, table=True):
    __tablename__ = "window"
    code: str = Field(primary_key=True)
    position: int
    name: str
    department: str
    operation: str
    sites: int
    site_type: str
    subsidised: bool
    coordinator_posted: str
    fields: str
    source: str
    edition: str


class ProgrammeRow(Row, table=True):
    __tablename__ = "programme"
    code: str = Field(primary_key=True)
    position: int
    kind: str
    name: str
    department: str
    operation: str | None = None
    staffing: int | None = None
    staffing_note: str | None = None
    places: str | None = None
    subsidised: bool
    source: str
    edition: str


class BodyMemberRow(Row, table=True):
    __tablename__ = "body_member"
    position: int = Field(primary_key=True)
    department: str
    council: bool
    subcommittee: bool
    source: str
    edition: str


class ConcernKindRow(Row, table=True):
    __tablename__ = "concern_kind"
    code: str = Field(primary_key=True)
    position: int
    name: str
    name_en: str
    short: str
    short_en: str
    field: str
    source: str
    edition: str


class RoutingRow(Row, table=True):
    __tablename__ = "routing"
    no: int = Field(primary_key=True)
    concern: str = Field(index=True)
    window: str
    min_age: int | None = None
    max_age: int | None = None
    note: str | None = None
    source: str


class CodeRow(Row, table=True):
    __tablename__ = "code"
    list: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    position: int
    name: str
    name_en: str
    national: str
    source: str
    edition: str


class ConferenceRow(Row, table=True):
    __tablename__ = "conference"
    code: str = Field(primary_key=True)
    position: int
    name: str
    name_en: str
    law: str
    source: str
    edition: str


class SettingRow(Row, table=True):
    __tablename__ = "setting"
    key: str = Field(primary_key=True)
    position: int
    value: str
    name: str
    name_en: str
    basis: str
    source: str


class DeciderRow(Row, table=True):
    __tablename__ = "decider"
    position: int = Field(primary_key=True)
    from_age: int | None = None
    to_age: int | None = None
    decided_by: str
    child_view_required: bool
    basis: str
    source: str


class HolidayRow(Row, table=True):
    __tablename__ = "holiday"
    on_date: date = Field(primary_key=True)
    name: str
    source: str
