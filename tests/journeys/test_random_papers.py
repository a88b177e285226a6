"""The gate by force: random lives, with papers for random attendees in between, held against a plain model
(`paper_model.py`). No paper, list, export or error shows a person to somebody without a ground on that day.

What each guard holds back by itself is told in `tests/flow/test_papers_gate.py`. `make soak` lives ten thousand steps.
"""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.desk import Typed
from tests.journeys.machine import lived
from tests.journeys.paper_lives import MARK, OTHERS, Lives
from tests.journeys.paper_model import HOLDER, READERS, RELATION, Copy, Office, Reader, Sitting
from tests.ui.xlsx_reader import read

ITEMS = {
    "重層的支援会議": Office.under_consent,
    "支援会議": Office.under_secrecy,
    "情報共有": Office.in_a_report,
}
"""What a heading of a paper lets the model allow under it."""


class Papers(Lives):
    """Papers, minutes, lists and looks in between, each held against what the model allows."""

    def a_paper(self, data: st.DataObject) -> None:
        """What has just changed is read on paper by somebody who is expected."""
        waiting = [s for s in self.office.sittings.values() if s.expected and not s.cancelled]
        if waiting:
            sitting = data.draw(st.sampled_from(waiting), label="paper of")
            self.papers(data, "md", HOLDER, everybody=False, sitting=sitting)

    # --------------------------------------------------------------- papers

    @precondition(lambda self: self.office.sittings)
    @rule(data=st.data(), typist=st.sampled_from((HOLDER, HOLDER, HOLDER, "c01")))
    def papers_for_one(self, data: st.DataObject, typist: str) -> None:
        self.papers(data, "md", typist, everybody=False)

    @precondition(lambda self: self.office.sittings)
    @rule(data=st.data(), typist=st.sampled_from((HOLDER, HOLDER, HOLDER, "c01")))
    def papers_for_all(self, data: st.DataObject, typist: str) -> None:
        self.papers(data, "md", typist, everybody=True)

    @precondition(lambda self: self.office.sittings)
    @rule(data=st.data(), form=st.sampled_from(("html", "xlsx", "md")), everybody=st.booleans())
    def papers_in_another_form(self, data: st.DataObject, form: str, everybody: bool) -> None:
        self.papers(data, form, HOLDER, everybody=everybody)

    def papers(
        self, data: st.DataObject, form: str, typist: str, *, everybody: bool, sitting: Sitting | None = None
    ) -> None:
        """Papers for one attendee, or for everybody; what has to be looked at is answered at random."""
        sitting = sitting or self.sitting(data)
        reader: Reader = data.draw(st.sampled_from(sitting.expected or [*READERS]), label="reader")
        if not everybody and data.draw(st.integers(0, 19), label="a stranger") == 0:
            reader = READERS[5]
        of = sitting.expected if everybody else [reader]
        named = () if everybody else ("--for", reader.key)
        self.files += 1
        file = self.folder / f"{self.files}.{form}"
        line = ["agenda", sitting.number, *named, "-o", str(file)]
        typed = self.typed(*line, who=typist)
        if typed.code == 6:
            self.seen["asked"] += 1
            answers = self.looked_at(data, sitting, of, typist, named, typed)
            typed = self.typed(*line, *answers, who=typist)
        self.absent(typed.out + typed.err, {*self.office.tellers(), *self.office.by_law}, "said of papers")
        if typed.code != 0:
            self.not_handed_out(typed, sitting, of, file)
            return
        assert not sitting.cancelled, self.told("papers of a sitting that is called off")
        assert everybody or reader in sitting.expected, self.told("papers for somebody not expected")
        self.seen["papers"] += 1
        self.read(file, form, sitting, of, typist, everybody=everybody)
        self.note_copies(sitting, of)

    def looked_at(
        self, data: st.DataObject, sitting: Sitting, of: list[Reader], typist: str, named: tuple[str, ...], asked: Typed
    ) -> list[str]:
        """Each text is read where the preview shows it. One that says somebody masked, or who told, stays out."""
        ids = set(re.findall(r"--checked (\S+)", asked.err)) - {"TEXTID"}
        assert ids, self.told(asked.err)
        shown = self.typed("agenda", sitting.number, *named, "--preview", who=typist).out.splitlines()
        answers = []
        for one in sorted(ids):
            words = next((shown[n + 1] for n, said in enumerate(shown) if said.split("　")[0].split() == [one]), None)
            if words is None:
                words = next(shown[n + 1] for n, said in enumerate(shown) if said.startswith(one + " "))
            self.absent(words, {case.teller for case in self.office.cases.values()}, "asked about who told")
            number = next((n for n in self.office.cases if one.startswith(n)), None)
            cases = [self.office.cases[number]] if number else [*self.office.cases.values()]
            masked = {
                name
                for case in cases
                for reader in of
                for label in self.office.masked(case, self.office.shown(case, sitting, reader, typist))
                for name in case.people[label].names
            } | {name for case in cases for p in case.behind() for name in p.names}
            goes = not any(name in words for name in (*masked, RELATION)) and data.draw(st.booleans(), label="goes")
            answers += ["--checked" if goes else "--without", one]
            if goes:
                self.seen["looked at and let in"] += 1
                for case in cases:
                    for reader in of:
                        out = self.office.masked(case, self.office.shown(case, sitting, reader, typist))
                        sitting.yes |= {(mark, out) for mark in MARK.findall(words)}
            else:
                self.seen["looked at and left out"] += 1
        return answers

    def not_handed_out(self, typed: Typed, sitting: Sitting, of: list[Reader], file: Path) -> None:
        assert typed.code in (3, 4), self.told(f"{typed.code}\n{typed.err}")
        assert not file.exists(), self.told("refused, and yet a paper was written")
        self.seen["refused"] += 1
        if typed.code == 3 and not sitting.cancelled and not any(self.office.secrecy(one, sitting) for one in of):
            self.seen["refused without secrecy"] += 1

    def read(self, file: Path, form: str, sitting: Sitting, of: list[Reader], typist: str, *, everybody: bool) -> None:
        self.absent(file.name, self.office.every_word(), "name of a file")
        if form == "md":
            documents = file.read_text().split("\n---\n")
            if everybody:
                self.only(documents.pop(0), set(), "the list of copies")
            for document in documents:
                name = re.search(r"第\d+号　(\S+?)(?:（.*）)?様", document)
                assert name, self.told(document)
                self.of_a_reader(document, next(r for r in READERS if r.shown == name[1]), sitting, typist)
            return
        text = "\n".join(read(file.read_bytes()).parts.values()) if form == "xlsx" else file.read_text()
        self.as_a_whole(text, sitting, of, typist, form)

    def as_a_whole(self, text: str, sitting: Sitting, of: list[Reader], typist: str, what: str) -> None:
        """What some item may show one of its readers; which item it stands under is not looked at."""
        o, allowed = self.office, set[str]()
        for case in o.cases.values():
            for reader in of:
                allowed |= o.under_consent(case, sitting, reader, typist)
                allowed |= o.in_a_report(case, sitting, reader, typist)
                allowed |= o.under_secrecy(case, sitting, reader, typist)
        self.only(text, allowed, f"{what} for {[r.key for r in of]}")

    def of_a_reader(self, document: str, reader: Reader, sitting: Sitting, typist: str) -> None:
        """Item by item: under which heading it stands decides what its reader may see there."""
        o = self.office
        head, *parts = re.split(r"(?m)^(?=###? )", document)
        self.only(head, set(), "before the items")
        may, secret = Office.under_consent, False
        for part in parts:
            if not part.startswith("### "):
                secret = part.startswith("## 支援会議")
                may = next((rule for heading, rule in ITEMS.items() if part.startswith(f"## {heading}")), may)
                self.only(part, set(), "a heading")
                continue
            number = re.match(r"### \d+　(\d{4}-\d{4})　", part)
            if number is None:
                self.only(part, set(), "a part not handed out")
                self.seen["support conference refused" if secret else "consent refused"] += 1
                continue
            case = o.cases[number[1]]
            words = may(o, case, sitting, reader, typist)
            self.only(part, words, f"item of {case.number} for {reader.key}")
            self.absent(part, set(o.never(typist, reader.key)), "under restriction")
            self.seen["shows people"] += any(name in part for p in case.people.values() for name in p.names)
            self.seen["masks people"] += "（共有対象外）" in part
            self.seen["under secrecy"] += secret

    def only(self, text: str, allowed: set[str], where: str) -> None:
        self.absent(text, self.office.every_word() - (allowed - {*self.office.tellers(), *self.office.by_law}), where)

    @precondition(lambda self: any(s.held for s in self.office.sittings.values()))
    @rule(data=st.data(), typist=st.sampled_from((HOLDER, HOLDER, "c01")))
    def minutes(self, data: st.DataObject, typist: str) -> None:
        """The minutes for an attendee are read under the same rules; whatever is asked about stays out."""
        sitting = data.draw(st.sampled_from([s for s in self.office.sittings.values() if s.held]), label="of")
        reader = data.draw(st.sampled_from(sitting.expected), label="reader")
        self.files += 1
        file = self.folder / f"{self.files}.md"
        line = ["minutes", sitting.number, "--for", reader.key, "-o", str(file)]
        typed = self.typed(*line, who=typist)
        if typed.code == 6:
            ids = sorted(set(re.findall(r"--checked (\S+)", typed.err)) - {"TEXTID"})
            typed = self.typed(*line, *(word for one in ids for word in ("--without", one)), who=typist)
        self.absent(typed.out + typed.err, {*self.office.tellers(), *self.office.by_law}, "said of minutes")
        assert typed.code in (0, 3, 4), self.told(f"{typed.code}\n{typed.err}")
        if typed.code == 0:
            self.as_a_whole(file.read_text(), sitting, [reader], typist, "minutes")
            self.seen["minutes"] += 1

    # --------------------------------------------------------------- copies

    def note_copies(self, sitting: Sitting, of: list[Reader]) -> None:
        """Numbers grow by one and are never given anew; what is handed out once more unchanged is no new copy."""
        after = self.done("agenda", sitting.number, "--copies")
        assert [row["copy"] for row in after] == list(range(1, len(after) + 1)), self.told(str(after))
        readers = [next(r for r in READERS if r.key == (row["reader"] or row["name"])) for row in after]
        before = len(sitting.copies)
        assert readers[:before] == [kept.reader for kept in sitting.copies], self.told(str(after))
        assert len(after) <= before + len(of), self.told(str(after))
        items = self.items(sitting) if len(after) > before else []
        for row, reader in list(zip(after, readers, strict=True))[before:]:
            told = self.shows(items, sitting, reader)
            sitting.copies.append(Copy(reader, {item: told.get(item, set()) for item in row["items"]}))
            self.seen["copies"] += 1

    def shows(self, items: list[dict[str, Any]], sitting: Sitting, reader: Reader) -> dict[int, set[str]]:
        """The labels by item a reader may be shown, by the model, of the items as listed now."""
        found: dict[int, set[str]] = {}
        o = self.office
        for item in items:
            case = o.cases[item["case"]]
            apart = {x for x, p in case.people.items() if p.apart and not case.restricted}
            if item["kind"] == "support_conference":
                sworn = item["people"] if o.secrecy(reader, sitting) else []
                may = {x for x in sworn if not o.excepts(case.people[x], sitting, reader)}
            else:
                may = {x for x in item["people"] if o.consents(case.people[x], sitting, reader)}
            found[item["item"]] = may - apart if o.of_it(case, reader.key) else set()
        return found

    @precondition(lambda self: any(s.copies for s in self.office.sittings.values()))
    @rule(data=st.data())
    def copies(self, data: st.DataObject) -> None:
        """A copy that shows somebody it may not show any more is asked back, and no other."""
        sitting = data.draw(st.sampled_from([s for s in self.office.sittings.values() if s.copies]), label="of")
        items = self.items(sitting)
        for row, kept in zip(self.done("agenda", sitting.number, "--copies"), sitting.copies, strict=True):
            may = self.shows(items, sitting, kept.reader)
            much = {item: labels - may.get(item, set()) for item, labels in kept.shows.items()}
            expected = {} if kept.back else {item: labels for item, labels in much.items() if labels}
            why: dict[int, set[str]] = {}
            for item, label in (re.findall(r"(\d+)[^A-Z]*([A-Z])", said)[0] for said in row["why"]):
                why.setdefault(int(item), set()).add(label)
            assert why == expected, self.told(f"copy {row}: {why}, the model says {expected}")
            self.seen["asked back"] += bool(why)

    @precondition(lambda self: any(s.copies for s in self.office.sittings.values()))
    @rule(data=st.data())
    def come_back(self, data: st.DataObject) -> None:
        sitting = data.draw(st.sampled_from([s for s in self.office.sittings.values() if s.copies]), label="of")
        number = data.draw(st.integers(1, len(sitting.copies)), label="copy")
        if self.done("agenda", sitting.number, "--collected", str(number)) is not None:
            sitting.copies[number - 1].back = True

    # ---------------------------------------------------------------- looks

    @precondition(lambda self: self.office.sittings)
    @rule(data=st.data(), who=st.sampled_from((*OTHERS, HOLDER)))
    def list_items(self, data: st.DataObject, who: str) -> None:
        """No list of a sitting holds a typed word or who told, in whatever form."""
        sitting = self.sitting(data)
        self.files += 1
        file = self.folder / f"{self.files}.ics"
        found = [self.typed("agenda", sitting.number, *form, who=who) for form in ((), ("-f", "json"), ("-f", "md"))]
        self.typed("agenda", sitting.number, "-o", str(file), who=who)
        listed = "".join(typed.out + typed.err for typed in found)
        calendar = re.sub(r"\r?\n ", "", file.read_text()) if file.exists() else ""
        marks = {word for word in self.office.every_word() if MARK.fullmatch(word)}
        self.absent(listed + calendar, {*marks, *self.office.tellers()}, "a list")
        self.absent(
            calendar, {n for c in self.office.cases.values() for p in c.people.values() for n in p.names}, "ics"
        )
        if who != HOLDER:
            self.absent(calendar, set(self.office.never(who)), "ics as " + who)
        self.seen["lists"] += 1

    @rule(data=st.data(), who=st.sampled_from(OTHERS), which=st.integers(0, 15))
    def look(self, data: st.DataObject, who: str, which: int) -> None:
        """Whatever somebody else types: who is under restriction is nowhere (`typed` holds it against the model)."""
        case, _, person = self.somebody(data)
        number, month = case.number, self.office.today.isoformat()[:7]
        sitting = sorted(self.office.sittings)[-1:]
        lines: list[tuple[str, ...]] = [
            ("show", number), ("show", number, "--timeline"), ("show", number, "-f", "json"), ("map", number),
            ("gate", number), ("caseload",), ("status",), ("journal", "--case", number), ("meetings",), ("journal",),
            ("find", person.given, "-f", "json"), ("plan", number, "--list"),
            ("report", "monthly", "--month", month, "--row", "cases.opened", "--cases"),
            ("outreach", "list"), *[("agenda", *sitting, "--copies"), ("agenda", *sitting, "--preview")],
        ]  # fmt: skip
        typed = self.typed(*lines[which], who=who)
        if case.restricted and number in lines[which] and lines[which][0] in ("show", "map", "gate"):
            assert typed.code == 4, self.told(typed.out + typed.err)
        if lines[which][0] == "map":
            self.absent(typed.out, set(self.office.tellers()), "a map")
        self.seen["looks"] += 1


def papers_of(template: Path, *, lives: int, steps: int) -> Counter[str]:
    seen: Counter[str] = Counter()
    lived(Papers, lives=lives, steps=steps, template=template, seen=seen)
    return seen


def test_random_papers(template: Path) -> None:
    seen = papers_of(template, lives=6, steps=30)
    assert seen["papers"] > 5


@pytest.mark.soak
def test_ten_thousand_steps(template: Path) -> None:
    """Not in vain: papers with people, with masked people, with parts refused, and copies asked back were among it."""
    seen = papers_of(template, lives=125, steps=80)
    print(dict(seen))
    assert seen["papers"] > 500
    assert seen["shows people"] > 500
    assert min(seen["masks people"], seen["support conference refused"], seen["under secrecy"]) > 200
    assert min(seen["asked back"], seen["looked at and let in"]) > 50
    assert min(seen["under restriction"], seen["held"], seen["minutes"]) > 20
