"""What only the annual report asks (`report_times.sql`, `report_year.sql`): how long things took, who lived there,
where households came from, what was answered.

The world: the fiscal year from 1 April 2026 to 31 March 2027, asked when it is over.
"""

from datetime import date

from tests.history import History
from toshima_cli.domain import annual as d
from toshima_cli.domain.verdict import say
from toshima_cli.looks import annual as looks
from toshima_cli.looks import report

AFTER = date(2027, 4, 10)


def year(h: History) -> d.Annual:
    return looks.annual(h.conn, 2026, AFTER)


def waits(h: History, query: str) -> list[int]:
    """The days of each wait that ended in the year, the shortest first."""
    return sorted(report.waits(h.conn, query, start="2026-04-01", before_day="2027-04-01").days)


def plan(h: History, case: int, on: str, version: int = 1, approved: str | None = None) -> int:
    made = h.plan(case, on, version)
    if approved:
        h.plan_step(made, approved)
    return made


class TestHowLongItTook:
    def test_to_the_first_consent_of_anybody(self, h: History) -> None:
        case = h.case("2026-05-01", people="AB")
        h.step(case, "2026-05-04", "escalate", "complex")
        h.consent(case, "A", "2026-05-02", "refused")
        h.consent(case, "B", "2026-05-11")
        h.consent(case, "A", "2026-05-21")
        h.consent(h.case("2026-06-01"), "A", "2026-06-01")
        assert waits(h, "to_consent") == [0, 10]

    def test_it_is_of_the_year_in_which_it_ended(self, h: History) -> None:
        for on, given in (
            ("2026-03-01", "2026-03-31"),
            ("2026-03-31", "2026-04-01"),
            ("2027-03-29", "2027-03-31"),
            ("2027-03-28", "2027-04-01"),
        ):
            case = h.case(on)
            h.consent(case, "A", given)
            plan(h, case, given, approved=given)
            h.end(case, given)
        assert waits(h, "to_consent") == waits(h, "to_plan") == waits(h, "to_end") == [1, 2]

    def test_a_first_one_before_the_year_is_not_made_again_in_it(self, h: History) -> None:
        case = h.case("2026-03-01")
        h.consent(case, "A", "2026-03-20")
        h.consent(case, "A", "2026-04-20")
        plan(h, case, "2026-03-20", approved="2026-03-20")
        plan(h, case, "2026-04-20", 2, approved="2026-04-20")
        assert waits(h, "to_consent") == waits(h, "to_plan") == []

    def test_what_is_dated_before_the_first_word_is_no_wait(self, h: History) -> None:
        case = h.case("2026-05-05")
        h.consent(case, "A", "2026-05-04")
        plan(h, case, "2026-05-04", approved="2026-05-04")
        assert waits(h, "to_consent") == waits(h, "to_plan") == []

    def test_to_the_first_plan_in_force(self, h: History) -> None:
        case = h.case("2026-05-01")
        h.step(case, "2026-05-20", "escalate", "complex")
        first = plan(h, case, "2026-05-02")
        h.plan_step(first, "2026-05-05", "ended")
        plan(h, case, "2026-05-06", 2, approved="2026-05-09")
        plan(h, case, "2026-05-10", 3, approved="2026-05-12")
        assert waits(h, "to_plan") == [8]

    def test_to_the_conclusion(self, h: History) -> None:
        case = h.case("2026-05-01")
        h.step(case, "2026-05-20", "escalate", "complex")
        h.end(case, "2026-06-01")
        h.end(h.case("2026-05-01"), "2026-06-02", None)
        h.end(h.case("2026-06-01"), "2026-06-01")
        kept, same = h.case("2026-05-01"), h.case("2026-05-01")
        h.merge(same, kept, "2026-06-03")
        assert waits(h, "to_end") == [0, 31]
        h.step(case, "2026-07-01", "resume", "received")
        h.end(case, "2026-08-01")
        assert waits(h, "to_end") == [0, 31], "a case has one wait, however often it came back"

    def test_what_is_undone_never_was(self, h: History) -> None:
        case = h.case("2026-05-10", people="AB")
        h.step(case, "2026-05-01", "escalate", "complex")
        h.undo(h.last_act())
        h.consent(case, "A", "2026-05-12")
        h.undo(h.last_act())
        h.consent(case, "B", "2026-05-20")
        h.member(case, "C", "2026-05-10")
        joined = h.last_act()
        h.consent(case, "C", "2026-05-11")
        h.undo(joined)
        h.plan(case, "2026-05-13")
        drafted = h.last_act()
        h.plan_step(1, "2026-05-14")
        h.undo(drafted)
        second = h.plan(case, "2026-05-15", 2)
        h.plan_step(second, "2026-05-16")
        h.undo(h.last_act())
        h.plan_step(second, "2026-05-30")
        h.end(case, "2026-06-01")
        h.undo(h.last_act())
        h.end(case, "2026-06-09")
        assert (waits(h, "to_consent"), waits(h, "to_plan"), waits(h, "to_end")) == ([10], [20], [30])

    def test_since_when_the_books_speak(self, h: History) -> None:
        assert year(h).notes == ()
        h.case("2027-04-01")
        assert year(h).notes == ()
        h.case("2026-04-02")
        (note,) = year(h).notes
        assert dict(note.values) == {"on": date(2026, 4, 2)}
        case = h.case("2026-04-01")
        assert year(h).notes == ()
        h.undo(h.conn.execute("SELECT seq FROM stage_step WHERE case_id = ?", (case,)).fetchone()[0])
        assert len(year(h).notes) == 1


def about(h: History) -> list[tuple[str, str, str, int]]:
    return [(a.concern, a.field, a.household_type, a.cases) for a in year(h).about]


def lives(h: History, case: int, label: str, relation: str) -> None:
    h.conn.execute("UPDATE member SET relation = ? WHERE id = ?", (relation, h.who(case, label)))


class TestWhatCasesWereAbout:
    def test_with_those_who_lived_there_on_the_day_it_was_noted(self, h: History) -> None:
        case = h.case("2026-05-01", people="ABC", concerns="A:job")
        for label, relation in zip("ABC", ("head", "spouse", "child"), strict=True):
            lives(h, case, label, relation)
        h.member(case, "D", "2026-06-02")
        lives(h, case, "D", "parent")
        h.leave(case, "B", "2026-06-01")
        h.fact("concern", "2026-06-01", case_id=case, member_id=None, code="care", most_pressing=0)
        h.fact("concern", "2026-06-02", case_id=case, member_id=None, code="debt", most_pressing=0)
        assert about(h) == [
            ("debt", "poverty", "three_generations", 1),
            ("job", "poverty", "parents_children", 1),
            ("care", "elderly", "single_parent", 1),
        ]

    def test_one_noted_twice_is_of_its_first_day(self, h: History) -> None:
        case = h.case("2026-05-01", people="AB", concerns="A:job")
        lives(h, case, "A", "head")
        lives(h, case, "B", "spouse")
        h.leave(case, "B", "2026-06-01")
        h.fact("concern", "2026-06-02", case_id=case, member_id=h.who(case, "A"), code="job", most_pressing=0)
        other = h.case("2026-05-02", concerns="A:job")
        lives(h, other, "A", "head")
        assert about(h) == [("job", "poverty", "couple", 1), ("job", "poverty", "single", 1)]

    def test_of_the_year_alone_and_what_is_undone_never_was(self, h: History) -> None:
        for on in ("2026-03-31", "2026-04-01", "2027-03-31", "2027-04-01"):
            lives(h, h.case(on, concerns="A:job"), "A", "head")
        case = h.case("2026-05-01", people="A")
        lives(h, case, "A", "head")
        h.fact("concern", "2026-05-02", case_id=case, member_id=None, code="care", most_pressing=0)
        h.undo(h.last_act())
        assert about(h) == [("job", "poverty", "single", 2)]
        h.fact("concern", "2026-05-02", case_id=case, member_id=None, code="care", most_pressing=0)
        h.member(case, "B", "2026-05-01")
        lives(h, case, "B", "spouse")
        joined = h.last_act()
        h.undo(joined)
        h.leave(case, "A", "2026-05-01")
        h.undo(h.last_act())
        assert about(h)[1:] == [("care", "elderly", "single", 1)]

    def test_a_code_of_an_earlier_edition_comes_last(self, h: History) -> None:
        h.case("2026-05-01", concerns="A:gone A:job")
        assert about(h) == [("job", "poverty", "unknown", 1), ("gone", "other", "unknown", 1)]


class TestWhereTheyCameFrom:
    def test_by_channel_and_window(self, h: History) -> None:
        for on in ("2026-03-31", "2026-04-01", "2027-03-31", "2027-04-01"):
            h.case(on)
        h.case("2026-05-01", channel="family", window="kaigo")
        h.case("2026-05-01", channel="family", act="return", origin="return")
        h.case("2026-05-01", channel="agency", stage="outreach", origin="outreach", act="contact")
        h.case("2026-05-02", channel="agency")
        h.undo(h.last_act())
        found = [(came.channel, came.window, came.cases) for came in year(h).came]
        assert found == [("family", "csw", 1), ("family", "kaigo", 1), ("self", "csw", 2)]


def asked(h: History, code: str | None = "csw") -> tuple[int, ...]:
    """(asked, accepted, declined, waiting, addresses)"""
    place = next(place for place in year(h).places if place.code == code)
    return place.asked, place.accepted, place.declined, place.waiting, place.addresses


class TestWhatWasAnswered:
    def test_by_the_last_answer_at_the_end_of_the_year(self, h: History) -> None:
        case = h.case("2026-05-01")
        for statuses in (
            [],
            ["waiting"],
            ["accepted"],
            ["declined"],
            ["declined", "accepted"],
            ["accepted", "declined"],
            ["accepted", "completed"],
            ["revoked"],
        ):
            made = h.refer(case, "2026-05-02")
            for status in statuses:
                h.answer(made, "2026-05-04", status)
        h.refer(case, "2026-05-02", "none_shared")
        h.refer(case, "2026-05-02", "statutory_report", "child")
        assert asked(h) == (7, 3, 2, 2, 1)

    def test_of_the_year_alone_and_what_is_undone_never_was(self, h: History) -> None:
        case = h.case("2026-03-01")
        for on in ("2026-03-31", "2027-04-01"):
            h.answer(h.refer(case, on), on)
        assert asked(h) == (0, 0, 0, 0, 0)
        for on in ("2026-04-01", "2027-03-31"):
            h.answer(h.refer(case, on), on)
        assert asked(h) == (2, 2, 0, 0, 0)
        h.answer(h.refer(case, "2026-05-01"), "2027-04-01")
        assert asked(h) == (3, 2, 0, 1, 0)
        h.answer(h.refer(case, "2026-05-01"), "2026-05-02")
        h.undo(h.last_act())
        h.refer(case, "2026-05-01")
        h.undo(h.last_act())
        assert asked(h) == (4, 2, 0, 2, 0)

    def test_how_long_until_the_first_answer_that_was_one(self, h: History) -> None:
        case = h.case("2026-05-01")
        made = h.refer(case, "2026-05-01")
        h.answer(made, "2026-05-03", "waiting")
        h.answer(made, "2026-05-04", "declined")
        h.undo(h.last_act())
        h.answer(made, "2026-05-06", "declined")
        h.answer(made, "2026-05-08", "accepted")
        h.answer(h.refer(case, "2026-05-01"), "2026-05-11", "accepted")
        h.answer(h.refer(case, "2026-05-01"), "2027-04-01", "accepted")
        h.answer(h.refer(case, "2026-05-01", "none_shared"), "2026-05-02", "accepted")
        csw = next(place for place in year(h).places if place.code == "csw")
        assert sorted(csw.to_answer.days) == [5, 10]

    def test_windows_in_their_order_then_the_rest_and_what_is_outside_as_one(self, h: History) -> None:
        case = h.case("2026-05-01")
        windows = [place.code for place in year(h).places]
        assert len(windows) == 19
        for kind, code in (
            ("outside", None),
            ("outside", None),
            ("programme", "zz"),
            ("programme", "o-csw"),
            ("resource", "csw"),
            ("window", "old"),
        ):
            made = h.refer(case, "2026-05-02")
            h.conn.execute("UPDATE referral SET to_kind = ?, to_code = ? WHERE id = ?", (kind, code, made))
        found = year(h).places
        assert [place.code for place in found] == [*windows, "old", "o-csw", "zz", "csw", None]
        assert [place.asked for place in found[19:]] == [1, 1, 1, 1, 2]
        assert [(place.kind, place.received) for place in found if place.received] == [("window", 1)]
        old, programme, gone, _, outside = (place.name for place in found[19:])
        assert (old, gone) == ("old", "zz"), "what is on no list any more stands under its code"
        assert programme not in ("o-csw", "")
        assert getattr(outside, "text", None) == "Bodies outside"


def gaps(h: History) -> list[tuple[date, str, date | None]]:
    return [(gap.raised_on, gap.status, gap.answered_on) for gap in year(h).gaps]


class TestGaps:
    def test_raised_moved_or_waiting_in_the_year(self, h: History) -> None:
        case = h.case("2026-03-01")
        h.gap("2026-03-02", case, ("2026-03-31", "answered"))
        h.gap("2026-03-03", case, ("2026-04-01", "answered"))
        h.gap("2026-03-04", case)
        h.gap("2026-04-01", case, ("2027-03-31", "answered"))
        h.gap("2027-03-31", case, ("2027-04-01", "answered"))
        h.gap("2027-04-01", case)
        assert gaps(h) == [
            (date(2026, 3, 3), "answered", date(2026, 4, 1)),
            (date(2026, 3, 4), "raised", None),
            (date(2026, 4, 1), "answered", date(2027, 3, 31)),
            (date(2027, 3, 31), "raised", None),
        ]
        assert [gap.cases for gap in year(h).gaps] == [1, 1, 1, 1]


def test_of_a_year_that_runs_the_months_begun(h: History) -> None:
    for on in ("2026-04-30", "2026-05-31", "2026-06-01"):
        h.case(on)
    found = looks.annual(h.conn, 2026, date(2026, 5, 1))
    line = next(line for line in found.lines if line.key == "cases.opened")
    assert (found.first, found.end) == (date(2026, 4, 1), date(2026, 6, 1))
    assert (line.months, line.year) == ((1, 1, *(None,) * 10), 2)
    window = next(line for line in found.lines if line.key == "consultations.by_window.csw")
    assert (window.months, window.year, window.family) == ((1, 1, *(None,) * 10), 2, say("By window"))
    assert window.label == say("{what}: {name}", what=say("By window"), name=window.name or "")
