"""The duty to report (通告・通報): one step, never refused, and its own people's to know of."""

import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from tests.desk import NearDesk

CASE = "2026-0001"
NOTIFY = ("notify", CASE, "--kind", "elder", "--to", "korei-sogo")


def kept(desk: NearDesk) -> list[tuple[str | None, str, dict[str, Any]]]:
    with closing(sqlite3.connect(desk.db)) as conn:
        rows = conn.execute(
            "SELECT m.label, r.report_kind, r.permit FROM referral r LEFT JOIN member m ON m.id = r.member_id"
            " ORDER BY r.id"
        )
        return [(label, kind, json.loads(permit)) for label, kind, permit in rows]


class TestOneStep:
    @pytest.mark.parametrize(
        ("kind", "more", "article"),
        [
            ("child", (), "child abuse 6"),
            ("child", ("--needing-protection",), "child welfare 25"),
            ("elder", (), "elder abuse 7"),
            ("disabled", (), "disabled abuse 7"),
        ],
    )
    def test_under_the_law_it_was_made(
        self, at_reception: NearDesk, kind: str, more: tuple[str, ...], article: str
    ) -> None:
        made = at_reception.json("notify", CASE, "--kind", kind, "--to", "outside:児童相談所", "--person", "B", *more)
        assert (made["referral"], made["ground"], made["case"]) == ("R2026-0001", "statutory_report", CASE)
        label, found, permit = kept(at_reception)[0]
        assert (label, found, permit["ground"]["article"]) == ("B", kind, article)
        assert permit["facts"] == []

    def test_about_those_it_fits_where_nobody_is_named_or_about_the_household(self, engaging: NearDesk) -> None:
        assert len(engaging.json(*NOTIFY)["referrals"]) == 1
        engaging.ok("notify", CASE, "--kind", "child", "--to", "jiso")
        assert [(label, kind) for label, kind, _ in kept(engaging)] == [("C", "elder"), (None, "child")]
        assert [r["person"] for r in engaging.json("show", CASE)["referrals"]] == ["C", None]

    @pytest.mark.parametrize("end", [("--reason", "deceased"), ("--interrupted", "--last-contact", "2026-10-01")])
    def test_after_the_end_too(self, engaging: NearDesk, end: tuple[str, ...]) -> None:
        more = ("--tried", "訪問") if "--interrupted" in end else ()
        engaging.ok("close", CASE, *end, *more, "--yes")
        engaging.ok(*NOTIFY)

    def test_whatever_the_person_said(self, engaging: NearDesk) -> None:
        engaging.ok("consent", CASE, "C", "--refused", "--method", "oral")
        engaging.ok(*NOTIFY, "--person", "C")
        engaging.ok(*NOTIFY, "--person", "C")  # and again: no warning holds anybody back
        assert engaging.json(*NOTIFY, "--person", "C")["warnings"] == []

    def test_what_is_missing_or_wrong(self, engaging: NearDesk) -> None:
        assert {"--kind", "--to"} <= set(engaging.refused("notify", CASE, code=6)["hint"].split())
        assert engaging.run(*NOTIFY, "--needing-protection").code == 2
        assert engaging.run("notify", CASE, "--kind", "old", "--to", "korei-sogo").code == 2
        assert engaging.run(*NOTIFY, "--person", "Z").code == 4
        assert engaging.run("notify", "2026-0099", *NOTIFY[2:]).code == 4

    def test_the_hint_is_the_line_to_type(self, at_reception: NearDesk) -> None:
        words = ("intake", "--window", "csw", "--channel", "self", "--concern", "A:violence")
        made = at_reception.json(*words, "--person", "A||||female|head", "--person", "B|||2015-04-01||child")
        assert [n["command"] for n in made["next"] if n["act"] == "report_by_law"] == [
            f"toshima notify {made['case']} --kind child --to WINDOW --person B",
            f"toshima notify {made['case']} --kind KIND --to WINDOW --person A",
        ]


class TestItsOwnPeople:
    """Made by c01; k03 is the coordinator. Everybody else learns that the law is at work, and nothing more."""

    SECRET = ("頬にあざ", "elder", "高齢者虐待", "korei-sogo", "高齢者総合相談センター", "statutory_report", "通報")

    @pytest.fixture
    def reported(self, engaging: NearDesk) -> NearDesk:
        engaging.ok("--as", "c01", *NOTIFY, "--person", "C", "--reason", "頬にあざがある")
        return engaging

    @pytest.mark.parametrize(
        "screen",
        [
            ("show", CASE),
            ("show", CASE, "-f", "json"),
            ("caseload",),
            ("caseload", "-f", "json"),
            ("gate", CASE),
            ("journal", "--case", CASE),
            ("journal", "--case", CASE, "-f", "json"),
            ("gap", "list"),
            ("conference", CASE),
        ],
    )
    def test_no_screen_tells_others(self, reported: NearDesk, screen: tuple[str, ...]) -> None:
        shown = reported.ok("--as", "e01", *screen)
        telling = [word for word in self.SECRET if word in shown.out + shown.err]
        assert telling == []

    @pytest.mark.parametrize("who", ["e01", "c01", "k03"])
    def test_no_agenda_tells_anybody(self, reported: NearDesk, who: str) -> None:
        before = reported.json("agenda", "M2026-0001")
        made = reported.json("--as", who, "convene", "subcommittee", "--on", "2027-02-18")
        items = [i for i in made["items"] if "R2026-0001" in str(i)]
        assert items == []
        assert "R2026-0001" not in reported.ok("--as", who, "agenda", made["meeting"]).out
        assert reported.json("agenda", "M2026-0001") == before

    @pytest.mark.parametrize(("who", "sees"), [("c01", True), ("k03", True), ("e01", False)])
    def test_who_made_it_and_the_coordinator_see_it(self, reported: NearDesk, who: str, sees: bool) -> None:
        shown = reported.json("--as", who, "show", CASE)["referrals"][0]
        assert ("あざ" in (shown["reason"] or "")) is sees
        assert (shown["to"] is not None) is sees

    @pytest.mark.parametrize(("who", "sees"), [("c01", True), ("k03", True), ("e01", False)])
    def test_the_journal_names_whom_it_is_about_to_them_alone(self, reported: NearDesk, who: str, sees: bool) -> None:
        """`show` says that the referral is one under the law, so the journal must not tie it to a person."""
        told = [
            row["about"]
            for line in (("journal",), ("journal", "--case", CASE))
            for row in reported.json("--as", who, *line)
            if "referral:R2026-0001" in row["about"]
        ]
        assert len(told) == 2
        assert all(any(ref.startswith("person:") for ref in about) is sees for about in told)
        theirs = reported.json("--as", who, "journal", "--case", CASE, "--person", "C")
        assert any("referral:R2026-0001" in row["about"] for row in theirs) is sees
        shown = reported.ok("--as", who, "journal", "--case", CASE, "--person", "C", "--limit", "1", "-f", "json")
        assert len(shown.data) == 1

    def test_it_waits_for_nobody(self, reported: NearDesk) -> None:
        row = next(r for r in reported.json("caseload", today="2027-02-18") if r["case"] == CASE)
        assert row["next_due_on"] is None
