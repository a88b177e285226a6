"""The closed lists of the glossary: one slug each, in code, on the command line, in the data.

Lists without rules behind them (channels, methods, changes …) are data: `data/codes.csv`.
"""

from enum import StrEnum

LONGEST_TEXT = 20_000
"""Characters of one typed text; what is longer is a document, not an answer."""


class Stage(StrEnum):
    """Where a case stands (段階)."""

    OUTREACH = "outreach"
    RECEIVED = "received"
    SINGLE = "single"
    COMPLEX = "complex"
    ENGAGING = "engaging"
    PLANNING = "planning"
    SUPPORTING = "supporting"
    WATCHING = "watching"
    CLOSED = "closed"
    INTERRUPTED = "interrupted"


ENDED = frozenset({Stage.CLOSED, Stage.INTERRUPTED})
OPEN = tuple(s for s in Stage if s not in ENDED)


class Act(StrEnum):
    """What can be done with a case; the first group moves the stage, the second leaves it."""

    CONNECT = "connect"
    SETTLE = "settle"
    ESCALATE = "escalate"
    APPROACH = "approach"
    PLAN = "plan"
    START = "start"
    REVISE = "revise"
    LAST_CONSENT_WITHDRAWN = "last_consent_withdrawn"
    WATCH = "watch"
    RESUME = "resume"
    CONCLUDE = "conclude"
    INTERRUPT = "interrupt"
    RETURN = "return"

    NOTE = "note"
    CONTACT = "contact"
    CONCERN = "concern"
    PERSON = "person"
    WISH = "wish"
    CONSENT = "consent"
    REFER = "refer"
    REPORT_BY_LAW = "report_by_law"
    CONVENE = "convene"
    GAP = "gap"
    SPLIT = "split"
    MERGE = "merge"
    HAND_OVER = "hand_over"


class Scope(StrEnum):
    """What a consent is for: that a plan is made, that facts are shared."""

    PLAN = "plan"
    SHARING = "sharing"


class Decision(StrEnum):
    """What a person decided. NONE: nothing is recorded up to that day (never stored)."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_POSSIBLE = "not_possible"
    NONE = "none"


class DecidedBy(StrEnum):
    SELF = "self"
    PARENT = "parent"
    MINOR_GUARDIAN = "minor_guardian"
    ADULT_GUARDIAN = "adult_guardian"
    CURATOR = "curator"


class Track(StrEnum):
    """Which of the two conferences a person is in (会議区分)."""

    MULTILAYER = "multilayer_conference"
    SUPPORT = "support_conference"


class Ground(StrEnum):
    """On what something is passed on."""

    CONSENT = "consent"
    NONE_SHARED = "none_shared"
    SAME_OFFICE = "same_office"
    SUPPORT_CONFERENCE = "support_conference"
    EMERGENCY = "emergency"
    STATUTORY_REPORT = "statutory_report"


class ReportKind(StrEnum):
    """Whom a report by law (通告・通報) is about."""

    CHILD = "child"
    ELDER = "elder"
    DISABLED = "disabled"


class ReferralStatus(StrEnum):
    SENT = "sent"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REVOKED = "revoked"
    COMPLETED = "completed"


class ToKind(StrEnum):
    WINDOW = "window"
    PROGRAMME = "programme"
    RESOURCE = "resource"
    OUTSIDE = "outside"


class PlanStatus(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    SUPERSEDED = "superseded"
    ENDED = "ended"


class ActionKind(StrEnum):
    WINDOW = "window"
    PARTICIPATION = "participation"
    PARTICIPATION_NATIONAL = "participation_national"
    OUTREACH = "outreach"
    COMMUNITY = "community"
    OTHER = "other"


class Body(StrEnum):
    STAKEHOLDER = "stakeholder"
    SUBCOMMITTEE = "subcommittee"
    COUNCIL = "council"


class ItemKind(StrEnum):
    SUPPORT_CONFERENCE = "support_conference"
    MULTILAYER_CONFERENCE = "multilayer_conference"
    INFORMATION_SHARING = "information_sharing"
    RESOURCES = "resources"
    SYSTEM = "system"
    TRAINING = "training"
    COORDINATION = "coordination"


class Purpose(StrEnum):
    APPROACH = "approach"
    NEW_PLAN = "new_plan"
    PLAN_SHARING = "plan_sharing"
    PROGRESS = "progress"
    RE_PLAN = "re_plan"
    WATCH = "watch"
    CONCLUSION = "conclusion"
    INTERRUPTION = "interruption"
    EMERGENCY_REPORT = "emergency_report"
    ADVICE = "advice"
    GAP = "gap"


class Part(StrEnum):
    DISCUSSION = "discussion"
    WRITTEN = "written"


class AgendaChange(StrEnum):
    """What people change about an item of an agenda."""

    DROP = "drop"
    ADD = "add"
    MOVE = "move"


class Heading(StrEnum):
    """Under what something said about an item is written down: the three of a support conference (アプローチ方法,
    間接的な支援, 世帯としての支援), the groundwork ⑤ asks for, and the discussion itself."""

    DISCUSSION = "discussion"
    APPROACH = "approach"
    INDIRECT = "indirect"
    HOUSEHOLD = "household"
    GROUNDWORK = "groundwork"


class HeldAs(StrEnum):
    IN_PERSON = "in_person"
    ONLINE = "online"
    CIRCULATED = "circulated"
    PHONE = "phone"


class Outcome(StrEnum):
    APPROACH = "approach"
    APPROVED = "approved"
    APPROVED_WITH_CHANGES = "approved_with_changes"
    RETURNED = "returned"
    CONTINUE = "continue"
    MOVE_TO_MULTILAYER = "move_to_multilayer"
    WATCH = "watch"
    CONCLUDE = "conclude"
    INTERRUPT = "interrupt"
    ADVISED = "advised"
    FORWARD_TO_COUNCIL = "forward_to_council"
    NOTED = "noted"


class EndReason(StrEnum):
    """Why a case is concluded (終結)."""

    RESOLVED = "resolved"
    LEAD_TAKES_OVER = "lead_takes_over"
    OTHER_SYSTEM = "other_system"
    INFORMATION_ONLY = "information_only"
    OUT_OF_SCOPE = "out_of_scope"
    DECLINED = "declined"
    MOVED = "moved"
    DECEASED = "deceased"
    DUPLICATE = "duplicate"


class Form(StrEnum):
    """The standard forms (標準様式), in the order of the work."""

    INTAKE = "intake"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    PROGRESS = "progress"
    EVALUATION = "evaluation"


class GapKind(StrEnum):
    RESOURCE = "resource"
    SYSTEM = "system"
    TRAINING = "training"
    COORDINATION = "coordination"


class GapStatus(StrEnum):
    RAISED = "raised"
    FORWARDED = "forwarded"
    ANSWERED = "answered"


class Role(StrEnum):
    WINDOW_WORKER = "window_worker"
    COORDINATOR = "coordinator"
    SECRETARIAT = "secretariat"
    AUDITOR = "auditor"


class Operation(StrEnum):
    """How a window or programme is run (直営・委託の別)."""

    DIRECT = "direct"
    COMMISSIONED = "commissioned"
    PARTLY_COMMISSIONED = "partly_commissioned"


class SiteType(StrEnum):
    BASIC = "basic"
    COMMUNITY = "community"


class Field(StrEnum):
    """The five fields a concern or a window belongs to (ours, after the chapter's sections)."""

    ELDERLY = "elderly"
    DISABILITY = "disability"
    CHILDREN = "children"
    POVERTY = "poverty"
    OTHER = "other"


class Origin(StrEnum):
    """Where a case number came from."""

    INTAKE = "intake"
    OUTREACH = "outreach"
    SPLIT = "split"
    RETURN = "return"


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"
