"""Ways round a restriction (rule 11): the other cases, numbers and records of who fled. Typist and holder is k03; e01
must not learn of them."""

import json
from pathlib import Path

import pytest

from tests.desk import NearDesk, Typed, copy
from tests.flow.conftest import CASE

NEXT, THIRD = "2026-0002", "2026-0003"
NAME, PHONE, PLACE, SECRET = "優太", "090-5555-1234", "避難先の家", "言えないこと"


def as_(who: str, desk: NearDesk, *words: str, code: int = 0, **options: str) -> Typed:
    typed = desk.run("--as", who, *words, **options)
    assert typed.code == code, f"{words}: {typed.code}\n{typed.out}\n{typed.err}"
    return typed


def seen_by(who: str, desk: NearDesk, *cases: str) -> str:
    """All that the looks give of these cases and of who is found."""
    lines: list[tuple[str, ...]] = [("caseload",), ("status",), ("find", NAME), ("find", PHONE), ("outreach", "list")]
    for case in cases:
        lines += [("show", case), ("show", case, "--timeline"), ("map", case), ("gate", case), ("plan", case, "--list")]
    found = [desk.run("--as", who, *line, *form) for line in lines for form in ((), ("-f", "json"))]
    assert not any(typed.code == 1 for typed in found)
    return "".join(typed.out + typed.err for typed in found)


def noted(desk: NearDesk, case: str, label: str) -> None:
    """What is tied to somebody: a note with a next step, a note taken back, a concern, a referral by consent."""
    as_("k03", desk, "progress", case, "--method", "visit", "--person", label, "--note", SECRET, today="2026-10-20")
    as_("k03", desk, "undo", "--yes", today="2026-10-20")
    step = ("--next", "2026-12-01", "--next-what", SECRET)
    as_(
        "k03",
        desk,
        "progress",
        case,
        "--method",
        "visit",
        "--person",
        label,
        "--note",
        SECRET,
        *step,
        today="2026-10-20",
    )
    as_("k03", desk, "concern", "add", case, "--concern", f"{label}:violence", "--note", SECRET, today="2026-10-20")
    given = ("--given", "--scope", "plan,sharing", "--method", "oral")
    as_("k03", desk, "consent", case, label, *given, today="2026-10-20")
    to = ("--to", f"outside:{SECRET}", "--person", label, "--ground", "consent")
    as_("k03", desk, "route", case, *to, today="2026-10-20")


def another(desk: NearDesk, person: str) -> None:
    words = ("--window", "csw", "--channel", "self", "--person", person, "--concern", "A:job")
    as_("c01", desk, "intake", *words, today="2026-10-20")


class TestACaseMergedWithOneSomebodyFledFrom:
    @pytest.mark.parametrize("who", ["e01", "k03"])
    def test_tells_nothing_of_them(self, engaging: NearDesk, who: str) -> None:
        """Whoever merges: what was tied to B is nobody else's, and not the household's."""
        another(engaging, "A|髙橋 礼子||1969-03-12|female|head")
        noted(engaging, CASE, "B")
        as_("k03", engaging, "split", CASE, "B", "--reason", "避難", today="2026-11-02")
        as_(who, engaging, "merge", NEXT, CASE, today="2026-11-03")
        found = seen_by("e01", engaging, NEXT, CASE)
        assert NAME not in found.replace(f'"{NAME}"', "")
        assert SECRET not in found
        assert "violence" not in found

    def test_leaves_them_readable_to_their_own_people(self, engaging: NearDesk) -> None:
        another(engaging, "A|髙橋 礼子||1969-03-12|female|head")
        noted(engaging, CASE, "B")
        as_("k03", engaging, "split", CASE, "B", "--reason", "避難", today="2026-11-02")
        as_("e01", engaging, "merge", NEXT, CASE, today="2026-11-03")
        shown = json.loads(as_("k03", engaging, "show", NEXT, "-f", "json").out)["data"]
        (theirs,) = [p for p in shown["people"] if p["to_case"]]
        assert theirs["name"] == "髙橋 優太"
        assert {n["person"] for n in shown["progress"] if n["text"] == SECRET and not n["undone"]} == {theirs["label"]}


class TestWhoFledIsWithheld:
    def test_under_the_other_label_of_a_merge(self, engaging: NearDesk) -> None:
        """Their own number was found to be this household's, and they to be B: D must not stand up in B's place."""
        another(engaging, "A|髙橋 優太|たかはし ゆうた|2007-08-20|male|head")
        noted(engaging, NEXT, "A")
        as_("k03", engaging, "merge", CASE, NEXT, today="2026-10-21")
        as_("k03", engaging, "merge", f"{CASE}/B", f"{NEXT}/A", today="2026-10-21")
        as_("k03", engaging, "split", CASE, "B", "--reason", "避難", today="2026-11-02")
        found = seen_by("e01", engaging, CASE, NEXT)
        assert NAME not in found.replace(f'"{NAME}"', "")
        assert SECRET not in found

    def test_in_the_case_that_ended_before(self, engaging: NearDesk) -> None:
        as_("k03", engaging, "close", CASE, "--reason", "declined", "--tried", "訪問", "--yes", today="2026-10-20")
        as_("k03", engaging, "reopen", CASE, "--channel", "self", "--concern", "B:violence", today="2026-11-01")
        as_("k03", engaging, "split", NEXT, "B", "--reason", "避難", today="2026-11-02")
        assert "2007-08-20" not in seen_by("e01", engaging, CASE, NEXT)
        as_("e01", engaging, "show", CASE)
        as_("k03", engaging, "undo", "--yes", today="2026-11-02")
        assert "2007-08-20" in seen_by("e01", engaging, CASE, NEXT)

    def test_with_the_whole_household(self, engaging: NearDesk) -> None:
        """The record is one and the same in both numbers: where they are now stood in the old one."""
        as_("k03", engaging, "close", CASE, "--reason", "declined", "--tried", "訪問", "--yes", today="2026-10-20")
        as_("k03", engaging, "reopen", CASE, "--channel", "self", "--concern", "B:violence", today="2026-11-01")
        as_("k03", engaging, "split", NEXT, "A", "B", "C", "--reason", "避難", today="2026-11-02")
        words = ("--address", PLACE, "--phone", PHONE, "--reason", "避難")
        as_("k03", engaging, "person", "edit", NEXT, "B", *words, today="2026-11-02")
        as_("e01", engaging, "show", CASE, code=4)
        found = seen_by("e01", engaging, CASE, NEXT)
        assert PLACE not in found
        assert "2007-08-20" not in found
        as_("k03", engaging, "show", CASE)

    @pytest.mark.parametrize("labels", ["B", "ABC"])
    def test_in_another_household(self, engaging: NearDesk, labels: str) -> None:
        another(engaging, "A|山本 和夫||1950-01-01|male|head")
        as_(
            "k03",
            engaging,
            "person",
            "add",
            NEXT,
            "--person",
            "|||||grandchild",
            "--same",
            f"{CASE}/B",
            today="2026-10-21",
        )
        as_("k03", engaging, "split", CASE, *labels, "--reason", "避難", today="2026-11-02")
        number = THIRD if labels == "B" else CASE
        words = ("--address", PLACE, "--phone", PHONE, "--reason", "避難")
        as_("k03", engaging, "person", "edit", number, "B", *words, today="2026-11-02")
        found = seen_by("e01", engaging, CASE, NEXT, THIRD)
        assert PLACE not in found
        assert "2007-08-20" not in found
        assert "山本" in found

    def test_when_moved_into_a_restricted_case(self, engaging: NearDesk) -> None:
        another(engaging, "A|山本 和夫||1950-01-01|male|head")
        as_(
            "k03",
            engaging,
            "person",
            "add",
            NEXT,
            "--person",
            "|||||grandchild",
            "--same",
            f"{CASE}/B",
            today="2026-10-21",
        )
        as_("k03", engaging, "split", CASE, "C", "--reason", "避難", today="2026-11-02")
        as_("k03", engaging, "person", "move", CASE, "B", "--to", THIRD, today="2026-11-03")
        assert "2007-08-20" not in seen_by("e01", engaging, CASE, NEXT, THIRD)


class TestASittingOfTheirCaseAlone:
    @pytest.fixture
    def sat(self, engaging: NearDesk) -> NearDesk:
        as_("k03", engaging, "split", CASE, "B", "--reason", "避難", today="2026-11-02")
        words = (
            "--on",
            "2026-11-10",
            "--case",
            NEXT,
            "--place",
            PLACE,
            "--guest",
            f"外の人|{SECRET}|長",
            "--chair",
            "k03",
        )
        as_("k03", engaging, "convene", "stakeholder", *words, today="2026-11-03")
        as_("k03", engaging, "attend", "M2026-0002", "k03", "--guest", f"外の人|{SECRET}|長", today="2026-11-10")
        return engaging

    @pytest.mark.parametrize("form", [(), ("-f", "md"), ("-f", "json")])
    def test_tells_others_neither_where_nor_with_whom(self, sat: NearDesk, form: tuple[str, ...]) -> None:
        found = as_("e01", sat, "agenda", "M2026-0002", *form)
        assert not [word for word in (PLACE, SECRET, "外の人", "青木") if word in found.out + found.err]
        assert PLACE in as_("k03", sat, "agenda", "M2026-0002", "-f", "md").out

    def test_has_no_item_for_them(self, sat: NearDesk) -> None:
        """The same answer for an item they may not know of and for one there is not."""
        there, none = (
            as_("e01", sat, "decide", "M2026-0002", item, "--outcome", "noted", code=4).err.replace(f"議題{item}", "")
            for item in ("1", "7")
        )
        assert there == none


class TestWhatAnActAnswers:
    """B fled; what was typed about A says B's name."""

    @pytest.fixture(scope="class")
    @classmethod
    def told(cls, engaged: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
        engaging = NearDesk(copy(engaged, tmp_path_factory.mktemp("told") / "books.db"))
        for label in "AB":
            given = ("--given", "--scope", "plan,sharing", "--method", "oral")
            as_("k03", engaging, "consent", CASE, label, *given, today="2026-10-20")
        to = ("--to", f"outside:{NAME}親の会", "--person", "A", "--ground", "consent")
        as_("k03", engaging, "route", CASE, *to, today="2026-10-20")
        to = ("--to", "hikikomori", "--person", "B", "--ground", "consent")
        as_("k03", engaging, "route", CASE, *to, today="2026-10-20")
        as_("k03", engaging, "notify", CASE, "--kind", "child", "--to", "jiso", "--person", "B", today="2026-10-20")
        words = ("--contact-rule", f"{NAME}の転居先を話さない", "--visit-alert", f"{NAME}の夫がいる", "--reason", "x")
        as_("k03", engaging, "person", "edit", CASE, "A", *words, today="2026-10-20")
        as_("k03", engaging, "split", CASE, "B", "--reason", "避難", today="2026-11-02")
        return engaging.db

    @pytest.fixture
    def spoken(self, told: Path, tmp_path: Path) -> NearDesk:
        return NearDesk(copy(told, tmp_path / "books.db"))

    @pytest.mark.parametrize(
        "words",
        [
            ("progress", CASE, "--method", "phone", "--person", "A", "--note", "x"),
            ("route", CASE, "--to", "csw", "--person", "A", "--ground", "none_shared"),
            ("route", CASE, "--accept", "R2026-0001"),
            ("consent", CASE, "A", "--withdrawn", "--method", "oral"),
            ("person", "leave", CASE, "A", "--reason", "institution"),
            ("person", "wish", CASE, "A", "--text", "x"),
            ("status",),
        ],
        ids=" ".join,
    )
    @pytest.mark.parametrize("form", [(), ("-f", "json")])
    def test_names_nobody_withheld(self, spoken: NearDesk, words: tuple[str, ...], form: tuple[str, ...]) -> None:
        who = "local" if words == ("status",) else "e01"
        found = as_(who, spoken, *words, *form, TOSHIMA_LANG="en", COLUMNS="200")
        assert NAME not in found.out + found.err
        assert "held back" in found.out + found.err or (form and "--accept" in words)

    def test_is_whole_to_their_own_people(self, spoken: NearDesk) -> None:
        assert NAME in as_("k03", spoken, "status").out
        found = as_("k03", spoken, "progress", CASE, "--method", "phone", "--person", "A", "--note", "x").err
        assert (f"{NAME}の夫がいる" in found, f"{NAME}の転居先を話さない" in found) == (True, True)

    def test_a_refusal_names_them_neither(self, spoken: NearDesk) -> None:
        declined = ("route", CASE, "--decline", "R2026-0001", "--reason", "担当業務以外")
        as_("e01", spoken, *declined)
        error = as_("e01", spoken, *declined, "-f", "json", code=3).error
        (step,) = error["next"]
        assert step["command"].endswith(f"route {CASE} --to outside:NAME")
        theirs = as_("k03", spoken, *declined, "-f", "json", code=3).error["next"]
        assert theirs[0]["command"].endswith(f"route {CASE} --to 'outside:{NAME}親の会'")
        assert NAME not in as_("e01", spoken, "route", CASE).out + as_("e01", spoken, "route", CASE, "-f", "json").out

    @pytest.mark.parametrize("number", ["R2026-0002", "R2026-0003"])
    @pytest.mark.parametrize("how", ["--accept", "--decline", "--complete", "--revoke"])
    def test_a_referral_of_theirs_is_not_there(self, spoken: NearDesk, number: str, how: str) -> None:
        told = [
            as_("e01", spoken, "route", CASE, how, asked, *more, *form, code=4).err.replace(asked, "")
            for more in ((), ("--on", "nonsense"))
            for form in ((), ("-f", "json"))
            for asked in (number, "R2026-0099")
        ]
        assert told[::2] == told[1::2]
        assert as_("e01", spoken, "find", number).out == as_("e01", spoken, "find", "R2026-0099").out
        as_("k03", spoken, "route", CASE, "--accept", "R2026-0002")

    def test_nor_is_it_among_the_reasons(self, spoken: NearDesk) -> None:
        as_("k03", spoken, "route", CASE, "--decline", "R2026-0002", "--reason", "担当業務以外")
        reasons = {who: as_(who, spoken, "route", CASE, "-f", "json").data["why_complex"] for who in ("k03", "e01")}
        assert ["ひきこもり" in "".join(said) for said in reasons.values()] == [True, False]

    def test_nor_in_the_case_that_was_merged(self, engaging: NearDesk) -> None:
        another(engaging, "A|髙橋 優太|たかはし ゆうた|2007-08-20|male|head")
        noted(engaging, NEXT, "A")
        as_("k03", engaging, "merge", CASE, NEXT, today="2026-10-21")
        as_("k03", engaging, "merge", f"{CASE}/B", f"{NEXT}/A", today="2026-10-21")
        as_("k03", engaging, "split", CASE, "B", "--reason", "避難", today="2026-11-02")
        words = ("route", CASE, "-f", "json", "--accept")
        told = [as_("e01", engaging, *words, n, code=4).error for n in ("R2026-0001", "R2026-0099")]
        assert told[0]["message"].replace("R2026-0001", "") == told[1]["message"].replace("R2026-0099", "")
        assert {**told[0], "message": ""} == {**told[1], "message": ""}


def test_an_action_of_theirs_is_not_there(planning: NearDesk) -> None:
    planning.ok("decide", "M2026-0002", "1", "--outcome", "approved")
    actions = {
        a["person"]: a["action"]
        for plan in json.loads(as_("k03", planning, "show", CASE, "-f", "json").out)["data"]["plans"]
        for a in plan["actions"]
    }
    as_("k03", planning, "split", CASE, "B", "--reason", "避難")
    words = ("progress", CASE, "--method", "visit", "--note", "x", "--done")
    theirs, mine = (actions[label].rpartition("/")[2] for label in "BA")
    told = [as_("e01", planning, *words, n, code=4).err for n in (theirs, "A9")]
    assert told[0].replace(theirs, "") == told[1].replace("A9", "")
    assert (actions["B"] in told[1], actions["A"] in told[1]) == (False, True)
    as_("k03", planning, *words, theirs)
    as_("e01", planning, *words, mine)


class TestASittingOfTheirCaseAndOthers:
    @pytest.fixture
    def mixed(self, engaging: NearDesk) -> NearDesk:
        """A subcommittee of 19 November with an item of the old case, and one of the restricted one by name."""
        given = ("--given", "--scope", "plan,sharing", "--method", "oral")
        as_("k03", engaging, "consent", CASE, "A", *given, "--excluding", "josei", today="2026-10-20")
        as_("k03", engaging, "split", CASE, "B", "--reason", "避難", today="2026-11-02")
        guests = ("--guest", f"外の人|{SECRET}", "--guest", "女の人|女性相談窓口", "--attendee", "c01")
        words = ("--on", "2026-11-19", "--case", NEXT, "--case", CASE, "--place", PLACE, *guests)
        as_("k03", engaging, "convene", "stakeholder", *words, today="2026-11-03")
        return engaging

    @pytest.mark.parametrize("form", [(), ("-f", "md"), ("-f", "json")])
    def test_tells_others_their_own_items_and_its_staff(self, mixed: NearDesk, form: tuple[str, ...]) -> None:
        found = as_("e01", mixed, "agenda", "M2026-0002", *form)
        assert not [word for word in (PLACE, SECRET, "外の人", "女の人") if word in found.out + found.err]
        assert CASE in found.out
        assert NEXT not in found.out.replace(f"M{NEXT}", "")

    def test_is_whole_to_their_own_people(self, mixed: NearDesk) -> None:
        found = as_("k03", mixed, "agenda", "M2026-0002", "-f", "md").out
        assert [word in found for word in (PLACE, SECRET, "外の人", NEXT)] == [True] * 4
        assert "森" in as_("e01", mixed, "agenda", "M2026-0002", "-f", "md").out

    def test_whoever_has_no_acknowledgement_is_named_to_their_own_people(self, mixed: NearDesk) -> None:
        as_("k03", mixed, "attend", "M2026-0002", "k03", "--guest", f"外の人|{SECRET}", today="2026-11-19")
        assert ["外の人" in as_(who, mixed, "agenda", "M2026-0002").err for who in ("k03", "e01")] == [True, False]
        made = as_("e01", mixed, "attend", "M2026-0002", "--guest", "連れ", "-f", "json", today="2026-11-19").data
        assert made["without_secrecy"] == ["連れ"]

    def test_who_was_excepted_is_kept_out_by_no_name(self, mixed: NearDesk) -> None:
        done = as_("e01", mixed, "attend", "M2026-0002", "e01", "-f", "json", today="2026-11-19").data
        (told,) = [w["message"] for w in done["warnings"] if w["rule"] == "meeting.excepted"]
        assert "女の人" not in told


def test_a_guest_who_is_withheld_is_not_named(engaging: NearDesk) -> None:
    guest = ("--guest", "髙橋 優太|本人")
    as_("k03", engaging, "convene", "stakeholder", "--on", "2026-11-01", "--case", CASE, *guest, today="2026-10-20")
    as_("k03", engaging, "attend", "M2026-0002", "k03", *guest, today="2026-11-01")
    as_("k03", engaging, "decide", "M2026-0002", "1", "--outcome", "noted", today="2026-11-01")
    as_("k03", engaging, "split", CASE, "B", "--reason", "避難", today="2026-11-02")
    for who, named in (("k03", True), ("e01", False)):
        found = as_(who, engaging, "agenda", "M2026-0002", "-f", "md", COLUMNS="200")
        assert (NAME in found.out, NAME in found.err) == (named, named)
