"""What the monthly report counts (chapter's statistics, completed by ours): the keys, their order, what each counts.

1. `BLOCKS` is the one table: every figure, in the order of the report, with the list it is the length of.
2. A list stands in `queries/report.sql` under the name `query` and gives each counted unit with a code; the figure is
   the number of units whose code is one of `codes` (all of them where none are named).
3. A figure with `each` is a family: one key for every code of that list, `key.code`.

Keys are kept by name: offices compare their reports by them. `DISTINCT` (実) counts people or cases once within the
range, so the months of a year do not add up to it; `EVENTS` (延) do; `STATE` (時点) is what holds at the end of the
last day, with `at_start` at the end of the day before the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from toshima_cli.domain.calendar import add_months
from toshima_cli.domain.referral import ADULT
from toshima_cli.domain.terms import EndReason, Field, ReportKind
from toshima_cli.domain.verdict import Say, Value, say


class Counts(StrEnum):
    """What a figure counts."""

    DISTINCT = "distinct"
    EVENTS = "events"
    STATE = "state"


SIGNS: dict[Counts, Say] = {
    Counts.DISTINCT: say("distinct"),
    Counts.EVENTS: say("events"),
    Counts.STATE: say("standing"),
}

Each = str | type[StrEnum]
"""The codes of a family: the name of a list of the reference data, or a closed list."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, or with `each` a family of them (see above)."""

    key: str
    label: Say
    counts: Counts
    query: str
    codes: tuple[str, ...] = ()
    each: Each | None = None
    at_start: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    title: Say
    figures: tuple[Figure, ...]


DISTINCT, EVENTS, STATE = Counts.DISTINCT, Counts.EVENTS, Counts.STATE

_CONFERENCES = (
    ("support_conference", say("Support conference")),
    ("multilayer_conference", say("Multi-layered conference")),
)


def _conferences() -> Iterator[Figure]:
    for kind, name in _CONFERENCES:
        yield Figure(f"{kind}.sittings", say("{what}: sittings", what=name), EVENTS, "conference_sittings", (kind,))
        yield Figure(f"{kind}.cases", say("{what}: cases", what=name), DISTINCT, "conference_cases", (kind,))
        yield Figure(f"{kind}.items", say("{what}: items", what=name), EVENTS, "conference_items", (kind,))


BLOCKS: tuple[Block, ...] = (
    Block(
        say("Cases"),
        (
            Figure("cases.open_start", say("Open at the start"), STATE, "open_cases", at_start=True),
            Figure("cases.opened", say("Newly opened"), EVENTS, "entered", ("opened",)),
            Figure("cases.reopened", say("Reopened"), EVENTS, "entered", ("reopened",)),
            Figure("cases.ended", say("Ended"), EVENTS, "ended"),
            Figure("cases.open_end", say("Open at the end"), STATE, "open_cases"),
        ),
    ),
    Block(
        say("Consultations"),
        (
            Figure("consultations.new", say("Received in this system"), EVENTS, "consultations"),
            Figure(
                "consultations.with_consent",
                say("of these, with someone's consent to sharing on that day"),
                EVENTS,
                "consultations",
                ("with_consent",),
            ),
            Figure(
                "consultations.without_consent",
                say("of these, without consent to sharing on that day"),
                EVENTS,
                "consultations",
                ("without_consent",),
            ),
            Figure("consultations.by_channel", say("By channel"), EVENTS, "consultations_by_channel", each="channel"),
            Figure("consultations.by_window", say("By window"), EVENTS, "consultations_by_window", each="window"),
            Figure(
                "consultations.by_field",
                say("By field (a case under each of its fields)"),
                EVENTS,
                "consultations_by_field",
                each=Field,
            ),
        ),
    ),
    Block(say("Concerns"), (Figure("concerns", say("Concerns noted"), EVENTS, "concerns", each="concern"),)),
    Block(
        say("Contacts"),
        (
            Figure("contacts.total", say("Contacts"), EVENTS, "contacts"),
            Figure("contacts.by_method", say("By method"), EVENTS, "contacts", each="method"),
        ),
    ),
    Block(
        say("Complex cases"),
        (
            Figure("complex.accepted", say("Accepted by a coordinator"), EVENTS, "complex_accepted"),
            Figure("complex.open", say("Being sorted out"), STATE, "open_cases", ("complex",)),
            Figure(
                "engaging.cases", say("Engaging, before consent"), STATE, "open_cases", ("engaging", "engaging_long")
            ),
            Figure(
                "engaging.over_90_days",
                say("of these, longer than {days} days"),
                STATE,
                "open_cases",
                ("engaging_long",),
            ),
        ),
    ),
    Block(
        say("Support plans"),
        (
            Figure("plans.new", say("New plans drafted"), EVENTS, "plans_made", ("new",)),
            Figure("plans.revised", say("Revised plans drafted"), EVENTS, "plans_made", ("revised",)),
            Figure("plans.approved", say("Approved by a sitting"), EVENTS, "plans_approved", ("sitting",)),
            Figure(
                "plans.approved_afterwards",
                say("Begun before the sitting, to be approved afterwards"),
                EVENTS,
                "plans_approved",
                ("afterwards",),
            ),
            Figure("plans.active", say("In force"), STATE, "plans_active"),
            Figure("plans.review_overdue", say("of these, review overdue"), STATE, "plans_active", ("overdue",)),
        ),
    ),
    Block(
        say("Meetings"),
        (
            *_conferences(),
            Figure("stakeholder.sittings", say("Stakeholder meetings"), EVENTS, "sittings", ("stakeholder",)),
            Figure("subcommittee.sittings", say("Sittings of the subcommittee"), EVENTS, "sittings", ("subcommittee",)),
            Figure("council.sittings", say("Sittings of the council"), EVENTS, "sittings", ("council",)),
            Figure(
                "transitions.to_multilayer",
                say("Moved from the support conference to the multi-layered one"),
                DISTINCT,
                "transitions",
            ),
        ),
    ),
    Block(
        say("Outreach, participation, community"),
        (
            Figure("outreach.people", say("Outreach: people"), DISTINCT, "outreach_people"),
            Figure("outreach.contacts", say("Outreach: contacts"), EVENTS, "outreach_contacts"),
            Figure("outreach.consented", say("Outreach: people who consented"), DISTINCT, "outreach_consented"),
            Figure(
                "participation.national.people",
                say("Participation (national programme): people"),
                DISTINCT,
                "action_people",
                ("participation_national",),
            ),
            Figure(
                "participation.local.people",
                say("Participation (existing support): people"),
                DISTINCT,
                "action_people",
                ("participation",),
            ),
            Figure("community.people", say("Community: people"), DISTINCT, "action_people", ("community",)),
        ),
    ),
    Block(
        say("Referrals and reports"),
        (
            Figure("referrals.sent", say("Referrals sent"), EVENTS, "referrals_sent"),
            Figure("referrals.accepted", say("Referrals accepted"), EVENTS, "referrals_answered", ("accepted",)),
            Figure("referrals.declined", say("Referrals declined"), EVENTS, "referrals_answered", ("declined",)),
            Figure(
                "referrals.unanswered", say("Not answered for more than {days} days"), STATE, "referrals_unanswered"
            ),
            Figure("reports_by_law", say("Reports by law"), EVENTS, "reports_by_law", each=ReportKind),
            Figure("emergencies", say("Passed on in an emergency"), EVENTS, "referrals_sent", ("emergency",)),
        ),
    ),
    Block(
        say("Ends"),
        (
            Figure("ends.concluded", say("Concluded"), EVENTS, "ended", ("closed",)),
            Figure("ends.interrupted", say("Interrupted"), EVENTS, "ended", ("interrupted",)),
            Figure("ends.by_reason", say("Conclusions by reason"), EVENTS, "ended_by_reason", each=EndReason),
            Figure("watching.open", say("Watched"), STATE, "open_cases", ("watching",)),
            Figure("changes", say("Changes observed at the end"), EVENTS, "changes", each="change"),
        ),
    ),
    Block(
        say("Gaps"),
        (
            Figure("gaps.raised", say("Gaps raised"), EVENTS, "gaps_raised"),
            Figure("gaps.forwarded", say("Gaps forwarded to the council"), EVENTS, "gaps_moved", ("forwarded",)),
            Figure("gaps.answered", say("Gaps answered"), EVENTS, "gaps_moved", ("answered",)),
        ),
    ),
)

# The setting that gives the {days} of a label, and moves the day the state is asked about.
DAYS = {"engaging.over_90_days": "engaging_long_days", "referrals.unanswered": "unanswered_days"}


@dataclass(frozen=True, slots=True)
class Range:
    """Half-open: from `start` to the day before `end`."""

    start: date
    end: date

    def asked(self, figure: Figure, *, engaging_long: int, unanswered: int) -> dict[str, str]:
        """The values of the placeholders of `report.sql`, as ISO dates. What has lasted more than n days at the end of
        the last day began before the day n days earlier."""
        end = self.start if figure.at_start else self.end
        last = end - timedelta(days=1)
        days = {
            "start": self.start,
            "before_day": end,
            "last_day": last,
            "long_before": last - timedelta(days=engaging_long),
            "answered_before": last - timedelta(days=unanswered),
            "grown_born": add_months(self.start, -12 * ADULT),
        }
        return {name: day.isoformat() for name, day in days.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the report. In a family, `family` and `name` are the two parts of `label`; None elsewhere."""

    key: str
    label: Say
    counts: Counts
    month: int
    year_to_date: int
    family: Say | None = None
    name: Value | None = None

    @property
    def nothing(self) -> bool:
        return not (self.month or self.year_to_date)


@dataclass(frozen=True, slots=True)
class Monthly:
    """The report of the month that begins on `first`; `year_from` is the first day of its fiscal year."""

    first: date
    year_from: date
    blocks: tuple[tuple[Say, tuple[Line, ...]], ...]

    @property
    def month(self) -> str:
        """2026-11"""
        return self.first.isoformat()[:7]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for _, lines in self.blocks for line in lines)

    def rows(self) -> list[dict[str, Value]]:
        """{key, label, month, year_to_date}, every key of the report."""
        return [
            {"key": line.key, "label": line.label, "month": line.month, "year_to_date": line.year_to_date}
            for line in self.lines
        ]
