"""Random lives of cases for property tests, legal or not, and one that has something of everything."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.history import History
from toshima_cli.domain import report as r
from toshima_cli.domain.calendar import add_months
from toshima_cli.domain.terms import Stage

FIRST = date(2026, 3, 1)
DAYS = 150
MONTHS = [r.Range(add_months(FIRST, n), add_months(FIRST, n + 1)) for n in range(5)]
"""March 2026, the end of one fiscal year, to July."""

days = st.integers(0, DAYS - 1).map(lambda n: (FIRST + timedelta(days=n)).isoformat())
stages = st.sampled_from([stage.value for stage in Stage])
steps = st.tuples(
    st.just("step"), days, st.sampled_from(["connect", "escalate", "approach", "resume", "conclude"]), stages
)
consents = st.tuples(
    st.just("consent"),
    days,
    st.sampled_from(["given", "refused", "withdrawn", "not_possible"]),
    st.sampled_from([(True, True), (True, False), (False, True)]),
    st.none() | days,
)
plans = st.tuples(st.just("plan"), days, st.none() | days)
plan_steps = st.tuples(
    st.just("plan_step"), days, st.integers(0, 3), st.sampled_from(["approved", "superseded", "ended", "draft"])
)
referrals = st.tuples(
    st.just("refer"), days, st.sampled_from(["consent", "emergency", "none_shared", "statutory_report"])
)
answers = st.tuples(st.just("answer"), days, st.integers(0, 3), st.sampled_from(["waiting", "accepted", "declined"]))
notes = st.tuples(
    st.just("note"),
    days,
    st.sampled_from(["visit", "phone", "nowhere"]),
    st.sampled_from(["A", "B", None]),
    st.sampled_from([None, "o-csw"]),
)
ends = st.tuples(st.just("end"), days, st.sampled_from(["resolved", "moved", None]))
items = st.tuples(
    st.just("item"),
    days,
    st.sampled_from(["support_conference", "multilayer_conference"]),
    st.booleans(),
    st.booleans(),
)
undos = st.tuples(st.just("undo"), st.integers(0, 30))
actions = st.tuples(st.just("action"), days, st.sampled_from(["community", "participation", "participation_national"]))
gaps = st.tuples(st.just("gap"), days, st.sampled_from(["forwarded", "answered"]))
merges = st.tuples(st.just("merge"), days, st.integers(0, 3), st.none() | days)
sames = st.tuples(st.just("same"), days, st.integers(0, 3), st.none() | days)
leaves = st.tuples(st.just("leave"), days, st.sampled_from("AB"), st.booleans())
concern_ends = st.tuples(st.just("concern_end"), days)
holds = st.tuples(st.just("hold"), days)
splits = st.tuples(st.just("split"), days)
turns = st.one_of(merges, sames, leaves, concern_ends, holds, splits)
entries = st.one_of(steps, consents, plans, plan_steps, referrals, answers, notes, ends, items, undos, actions, gaps)
cases = st.tuples(
    days,
    st.sampled_from(["intake", "outreach", "return", "split"]),
    stages,
    st.builds(lambda more, few: [*more, *few], st.lists(entries, max_size=9), st.lists(turns, max_size=3)),
)
histories = st.lists(cases, min_size=1, max_size=4)


def write(h: History, history: list[Any]) -> None:
    """Put a history into the books; whatever is dated before the case is moved to its first day.

    What opened a case is taken back only where nothing was done in it since: there `undo` refuses, and the books of
    the program never hold an approval in a case that was never opened.
    """
    before = h.last_act() if h.conn.execute("SELECT COUNT(*) FROM act").fetchone()[0] else 0
    undone: list[int] = []
    written: list[int] = []
    openings: set[int] = set()
    for opened, origin, stage, made in history:
        case = h.case(opened, people="AB", concerns="A:care", origin=origin, stage=stage)
        opening = h.last_act()
        written.append(case)
        left: set[str] = set()
        versions: list[int] = []
        sent: list[int] = []
        for what, *more in made:
            if what == "undo":
                undone.append(more[0])
                continue
            on = max(more[0], opened)
            match what:
                case "step":
                    h.step(case, on, more[1], more[2])
                case "consent":
                    plan, sharing = more[2]
                    h.consent(case, "A", on, more[1], plan=plan, sharing=sharing, expires=more[3])
                case "plan":
                    versions.append(h.plan(case, on, len(versions) + 1, review=more[1]))
                case "plan_step" if versions:
                    h.plan_step(versions[more[1] % len(versions)], on, more[2])
                case "refer":
                    kind = "elder" if more[1] == "statutory_report" else None
                    sent.append(h.refer(case, on, more[1], kind, label="B"))
                case "answer" if sent:
                    h.answer(sent[more[1] % len(sent)], on, more[2])
                case "action" if versions:
                    h.action(case, versions[-1], on, more[1], None)
                case "gap":
                    gap = h.fact("gap", on, kind="resource", text="日中の居場所", case_id=case)
                    h.fact("gap_step", on, gap_id=gap, status=more[1])
                case "note":
                    h.note(case, on, more[1], more[2], programme=more[3])
                case "merge" if len(written) > 1:
                    merge = h.merge(case, written[more[1] % (len(written) - 1)], on)
                    if more[2]:
                        h.unmerge(merge, max(more[2], on))
                case "same" if len(written) > 1:
                    kept = h.person(written[more[1] % (len(written) - 1)], "A")
                    merge = h.same(h.person(case, "A"), kept, on)
                    if more[2]:
                        h.fact("merge_end", max(more[2], on), merge_id=merge)
                case "leave" if more[1] not in left:
                    left.add(more[1])
                    h.leave(case, more[1], on, to=case, hidden=more[2])
                case "concern_end":
                    row = h.conn.execute("SELECT id FROM concern WHERE case_id = ?", (case,)).fetchone()
                    h.fact("concern_end", on, concern_id=row["id"])
                case "split" if not left:
                    left.add("B")
                    h.split(case, "B", on, concern="care")
                case "hold":
                    h.hold(case, "k03", on)
                case "end":
                    h.end(case, on, more[1], ("safe",))
                case "item":
                    meeting = h.meeting(on)
                    h.item(meeting, case, more[1], decided="continue" if more[2] else None)
                    if more[3]:
                        h.fact("meeting_cancel", on, meeting_id=meeting)
        if h.last_act() > opening:
            openings.add(opening)
    acts = range(before + 1, h.last_act() + 1)
    for n in undone:
        if acts[n % len(acts)] not in openings:
            h.undo(acts[n % len(acts)])


RICH: list[Any] = [
    (
        "2026-03-10",
        "intake",
        "received",
        [
            ("consent", "2026-03-10", "given", (True, True), None),
            ("step", "2026-03-12", "escalate", "complex"),
            ("step", "2026-03-20", "approach", "engaging"),
            ("item", "2026-03-25", "support_conference", True, False),
            ("plan", "2026-04-02", "2026-05-10"),
            ("item", "2026-04-16", "multilayer_conference", True, False),
            ("plan_step", "2026-04-16", 0, "approved"),
            ("action", "2026-04-10", "participation"),
            ("gap", "2026-04-10", "forwarded"),
            ("refer", "2026-04-20", "consent"),
            ("refer", "2026-04-21", "emergency"),
            ("refer", "2026-04-22", "statutory_report"),
            ("answer", "2026-05-01", 0, "accepted"),
            ("note", "2026-05-02", "visit", "A", "o-csw"),
            ("plan", "2026-06-02", None),
            ("plan_step", "2026-06-04", 1, "approved"),
            ("step", "2026-06-05", "interrupt", "interrupted"),
            ("step", "2026-06-10", "resume", "engaging"),
            ("step", "2026-07-10", "approach", "engaging"),
            ("item", "2026-07-16", "support_conference", True, True),
            ("item", "2026-07-20", "multilayer_conference", True, True),
            ("item", "2026-07-23", "multilayer_conference", True, False),
            ("consent", "2026-03-10", "withdrawn", (True, False), None),
        ],
    ),
    (
        "2026-03-15",
        "outreach",
        "outreach",
        [
            ("note", "2026-04-02", "phone", None, None),
            ("consent", "2026-04-10", "given", (True, True), None),
            ("consent", "2026-04-12", "given", (True, True), None),
            ("plan", "2026-04-20", None),
            ("plan", "2026-04-22", None),
            ("plan_step", "2026-04-23", 1, "approved"),
            ("plan_step", "2026-05-23", 1, "approved"),
            ("action", "2026-04-22", "community"),
            ("refer", "2026-06-21", "consent"),
            ("step", "2026-04-11", "connect", "received"),
            ("end", "2026-05-20", "resolved"),
            ("step", "2026-06-20", "resume", "watching"),
            ("end", "2026-07-01", None),
        ],
    ),
    (
        "2026-04-03",
        "split",
        "outreach",
        [
            ("note", "2026-04-06", "visit", None, None),
            ("consent", "2026-04-10", "given", (True, True), None),
            ("item", "2026-04-13", "support_conference", True, False),
            ("item", "2026-04-16", "multilayer_conference", True, False),
            ("plan", "2026-04-20", None),
            ("plan_step", "2026-04-23", 0, "approved"),
            ("action", "2026-04-22", "community"),
            ("refer", "2026-04-20", "consent"),
            ("concern_end", "2026-04-10"),
            ("step", "2026-04-11", "connect", "received"),
            ("leave", "2026-04-05", "B", True),
            ("same", "2026-04-25", 1, "2026-06-25"),
            ("merge", "2026-04-26", 0, "2026-07-02"),
            ("hold", "2026-04-27"),
        ],
    ),
]


@contextmanager
def lived(h: History, history: list[Any]) -> Iterator[History]:
    with h.taken_back():
        write(h, history)
        yield h
