"""The statutes, by date: the one place that holds their numbers. "Which article, on that day?"

Social Welfare Act 社会福祉法 as amended (in force 2021-04-01, 2025-04-01; Act 51 of Reiwa 8 from 2027-04-01), the
penalty reworded from 懲役 to 拘禁刑 on 2025-06-01. The law does not mention the 重層的支援会議.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from toshima_cli.domain.terms import Operation, ReportKind
from toshima_cli.domain.verdict import Say, say


@dataclass(frozen=True, slots=True)
class Cite:
    """One place in a statute: `code` in data (`106-6(1)`), `ja` and `en` in print, the law's name included."""

    code: str
    ja: str
    en: Say

    def as_say(self) -> Say:
        """The cite as a sentence's value, in the language of the screen."""
        return self.en


@dataclass(frozen=True, slots=True)
class SupportConferenceLaw:
    """What governs a support conference in one period, from `since` on."""

    since: date
    conference: Cite
    paragraph_one: Cite
    secrecy: Cite
    contractors: Cite
    penalty: Cite
    penalty_text: str
    penalty_say: Say


_WORK = "1年以下の懲役又は100万円以下の罰金"
_PRISON = "1年以下の拘禁刑又は100万円以下の罰金"
_WORK_SAY = say("imprisonment with work for up to one year, or a fine of up to 1,000,000 yen")
_PRISON_SAY = say("imprisonment for up to one year, or a fine of up to 1,000,000 yen")

_106_6 = Cite("106-6", "社会福祉法第106条の6", say("Article 106-6 of the Social Welfare Act"))
_106_6_1 = Cite("106-6(1)", "社会福祉法第106条の6第1項", say("Article 106-6, paragraph 1 of the Social Welfare Act"))
_106_6_5 = Cite("106-6(5)", "社会福祉法第106条の6第5項", say("Article 106-6, paragraph 5 of the Social Welfare Act"))
_106_6_6 = Cite("106-6(6)", "社会福祉法第106条の6第6項", say("Article 106-6, paragraph 6 of the Social Welfare Act"))
_106_3_2 = Cite("106-3-2", "社会福祉法第106条の3の2", say("Article 106-3-2 of the Social Welfare Act"))
_106_3_2_1 = Cite(
    "106-3-2(1)", "社会福祉法第106条の3の2第1項", say("Article 106-3-2, paragraph 1 of the Social Welfare Act")
)
_106_3_2_6 = Cite(
    "106-3-2(6)", "社会福祉法第106条の3の2第6項", say("Article 106-3-2, paragraph 6 of the Social Welfare Act")
)
_106_4_5 = Cite("106-4(5)", "社会福祉法第106条の4第5項", say("Article 106-4, paragraph 5 of the Social Welfare Act"))
_106_4_6 = Cite("106-4(6)", "社会福祉法第106条の4第6項", say("Article 106-4, paragraph 6 of the Social Welfare Act"))
_159_2 = Cite("159 item 2", "社会福祉法第159条第2号", say("Article 159, item 2 of the Social Welfare Act"))
_159_1 = Cite("159(1)", "社会福祉法第159条第1項", say("Article 159, paragraph 1 of the Social Welfare Act"))

PERIODS = (
    SupportConferenceLaw(
        date(2027, 4, 1),
        _106_3_2,
        _106_3_2_1,
        _106_3_2_6,
        _106_4_6,
        _159_1,
        _PRISON,
        _PRISON_SAY,
    ),
    SupportConferenceLaw(date(2025, 6, 1), _106_6, _106_6_1, _106_6_6, _106_4_6, _159_2, _PRISON, _PRISON_SAY),
    SupportConferenceLaw(date(2025, 4, 1), _106_6, _106_6_1, _106_6_6, _106_4_6, _159_2, _WORK, _WORK_SAY),
    SupportConferenceLaw(date(2021, 4, 1), _106_6, _106_6_1, _106_6_5, _106_4_5, _159_2, _WORK, _WORK_SAY),
)
"""The newest first."""


def support_conference_law(on: date) -> SupportConferenceLaw | None:
    """What governed a support conference on that day; None before 2021-04-01, when the law had none."""
    return next((period for period in PERIODS if on >= period.since), None)


def ground_json(on: date) -> dict[str, str | None]:
    """The ground `support_conference` as cli.md shapes it, for that day; penalty_text and text name the Japanese law.

    Raises ValueError before 2021-04-01.
    """
    found = support_conference_law(on)
    if found is None:
        raise ValueError(f"no support conference on {on}")
    return {
        "kind": "support_conference",
        "basis": "law",
        "article": found.conference.code,
        "secrecy": found.secrecy.code,
        "penalty": found.penalty.code,
        "penalty_text": found.penalty_text,
        "text": found.paragraph_one.ja,
    }


_OTHERS_NOT_ENOUGH = date(2027, 4, 1)


def must_record_other_conference(on: date) -> bool:
    """Whether a support conference takes up what conferences of other laws have *not examined enough*, so that which of
    them dealt with the case, when, and why that was not enough is recorded (Act 51 of Reiwa 8)."""
    return on >= _OTHERS_NOT_ENOUGH


_PRIVACY_WARD = Cite(
    "69", "個人情報保護法第69条", say("Article 69 of the Act on the Protection of Personal Information")
)
_PRIVACY_OTHERS = Cite(
    "27(1)",
    "個人情報保護法第27条第1項",
    say("Article 27, paragraph 1 of the Act on the Protection of Personal Information"),
)


def privacy_article(operation: Operation | None) -> Cite:
    """By the sender's nature (rule 8): the ward itself article 69; commissioned bodies, the council of social welfare
    and whoever is not known to be the ward article 27, paragraph 1."""
    return _PRIVACY_WARD if operation is Operation.DIRECT else _PRIVACY_OTHERS


REPORTS: Mapping[ReportKind, Cite] = {
    ReportKind.CHILD: Cite(
        "child abuse 6", "児童虐待防止法第6条", say("Article 6 of the Act on the Prevention of Child Abuse")
    ),
    ReportKind.ELDER: Cite(
        "elder abuse 7", "高齢者虐待防止法第7条", say("Article 7 of the Elder Abuse Prevention Act")
    ),
    ReportKind.DISABLED: Cite(
        "disabled abuse 7",
        "障害者虐待防止法第7条",
        say("Article 7 of the Act on the Prevention of Abuse of Persons with Disabilities"),
    ),
}
"""The duty to report (通告・通報), by whom it is about."""

CHILD_NEEDING_PROTECTION = Cite("child welfare 25", "児童福祉法第25条", say("Article 25 of the Child Welfare Act"))
"""A child needing protection where abuse is not suspected."""


def report_article(kind: ReportKind, child_needing_protection: bool = False) -> Cite:
    """The duty to report. `child_needing_protection`: 要保護児童 where abuse is not suspected; of children only."""
    if kind is ReportKind.CHILD and child_needing_protection:
        return CHILD_NEEDING_PROTECTION
    return REPORTS[kind]


def cites() -> Mapping[str, Cite]:
    """Every cite by its code, for screens that hold the code only."""
    conference = (c for p in PERIODS for c in (p.conference, p.paragraph_one, p.secrecy, p.contractors, p.penalty))
    found = (*conference, _PRIVACY_WARD, _PRIVACY_OTHERS, *REPORTS.values(), CHILD_NEEDING_PROTECTION)
    return {cite.code: cite for cite in found}
