"""Random lives through the command line, held against a plain model (`model.py`): every act does what the stage table
says or is refused with its rule and changes nothing; the report adds up whatever happened; the journal holds.

`make soak` lives many more of them.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
)

from tests.journeys.machine import FIRST, AtADesk, lived
from tests.journeys.model import ENDED, FIRST_TALK_ONLY, OPEN, RETURN_MONTHS, TABLE, Case, Office, Person

LAST = date(2028, 3, 1)

WHOLE = ("--lead", "csw", "--evaluation", "終わる", "--change", "none", "--wish", "unknown", "--groundwork", "見守り")
REASONS: dict[str, tuple[str, ...]] = {
    "resolved": WHOLE,
    "lead_takes_over": WHOLE,
    "other_system": ("--lead", "年金事務所", "--evaluation", "手続きへ"),
    "information_only": (),
    "out_of_scope": (),
    "declined": ("--tried", "訪問と手紙"),
    "moved": ("--lead", "none", "--evaluation", "行き先を言われなかった"),
    "deceased": (),
}


class Lives(AtADesk):
    # --------------------------------------------------------------- rules

    @rule(days=st.sampled_from((1, 3, 20, 45, 200)))
    def later(self, days: int) -> None:
        self.office.today = min(self.office.today + timedelta(days=days), LAST)

    @precondition(lambda self: len(self.office.cases) < 5)
    @rule(people=st.integers(1, 3), where=st.sampled_from(("intake", "outreach")))
    def open_a_case(self, people: int, where: str) -> None:
        labels = "ABC"[:people]
        typed = [word for label in labels for word in ("--person", label)]
        if where == "intake":
            line = ("intake", "--window", "csw", *typed, "--concern", "A:job!")
        else:
            line = ("outreach", "new", "--why", "unaware", "--window", "csw", "--note", "姿が見えない", *typed)
        self.office.remember()
        data = self.done(*line)
        stage = "received" if where == "intake" else "outreach"
        assert data["stage"] == stage
        self.opened(data["case"], stage, labels)

    @initialize(stages=st.lists(st.sampled_from(("complex", "engaging", "planning", "supporting")), max_size=2))
    def begin_further_on(self, stages: list[str]) -> None:
        """Lives that are some way along when the story begins."""
        for stage in stages:
            made = self.done("intake", "--window", "csw", "--person", "A", "--person", "B", "--concern", "A:job!")
            case = self.opened(made["case"], stage, "AB")
            self.done("route", case.number, "--complex", "--coordinator", "k03")
            if stage == "engaging":
                self.done("approach", case.number, "--text", "訪ねる", "--reason", "急ぐ")
            if stage in ("planning", "supporting"):
                for label in "AB":
                    self.done("consent", case.number, label, "--given", "--scope", "plan,sharing", "--method", "oral")
                    self.office.say(case, label, "plan,sharing", "given")
                line = ["plan", case.number, "--goal", "働く", "--person", "A", "--action", "A|探す|csw"]
                case.waiting = ("A",)
                if stage == "supporting":
                    line += ["--approved-afterwards", "--reason", "待てない"]
                    case.running, case.waiting = case.waiting, ()
                self.done(*line)

    @precondition(lambda self: self.some)
    @rule(data=st.data())
    def connect(self, data: st.DataObject) -> None:
        case = self.case(data)
        self.act(case, "connect", "intake", case.number, "--concern", "A:income")

    @precondition(lambda self: self.some)
    @rule(data=st.data())
    def settle(self, data: st.DataObject) -> None:
        case = self.case(data)
        self.act(case, "settle", "route", case.number, "--single", "--reason", "一つの窓口で足りる")

    @precondition(lambda self: self.some)
    @rule(data=st.data())
    def escalate(self, data: st.DataObject) -> None:
        case = self.case(data)
        self.act(case, "escalate", "route", case.number, "--complex", "--coordinator", "k03")

    @precondition(lambda self: self.some)
    @rule(data=st.data())
    def approach(self, data: st.DataObject) -> None:
        case = self.case(data)
        self.act(case, "approach", "approach", case.number, "--text", "手紙を入れる", "--reason", "急ぐ")

    @precondition(lambda self: self.some)
    @rule(data=st.data(), decision=st.sampled_from(("given", "given", "given", "refused", "withdrawn")))
    def consent(self, data: st.DataObject, decision: str) -> None:
        case = self.case(data)
        label = self.label(data, case)
        scope = data.draw(st.sampled_from(("plan,sharing", "plan", "sharing")))
        line = ("consent", case.number, label, f"--{decision}", "--scope", scope, "--method", "oral")

        def then(case: Case) -> None:
            self.office.say(case, label, scope, decision)

        if case.stage in ENDED and decision != "given":
            # a no is taken down after the end too
            self.office.remember()
            then(case)
            assert self.done(*line)["stage"] == case.stage
            return
        self.act(case, "consent", *line, then=then)

    @precondition(lambda self: self.some)
    @rule(data=st.data(), revise=st.booleans())
    def plan(self, data: st.DataObject, revise: bool) -> None:
        case = self.case(data)
        labels = self.labels(data, case)
        act = "revise" if revise else "plan"
        line = [
            "plan", case.number, "--goal", "暮らしを立て直す", *(["--revise"] if revise else []),
            *(word for label in labels for word in ("--person", label, "--action", f"{label}|相談する|csw")),
        ]  # fmt: skip
        allowed = self.office.allowed(case, act)
        if allowed and case.consenting(labels) != labels:
            self.refused(*line, by="consent.plan.")
            return

        def then(case: Case) -> None:
            case.waiting = labels

        self.act(case, act, *line, then=then)

    @precondition(lambda self: self.some)
    @rule(data=st.data())
    def start_before_the_sitting(self, data: st.DataObject) -> None:
        case = self.case(data)
        line = ("plan", case.number, "--approved-afterwards", "--reason", "待てない")
        if not case.waiting:
            self.refused(*line, by="plan.")
        elif case.stage not in ("planning", "supporting", "watching"):
            self.refused(*line, by="stage.start")
        elif case.consenting(case.waiting) != case.waiting:
            self.refused(*line, by="consent.plan.")
        else:
            self.office.remember()
            data_ = self.done(*line)
            case.running, case.waiting = case.waiting, ()
            case.stage = "supporting" if case.stage == "planning" else case.stage
            assert data_["stage"] == case.stage

    @precondition(lambda self: self.some)
    @rule(data=st.data())
    def watch(self, data: st.DataObject) -> None:
        case = self.case(data)
        was = case.stage
        until = (self.office.today + timedelta(days=90)).isoformat()

        def then(case: Case) -> None:
            case.came_from = was

        line = ("watch", case.number, "--by", "民生委員", "--every", "1m", "--until", until, "--sign", "郵便がたまる")
        self.act(case, "watch", *line, then=then)

    @precondition(lambda self: self.some)
    @rule(data=st.data())
    def resume(self, data: st.DataObject) -> None:
        case = self.case(data)
        late = case.stage == "interrupted" and self.office.months_since(case.ended_on or FIRST) >= RETURN_MONTHS
        if case.stage not in ("watching", "interrupted") or late:
            self.refused("resume", case.number, by="stage.resume")
            return
        self.office.remember()
        answer = self.done("resume", case.number)
        case.stage = case.came_from
        if case.stage in ("planning", "supporting") and not (case.running or case.waiting):
            case.stage = "engaging"  # its last consent went in between
        if case.stage == "watching":
            case.came_from = case.watched_from
        assert answer["stage"] == case.stage

    @precondition(lambda self: self.some)
    @rule(data=st.data(), reason=st.sampled_from(sorted(REASONS)))
    def conclude(self, data: st.DataObject, reason: str) -> None:
        case = self.case(data)
        line = ("close", case.number, "--reason", reason, *REASONS[reason], "--yes")
        if case.stage in OPEN and reason in FIRST_TALK_ONLY and case.stage not in ("outreach", "received", "single"):
            self.refused(*line, by=f"close.{reason}")
            return

        def then(case: Case) -> None:
            case.reason, case.ended_on = reason, self.office.today

        self.act(case, "conclude", *line, then=then)

    @precondition(lambda self: self.some)
    @rule(data=st.data())
    def interrupt(self, data: st.DataObject) -> None:
        case = self.case(data)
        was = case.stage
        line = (
            "close", case.number, "--interrupted", "--last-contact", self.day, "--tried", "電話と訪問",
            "--safety", "民生委員が声を確かめた", "--yes",
        )  # fmt: skip

        def then(case: Case) -> None:
            if was == "watching":
                case.watched_from = case.came_from
            case.came_from, case.ended_on = was, self.office.today

        self.act(case, "interrupt", *line, then=then)

    @precondition(lambda self: self.some)
    @rule(data=st.data())
    def come_back(self, data: st.DataObject) -> None:
        case = self.case(data)
        early = case.stage == "interrupted" and self.office.months_since(case.ended_on or FIRST) < RETURN_MONTHS
        if case.kept_under:
            self.refused("reopen", case.number, by="")
            return
        if case.stage not in ENDED or early:
            self.refused("reopen", case.number, by="stage.return")
            return
        if case.number in self.office.returned:
            self.refused("reopen", case.number, by="reopen.")
            return
        self.office.remember()
        self.office.returned.add(case.number)
        answer = self.done("reopen", case.number, "--concern", "A:income")
        assert answer["case"] not in self.office.cases
        assert answer["stage"] == "received"
        self.opened(answer["case"], "received", "".join(case.there))

    @precondition(lambda self: self.some)
    @rule(data=st.data())
    def write_down(self, data: st.DataObject) -> None:
        case = self.case(data)
        line = ("progress", case.number, "--method", "phone", "--note", "話した")
        if case.stage == "closed" and case.reason == "deceased":
            self.office.remember()
            assert self.done(*line)["stage"] == "closed"
            return
        self.act(case, "note", *line)

    @precondition(lambda self: self.some)
    @rule(data=st.data())
    def join(self, data: st.DataObject) -> None:
        case = self.case(data)
        label = case.next_label()

        def then(case: Case) -> None:
            case.people[label] = Person()

        self.act(case, "person", "person", "add", case.number, "--person", label, then=then)

    @precondition(lambda self: self.some)
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        case = self.case(data)
        label = case.there[-1]
        if label == "A":
            return  # the last one out ends the case: a life of its own, told in `lives/`

        def then(case: Case) -> None:
            case.people[label].left = True
            case.settle_consent()

        line = ("person", "leave", case.number, label, "--reason", "independent")
        self.act(case, "person", *line, then=then)

    @precondition(lambda self: len(self.office.cases) > 1)
    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        kept, other = self.case(data), self.case(data)
        if kept is other or kept.took_in or other.took_in or kept.kept_under or other.kept_under:
            return
        line = ("merge", kept.number, other.number)
        if kept.stage in ENDED or other.stage in ENDED:
            self.refused(*line, by="")
            return
        self.office.remember()
        labels = {}
        for theirs in other.there:
            labels[theirs] = kept.next_label()
            kept.people[labels[theirs]] = Person()
        kept.took_in.append((other, labels))
        other.merged_at = self.office.order
        other.before_merge, other.stage, other.kept_under, other.reason = (
            other.stage,
            "closed",
            kept.number,
            "duplicate",
        )
        answer = self.done(*line)
        assert answer["stage"] == kept.stage

    @precondition(lambda self: any(case.took_in for case in self.office.cases.values()))
    @rule(data=st.data())
    def unmerge(self, data: st.DataObject) -> None:
        kept = next(case for case in self.office.cases.values() if case.took_in)
        other, labels = kept.took_in[0]
        line = ("unmerge", kept.number, other.number)
        if kept.stage in ENDED:
            return  # two rules meet there; `lives/` tells them one by one
        self.office.remember()
        answer = self.done(*line)
        there = {p["label"] for p in self.done("show", kept.number)["people"] if p["left_on"] is None}
        kept.part()
        for ours in labels.values():
            kept.people[ours].left = kept.people[ours].left or ours not in there
        if other.stage in ("planning", "supporting") and not (other.running or other.waiting):
            other.stage = "engaging"  # its last consent went in between
        assert answer["stage"] == kept.stage
        assert self.done("show", other.number)["stage"] == other.stage

    @precondition(lambda self: self.some)
    @rule(data=st.data())
    def wish(self, data: st.DataObject) -> None:
        case = self.case(data)
        self.act(case, "wish", "person", "wish", case.number, "A", "--text", "静かに暮らしたい")

    @precondition(lambda self: self.some)
    @rule(data=st.data())
    def give_an_address(self, data: st.DataObject) -> None:
        case = self.case(data)
        line = ("route", case.number, "--to", "kaigo", "--person", self.label(data, case), "--ground", "none_shared")
        self.act(case, "refer", *line)

    @precondition(lambda self: self.some)
    @rule(data=st.data())
    def pass_on_by_consent(self, data: st.DataObject) -> None:
        case = self.case(data)
        label = self.label(data, case)
        line = ("route", case.number, "--to", "hikikomori", "--person", label, "--ground", "consent")
        if self.office.allowed(case, "refer") and case.word(label, "sharing") != "given":
            self.refused(*line, by="share.consent.")
            return
        self.act(case, "refer", *line)

    @precondition(lambda self: self.some)
    @rule(data=st.data())
    def report_by_law(self, data: st.DataObject) -> None:
        """Never refused, in no stage."""
        case = self.case(data)
        self.office.remember()
        answer = self.done(
            "notify", case.number, "--kind", "elder", "--to", "korei-sogo", "--person", self.label(data, case)
        )
        assert answer["stage"] == case.stage

    @precondition(lambda self: self.some)
    @rule()
    def sit(self) -> None:
        """A sitting of the subcommittee takes up everything there is, and says yes to every plan it sees whole."""
        day = self.day
        made = self.done("convene", "subcommittee", "--on", day, "--attendee", "k03")
        meeting = made["meeting"]
        self.done("attend", meeting, "k03", "--secrecy")
        for item in made["items"]:
            case = self.office.cases.get(item["case"] or "")
            if case is None:
                continue
            plan = item["kind"] == "multilayer_conference" and item["purpose"] in ("new_plan", "re_plan")
            if not plan:
                answer = self.done("decide", meeting, str(item["item"]), "--outcome", "noted")
                assert answer["stage"] == case.stage
                continue
            self._approve(meeting, item, case)
        self.office.steps.clear()  # what a sitting decided is undone step by step elsewhere

    def _approve(self, meeting: str, item: Any, case: Case) -> None:
        line = ("decide", meeting, str(item["item"]), "--outcome", "approved")
        seen = set(item["people"])
        waiting = case.waiting
        if waiting:
            if case.consenting(waiting) != waiting or not set(waiting) <= seen:
                self.refused(*line, by="")
                return
            answer = self.done(*line)
            case.running, case.waiting = waiting, ()
            case.stage = "supporting" if case.stage == "planning" else case.stage
            assert answer["stage"] == case.stage
        else:
            # support had begun before its sitting, which approves it now, or an earlier sitting of this day did
            typed = self.typed(*line)
            assert typed.code in (0, 3), typed.err
            assert typed.code == 0 or typed.error["rule"] in ("plan.none", "plan.masked"), typed.error
            assert self.done("show", case.number)["stage"] == case.stage

    @precondition(lambda self: bool(self.office.steps))
    @rule()
    def undo(self) -> None:
        """One's own last step, and nothing else, is as it was."""
        before = self.office.steps.pop()
        typed = self.typed("undo", "--yes", "--reason", "誤り")
        if typed.code == 3:
            assert typed.error["facts"], typed.error
            self.office.steps.clear()
            return
        assert typed.code == 0, f"{typed.out}{typed.err}"
        self.office = Office(self.office.today, before.cases, before.returned, self.office.steps, self.office.order)
        for number, case in self.office.cases.items():
            assert self.done("show", number)["stage"] == case.stage

    # ------------------------------------------------------------ invariants

    @invariant()
    def the_caseload_is_what_is_open(self) -> None:
        expected = {number: case.stage for number, case in self.office.cases.items() if case.stage in OPEN}
        found = {row["case"]: row["stage"] for row in self.done("caseload")}
        assert found == expected


def test_random_lives(template: Path) -> None:
    lived(Lives, template=template, lives=6, steps=50)


@pytest.mark.soak
def test_many_random_lives(template: Path) -> None:
    lived(Lives, template=template, lives=300, steps=60)


def test_the_model_knows_every_open_stage() -> None:
    assert {stage for moves in TABLE.values() for stage in moves} == set(OPEN)
