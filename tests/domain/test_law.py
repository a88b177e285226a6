"""Which article, on that day: every row of the table of domain.md, on its first and its last day."""

from collections.abc import Iterator
from datetime import date

import pytest

from toshima_cli import i18n
from toshima_cli.domain import law
from toshima_cli.domain.terms import Operation, ReportKind

WORK = "1年以下の懲役又は100万円以下の罰金"
PRISON = "1年以下の拘禁刑又は100万円以下の罰金"


@pytest.fixture(params=["ja", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    before = i18n.language()
    i18n.set_language(request.param)
    yield request.param
    i18n.set_language(before)


def test_before_april_2021_there_was_no_support_conference() -> None:
    day = date(2021, 3, 31)
    assert law.support_conference_law(day) is None
    with pytest.raises(ValueError, match="2021-03-31"):
        law.ground_json(day)


@pytest.mark.parametrize(
    ("first", "last", "codes", "penalty_text"),
    [
        (
            date(2021, 4, 1),
            date(2025, 3, 31),
            ("106-6", "106-6(1)", "106-6(5)", "106-4(5)", "159 item 2"),
            WORK,
        ),
        (
            date(2025, 4, 1),
            date(2025, 5, 31),
            ("106-6", "106-6(1)", "106-6(6)", "106-4(6)", "159 item 2"),
            WORK,
        ),
        (
            date(2025, 6, 1),
            date(2027, 3, 31),
            ("106-6", "106-6(1)", "106-6(6)", "106-4(6)", "159 item 2"),
            PRISON,
        ),
        (
            date(2027, 4, 1),
            date(2099, 3, 31),
            ("106-3-2", "106-3-2(1)", "106-3-2(6)", "106-4(6)", "159(1)"),
            PRISON,
        ),
    ],
)
def test_the_law_of_each_period(first: date, last: date, codes: tuple[str, ...], penalty_text: str) -> None:
    for day in (first, last):
        found = law.support_conference_law(day)
        assert found is not None
        assert found.since == first
        cites = (found.conference, found.paragraph_one, found.secrecy, found.contractors, found.penalty)
        assert tuple(cite.code for cite in cites) == codes
        assert found.penalty_text == penalty_text


def test_the_penalty_is_said_in_english_as_it_was_then() -> None:
    before, after = law.support_conference_law(date(2025, 5, 31)), law.support_conference_law(date(2025, 6, 1))
    assert before is not None
    assert after is not None
    assert "with work" in before.penalty_say.text
    assert "with work" not in after.penalty_say.text
    assert "1,000,000 yen" in after.penalty_say.text


@pytest.mark.parametrize(
    ("code", "ja"),
    [
        ("106-6", "社会福祉法第106条の6"),
        ("106-6(1)", "社会福祉法第106条の6第1項"),
        ("106-6(5)", "社会福祉法第106条の6第5項"),
        ("106-6(6)", "社会福祉法第106条の6第6項"),
        ("106-3-2", "社会福祉法第106条の3の2"),
        ("106-3-2(1)", "社会福祉法第106条の3の2第1項"),
        ("106-3-2(6)", "社会福祉法第106条の3の2第6項"),
        ("106-4(5)", "社会福祉法第106条の4第5項"),
        ("106-4(6)", "社会福祉法第106条の4第6項"),
        ("159 item 2", "社会福祉法第159条第2号"),
        ("159(1)", "社会福祉法第159条第1項"),
        ("69", "個人情報保護法第69条"),
        ("27(1)", "個人情報保護法第27条第1項"),
        ("child abuse 6", "児童虐待防止法第6条"),
        ("child welfare 25", "児童福祉法第25条"),
        ("elder abuse 7", "高齢者虐待防止法第7条"),
        ("disabled abuse 7", "障害者虐待防止法第7条"),
    ],
)
def test_every_cite_as_papers_print_it(code: str, ja: str) -> None:
    assert law.cites()[code].ja == ja


def test_there_are_no_other_cites_and_none_is_the_bare_article_106() -> None:
    assert len(law.cites()) == 17
    assert not {code for code in law.cites() if code == "106" or code.startswith(("106(", "106 "))}


@pytest.mark.parametrize("code", sorted(law.cites()))
def test_a_code_speaks_of_the_article_its_cite_prints(code: str) -> None:
    """A number typed wrong in one of the two would send somebody to another article."""
    cite = law.cites()[code]
    if not code[0].isdigit():
        assert cite.ja.endswith(f"第{code.rpartition(' ')[2]}条")
        assert cite.en.text.startswith(f"Article {code.rpartition(' ')[2]} of")
        return
    article, _, rest = code.partition(" item ")
    article, _, paragraph = article.partition("(")
    first, *branches = article.split("-")
    where = f"第{first}条" + "".join(f"の{branch}" for branch in branches)
    where += f"第{paragraph.rstrip(')')}項" if paragraph else ""
    where += f"第{rest}号" if rest else ""
    assert cite.ja.endswith(f"法{where}")
    english = f"Article {article}" + (f", paragraph {paragraph.rstrip(')')}" if paragraph else "")
    english += f", item {rest}" if rest else ""
    assert cite.en.text.startswith(f"{english} of the ")


@pytest.mark.parametrize("code", sorted(law.cites()))
def test_a_cite_is_said_in_the_language_of_the_screen(code: str, language: str) -> None:
    cite = law.cites()[code]
    said = i18n.render(cite.as_say())
    # What has no translation is said in English; a translation that is there names the same article.
    assert said in ({cite.en.text} if language == "en" else {cite.ja, cite.en.text})


def test_the_ground_of_a_support_conference_in_the_shape_of_the_command_line() -> None:
    assert law.ground_json(date(2026, 11, 24)) == {
        "kind": "support_conference",
        "basis": "law",
        "article": "106-6",
        "secrecy": "106-6(6)",
        "penalty": "159 item 2",
        "penalty_text": PRISON,
        "text": "社会福祉法第106条の6第1項",
    }
    assert law.ground_json(date(2027, 4, 1)) == {
        "kind": "support_conference",
        "basis": "law",
        "article": "106-3-2",
        "secrecy": "106-3-2(6)",
        "penalty": "159(1)",
        "penalty_text": PRISON,
        "text": "社会福祉法第106条の3の2第1項",
    }


def test_what_other_conferences_did_is_recorded_from_april_2027_on() -> None:
    assert not law.must_record_other_conference(date(2027, 3, 31))
    assert law.must_record_other_conference(date(2027, 4, 1))


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        (Operation.DIRECT, "69"),
        (Operation.COMMISSIONED, "27(1)"),
        (Operation.PARTLY_COMMISSIONED, "27(1)"),
        (None, "27(1)"),
    ],
)
def test_the_senders_nature_decides_the_privacy_article(operation: Operation | None, code: str) -> None:
    assert law.privacy_article(operation).code == code


@pytest.mark.parametrize(
    ("kind", "needing_protection", "code"),
    [
        (ReportKind.CHILD, False, "child abuse 6"),
        (ReportKind.CHILD, True, "child welfare 25"),
        (ReportKind.ELDER, False, "elder abuse 7"),
        (ReportKind.ELDER, True, "elder abuse 7"),
        (ReportKind.DISABLED, False, "disabled abuse 7"),
    ],
)
def test_the_duty_to_report_by_whom_it_is_about(kind: ReportKind, needing_protection: bool, code: str) -> None:
    assert law.report_article(kind, needing_protection).code == code


def test_a_report_is_of_suspected_abuse_unless_said_otherwise() -> None:
    assert law.report_article(ReportKind.CHILD).code == "child abuse 6"
