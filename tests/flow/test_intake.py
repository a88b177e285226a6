"""Intake as typed: everything wrong at once, and what is told of others who may be the same."""

import json
from pathlib import Path

import pytest

from tests.desk import NearDesk

WORDS = ("intake", "--window", "csw", "--channel", "self")
GOOD = (*WORDS, "--person", "A|髙橋 由美子|たかはし ゆみこ|1968-05-01|female|head", "--concern", "A:job")


def where(error: dict[str, list[dict[str, str]]]) -> list[str]:
    return [fault["where"] for fault in error["faults"]]


class TestFaults:
    def test_of_a_file_at_once_whatever_kind_they_are(self, at_reception: NearDesk) -> None:
        form = {
            "window": "csw",
            "received_on": "2026-10-05",
            "people": [{"label": "A"}, {"label": "A"}, {"label": "B", "sex": "x"}],
            "concerns": [{"person": "Q", "concern": "job"}],
            "consents": [{"person": "Z", "decision": "given", "scope": [], "on": "2026-10-05", "method": "oral"}],
        }
        typed = at_reception.run("intake", "--from", "-", "-f", "json", stdin=json.dumps(form))
        assert typed.code == 2
        assert set(where(typed.error)) == {
            "people[1]",
            "people[2].sex",
            "concerns[0].person",
            "consents[0].person",
            "consents[0].scope",
        }
        assert len(at_reception.json("caseload")) == 1

    def test_of_a_plan_too(self, engaging: NearDesk) -> None:
        form = {"goal": "", "people": ["A"], "actions": [{"person": "Q", "what": "x", "who": "csw"}]}
        typed = engaging.run("plan", "2026-0001", "--from", "-", "-f", "json", stdin=json.dumps(form))
        assert (typed.code, where(typed.error)) == (2, ["goal", "actions[0].person"])

    def test_of_options_at_once(self, at_reception: NearDesk) -> None:
        error = at_reception.refused(
            *WORDS, "--on", "2026-02-30", "--person", "A|x|x|2026-02-30|f|head", "--concern", "Q:job", code=2
        )
        assert where(error) == ["--on", "--person #1 BIRTH", "--person #1 SEX", "--concern #1 LABEL"]

    def test_a_missing_answer_is_no_fault(self, at_reception: NearDesk) -> None:
        typed = at_reception.run("intake", "--channel", "self", "-f", "json")
        assert typed.code == 6
        assert [missing["option"] for missing in typed.error["missing"]] == ["--person", "--concern", "--window"]

    def test_a_file_is_whole(self, engaging: NearDesk) -> None:
        words = (
            "--from",
            "plan_a.json",
            "--goal",
            "x",
            "--lead",
            "csw",
            "--action",
            "A|x|csw",
            "--review",
            "2027-01-01",
        )
        error = engaging.refused("plan", "2026-0001", *words, code=2)
        assert where(error) == ["--goal", "--action", "--lead", "--review"]

    def test_a_text_is_no_document(self, engaging: NearDesk, tmp_path: Path) -> None:
        file = tmp_path / "note.txt"
        words = ("progress", "2026-0001", "--method", "phone", "--note-file", str(file))
        file.write_text("あ" * 20_001, encoding="utf-8")
        assert where(engaging.refused(*words, code=2)) == ["--note-file"]
        file.write_text("あ" * 20_000, encoding="utf-8")
        engaging.ok(*words)

    def test_the_next_step_comes_after(self, engaging: NearDesk) -> None:
        words = ("progress", "2026-0001", "--method", "phone", "--note", "x", "--on", "2026-11-20")
        assert where(engaging.refused(*words, "--next", "2026-11-19", code=2)) == ["--next"]
        engaging.ok(*words, "--next", "2026-11-20")


class TestTheObject:
    @pytest.mark.parametrize(
        "words",
        [
            ("consent", "2026-0001", "Z", "--given", "--scope", "foo"),
            ("consent", "2026-0001", "Z"),
            ("decide", "M2026-0001", "9"),
            ("decide", "M2026-0001", "9", "--outcome", "foo"),
            ("progress", "2026-0001", "--person", "Z", "--method", "foo"),
        ],
    )
    def test_who_or_what_is_not_there_comes_before_anything_wrong_or_missing(
        self, engaging: NearDesk, words: tuple[str, ...]
    ) -> None:
        assert engaging.refused(*words, code=4)["code"] == 4


class TestWhoMayBeTheSame:
    def test_three_are_told_and_how_many_more(self, at_reception: NearDesk) -> None:
        for _ in range(3):
            at_reception.ok(*GOOD)
        data = at_reception.json(*GOOD)
        assert len(data["possible_duplicates"]) == 4
        assert [w["rule"] for w in data["warnings"]] == ["person.possible_duplicate"] * 4
        assert "1" in data["warnings"][-1]["message"]


def test_a_duty_to_report_is_said_even_when_quiet(at_reception: NearDesk) -> None:
    words = (*WORDS, "--person", "A|||2015-05-01|female|head", "--concern", "A:violence")
    typed = at_reception.ok("-q", *words)
    assert "児童虐待防止法第6条" in typed.err
    assert at_reception.ok("-q", *GOOD).err.count("通告") == 0


@pytest.mark.parametrize(("office", "code"), [("csw", 2), ("p-hikikomori", 2), ("npo", 0), ("NPO みらい", 0)])
def test_a_guest_comes_from_an_office_not_from_a_code(engaging: NearDesk, office: str, code: int) -> None:
    typed = engaging.run("convene", "subcommittee", "--on", "2026-11-26", "--guest", f"山田|{office}|理事")
    assert typed.code == code
