"""The tables of what the office says about itself: settings it changed, reports it published."""

from sqlalchemy import UniqueConstraint

from toshima_cli.rows import Fact, text_column


class SettingChangeRow(Fact, table=True):
    """Another value for a setting from `on_date` on; the row of `setting` keeps what was shipped. None: as shipped."""

    __tablename__ = "setting_change"
    setting: str
    value: str | None = None


class PublicationRow(Fact, table=True):
    """What was published of a period, so that nothing else is ever published of it. `cells` is a JSON object of the
    cells of `domain/public.py` to the figure, or null where it was hidden; `most` the largest number that was small."""

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("report", "period"),)
    report: str
    period: str
    most: int
    cells: str = text_column(nullable=False)
