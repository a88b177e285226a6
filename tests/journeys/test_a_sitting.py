"""The sitting of 19 November, as its secretary lives it: the agenda writes itself, everybody gets the papers the law
lets them see, what changes in between is said, and every decision becomes something somebody does."""

from pathlib import Path

from tests.desk import Desk

CASE, HELD = "2026-0001", "M2026-0002"


def test_from_convening_to_the_minutes(engaging: Desk, tmp_path: Path) -> None:
    desk = engaging
    for label in "AB":
        given = ("--given", "--scope", "plan,sharing", "--method", "signature")
        desk.ok("consent", CASE, label, *given, today="2026-11-02")
    desk.ok("consent", CASE, "C", "--refused", "--method", "oral", today="2026-11-02")
    desk.ok("plan", CASE, "--from", "plan_a.json", today="2026-11-13")

    # the regular day is proposed, and a line to paste that calls it
    typed = desk.run("convene", "subcommittee", today="2026-11-13")
    assert (typed.code, "--on 2026-11-19" in typed.err) == (6, True)
    desk.ok("convene", "subcommittee", "--on", "2026-11-19", "--attendee", "k03,c01", today="2026-11-13")
    guest = ("--guest", "田村 恵|駅前クリニック|相談員")
    desk.ok("attend", HELD, *guest, "--expected", today="2026-11-13")
    items = desk.json("agenda", HELD, today="2026-11-13")["items"]
    assert [(i["kind"], i["purpose"], i["people"], i["masked"]) for i in items] == [
        ("multilayer_conference", "new_plan", ["A", "B"], ["C"]),
        ("support_conference", "approach", ["C"], []),
    ]

    # beforehand: who would see what, and what has to be looked at
    ahead = desk.json("agenda", HELD, "--preview", today="2026-11-13")
    rules = {one["name"]: [p["rule"] for p in one["items"]] for one in ahead["copies"]}
    assert rules == {"青木": [None, None], "森": [None, None], "田村 恵": [None, "paper.secrecy"]}
    asked = [one["text"] for one in ahead["texts"]]
    assert f"{CASE}/P1/care" in asked

    # refused until every text was looked at, then a numbered copy for each
    words = ("agenda", HELD, "-o", str(tmp_path / "all.html"))
    assert desk.run(*words, today="2026-11-16").code == 6
    looked = ("--checked", ",".join(t for t in asked if not t.endswith("care")), "--without", f"{CASE}/P1/care")
    desk.ok(*words, *looked, today="2026-11-16")
    copies = (tmp_path / "all.html").read_text().split('<table class="paper"')[2:]
    assert [("節子" in copy, "由美子" in copy) for copy in copies] == [(True, True), (True, True), (False, True)]
    assert [f"第{n}号" in copy for n, copy in enumerate(copies, start=1)] == [True, True, True]

    # three days before, B withdraws: the agenda corrects itself and asks the copies back
    done = desk.json("consent", CASE, "B", "--withdrawn", "--method", "phone", today="2026-11-17")
    assert [w["rule"] for w in done["warnings"]].count("paper.collect") == 1
    assert desk.json("agenda", HELD, today="2026-11-17")["items"][0]["people"] == ["A"]
    typed = desk.ok("agenda", HELD, today="2026-11-17")
    assert "回収してください" in "".join(typed.err.split())
    assert "議題1では、Bさんが共有の対象から外れました" in typed.err.replace("\n          ", "")
    again = (f"{CASE}/note", f"{CASE}/concern/4", f"{CASE}/A/note", f"{CASE}/P1/goal", f"{CASE}/P1/needs")
    new = ("agenda", HELD, "-o", str(tmp_path / "new.html"), "--checked", ",".join(again))
    desk.ok(*new, "--without", f"{CASE}/P1/care", today="2026-11-18")
    assert "優太" not in (tmp_path / "new.html").read_text().split('<table class="paper"')[4]
    desk.ok("agenda", HELD, "--collected", "1,2,3", today="2026-11-18")
    assert "写し" not in desk.ok("agenda", HELD, today="2026-11-18").err

    # the day itself
    desk.ok("attend", HELD, "k03", "c01", *guest, today="2026-11-19")
    desk.ok("decide", HELD, "1", "--outcome", "returned", "--note", "Aさんの分を書き直す", today="2026-11-19")
    headings = ("--approach", "手紙から", "--indirect", "民生委員が声をかける", "--household", "家事の支援")
    action = ("--action", "csw|手紙を届ける|2026-12-01", "--gap", "resource|送迎のある通いの場がない")
    desk.ok("decide", HELD, "2", "--outcome", "approach", *headings, *action, today="2026-11-19")
    assert desk.json("show", CASE, today="2026-11-20")["plans"][0]["status"] == "draft"
    due = desk.json("caseload", today="2026-12-03")[0]
    assert (due["next_due_on"], due["overdue"]) == ("2026-12-01", 2)

    # and what comes out of it
    desk.ok("minutes", HELD, "-o", str(tmp_path / "minutes.html"), today="2026-11-20")
    text = (tmp_path / "minutes.html").read_text()
    assert [word in text for word in ("議事録（第1版）", "手紙から", "送迎", "駅前クリニック")] == [
        True,
        True,
        False,
        True,
    ]
    board = desk.json("status", today="2026-11-20")
    assert board["after_sittings"] == [
        {"meeting": HELD, "held_on": "2026-11-19", "attendance": False, "copies": 3, "undecided": 0}
    ]
    # what is lacking is on the next agenda by itself
    made = desk.json("convene", "subcommittee", "--on", "2026-12-17", today="2026-11-20")
    assert "G1" in [i["gap"] for i in made["items"]]
