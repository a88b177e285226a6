"""What the monthly report counts (chapter's statistics, completed by ours): the keys, their order, what each counts.

1. `BLOCKS` is the one table: every figure, in the order of the report, with the list it is the length of.
2. A list stands in `queries/report.sql` or `report_people.sql` under the name `query` and gives each counted unit with
   a code; the figure is the number of units whose code is one of `codes` (all of them where none are named).
3. A figure with `each` is a family: one key for every code of that list, `key.code`.
4. `HOW` says of each in words what is counted (`report monthly --explain`).

Keys are kept by name: offices compare their reports by them. `DISTINCT` (実) counts people or cases once within the
range, so the months of a year do not add up to it; `EVENTS` (延) do; `STATE` (時点) is what holds at the end of the
last day, with `at_start` at the end of the day before the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from toshima_cli.domain.terms import EndReason, Field, ReportKind
from toshima_cli.domain.verdict import Say, say


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

_OF_EACH_CONFERENCE = {
    "sittings": say("Sittings in which at least one item of this kind was dealt with, whatever the body."),
    "cases": say("Cases with such an item dealt with, each once; numbers found to be one case are one."),
    "items": say("Items of this kind that were decided on. Waiting items and cancelled sittings are left out."),
}

_SITTINGS = say(
    "Sittings of this body that took place: somebody attended or answered, or an item was dealt with. Cancelled ones "
    "are left out."
)

HOW: dict[str, Say] = {
    "cases.open_start": say(
        "Cases open at the end of the day before the first: in every stage but concluded and interrupted."
    ),
    "cases.opened": say("New case numbers: an intake, an outreach begun, a member split off to a case of their own."),
    "cases.reopened": say(
        "Households that came back under a new number, interrupted cases resumed under the old one, merges taken back."
    ),
    "cases.ended": say(
        "Steps of an open case to concluded or interrupted. A case merged into another ends as its duplicate."
    ),
    "cases.open_end": say("Cases open at the end of the last day: in every stage but concluded and interrupted."),
    "consultations.new": say(
        "Receptions at a window on that day: an intake, outreach that reached a window, a household that returned "
        "under a new number. A split and a resumption are none."
    ),
    "consultations.with_consent": say(
        "Of the receptions, those where the consent to sharing of at least one member held on that very day."
    ),
    "consultations.without_consent": say("Of the receptions, those where no such consent held on that day."),
    "consultations.by_channel": say("The receptions, each under the channel the household came through."),
    "consultations.by_window": say("The receptions, each under the window that received."),
    "consultations.by_field": say(
        "The receptions, each once under every field of the concerns it was received with, so the fields add up to "
        "more. Concerns that had ended before that day are left out."
    ),
    "concerns": say(
        "Every concern on the day it was noted, at the intake or later, of a person or of the household. One "
        "that goes along to another case, or becomes the most pressing, is not noted anew."
    ),
    "contacts.total": say("Entries of the progress record, whatever the method."),
    "contacts.by_method": say("Entries of the progress record, each under its method."),
    "complex.accepted": say(
        "Cases handed to a coordinator, on that day. One settled at a window and handed over again counts again."
    ),
    "complex.open": say("Cases in this stage at the end of the last day."),
    "engaging.cases": say("Cases in this stage at the end of the last day."),
    "engaging.over_90_days": say("Of these, those that have been in it without a break for more than {days} days."),
    "plans.new": say("First versions of a plan of a case, on the day they were drafted."),
    "plans.revised": say(
        "Versions drafted after an earlier one was approved. A draft in place of one never approved is neither new nor "
        "revised."
    ),
    "plans.approved": say(
        "Versions approved by a sitting, on that day, those among them under which support had begun before."
    ),
    "plans.approved_afterwards": say(
        "Versions under which support began before the sitting, with a reason, on the day it began."
    ),
    "plans.active": say(
        "Approved versions in force in open cases at the end of the last day, the newest of each case."
    ),
    "plans.review_overdue": say(
        "Of these, those whose review was set for an earlier day and that no sitting has dealt with since."
    ),
    **{f"{kind}.{word}": how for kind, _ in _CONFERENCES for word, how in _OF_EACH_CONFERENCE.items()},
    "stakeholder.sittings": _SITTINGS,
    "subcommittee.sittings": _SITTINGS,
    "council.sittings": _SITTINGS,
    "transitions.to_multilayer": say(
        "Cases with their first item in the multi-layered conference dealt with, after a day on which they were one of "
        "the support conference. Once for each case, on the later day."
    ),
    "outreach.people": say(
        "People met in the contacts below, each human being once. Where a contact names nobody, everyone known of the "
        "household by then."
    ),
    "outreach.contacts": say(
        "Entries of the progress record before the household was connected to a window, and later ones through an "
        "outreach programme."
    ),
    "outreach.consented": say(
        "People of cases that began in outreach, or met before through an outreach programme, on the day of their "
        "first consent in the case, each human being once."
    ),
    "participation.national.people": say(
        "People with an action of the national participation programme in a plan version, when it was first approved, "
        "each human being once. An action that names nobody is for everyone of the plan; who had left is not counted."
    ),
    "participation.local.people": say(
        "People with an action of participation by existing support in a plan version, when it was first approved, "
        "each human being once. An action that names nobody is for everyone of the plan; who had left is not counted."
    ),
    "community.people": say(
        "People with an action of community building in a plan version, when it was first approved, each human being "
        "once. An action that names nobody is for everyone of the plan; who had left is not counted."
    ),
    "referrals.sent": say("Referrals made, addresses given away among them. Reports by law are counted apart."),
    "referrals.accepted": say("Answers that accept a referral, on the day of the answer."),
    "referrals.declined": say("Answers that decline a referral, on the day of the answer."),
    "referrals.unanswered": say(
        "Referrals of open cases, sent more than {days} days before the last day, that have no answer by then. An "
        "address given away awaits none."
    ),
    "reports_by_law": say("Reports by law, by whom they are about, on the day of the report."),
    "emergencies": say("Of the referrals made, those on the ground of an emergency."),
    "ends.concluded": say("Open cases concluded, merges into another case among them."),
    "ends.interrupted": say("Open cases interrupted."),
    "ends.by_reason": say("The conclusions, each under its reason; a merge is under duplicates."),
    "watching.open": say("Cases in this stage at the end of the last day."),
    "changes": say("Changes noted when a case was concluded, a case once under each of its changes."),
    "gaps.raised": say("Gaps raised, on that day; one that several cases show is one."),
    "gaps.forwarded": say("Gaps taken to the council, each time."),
    "gaps.answered": say("Answers that came back on a gap."),
}

# The setting that gives the {days} of a label, and moves the day the state is asked about.
DAYS = {"engaging.over_90_days": "engaging_long_days", "referrals.unanswered": "unanswered_days"}
