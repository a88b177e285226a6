"""The lists that ship: the 16 boxes of the national intake form, where each leads, and the lists of our own."""

import re
from itertools import pairwise

import pytest

from tests.db.shipped import listed, rows, table
from toshima_cli.domain import office, regular
from toshima_cli.domain.terms import DecidedBy, Sex

CONCERNS = """
health     | 病気や健康、障害のこと | disability
housing    | 住まいについて | poverty
income     | 収入・生活費のこと | poverty
rent       | 家賃やローンの支払いのこと | poverty
dues       | 税金や公共料金等の支払いについて | poverty
debt       | 債務について | poverty
job        | 仕事探し、就職について | poverty
work       | 仕事上の不安やトラブル | poverty
community  | 地域との関係について | other
family     | 家族との関係について | other
childcare  | 子育てのこと | children
care       | 介護のこと | elderly
withdrawal | ひきこもり・不登校 | other
violence   | DV・虐待 | other
food       | 食べるものがない | poverty
other      | その他 | other
"""


def test_the_16_boxes_of_the_intake_form_in_its_order() -> None:
    found = rows("concerns")
    assert [[row["code"], row["name"], row["field"]] for row in found] == table(CONCERNS)
    assert len({row["name_en"] for row in found}) == 16


ROUTES = """
health     | kodomo-katei 0-17, boshi-hoken 0-5, shinshin 18-64, korei-sogo 65-, hattatsu 15-, csw 18-
housing    | nyukyo 18-, seikatsu 18-, seibu-seikatsu 18-, korei-sogo 65-, asisu 15-39, csw -
income     | kurashi-shigoto 18-, seikatsu -, seibu-seikatsu -, korei-sogo 65-, kosodate-info -
rent       | kurashi-shigoto 18-, nyukyo 18-, seikatsu -, seibu-seikatsu -
dues       | kurashi-shigoto 18-, kaigo 40-, csw -
debt       | kurashi-shigoto 18-, korei-sogo 65-, csw 18-
job        | kurashi-shigoto 18-, asisu 15-39, hikikomori 15-, shinshin 15-64
work       | kurashi-shigoto 18-, asisu 15-39, hattatsu 15-
community  | csw -, korei-sogo 65-
family     | asisu 0-39, kodomo-katei-center 0-17, josei 18-, korei-sogo 65-, csw 18-
childcare  | kodomo-katei -, boshi-hoken -, kosodate-info -, hoiku -, ssw 6-15, jiso 0-17
care       | korei-sogo 65-, kaigo 40-, shinshin 0-64, kodomo-katei-center 0-17, asisu 18-39, csw 18-
withdrawal | ssw 6-15, hikikomori 15-, asisu 6-39, hattatsu 15-, csw 18-
violence   | jiso 0-17, kodomo-katei-center 0-17, korei-sogo 65-, shinshin 18-, josei 18-, csw 18-
food       | csw -, kurashi-shigoto 18-, seikatsu -, seibu-seikatsu -, kodomo-katei 0-17
other      | csw -, asisu 0-39, korei-sogo 65-
"""


def test_every_concern_leads_somewhere_in_this_order_at_these_ages() -> None:
    found: dict[str, list[str]] = {}
    for row in rows("routing"):
        found.setdefault(row["concern"], []).append(f"{row['window']} {row['min_age']}-{row['max_age']}")
    assert [[concern, ", ".join(windows)] for concern, windows in found.items()] == table(ROUTES)
    assert list(found) == [row["code"] for row in rows("concerns")]


def test_every_window_is_reached() -> None:
    assert {row["window"] for row in rows("routing")} == {row["code"] for row in rows("windows")}


def test_the_72_routes_are_numbered_in_their_order_and_explained() -> None:
    found = rows("routing")
    assert [row["no"] for row in found] == [str(n) for n in range(1, 73)]
    assert len({(row["concern"], row["window"]) for row in found}) == 72
    assert all(row["note"] for row in found)
    assert all(int(row["min_age"]) < int(row["max_age"]) for row in found if row["max_age"])


def test_suspected_abuse_leads_to_who_takes_reports_first() -> None:
    first = [row for row in rows("routing") if row["concern"] == "violence"][:4]
    assert [row["note"][:4] for row in first] == ["【通告】", "【通告】", "【通報】", "【通報】"]


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        ("channel", "self family neighbour welfare_commissioner window agency outreach other"),
        (
            "relation",
            "head spouse partner former_spouse child parent sibling grandchild grandparent relative cohabitant other",
        ),
        ("method", "visit phone meeting office online letter email accompany other"),
        ("consent_method", "signature oral phone online"),
        ("why_not_connected", "cannot_come does_not_know_where refuses unaware other"),
        ("sex", " ".join(Sex)),
        # Ours from here on; kept in records and in the keys of reports, so that a code once used stays.
        (
            "change",
            "work_started work_kept income_up debt_arranged housing_secured benefits_started care_started"
            " treatment_started health_better goes_out place_to_be school parenting family_relation community_tie safe"
            " none",
        ),
        ("leave_reason", "moved_out married independent institution deceased other"),
        ("household_type", "single couple single_parent parents_children three_generations other unknown"),
        ("housing", "owned private_rent public company with_others none other unknown"),
        ("work", "employed temporary self_employed leave seeking none student unknown"),
        ("insurance", "national employee late_elderly assistance none unknown"),
    ],
)
def test_the_codes_of_a_list_in_their_order(name: str, slugs: str) -> None:
    assert listed(name) == slugs.split()


def test_there_are_twelve_lists_each_in_one_piece() -> None:
    names = [row["list"] for row in rows("codes")]
    assert len(set(names)) == 12
    assert sum(name != before for before, name in pairwise(names)) == 11


def test_a_code_and_its_words_stand_once_in_a_list_in_both_languages() -> None:
    found = rows("codes")
    for key in ("code", "name", "name_en"):
        assert all(row[key] for row in found)
        assert len({(row["list"], row[key]) for row in found}) == len(found)
    assert all(re.fullmatch("[a-z][a-z_]*", row["code"]) for row in found)


def test_what_the_state_collects_is_not_settled() -> None:
    assert {row["national"] for row in rows("codes")} == {"unknown"}


def test_conferences_of_other_laws() -> None:
    found = {row["code"]: (row["name"], row["law"]) for row in rows("conferences")}
    assert found == {
        "yotaikyo": ("要保護児童対策地域協議会", "児童福祉法"),
        "chiiki-care": ("地域ケア会議", "介護保険法"),
        "shien-chosei": ("支援調整会議（生活困窮者）", "生活困窮者自立支援制度（国の手引き）"),
        "seikatsu-shien-kaigi": ("支援会議（生活困窮者）", "生活困窮者自立支援法"),
        "jiritsu-shien-kyogikai": ("障害者自立支援協議会", "障害者総合支援法"),
        "kyoju-shien": ("居住支援協議会", "住宅セーフティネット法"),
        "kodomo-wakamono": ("子ども・若者支援地域協議会", "子ども・若者育成支援推進法"),
        "josei-shien": ("支援調整会議（困難な問題を抱える女性）", "困難な問題を抱える女性への支援に関する法律"),
        "seikatsu-hogo": ("調整会議（生活保護）", "生活保護法"),
    }
    assert len({row["name_en"] for row in rows("conferences")}) == len(rows("conferences")) == len(found)


def test_the_settings() -> None:
    assert {row["key"]: row["value"] for row in rows("settings")} == {
        "consent_self_from_age": "15",
        "interruption_days": "28",
        "engaging_long_days": "90",
        "unanswered_days": "14",
        "progress_interval_days": "30",
        "return_months": "6",
        "regular_subcommittee": "3-thu",
        "regular_council": "none",
        "hidden_most": "4",
    }


def test_what_stands_in_for_a_setting_older_books_lack_is_what_is_shipped() -> None:
    shipped = {row["key"]: row["value"] for row in rows("settings")}
    assert {key: shipped[key] for key in regular.SETTINGS.values()} == regular.DEFAULTS
    assert {key: shipped[key] for key in office.DEFAULTS} == office.DEFAULTS


def test_who_may_decide_by_age() -> None:
    found = [
        (row["from_age"], row["to_age"], row["decided_by"], row["child_view_required"]) for row in rows("deciders")
    ]
    assert found == [
        ("", "", "self", "false"),
        ("", "", "parent", "true"),
        ("", "", "minor_guardian", "true"),
        ("18", "", "adult_guardian", "false"),
        ("18", "", "curator", "false"),
    ]
    assert {row[2] for row in found} == set(DecidedBy)
