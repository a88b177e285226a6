"""Resources of the community: listed, referred to, in plans; and what an action is by who does it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.desk import EXAMPLES, NearDesk

CASE = "2026-0001"
ADD = ("resource", "add", "salon-ike", "--name", "池のほとりサロン")


def test_it_is_listed_with_what_is_known_of_it(engaging: NearDesk) -> None:
    assert engaging.json("resource", "list") == []
    engaging.ok(*ADD, "--owner", "池袋町会", "--place", "区民ひろば", "--offers", "火曜の茶話会")
    engaging.ok("resource", "add", "Kodomo-Shokudo", "--name", "こども食堂")
    assert engaging.json("resource", "list") == [
        {"resource": "kodomo-shokudo", "name": "こども食堂", "owner": None, "place": None, "offers": None},
        {
            "resource": "salon-ike",
            "name": "池のほとりサロン",
            "owner": "池袋町会",
            "place": "区民ひろば",
            "offers": "火曜の茶話会",
        },
    ]


@pytest.mark.parametrize("code", ["csw", "p-csw", "salon-ike"])
def test_a_code_stands_for_one_place(engaging: NearDesk, code: str) -> None:
    engaging.ok(*ADD)
    assert engaging.refused("resource", "add", code, "--name", "別の場所")["rule"] == "resource.code.taken"


def test_what_is_missing_and_what_no_code_is(engaging: NearDesk) -> None:
    assert engaging.run("resource", "add").code == 6
    assert engaging.run("resource", "add", "サロン", "--name", "池").code == 2
    assert engaging.run("route", CASE, "--to", "salon-ike", "--ground", "none_shared").code == 2


def test_a_referral_goes_there_and_is_printed_by_name(engaging: NearDesk) -> None:
    engaging.ok(*ADD)
    data = engaging.json("route", CASE, "--to", "salon-ike", "--person", "A", "--ground", "none_shared")
    assert data["referrals"] == ["R2026-0001"]
    assert engaging.json("show", CASE)["referrals"][0]["to"] == "池のほとりサロン"
    error = engaging.refused("route", CASE, "--to", "salon-ike", "--person", "A", "--ground", "consent")
    assert error["rule"] == "share.consent.none"
    assert {row["may"] for row in engaging.json("gate", CASE, "--to", "salon-ike")} == {False}


@pytest.mark.parametrize(
    ("name", "owner", "kept_out"),
    [
        ("介護相談（出張）", "介護保険課", True),
        ("介護相談（出張）", None, True),
        ("茶話会", "介護保険課", True),
        ("茶話会", "介護相談窓口", True),
        ("茶話会", "池袋町会", False),
        ("茶話会", None, False),
    ],
)
def test_an_exception_holds_for_whatever_is_of_the_same_place(
    engaging: NearDesk, name: str, owner: str | None, kept_out: bool
) -> None:
    given = ("--given", "--scope", "sharing", "--method", "oral", "--excluding", "kaigo")
    engaging.ok("consent", CASE, "A", *given)
    engaging.ok("resource", "add", "wkaigo", "--name", name, *(("--owner", owner) if owner else ()))
    words = ("route", CASE, "--to", "wkaigo", "--person", "A", "--ground", "consent")
    if kept_out:
        assert engaging.refused(*words)["rule"] == "share.consent.excluded"
        assert [row["may"] for row in engaging.json("gate", CASE, "--to", "wkaigo") if row["label"] == "A"] == [False]
    else:
        engaging.ok(*words)


def test_of_departments_that_run_a_window_together_each_counts(engaging: NearDesk) -> None:
    given = ("--given", "--scope", "sharing", "--method", "oral", "--excluding", "nyukyo")
    engaging.ok("consent", CASE, "A", *given)
    engaging.ok("resource", "add", "sumai", "--name", "住まいの会", "--owner", "住宅課")
    words = ("route", CASE, "--to", "sumai", "--person", "A", "--ground", "consent")
    assert engaging.refused(*words)["rule"] == "share.consent.excluded"


def test_a_referral_to_the_owner_is_not_one_to_the_resource(engaging: NearDesk) -> None:
    engaging.ok("consent", CASE, "A", "--given", "--scope", "sharing", "--method", "oral")
    engaging.ok("resource", "add", "sumai", "--name", "住まいの会", "--owner", "住宅課")
    for to, warned in (("nyukyo", []), ("sumai", []), ("sumai", ["referral.open"])):
        found = engaging.json("route", CASE, "--to", to, "--person", "A", "--ground", "consent")
        assert [w["rule"] for w in found["warnings"]] == warned


@pytest.mark.parametrize(
    ("who", "typed", "kind"),
    [
        ("p-hikikomori", None, "participation"),
        ("c-csw", None, "community"),
        ("o-csw", None, "outreach"),
        ("salon-ike", None, "community"),
        ("salon-ike", "participation", "participation"),
        ("p-hikikomori", "participation_national", "participation_national"),
        ("kurashi-shigoto", None, "window"),
        ("k03", None, "other"),
        ("近所の方", None, "other"),
    ],
)
def test_an_action_is_what_its_owner_is_unless_said_otherwise(
    planning: NearDesk, tmp_path: Path, who: str, typed: str | None, kind: str
) -> None:
    planning.ok(*ADD)
    form: dict[str, Any] = json.loads((EXAMPLES / "plan_a.json").read_text(encoding="utf-8"))
    action = {"person": "A", "what": "通う", "who": who, "due": "2026-12-20"}
    if typed:
        action |= {"kind": typed, "why_not_existing": "夕方に通える場所がほかにない"}
    form["actions"] = [action]
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(form), encoding="utf-8")
    planning.ok("plan", CASE, "--from", str(file))
    shown = planning.json("show", CASE)["plans"][0]["actions"]
    assert [(a["who"], a["kind"]) for a in shown] == [(who, kind)]
    if who == "salon-ike":
        assert "池のほとりサロン" in planning.ok("show", CASE).out


def test_the_report_counts_what_was_approved(planning: NearDesk) -> None:
    planning.ok(*ADD)
    words = ("plan", CASE, "--person", "A", "--person", "B", "--goal", "外に出る")
    actions = ("A|通う|salon-ike", "A|通う|p-hikikomori", "B|通う|p-hikikomori")
    planning.ok(*words, *(w for action in actions for w in ("--action", action)), today="2026-11-17")
    planning.ok("agenda", "M2026-0002", today="2026-11-17")
    planning.ok("plan", CASE, "--approved-afterwards", "--reason", "待てない", "--on", "2026-11-20")
    rows = {r["key"]: r["month"] for r in planning.json("report", "monthly", "--month", "2026-11")["rows"]}
    assert (rows["participation.local.people"], rows["community.people"]) == (2, 1)
    assert rows["participation.national.people"] == 0


def test_the_national_project_says_why_existing_support_is_not_enough(planning: NearDesk, tmp_path: Path) -> None:
    form: dict[str, Any] = json.loads((EXAMPLES / "plan_a.json").read_text(encoding="utf-8"))
    form["actions"] = [{"person": "A", "what": "通う", "who": "p-hikikomori", "kind": "participation_national"}]
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(form), encoding="utf-8")
    assert planning.run("plan", CASE, "--from", str(file)).code == 2
