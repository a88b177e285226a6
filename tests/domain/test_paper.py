"""The papers of a sitting: what a copy says of whom, what somebody looks at first, what stands in none."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.household import OPENED, Life, day
from tests.domain.world import CLINIC, permitted
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import (
    Action,
    Approach,
    Case,
    Concern,
    Confirmation,
    Ending,
    Note,
    OtherConference,
    Sitting,
    Wish,
)
from toshima_cli.domain.consent import Permit, may_read
from toshima_cli.domain.grounds import Reader
from toshima_cli.domain.paper import NOTES, Check, Section, Sheet, Text, nobody_to_show, of_case, sheet

SUPPORT, MULTILAYER = t.ItemKind.SUPPORT_CONFERENCE, t.ItemKind.MULTILAYER_CONFERENCE
EMERGENCIES = t.ItemKind.INFORMATION_SHARING
HELD = day(11, 19)
BEFORE, AFTER = HELD - timedelta(days=1), HELD + timedelta(days=1)
READER = Reader("石田 守", "k03", secrecy=True)

NAMES = {"A": ("髙橋 由美子", "たかはし ゆみこ"), "B": ("髙橋 葵", "たかはし あおい"), "C": ("髙橋 フミ", None)}
REPORTER, UNSAID = ("木村 花代", None), ("髙橋 優太", "たかはし ゆうた")
BESIDE = ("三好 松江", "みよし まつえ")
RELATION = "大家"


def named() -> Case:
    """A, B and C with their names; C was called 三浦 before she married."""
    people = (replace(p, name=NAMES[p.label][0], kana=NAMES[p.label][1]) for p in Life().case.people)
    a, b, c = people
    return replace(Life().case, people=(a, b, replace(c, other_names=(("三浦 とめ", None),))))


HOUSE = named()


def permits(labels: Iterable[str]) -> dict[str, Permit]:
    return {label: permitted(may_read(HOUSE, label, SUPPORT, READER, HELD, HELD)) for label in labels}


def read(kind: t.ItemKind, shown: str, *texts: Text, masked: tuple[str, ...] = ()) -> Sheet:
    """The sheet with everything it has to be careful about."""
    return sheet(
        HOUSE,
        kind,
        permits(shown),
        masked,
        texts,
        reporters=(REPORTER,),
        relations=(RELATION, "隣"),
        beside=(BESIDE,),
        unsaid=(UNSAID,),
    )


def typed(ties: str, text: str | None, who: str | None = None, section: Section = Section.SITUATION) -> Text:
    return Text("x", section, frozenset(ties), text, who=who)


# What stands in a copy, what is asked about, what is held back


GONE, HELD_BACK = "left out", "held back"


@pytest.mark.parametrize(
    ("ties", "text", "who", "by_consent", "by_law"),
    [
        ("A", "仕事を探している", None, None, None),
        ("AB", "夕食をともにする", None, None, None),
        ("A", None, None, None, None),
        ("", None, None, None, None),
        ("", "家賃が遅れている", None, Check.TIED_TO_NOBODY, None),
        ("", None, "民生委員", Check.TIED_TO_NOBODY, None),
        ("", "", "", None, None),
        # tied to nobody shown
        ("C", "介護を受けたくない", None, GONE, GONE),
        ("C", None, None, GONE, GONE),
        # partly: nothing but words somebody can look at
        ("AC", "通院に付き添う", None, Check.TIED_TO_MASKED, None),
        ("AC", None, None, GONE, GONE),
        ("AC", "", None, GONE, GONE),
        ("AC", None, "民生委員", GONE, GONE),
        # it says somebody who is not shown, in whatever form
        ("A", "フミさんの介護", None, Check.NAMES_MASKED, None),
        ("A", "別居の松江さんに", None, Check.NAMES_MASKED, None),
        ("A", "通院に付き添う", "まつえ", Check.NAMES_MASKED, None),
        ("A", "高橋フミの介護", None, Check.NAMES_MASKED, None),
        ("A", "Ｃの介護", None, Check.NAMES_MASKED, None),
        ("A", "三浦とめ名義の家", None, Check.NAMES_MASKED, None),
        ("AC", "フミさんの通院", None, Check.NAMES_MASKED, None),
        ("A", "通院に付き添う", "フミ", Check.NAMES_MASKED, None),
        ("A", None, "高橋 フミ", Check.NAMES_MASKED, None),
        # those who are shown may be named
        ("A", "由美子さんと葵さん、AとB", None, None, None),
        # who told of the case (rule 10): by name never, by what they are once somebody looked
        ("A", "木村花代さんの話", None, HELD_BACK, HELD_BACK),
        ("A", "様子を聞く", "木村 花代", HELD_BACK, HELD_BACK),
        ("", "木村花代さんの話", None, HELD_BACK, HELD_BACK),
        ("A", "大家さんの話", None, Check.TELLS_OF_REPORTER, Check.TELLS_OF_REPORTER),
        ("A", None, "大家", Check.TELLS_OF_REPORTER, Check.TELLS_OF_REPORTER),
        ("", "大家さんの話", None, Check.TELLS_OF_REPORTER, Check.TELLS_OF_REPORTER),
        ("A", "大家さんがフミさんに", None, Check.NAMES_MASKED, Check.TELLS_OF_REPORTER),
        ("A", "隣の駅", None, None, None),  # one letter stands in too many words
        # who is under restriction (rule 11)
        ("A", "優太さんが来た", None, HELD_BACK, HELD_BACK),
        ("A", "たかはしゆうたと話した", None, HELD_BACK, HELD_BACK),
        ("AC", "優太さんとフミさん", None, HELD_BACK, HELD_BACK),
        ("C", "優太さんが来た", None, GONE, GONE),
    ],
)
def test_a_text_on_a_copy_that_shows_a_and_b(
    ties: str, text: str | None, who: str | None, by_consent: Check | str | None, by_law: Check | str | None
) -> None:
    for kind, expected in ((MULTILAYER, by_consent), (EMERGENCIES, by_consent), (SUPPORT, by_law)):
        found = read(kind, "AB", typed(ties, text, who)).texts
        if expected == GONE:
            assert found == ()
        elif expected == HELD_BACK:
            assert found == (replace(typed(ties, None), held_back=True),)
        else:
            assert found == (replace(typed(ties, text, who), check=Check(expected) if expected else None),)


def test_a_sheet_shows_those_with_a_permit_in_the_order_of_the_household() -> None:
    found = read(MULTILAYER, "BA", masked=("C",))
    assert (found.case, found.labels, found.masked) == (HOUSE, ("A", "B"), ("C",))
    assert [(seen.person, seen.permit) for seen in found.people] == [
        (HOUSE.people[0], permits("A")["A"]),
        (HOUSE.people[1], permits("B")["B"]),
    ]


def test_what_of_a_person_it_shows_is_said_once() -> None:
    texts = [typed(ties, "…", section=section) for ties, section in (
        ("A", Section.WISH), ("AB", Section.PLAN), ("A", Section.PLAN), ("B", Section.ALERT), ("C", Section.WATCH),
    )]  # fmt: skip
    found = read(MULTILAYER, "AB", *texts)
    assert found.fields("A") == (Section.WISH, Section.PLAN)
    assert found.fields("B") == (Section.PLAN, Section.ALERT)
    assert found.fields("C") == ()


# Whatever is tied to whom, whoever is shown

SAYS = {"由美子さん": "A", "葵さん": "B", "フミさん": "C", "三浦とめ": "C", "たかはしゆみこ": "A"}
SECRET = ("木村花代さん", "優太さん", "たかはしゆうた")
WORDS = st.lists(st.sampled_from([*SAYS, *SECRET, RELATION, "通院", "家賃", ""]), max_size=3).map("、".join)
TEXTS = st.lists(
    st.builds(
        Text,
        id=st.uuids().map(str),
        section=st.sampled_from(Section),
        ties=st.frozensets(st.sampled_from("ABC")),
        text=st.none() | WORDS,
        who=st.none() | WORDS,
    ),
    max_size=6,
)


@given(TEXTS, st.sets(st.sampled_from("ABC")), st.sampled_from([SUPPORT, MULTILAYER, EMERGENCIES]))
def test_no_copy_says_what_its_reader_may_not_read(texts: list[Text], shown: set[str], kind: t.ItemKind) -> None:
    found = {text.id: text for text in read(kind, "".join(shown), *texts).texts}
    assert list(found) == [text.id for text in texts if text.id in found]  # in their order
    for text in texts:
        words = (text.text or "") + (text.who or "")
        there = found.get(text.id)
        if there is None:
            # dropped only where somebody it is about is not shown, and where nothing can be read before it goes
            assert text.ties - shown
            assert not text.ties & shown or not text.text
            continue
        if text.section is Section.EMERGENCY and text.ties and not text.ties & shown:
            # that there was one, and nothing of it
            assert (there.ties, there.text, there.who, there.lead) == (frozenset(), None, None, text.lead[:1])
            continue
        assert not text.ties or text.ties & shown
        assert replace(there, text=text.text, who=text.who, check=None, held_back=False) == text
        if any(name in words for name in SECRET):
            assert (there.held_back, there.text, there.who) == (True, None, None)
            continue
        assert not there.held_back
        assert (there.text, there.who) == (text.text, text.who)
        looked_at = RELATION in words
        if kind is not SUPPORT:
            says_hidden = any(name in words and label not in shown for name, label in SAYS.items())
            looked_at = looked_at or says_hidden or bool(words and not (text.ties and text.ties <= shown))
        assert (there.check is not None) is looked_at


# Everything there is to be said


def said(case: Case, kind: t.ItemKind, section: Section, on: date = HELD, since: date | None = None) -> list[Text]:
    return [text for text in of_case(case, kind, on, since=since) if text.section is section]


def ids(case: Case, kind: t.ItemKind, section: Section, on: date = HELD, since: date | None = None) -> list[str]:
    return [text.id for text in said(case, kind, section, on, since)]


def changed(life: Life, label: str, **fields: Any) -> Life:
    people = tuple(replace(p, **fields) if p.label == label else p for p in life.case.people)
    life.case = replace(life.case, people=people)
    return life


def full() -> Life:
    """A case that has something under every section."""
    life = changed(
        planned_watch(),
        "A",
        visit_alert="二人で",
        contact_rule="夜は不可",
        note="療養中",
        wishes=(Wish(OPENED, 1, "働きたい"),),
    )
    life.concern("A", "job", note="面接が続かない").action(day(10, 20), None)
    life.refer(day(10, 8)).refer(day(10, 9), t.Ground.EMERGENCY).approach(day(10, 10), "C").note(day(10, 12))
    life.sat(day(10, 15)).sat(day(10, 15), kind=MULTILAYER)
    other = OtherConference(day(10, 16), life.next(), "elder_abuse", day(10, 1), "世帯全体を見ていない")
    life.case = replace(life.case, other_conferences=(other,))
    return life


def planned_watch() -> Life:
    life = Life(t.Stage.SUPPORTING).consent("AB", day(10, 6)).running("AB", day(10, 7))
    return life.step(day(11, 1), t.Act.WATCH, t.Stage.WATCHING).watch(day(11, 1), day(12, 31))


COMMON = [
    Section.ALERT, Section.SITUATION, Section.WISH, Section.CONCERN, Section.PLAN, Section.ACTION, Section.REFERRAL,
    Section.APPROACH, Section.OTHER_LAW, Section.PROGRESS, Section.EARLIER, Section.WATCH,
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "sections"),
    [
        (SUPPORT, [s for s in COMMON if s is not Section.PLAN]),
        (MULTILAYER, [s for s in COMMON if s not in (Section.APPROACH, Section.OTHER_LAW)]),
        (EMERGENCIES, [Section.EMERGENCY]),
    ],
)
def test_which_sections_an_item_has_and_in_which_order(kind: t.ItemKind, sections: list[Section]) -> None:
    assert list(dict.fromkeys(text.section for text in of_case(full().case, kind, HELD, since=None))) == sections


def test_every_text_has_an_id_of_its_own() -> None:
    for kind in (SUPPORT, MULTILAYER, EMERGENCIES):
        found = [text.id for text in of_case(full().case, kind, HELD, since=None)]
        assert len(found) == len(set(found))


def test_before_it_was_opened_nothing_is_said_but_what_stands_before_any_contact() -> None:
    for kind in (SUPPORT, MULTILAYER, EMERGENCIES):
        found = {text.section for text in of_case(full().case, kind, OPENED - timedelta(days=1), since=None)}
        assert found <= {Section.ALERT}


def test_alerts_stand_there_even_of_who_left() -> None:
    life = changed(Life(labels="AB"), "A", visit_alert="二人で", contact_rule="夜は不可")
    changed(life, "B", contact_rule="郵便は不可").leave("B", day(10, 20))
    assert said(life.case, SUPPORT, Section.ALERT) == [
        Text("2026-0042/A/visit_alert", Section.ALERT, frozenset("A"), "二人で", lead=("visit_alert",)),
        Text("2026-0042/A/contact_rule", Section.ALERT, frozenset("A"), "夜は不可", lead=("contact_rule",)),
        Text("2026-0042/B/contact_rule", Section.ALERT, frozenset("B"), "郵便は不可", lead=("contact_rule",)),
    ]


def test_the_situation_of_those_who_are_there_and_of_the_household() -> None:
    life = Life().describe("A", "療養中").describe("B", "通学中").leave("B", HELD)
    assert ids(life.case, SUPPORT, Section.SITUATION, BEFORE) == ["2026-0042/A/note", "2026-0042/B/note"]
    case = replace(life.case, note="家賃が遅れている")
    assert said(case, SUPPORT, Section.SITUATION) == [
        Text("2026-0042/A/note", Section.SITUATION, frozenset("A"), "療養中"),
        Text("2026-0042/note", Section.SITUATION, frozenset(), "家賃が遅れている", OPENED),
    ]


def test_the_newest_wishes_of_those_who_are_there() -> None:
    wishes = (Wish(AFTER, 5, "後のこと"), *(Wish(day(10, n), n, f"{n}日の話") for n in (9, 8, 7, 6)))
    life = changed(changed(Life(), "A", wishes=wishes), "B", wishes=wishes).leave("B", HELD)
    assert said(life.case, MULTILAYER, Section.WISH) == [
        Text(f"2026-0042/A/wish/{n}", Section.WISH, frozenset("A"), f"{n}日の話", day(10, n)) for n in (7, 8, 9)
    ]
    assert {text.ties for text in said(life.case, MULTILAYER, Section.WISH, BEFORE)} == {frozenset("A"), frozenset("B")}


def test_concerns_that_stand_of_whom_they_are() -> None:
    concerns = (
        Concern(day(10, 6), 1, "job", "A", True, "面接が続かない", id=7),
        Concern(day(10, 6), 2, "money", None, id=8),
        Concern(day(10, 6), 3, "debt", "A", ended_on=HELD, id=9),
        Concern(AFTER, 4, "care", "C", id=10),
    )
    assert said(replace(Life().case, concerns=concerns), MULTILAYER, Section.CONCERN) == [
        Text("2026-0042/concern/7", Section.CONCERN, frozenset("A"), "面接が続かない", day(10, 6), ("job", True)),
        Text("2026-0042/concern/8", Section.CONCERN, frozenset(), None, day(10, 6), ("money", False)),
    ]


def test_the_plan_that_waits_otherwise_the_one_in_force() -> None:
    life = Life(t.Stage.SUPPORTING)
    assert said(life.case, MULTILAYER, Section.PLAN) == []
    life.running("AB", day(10, 7)).plan("A", HELD)
    assert ids(life.case, MULTILAYER, Section.PLAN, BEFORE) == ["2026-0042/P1", "2026-0042/P1/goal"]
    assert ids(life.case, MULTILAYER, Section.PLAN) == ["2026-0042/P2", "2026-0042/P2/goal"]
    assert said(life.case, SUPPORT, Section.PLAN) == []


def test_a_plan_is_about_its_people_and_an_action_about_its_own() -> None:
    life = Life(t.Stage.PLANNING).plan("AB", day(10, 7), lead="csw")
    (plan,) = life.case.plans
    actions = (
        Action(day(10, 7), 1, "2026-0042/A1", "面接の練習", "csw", "A", HELD, done_on=HELD),
        Action(day(10, 7), 2, "2026-0042/A2", "家計簿をつける", "csw", None, None, done_on=AFTER),
        Action(day(10, 7), 3, "2026-0042/A3", "通学の相談", "学校", "B"),
    )
    plan = replace(plan, goal="働く", needs="収入", care="夜は眠れない", actions=actions)
    both = frozenset("AB")
    assert said(replace(life.case, plans=(plan,)), MULTILAYER, Section.PLAN) == [
        Text("2026-0042/P1", Section.PLAN, both, lead=("version", 1, t.PlanStatus.DRAFT)),
        Text("2026-0042/P1/goal", Section.PLAN, both, "働く", lead=("goal",)),
        Text("2026-0042/P1/needs", Section.PLAN, both, "収入", lead=("needs",)),
        Text("2026-0042/P1/care", Section.PLAN, both, "夜は眠れない", lead=("care",)),
        Text("2026-0042/P1/lead", Section.PLAN, both, lead=("lead", "csw")),
        Text(
            "2026-0042/A1",
            Section.PLAN,
            frozenset("A"),
            "面接の練習",
            lead=("action", "2026-0042/A1", HELD, HELD),
            who="csw",
        ),
        Text(
            "2026-0042/A2", Section.PLAN, both, "家計簿をつける", lead=("action", "2026-0042/A2", None, None), who="csw"
        ),
        Text(
            "2026-0042/A3",
            Section.PLAN,
            frozenset("B"),
            "通学の相談",
            lead=("action", "2026-0042/A3", None, None),
            who="学校",
        ),
    ]
    bare = replace(plan, goal="", needs=None, care=None, lead=None, actions=())
    assert ids(replace(life.case, plans=(bare,)), MULTILAYER, Section.PLAN) == ["2026-0042/P1"]
    sure = (Confirmation("A", HELD, "oral"), Confirmation("B", AFTER, "oral"), Confirmation("C"))
    whole = replace(bare, lead="弁護士 山田", review_on=AFTER, people=sure)
    assert [(x.id, x.text, x.lead) for x in said(replace(life.case, plans=(whole,)), MULTILAYER, Section.PLAN)[1:]] == [
        ("2026-0042/P1/lead", "弁護士 山田", ("lead", None)),
        ("2026-0042/P1/review", None, ("review", AFTER)),
        ("2026-0042/P1/A", None, ("confirmed", HELD)),
    ]


def test_what_a_sitting_that_hears_of_an_end_has_to_know() -> None:
    life = Life(t.Stage.SUPPORTING)
    assert said(life.case, SUPPORT, Section.END) == []
    ended = life.step(day(11, 10), t.Act.INTERRUPT, t.Stage.INTERRUPTED).case
    assert said(ended, SUPPORT, Section.END) == []
    end = Ending(
        day(11, 10), 9, t.Stage.INTERRUPTED, None, tried="訪問", safety="民生委員が見た", last_contact_on=day(10, 1)
    )
    for kind in (SUPPORT, MULTILAYER):
        found = said(replace(ended, endings=(end,)), kind, Section.END)
        assert [(x.id, x.text, x.lead) for x in found] == [
            ("2026-0042/end", None, ("reason", t.Stage.INTERRUPTED)),
            ("2026-0042/end/last_contact", None, ("last_contact", day(10, 1))),
            ("2026-0042/end/tried", "訪問", ("tried",)),
            ("2026-0042/end/safety", "民生委員が見た", ("safety",)),
        ]
    bare = replace(end, tried=None, safety=None, last_contact_on=None)
    assert ids(replace(ended, endings=(bare,)), SUPPORT, Section.END) == ["2026-0042/end"]


def test_of_an_emergency_that_is_about_nobody_shown_only_that_it_was() -> None:
    told = Text("R2026-0001", Section.EMERGENCY, frozenset("C"), "倒れた", HELD, ("R2026-0001", "消防署"))
    found = read(t.ItemKind.INFORMATION_SHARING, "A", told).texts
    assert [(x.ties, x.text, x.lead) for x in found] == [(frozenset(), None, ("R2026-0001",))]
    found = read(t.ItemKind.INFORMATION_SHARING, "AC", told).texts
    assert [(x.ties, x.text, x.lead) for x in found] == [(frozenset("C"), "倒れた", ("R2026-0001", "消防署"))]


def test_the_note_of_the_first_talk_is_looked_at_where_others_told() -> None:
    note = Text("2026-0042/note", Section.SITUATION, frozenset(), "近所の方が話した")
    other = Text("2026-0042/N1", Section.PROGRESS, frozenset("A"), "近所の方が話した")
    for channel, check in (("self", None), ("neighbour", Check.TELLS_OF_REPORTER)):
        case = replace(Life().case, channel=channel)
        permits = {"A": permitted(may_read(case, "A", SUPPORT, Reader("x", secrecy=True), HELD, HELD))}
        found = sheet(case, SUPPORT, permits, (), (note, other)).texts
        assert [text.check for text in found] == [check, None]


@pytest.mark.parametrize(
    ("on", "done_on", "there"),
    [(BEFORE, None, True), (BEFORE, AFTER, True), (BEFORE, HELD, False), (HELD, None, False), (AFTER, None, False)],
)
def test_what_was_agreed_before_and_is_not_done(on: date, done_on: date | None, there: bool) -> None:
    action = Action(on, 1, "2026-0042/A9", "連絡を取る", "csw", "C", AFTER, done_on=done_on)
    expected = Text("2026-0042/A9", Section.ACTION, frozenset("C"), "連絡を取る", on, ("2026-0042/A9", AFTER), "csw")
    for kind in (SUPPORT, MULTILAYER):
        found = said(replace(Life().case, other_actions=(action,)), kind, Section.ACTION)
        assert found == ([expected] if there else [])


def test_referrals_and_no_report_by_law() -> None:
    life = Life().refer(day(10, 8), label=None, answer=t.ReferralStatus.ACCEPTED).leave("B", day(10, 9))
    life.refer(day(10, 10), t.Ground.STATUTORY_REPORT).refer(AFTER).refer(day(10, 10), label="C").refer(
        HELD, label=None
    )
    first, report, later, third, last = life.case.referrals
    outside = replace(third, to_kind=t.ToKind.OUTSIDE, to_code=None, to_name=CLINIC.name, reason="眠れない")
    resource = replace(last, to_kind=t.ToKind.RESOURCE, to_name="寄り合い処")
    life.case = replace(life.case, referrals=(first, report, later, outside, resource))
    # (what was typed, the window); its reason stands nowhere
    assert [(x.id, x.ties, x.text, x.on, x.lead) for x in said(life.case, SUPPORT, Section.REFERRAL)] == [
        (first.number, frozenset("ABC"), None, day(10, 8), (first.number, t.ReferralStatus.ACCEPTED, "窓口")),
        (outside.number, frozenset("C"), CLINIC.name, day(10, 10), (outside.number, t.ReferralStatus.SENT, None)),
        (resource.number, frozenset("AC"), "寄り合い処", HELD, (resource.number, t.ReferralStatus.SENT, None)),
    ]


def test_emergencies_with_their_reason() -> None:
    life = Life().refer(day(10, 8), t.Ground.EMERGENCY, label="C").refer(AFTER, t.Ground.EMERGENCY).refer(day(10, 8))
    life.refer(HELD, t.Ground.EMERGENCY, label=None).refer(HELD, t.Ground.STATUTORY_REPORT)
    first, *rest = life.case.referrals
    first = replace(first, reason="倒れていた")
    rest[2] = replace(rest[2], to_kind=t.ToKind.OUTSIDE, to_name=CLINIC.name)
    life.case = replace(life.case, referrals=(first, *rest))
    assert said(life.case, EMERGENCIES, Section.EMERGENCY) == [
        Text(first.number, Section.EMERGENCY, frozenset("C"), "倒れていた", day(10, 8), (first.number, "窓口")),
        Text(rest[2].number, Section.EMERGENCY, frozenset("ABC"), None, HELD, (rest[2].number, None)),
    ]


@pytest.mark.parametrize(
    ("approach", "there"),
    [
        (Approach(BEFORE, 50, "M2026-0001", "手紙から", labels=("C",)), "M2026-0001"),
        (Approach(BEFORE, 50, None, "手紙から", labels=("C",)), "2026-0042/approach/50"),
        (Approach(HELD, 50, "M2026-0001", "手紙から"), None),  # this very sitting decides it
        (Approach(HELD, 50, None, "手紙から", "待てない", ("C",)), "2026-0042/approach/50"),
        (Approach(AFTER, 50, None, "手紙から", "待てない"), None),
    ],
)
def test_the_approach_decided_before_and_the_one_begun_before_its_conference(
    approach: Approach, there: str | None
) -> None:
    case = replace(Life(t.Stage.COMPLEX).case, approaches=(approach,))
    expected = Text(
        there or "", Section.APPROACH, frozenset(approach.labels), "手紙から", approach.on, (approach.meeting,)
    )
    assert said(case, SUPPORT, Section.APPROACH) == ([expected] if there else [])
    assert said(case, MULTILAYER, Section.APPROACH) == []


def test_an_approach_begun_before_its_conference_waits_until_one_decides() -> None:
    life = Life(t.Stage.COMPLEX).approach(day(10, 8), "C", afterwards="待てない").approach(HELD, "C")
    begun, decided = life.case.approaches
    assert ids(life.case, SUPPORT, Section.APPROACH, BEFORE) == [f"2026-0042/approach/{begun.seq}"]
    assert ids(life.case, SUPPORT, Section.APPROACH, AFTER) == [f"2026-0042/approach/{decided.seq}"]


def test_conferences_of_other_laws_are_about_the_household() -> None:
    one = OtherConference(HELD, 5, "elder_abuse", day(10, 1), "世帯全体を見ていない")
    case = replace(Life().case, other_conferences=(one,))
    assert said(case, SUPPORT, Section.OTHER_LAW) == [
        Text(
            "2026-0042/conference/5", Section.OTHER_LAW, frozenset(), one.not_enough, HELD, ("elder_abuse", day(10, 1))
        )
    ]
    assert said(case, SUPPORT, Section.OTHER_LAW, BEFORE) == []


def test_progress_since_the_last_sitting_the_newest() -> None:
    notes = tuple(Note(day(10, 10 + n), 20 + n, f"2026-0042/N{n}", "visit", f"{n}", "A") for n in range(NOTES + 2))
    case = replace(Life().case, notes=notes[::-1])
    assert ids(case, SUPPORT, Section.PROGRESS) == [f"2026-0042/N{n}" for n in range(2, NOTES + 2)]
    assert ids(case, SUPPORT, Section.PROGRESS, day(10, 11)) == ["2026-0042/N0", "2026-0042/N1"]
    assert ids(case, SUPPORT, Section.PROGRESS, since=day(10, 15)) == ["2026-0042/N6", "2026-0042/N7"]
    assert said(case, SUPPORT, Section.PROGRESS)[0] == Text(
        "2026-0042/N2", Section.PROGRESS, frozenset("A"), "2", day(10, 12), ("visit",)
    )


def test_the_next_step_is_about_whom_the_note_is() -> None:
    note = Note(day(10, 10), 20, "2026-0042/N1", "visit", "…", "C", AFTER, "また訪ねる")
    case = replace(Life().case, notes=(note,))
    following = Text("2026-0042/N1/next", Section.PROGRESS, frozenset("C"), "また訪ねる", AFTER, ("next",))
    assert said(case, SUPPORT, Section.PROGRESS)[1:] == [following]
    # told of before, and yet to come
    assert said(case, SUPPORT, Section.PROGRESS, since=day(10, 10)) == [following]
    gone = replace(case, people=tuple(replace(p, left_on=HELD) for p in case.people))
    assert ids(gone, SUPPORT, Section.PROGRESS) == ["2026-0042/N1"]


@pytest.mark.parametrize(
    ("held_on", "kind", "outcome", "there"),
    [
        (BEFORE, SUPPORT, t.Outcome.CONTINUE, True),
        (BEFORE, MULTILAYER, t.Outcome.CONTINUE, False),  # of the other side
        (BEFORE, SUPPORT, None, False),
        (BEFORE, SUPPORT, t.Outcome.APPROACH, False),
        (HELD, SUPPORT, t.Outcome.CONTINUE, False),
    ],
)
def test_what_earlier_sittings_decided_is_about_those_they_showed(
    held_on: date, kind: t.ItemKind, outcome: t.Outcome | None, there: bool
) -> None:
    item = Sitting(
        "M2026-0001", t.Body.SUBCOMMITTEE, held_on, 3, kind, t.Purpose.PROGRESS, t.Part.DISCUSSION, outcome, held_on,
        note="引き続き", labels=("B", "C"),
    )  # fmt: skip
    expected = Text(
        "M2026-0001/3",
        Section.EARLIER,
        frozenset("BC"),
        "引き続き",
        held_on,
        ("M2026-0001", t.Purpose.PROGRESS, outcome),
    )
    assert said(replace(Life().case, sittings=(item,)), SUPPORT, Section.EARLIER) == ([expected] if there else [])


def test_a_watch_while_it_lasts() -> None:
    life = planned_watch()
    (watch,) = life.case.watches
    assert said(life.case, MULTILAYER, Section.WATCH) == [
        Text(
            f"2026-0042/watch/{watch.seq}", Section.WATCH, frozenset(), watch.sign, day(11, 1),
            ("1m", day(12, 31)), "民生委員",
        )
    ]  # fmt: skip
    assert said(life.case, MULTILAYER, Section.WATCH, day(10, 31)) == []
    life.step(HELD, t.Act.RESUME, t.Stage.SUPPORTING)
    assert said(life.case, MULTILAYER, Section.WATCH) == []
    assert len(said(life.case, MULTILAYER, Section.WATCH, BEFORE)) == 1


def test_nobody_to_show_names_a_way_on() -> None:
    refused = nobody_to_show(HOUSE, HELD)
    assert refused.rule == "paper.nobody"
    assert [n.command for n in refused.next] == ["toshima show 2026-0042"]
    assert dict(refused.facts[0].values) == {"day": HELD}


def test_those_not_shown_by_all_they_are_known_under() -> None:
    left = replace(HOUSE, people=(*HOUSE.people[:2], replace(HOUSE.people[2], left_on=BEFORE)))
    found = sheet(left, MULTILAYER, permits("A"), (), ())
    assert found.unseen == ("B 髙橋 葵 たかはし あおい", "C 髙橋 フミ", "multilayer_conference")
    # what else makes it another question
    windows = frozenset({"csw", "ab"})
    beside = (("三好 松江", None), (None, "みよし"))
    found = sheet(left, SUPPORT, permits("ABC"), (), (), excepted=("A",), windows=windows, beside=beside)
    assert found.unseen == ("support_conference", "ab", "csw", "三好 松江", "みよし")
    assert sheet(left, SUPPORT, permits("ABC"), (), (), windows=windows).unseen == ("support_conference",)


def test_what_is_said_of_all_in_words_of_lists_stands_where_some_are_shown() -> None:
    lead = replace(typed("AC", None, section=Section.PLAN), lead=("lead", "csw"))
    decided = typed("AC", None, section=Section.EARLIER)
    bare = typed("AC", None, section=Section.PLAN)
    assert [text.section for text in read(MULTILAYER, "A", lead, decided, bare).texts] == [
        Section.PLAN,
        Section.EARLIER,
    ]
    assert read(MULTILAYER, "B", lead, decided).texts == ()
