"""Random lives with their sittings, typed at a desk and kept in the plain model beside it (`paper_model.py`)."""

import json
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.desk import NearDesk, Typed, copy
from tests.journeys.paper_model import GIVEN, HOLDER, READERS, RELATION, Case, Office, Person, Reader, Sitting, Word

FIRST, LAST = date(2026, 10, 1), date(2028, 3, 1)
MARK = re.compile(r"しるし\d{4}")
WINDOWS = ("csw", "korei-sogo")
OTHERS = ("c01", "e01")
OUTCOMES = st.sampled_from(("approach", "continue", "noted", "approved"))


class Lives(RuleBasedStateMachine):
    """`seen` counts what happened, so that a run that proves nothing is found out."""

    template: Path
    seen: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="papers"))
        self.desk = NearDesk(copy(self.template, self.folder / "books.db"))
        self.office = Office(FIRST)
        self.files = 0
        self.lines: list[str] = []

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    # -------------------------------------------------------------- typing

    def typed(self, *words: str, who: str = HOLDER, stdin: str | None = None) -> Typed:
        """One line; a refusal (3) is no fault here, a crash is. Whoever types sees nobody they may not see."""
        self.seen["lines"] += 1
        self.lines.append(f"{self.office.today} --as {who} {' '.join(words)}")
        typed = self.desk.run("--as", who, *words, today=self.office.today.isoformat(), stdin=stdin, COLUMNS="900")
        assert typed.code in (0, 2, 3, 4, 6), self.told(f"{typed.code}\n{typed.out}{typed.err}")
        if who != HOLDER:
            asked = [word for word in self.office.never(who) if word in words]
            self.absent(typed.out + typed.err, set(self.office.never(who)) - set(asked), "typed as " + who)
        return typed

    def done(self, *words: str, who: str = HOLDER, stdin: str | None = None) -> Any:
        """What it answered; None where a rule refused it."""
        typed = self.typed(*words, "-f", "json", who=who, stdin=stdin)
        assert typed.code in (0, 3), self.told(f"{typed.code}\n{typed.out}{typed.err}")
        return typed.data if typed.code == 0 else None

    def told(self, why: str) -> str:
        return "\n".join([why, "", *self.lines])

    def absent(self, text: str, forbidden: set[str], where: str) -> None:
        # M2026-0003 is not the case 2026-0003
        if found := sorted(word for word in forbidden if word in text and re.search(rf"(?<![MR]){word}", text)):
            raise AssertionError(self.told(f"{where}: {found}\n{text}"))

    # ------------------------------------------------------------- drawing

    def case(self, data: st.DataObject) -> Case:
        return self.office.cases[data.draw(st.sampled_from(sorted(self.office.cases)), label="case")]

    def somebody(self, data: st.DataObject) -> tuple[Case, str, Person]:
        case = self.case(data)
        label: str = data.draw(st.sampled_from(sorted(case.people)), label="label")
        return case, label, case.people[label]

    def sitting(self, data: st.DataObject) -> Sitting:
        return self.office.sittings[data.draw(st.sampled_from(sorted(self.office.sittings)), label="sitting")]

    def text(self, data: st.DataObject, case: Case, mark: str) -> str:
        """Words with their mark; some say another of the household, some whoever told."""
        names = [p.given for p in case.people.values()]
        said: str = data.draw(st.sampled_from(["", "", *names, case.teller, RELATION]), label="says")
        return f"{mark} {said}" if said else mark

    # --------------------------------------------------------------- lives

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        for _ in range(2):
            self.receive(data, 3)
        for case in self.office.cases.values():
            for label in "AB":
                self.say(case, label, "given", "plan,sharing", frozenset(), None, self.office.today)
        self.called("subcommittee", self.office.today + timedelta(days=10), (), READERS[:4], data)

    @rule(days=st.sampled_from((1, 4, 15, 40, 190)))
    def later(self, days: int) -> None:
        self.office.today = min(self.office.today + timedelta(days=days), LAST)

    @precondition(lambda self: len(self.office.cases) < 4)
    @rule(data=st.data(), people=st.integers(1, 3))
    def receive(self, data: st.DataObject, people: int) -> None:
        """A household is received, with words about each, and goes to the coordinator."""
        o = self.office
        found = Case("", o.today, o.teller(), {label: o.person(o.today) for label in "ABC"[:people]})
        surname = "架" + GIVEN[o.next_number() % 20]

        def tied(label: str) -> str:
            mark = o.mark()
            found.people[label].marks.append(mark)
            return self.text(data, found, mark)

        note = o.mark()
        found.household[note] = frozenset()
        body = {
            "window": "csw",
            "received_on": o.today.isoformat(),
            "channel": "neighbour",
            "reporter": {"name": f"蔦森 {found.teller}", "relation": RELATION},
            "people": [
                {
                    "label": label,
                    "name": f"{surname} {person.given}",
                    "kana": f"かだ {person.kana}",
                    "relation": "head" if label == "A" else "child",
                    "note": tied(label),
                    "wish": tied(label),
                }
                for label, person in found.people.items()
            ],
            "concerns": [{"person": label, "concern": "job", "note": tied(label)} for label in found.people],
            "note": self.text(data, found, note),
        }
        found.number = self.done("intake", "--from", "-", stdin=json.dumps(body))["case"]
        o.cases[found.number] = found
        self.done("route", found.number, "--complex", "--coordinator", HOLDER)

    @rule(
        data=st.data(),
        scope=st.sampled_from(("plan,sharing", "sharing", "plan")),
        back=st.sampled_from((0, 0, 5, 40)),
    )
    def consent(self, data: st.DataObject, scope: str, back: int) -> None:
        case, label, _ = self.somebody(data)
        on = max(self.office.today - timedelta(days=back), case.opened)
        self.say(case, label, "given", scope, frozenset(), None, on)
        self.a_paper(data)

    @rule(data=st.data(), window=st.sampled_from(WINDOWS))
    def consent_but_for_a_window(self, data: st.DataObject, window: str) -> None:
        case, label, _ = self.sharing(data)
        self.say(case, label, "given", "sharing", frozenset({window}), None, self.office.today)
        self.a_paper(data)

    @rule(data=st.data(), days=st.sampled_from((2, 9, 30)))
    def consent_for_a_while(self, data: st.DataObject, days: int) -> None:
        case, label, _ = self.sharing(data)
        last = self.office.today + timedelta(days=days)
        self.say(case, label, "given", "plan,sharing", frozenset(), last, self.office.today)
        self.a_paper(data)

    @rule(data=st.data(), decision=st.sampled_from(("withdrawn", "refused")), back=st.sampled_from((0, 0, 5)))
    def no_more(self, data: st.DataObject, decision: str, back: int) -> None:
        case, label, _ = self.sharing(data)
        on = max(self.office.today - timedelta(days=back), case.opened)
        self.say(case, label, decision, "sharing", frozenset(), None, on)
        self.a_paper(data)

    def sharing(self, data: st.DataObject) -> tuple[Case, str, Person]:
        """Somebody whose sharing holds today, where there is anybody."""
        found = [
            (case, label, person)
            for case in self.office.cases.values()
            for label, person in case.people.items()
            if person.holding(self.office.today) and not person.apart
        ]
        if not found:
            return self.somebody(data)
        return found[data.draw(st.integers(0, len(found) - 1), label="who shares")]

    def a_paper(self, data: st.DataObject) -> None:
        """What has just changed is read on paper, where somebody reads."""

    def say(
        self,
        case: Case,
        label: str,
        decision: str,
        scope: str,
        excluding: frozenset[str],
        until: date | None,
        on: date,
    ) -> None:
        line = ["consent", case.number, label, f"--{decision}", "--scope", scope, "--method", "oral"]
        line += [word for window in sorted(excluding) for word in ("--excluding", window)]
        line += ["--until", until.isoformat()] if until else []
        if self.done(*line, "--on", on.isoformat()) is not None and "sharing" in scope:
            word = Word(on, self.office.next_number(), decision == "given", excluding, until)
            case.people[label].words.append(word)
            self.seen[f"consent {decision}"] += 1

    @rule(data=st.data(), kind=st.sampled_from(("note", "next", "household", "wish", "concern", "alert", "rule")))
    def write(self, data: st.DataObject, kind: str) -> None:
        case, label, person = self.somebody(data)
        mark = self.office.mark()
        text = self.text(data, case, mark)
        note = ("progress", case.number, "--method", "visit", "--note")
        soon = (self.office.today + timedelta(days=9)).isoformat()
        edit = ("person", "edit", case.number, label, "--reason", "聞いた")
        lines: dict[str, tuple[str, ...]] = {
            "note": (*note, text, "--person", label),
            "next": (*note, mark, "--person", label, "--next", soon, "--next-what", text),
            "household": (*note, text),
            "wish": ("person", "wish", case.number, label, "--text", text),
            "concern": ("concern", "add", case.number, "--concern", f"{label}:income", "--note", text),
            # these stand first on every view, the map too: a word about who told is for no map to take out
            "alert": (*edit, "--visit-alert", mark),
            "rule": (*edit, "--contact-rule", mark),
        }
        if self.done(*lines[kind]) is None:
            return
        if kind == "household":
            case.household[mark] = frozenset()
        else:
            person.marks.append(mark)

    @rule(data=st.data())
    def join(self, data: st.DataObject) -> None:
        case = self.case(data)
        label, person = case.next_label(), self.office.person(self.office.today)
        if len(case.people) < 4 and self.done(
            "person", "add", case.number, "--person", f"{label}|架田 {person.given}|かだ {person.kana}|||sibling"
        ):
            case.people[label] = person

    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        case, label, person = self.somebody(data)
        others = [one for one in case.open_on(self.office.today) if one != label]
        if label == "A" or not others or person.left:
            return
        if self.done("person", "leave", case.number, label, "--reason", "moved_out") is not None:
            person.left = self.office.today

    @precondition(lambda self: sum(case.restricted for case in self.office.cases.values()) < 2)
    @rule(data=st.data())
    def apart(self, data: st.DataObject) -> None:
        """Somebody comes under restriction: a case of their own, of which the holder alone is."""
        case, label, person = self.somebody(data)
        if case.restricted or label == "A" or label not in case.open_on(self.office.today):
            return
        made = self.done("split", case.number, label, "--reason", "避難")
        if made is None:
            return
        now = Person(person.given, person.kana, self.office.today, apart=True, marks=list(person.marks))
        person.apart, person.left = True, self.office.today
        self.office.cases[made["new_case"]] = Case(
            made["new_case"], self.office.today, case.teller, {label: now}, restricted=True, came_from=case
        )
        self.seen["under restriction"] += 1

    @rule(data=st.data())
    def plan(self, data: st.DataObject) -> None:
        case = self.case(data)
        labels = [x for x in case.open_on(self.office.today) if case.people[x].holding(self.office.today)]
        if not labels:
            return
        goal, what = self.office.mark(), self.office.mark()
        line = ["plan", case.number, "--goal", self.text(data, case, goal)]
        line += [word for label in labels for word in ("--person", label)]
        if self.done(*line, "--action", f"{labels[0]}|{what}|csw") is not None:
            case.household[goal] = frozenset(labels)
            case.people[labels[0]].marks.append(what)
            self.seen["plans"] += 1

    @rule(data=st.data(), ground=st.sampled_from(("emergency", "consent", "statutory_report")))
    def refer(self, data: st.DataObject, ground: str) -> None:
        case, label, person = self.somebody(data)
        mark = self.office.mark()
        about = ("--person", label)
        line: tuple[str, ...]
        if ground == "statutory_report":
            line = ("notify", case.number, "--kind", "elder", "--to", "korei-sogo", *about, "--reason", mark)
        elif ground == "emergency":
            line = ("route", case.number, "--to", "korei-sogo", *about, "--ground", ground, "--reason", mark)
        else:
            line = ("route", case.number, "--to", f"outside:{mark}", *about, "--ground", ground)
        if self.done(*line) is None:
            return
        self.seen[ground] += 1
        if ground == "statutory_report":
            self.office.by_law.append(mark)
        else:
            person.marks.append(mark)

    # ------------------------------------------------------------- sittings

    @precondition(lambda self: len(self.office.sittings) < 6)
    @rule(
        data=st.data(),
        body=st.sampled_from(("subcommittee", "subcommittee", "stakeholder")),
        days=st.sampled_from((0, 1, 10, 25, -3, 120)),
        readers=st.sets(st.sampled_from(READERS), min_size=1, max_size=4),
    )
    def convene(self, data: st.DataObject, body: str, days: int, readers: set[Reader]) -> None:
        on = max(self.office.today + timedelta(days=days), FIRST)
        cases = ("--case", self.case(data).number) if body == "stakeholder" else ()
        self.called(body, on, cases, sorted(readers, key=lambda reader: reader.key), data)

    def called(
        self, body: str, on: date, cases: tuple[str, ...], readers: Sequence[Reader], data: st.DataObject
    ) -> None:
        made = self.done("convene", body, "--on", on.isoformat(), *cases)
        if made is None:
            return
        self.office.sittings[made["meeting"]] = Sitting(made["meeting"], on)
        for reader in readers:
            self.attend(made["meeting"], reader, secrecy=data.draw(st.booleans(), label="secrecy"), expected=True)

    @precondition(lambda self: self.office.sittings)
    @rule(data=st.data(), reader=st.sampled_from(READERS), secrecy=st.booleans(), expected=st.booleans())
    def come(self, data: st.DataObject, reader: Reader, secrecy: bool, expected: bool) -> None:
        self.attend(self.sitting(data).number, reader, secrecy=secrecy, expected=expected)

    def attend(self, meeting: str, reader: Reader, *, secrecy: bool, expected: bool) -> None:
        sitting = self.office.sittings[meeting]
        line = ["attend", meeting, *reader.words]
        line += ["--secrecy"] * secrecy + ["--expected"] * expected
        if self.done(*line) is None:
            return
        if reader not in sitting.expected:
            sitting.expected.append(reader)
        sitting.held = sitting.held or not expected
        if secrecy:
            day = min(sitting.on, self.office.today) if expected else sitting.on
            self.office.signed.setdefault(reader.key, []).append(day)

    @precondition(lambda self: any(s.waits for s in self.office.sittings.values()))
    @rule(data=st.data(), outcome=OUTCOMES, everybody=st.booleans())
    def hold(self, data: st.DataObject, outcome: str, everybody: bool) -> None:
        """The day of a sitting comes: who is expected is there, and something is decided."""
        sitting = data.draw(st.sampled_from([s for s in self.office.sittings.values() if s.waits]), label="to hold")
        self.office.today = max(self.office.today, min(sitting.on, LAST))
        for reader in [*sitting.expected] if everybody else [*sitting.expected[:1], READERS[0]]:
            self.attend(sitting.number, reader, secrecy=data.draw(st.booleans(), label="secrecy"), expected=False)
        if sitting.held:
            self.decide_on(data, sitting, outcome)
            self.seen["held"] += 1

    @precondition(lambda self: any(s.held for s in self.office.sittings.values()))
    @rule(data=st.data(), outcome=OUTCOMES)
    def decide(self, data: st.DataObject, outcome: str) -> None:
        sitting = data.draw(st.sampled_from([s for s in self.office.sittings.values() if s.held]), label="held")
        self.decide_on(data, sitting, outcome)

    def decide_on(self, data: st.DataObject, sitting: Sitting, outcome: str) -> None:
        """What is decided is tied to those its item shows."""
        items = self.items(sitting)
        if not items:
            return
        item = data.draw(st.sampled_from(items), label="item")
        mark = self.office.mark()
        case = self.office.cases[item["case"]]
        line = ("decide", sitting.number, str(item["item"]), "--outcome", outcome)
        if self.done(*line, "--note", self.text(data, case, mark)) is not None:
            case.household[mark] = frozenset(item["people"])
            self.seen["decided"] += 1

    @precondition(lambda self: self.office.sittings)
    @rule(data=st.data())
    def call_off(self, data: st.DataObject) -> None:
        sitting = self.sitting(data)
        if len(self.office.sittings) < 5 or sitting.held:
            return
        if self.done("meetings", "--cancel", sitting.number, "--reason", "大雪") is not None:
            sitting.cancelled = True

    @precondition(lambda self: self.office.sittings)
    @rule(data=st.data(), change=st.sampled_from(("add", "drop", "move")))
    def arrange(self, data: st.DataObject, change: str) -> None:
        sitting = self.sitting(data)
        if change == "add":
            self.done("agenda", sitting.number, "--add", self.case(data).number)
            return
        items = self.items(sitting)
        if items:
            item = str(data.draw(st.sampled_from(items), label="item")["item"])
            line = ("--drop", item) if change == "drop" and item == "3" else ("--move", f"{item}:written")
            self.typed("agenda", sitting.number, *line)

    def items(self, sitting: Sitting) -> list[dict[str, Any]]:
        return [item for item in self.done("agenda", sitting.number)["items"] if item["case"]]
