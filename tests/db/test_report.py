"""The monthly report: its keys, its balance, and what it says of receptions, stages and plans (domain §6).

The world: November 2026, whose fiscal year began on 1 April.
"""

from datetime import date
from typing import Any

import pytest

from tests.figures import APRIL, DECEMBER, NOVEMBER, month, units, year
from tests.history import History
from toshima_cli.domain import report as r
from toshima_cli.domain.terms import EndReason, Field, ReportKind
from toshima_cli.looks import report as looks


class TestTheKeys:
    def test_every_key_in_the_order_of_the_contract(self, h: History) -> None:
        channels = "self family neighbour welfare_commissioner window agency outreach other"
        methods = "visit phone meeting office online letter email accompany other"
        codes = {
            name: [row[0] for row in h.conn.execute(f"SELECT code FROM {table} ORDER BY position")]
            for name, table in (
                ("window", '"window"'),
                ("concern", "concern_kind"),
                ("change", "code WHERE list = 'change'"),
            )
        }
        assert len(codes["window"]) == 19
        assert len(codes["concern"]) == 16
        assert [line.key for line in looks.monthly(h.conn, NOVEMBER).lines] == [
            *["cases.open_start", "cases.opened", "cases.reopened", "cases.ended", "cases.open_end"],
            *["consultations.new", "consultations.with_consent", "consultations.without_consent"],
            *(f"consultations.by_channel.{code}" for code in channels.split()),
            *(f"consultations.by_window.{code}" for code in codes["window"]),
            *(f"consultations.by_field.{code}" for code in Field),
            *(f"concerns.{code}" for code in codes["concern"]),
            "contacts.total",
            *(f"contacts.by_method.{code}" for code in methods.split()),
            *["complex.accepted", "complex.open", "engaging.cases", "engaging.over_90_days"],
            *["plans.new", "plans.revised", "plans.approved", "plans.approved_afterwards", "plans.active"],
            "plans.review_overdue",
            *(f"support_conference.{word}" for word in ("sittings", "cases", "items")),
            *(f"multilayer_conference.{word}" for word in ("sittings", "cases", "items")),
            *["stakeholder.sittings", "subcommittee.sittings", "council.sittings", "transitions.to_multilayer"],
            *["outreach.people", "outreach.contacts", "outreach.consented"],
            *["participation.national.people", "participation.local.people", "community.people"],
            *(f"referrals.{word}" for word in ("sent", "accepted", "declined", "unanswered")),
            *(f"reports_by_law.{kind}" for kind in ReportKind),
            "emergencies",
            *["ends.concluded", "ends.interrupted"],
            *(f"ends.by_reason.{code}" for code in EndReason),
            "watching.open",
            *(f"changes.{code}" for code in codes["change"]),
            *["gaps.raised", "gaps.forwarded", "gaps.answered"],
        ]

    def test_an_empty_year_is_all_zero(self, h: History) -> None:
        assert month(h) == year(h) == {}
        assert {line.month for line in looks.monthly(h.conn, NOVEMBER).lines} == {0}

    def test_a_code_of_an_earlier_edition_is_still_counted(self, h: History) -> None:
        h.case("2026-06-02", window="old-window")
        report = looks.monthly(h.conn, NOVEMBER)
        keys = [line.key for line in report.lines if line.key.startswith("consultations.by_window.")]
        assert keys[-1] == "consultations.by_window.old-window"
        assert year(h)["consultations.by_window.old-window"] == year(h)["consultations.new"] == 1

    def test_labels_take_their_days_from_the_settings(self, h: History) -> None:
        h.conn.execute("UPDATE setting SET value = '60' WHERE key = 'engaging_long_days'")
        labels = {line.key: line.label for line in looks.monthly(h.conn, NOVEMBER).lines}
        assert labels["engaging.over_90_days"].values == (("days", 60),)
        assert labels["referrals.unanswered"].values == (("days", 14),)

    def test_names_of_codes_in_either_language(self, h: History) -> None:
        key = "contacts.by_method.visit"
        names = [
            {line.key: line.name for line in looks.monthly(h.conn, NOVEMBER, english=english).lines}[key]
            for english in (False, True)
        ]
        assert names == ["訪問", "Visit"]


class TestTheBalance:
    def test_an_opening_counts_once_and_stays_open(self, h: History) -> None:
        h.case("2026-10-31")
        h.case("2026-11-01", stage="outreach", origin="outreach", act="contact")
        h.case("2026-11-30", origin="split", act="split")
        h.case("2026-12-01")
        assert month(h, prefix="cases.") == {"cases.open_start": 1, "cases.opened": 2, "cases.open_end": 3}
        assert year(h, prefix="cases.") == {"cases.opened": 3, "cases.open_end": 3}
        assert [row["unit"] for row in units(h, "cases.opened")] == ["2026-0002", "2026-0003"]

    def test_a_return_reopens(self, h: History) -> None:
        h.case("2026-11-03", origin="return", act="return")
        assert month(h, prefix="cases.") == {"cases.reopened": 1, "cases.open_end": 1}

    def test_an_end_and_a_reopening_in_one_month(self, h: History) -> None:
        case = h.case("2026-04-01")
        h.end(case, "2026-11-03")
        h.step(case, "2026-11-20", "resume", "received")
        h.end(case, "2026-11-25", None)
        assert month(h, prefix="cases.") == {"cases.open_start": 1, "cases.reopened": 1, "cases.ended": 2}
        assert month(h, prefix="ends.") == {
            "ends.concluded": 1,
            "ends.interrupted": 1,
            "ends.by_reason.resolved": 1,
        }

    def test_within_a_day_the_later_recording_holds(self, h: History) -> None:
        case = h.case("2026-11-03")
        h.end(case, "2026-11-10")
        h.step(case, "2026-11-10", "resume", "received")
        assert month(h, prefix="cases.") == {
            "cases.opened": 1,
            "cases.reopened": 1,
            "cases.ended": 1,
            "cases.open_end": 1,
        }

    def test_two_steps_of_one_act_in_the_order_of_their_rows(self, h: History) -> None:
        case = h.case("2026-10-03")
        h.step(case, "2026-11-10", "plan", "planning")
        h.step(case, "2026-11-10", "start", "supporting", seq=h.last_act())
        h.step(case, "2026-11-11", "watch", "watching")
        h.step(case, "2026-11-11", "conclude", "closed", seq=h.last_act())
        assert month(h, prefix="cases.") == {"cases.open_start": 1, "cases.ended": 1}
        h.step(case, "2026-11-12", "resume", "received")
        assert month(h, prefix="cases.")["cases.reopened"] == 1

    def test_a_step_recorded_late_takes_its_place_by_its_date(self, h: History) -> None:
        case = h.case("2026-04-02")
        h.end(case, "2026-11-20")
        h.step(case, "2026-11-10", "escalate", "complex")
        assert month(h, prefix="cases.") == {"cases.open_start": 1, "cases.ended": 1}

    def test_an_end_recorded_late_takes_its_place_by_its_date(self, h: History) -> None:
        again, back = h.case("2026-04-02"), h.case("2026-04-02")
        h.end(again, "2026-11-20")
        h.step(back, "2026-11-20", "resume", "received")
        for case in (again, back):
            h.end(case, "2026-10-20", None)
        assert month(h, prefix="cases.") == {"cases.reopened": 1, "cases.open_end": 1}
        assert month(h, prefix="ends.") == {}

    def test_an_ended_case_that_ends_again_ends_once(self, h: History) -> None:
        case = h.case("2026-04-02")
        h.end(case, "2026-10-20", None)
        h.end(case, "2026-11-20")
        assert month(h, prefix="cases.") == {}
        assert month(h, prefix="ends.") == {}

    def test_a_case_that_only_ever_ended_leaves_the_balance_whole(self, h: History) -> None:
        h.case("2026-11-02", act="conclude", stage="closed")
        assert month(h, prefix="cases.") == {"cases.opened": 1, "cases.ended": 1}

    def test_undone_steps_never_were(self, h: History) -> None:
        case = h.case("2026-11-02")
        h.end(case, "2026-11-05", changes=("safe",))
        h.undo(h.last_act())
        assert month(h, prefix="cases.") == {"cases.opened": 1, "cases.open_end": 1}
        assert {**month(h, prefix="ends."), **month(h, prefix="changes.")} == {}
        h.end(case, "2026-11-06", "moved")
        assert month(h, prefix="ends.") == {"ends.concluded": 1, "ends.by_reason.moved": 1}
        h.undo(h.last_act())
        h.case("2026-11-04")
        h.undo(h.last_act())
        assert month(h, prefix="cases.") == {"cases.opened": 1, "cases.open_end": 1}

    def test_april_starts_the_year(self, h: History) -> None:
        h.case("2026-03-31")
        h.case("2026-04-01")
        found = looks.monthly(h.conn, APRIL)
        assert all(line.month == line.year_to_date for line in found.lines)
        assert month(h, APRIL, "cases.") == {"cases.open_start": 1, "cases.opened": 1, "cases.open_end": 2}
        assert year(h, NOVEMBER, "cases.") == month(h, APRIL, "cases.")

    def test_january_to_march_belong_to_the_year_before(self, h: History) -> None:
        h.case("2026-04-01")
        march = r.Range(date(2027, 3, 1), date(2027, 4, 1))
        assert year(h, march, "cases.opened") == {"cases.opened": 1}
        assert looks.monthly(h.conn, march).year_from == date(2026, 4, 1)


class TestConsultations:
    def test_by_channel_window_and_each_field_once(self, h: History) -> None:
        h.case("2026-11-05", people="ABC", concerns="A:job B:withdrawal C:care A:debt :family A:gone", window="csw")
        h.case("2026-11-06", concerns="A:care", channel="family", window="kaigo")
        h.case("2026-11-07", stage="outreach", origin="outreach", act="contact", concerns="A:childcare")
        assert month(h, prefix="consultations.") == {
            "consultations.new": 2,
            "consultations.without_consent": 2,
            "consultations.by_channel.self": 1,
            "consultations.by_channel.family": 1,
            "consultations.by_window.csw": 1,
            "consultations.by_window.kaigo": 1,
            "consultations.by_field.elderly": 2,
            "consultations.by_field.poverty": 1,
            "consultations.by_field.other": 1,
        }

    def test_a_return_is_a_reception_wherever_receptions_are_parted(self, h: History) -> None:
        h.case("2026-11-05", origin="return", act="return", window="kaigo", channel="agency", concerns="A:care")
        assert month(h, prefix="consultations.") == {
            "consultations.new": 1,
            "consultations.without_consent": 1,
            "consultations.by_channel.agency": 1,
            "consultations.by_window.kaigo": 1,
            "consultations.by_field.elderly": 1,
        }

    def test_a_concern_that_ended_in_another_case_is_noted_anew_in_this_one(self, h: History) -> None:
        one, other = h.case("2026-10-05", concerns=":debt"), h.case("2026-10-05")
        old = h.conn.execute("SELECT id FROM concern WHERE case_id = ?", (one,)).fetchone()[0]
        h.fact("concern_end", "2026-11-05", concern_id=old)
        h.fact("concern", "2026-11-05", seq=h.last_act(), case_id=other, member_id=None, code="debt", most_pressing=0)
        assert month(h, prefix="concerns.") == {"concerns.debt": 1}

    def test_a_concern_found_later_changes_no_reception(self, h: History) -> None:
        case = h.case("2026-11-05", concerns="A:job")
        h.fact("concern", "2026-11-06", case_id=case, member_id=None, code="care", most_pressing=0)
        assert month(h, prefix="consultations.by_field") == {"consultations.by_field.poverty": 1}
        h.fact("concern", "2026-11-05", case_id=case, member_id=None, code="care", most_pressing=0)
        assert len(month(h, prefix="consultations.by_field")) == 2
        h.undo(h.last_act())
        assert month(h, prefix="consultations.by_field") == {"consultations.by_field.poverty": 1}
        assert month(h, prefix="concerns.") == {"concerns.job": 1, "concerns.care": 1}
        assert [(row["unit"], row["person"]) for row in units(h, "concerns.care")] == [("2026-0001/care", None)]

    def test_a_parents_consent_does_not_count_under_suspicion(self, h: History) -> None:
        def received(*, violence: str | None = None, born: str | None = None, on: str = "2026-11-07") -> int:
            case = h.case("2026-11-07", people="AB")
            h.consent(case, "A", "2026-11-07", decided_by="parent")
            if born:
                h.conn.execute("UPDATE person SET birth_date = ? WHERE id = "
                               "(SELECT person_id FROM member WHERE id = ?)", (born, h.who(case, "B")))  # fmt: skip
            if violence is not None:
                who = h.who(case, violence) if violence else None
                h.fact("concern", on, case_id=case, member_id=who, code="violence", most_pressing=0)
            return case

        def counted() -> tuple[int, int]:
            found = month(h, prefix="consultations.with")
            return found.get("consultations.with_consent", 0), found.get("consultations.without_consent", 0)

        received()
        received(violence="A", on="2026-11-08")  # suspected later: it held on the day
        received(violence="B", born="1980-01-01")  # a grown-up who suffers may be the parent that decides
        assert counted() == (3, 0)
        for violence, born in (("", None), ("A", None), ("B", None), ("B", "2015-01-01")):
            received(violence=violence, born=born)
        assert counted() == (3, 4)

    def test_nor_after_a_report_about_a_child_of_the_household(self, h: History) -> None:
        for label, kind, status in (
            ("A", "child", None),
            ("A", "child", "accepted"),
            ("A", "child", "revoked"),
            ("B", "child", None),
            ("A", "elder", None),
        ):
            case = h.case("2026-11-07", people="AB")
            h.consent(case, "A", "2026-11-07", decided_by="parent")
            report = h.refer(case, "2026-11-06", "statutory_report", kind, label=label)
            if status:
                h.answer(report, "2026-12-01", status)
        found = month(h, prefix="consultations.with")
        assert found == {"consultations.with_consent": 2, "consultations.without_consent": 3}

    def test_a_connection_from_outreach_is_a_reception(self, h: History) -> None:
        case = h.case("2026-10-05", stage="outreach", origin="outreach", act="contact")
        h.step(case, "2026-11-05", "connect", "received")
        assert month(h)["consultations.new"] == 1
        assert units(h, "consultations.new")[0]["on"] == date(2026, 11, 5)

    @pytest.mark.parametrize(
        ("consents", "shared"),
        [
            ([("2026-11-05", "given", {})], True),
            ([("2026-10-05", "given", {"expires": "2026-11-05"})], True),
            ([("2026-10-05", "given", {"expires": "2026-11-04"})], False),
            ([("2026-11-06", "given", {})], False),
            ([("2026-11-05", "given", {"sharing": False})], False),
            ([("2026-11-05", "refused", {})], False),
            ([("2026-11-05", "given", {}), ("2026-11-05", "withdrawn", {})], False),
            ([("2026-11-05", "given", {}), ("2026-11-05", "withdrawn", {"sharing": False})], True),
            ([("2026-11-05", "given", {}), ("2026-11-06", "withdrawn", {})], True),
        ],
    )
    def test_consent_is_what_held_on_the_very_day(
        self, h: History, consents: list[tuple[str, str, dict[str, Any]]], shared: bool
    ) -> None:
        case = h.case("2026-11-05", people="AB")
        for on, decision, more in consents:
            h.consent(case, "B", on, decision, **more)
        assert month(h).get("consultations.with_consent", 0) == shared
        assert month(h).get("consultations.without_consent", 0) == (not shared)

    def test_of_an_undone_consent_or_person_nothing_holds(self, h: History) -> None:
        case = h.case("2026-11-05")
        h.consent(case, "A", "2026-11-05")
        h.undo(h.last_act())
        h.member(case, "B", "2026-11-05")
        member = h.last_act()
        h.consent(case, "B", "2026-11-05")
        assert month(h)["consultations.with_consent"] == 1
        h.undo(member)
        assert "consultations.with_consent" not in month(h)


class TestContactsAndStages:
    def test_contacts_by_method(self, h: History) -> None:
        case = h.case("2026-10-05")
        for on, method in (
            ("2026-10-31", "phone"),
            ("2026-11-01", "visit"),
            ("2026-11-30", "visit"),
            ("2026-12-01", "x"),
        ):
            h.note(case, on, method)
        assert month(h, prefix="contacts.") == {"contacts.total": 2, "contacts.by_method.visit": 2}
        assert year(h, prefix="contacts.") == {
            "contacts.total": 3,
            "contacts.by_method.visit": 2,
            "contacts.by_method.phone": 1,
        }

    def test_accepted_again_counts_again_and_open_is_the_stage_of_the_last_day(self, h: History) -> None:
        case = h.case("2026-10-05")
        h.step(case, "2026-11-02", "escalate", "complex")
        h.step(case, "2026-11-05", "settle", "single")
        h.step(case, "2026-11-09", "escalate", "complex")
        h.step(case, "2026-12-01", "approach", "engaging")
        assert month(h, prefix="complex.") == {"complex.accepted": 2, "complex.open": 1}
        assert month(h, DECEMBER, "complex.") == {}
        assert month(h, DECEMBER, "engaging.") == {"engaging.cases": 1}

    @pytest.mark.parametrize(("began", "long"), [("2026-09-01", False), ("2026-08-31", True)])
    def test_engaging_is_long_after_more_than_ninety_days(self, h: History, began: str, long: bool) -> None:
        case = h.case("2026-04-05")
        h.step(case, began, "approach", "engaging")
        h.step(case, "2026-10-05", "approach", "engaging")
        h.case("2026-10-06")  # another case's stage is no break in this one's
        assert month(h, prefix="engaging.") == {"engaging.cases": 1, **({"engaging.over_90_days": 1} if long else {})}

    def test_a_break_begins_the_engaging_anew(self, h: History) -> None:
        case = h.case("2026-04-05")
        h.step(case, "2026-05-05", "approach", "engaging")
        h.step(case, "2026-11-05", "interrupt", "interrupted")
        h.step(case, "2026-11-06", "resume", "engaging")
        assert month(h, prefix="engaging.") == {"engaging.cases": 1}

    def test_a_break_after_the_last_day_is_none_yet(self, h: History) -> None:
        case = h.case("2026-04-05")
        h.step(case, "2026-05-05", "approach", "engaging")
        h.end(case, "2026-12-01")
        assert month(h, prefix="engaging.") == {"engaging.cases": 1, "engaging.over_90_days": 1}

    def test_a_break_within_the_day_is_a_break(self, h: History) -> None:
        case = h.case("2026-04-05")
        h.step(case, "2026-05-05", "approach", "engaging")
        for on in ("2026-08-31", "2026-09-01"):
            with h.taken_back():
                h.step(case, on, "interrupt", "interrupted")
                h.step(case, on, "resume", "engaging")
                assert month(h).get("engaging.over_90_days", 0) == (on == "2026-08-31")

    def test_the_days_are_the_setting(self, h: History) -> None:
        h.conn.execute("UPDATE setting SET value = '9' WHERE key = 'engaging_long_days'")
        case = h.case("2026-04-05")
        h.step(case, "2026-11-20", "approach", "engaging")
        assert month(h, prefix="engaging.over") == {"engaging.over_90_days": 1}

    def test_watching(self, h: History) -> None:
        case = h.case("2026-10-05")
        h.step(case, "2026-11-30", "watch", "watching")
        assert month(h, prefix="watching.") == {"watching.open": 1}
