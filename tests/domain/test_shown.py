"""What an act may answer: no name of somebody withheld in any sentence or line, with `--mask` nobody's."""

from dataclasses import replace

import pytest

from tests.domain.household import Life
from toshima_cli.domain import shown
from toshima_cli.domain.case import Case
from toshima_cli.domain.initials import HELD_BACK
from toshima_cli.domain.terms import Ground
from toshima_cli.domain.verdict import Basis, Done, Next, Refusal, Say, Warned, say

CLUB = "優太親の会"


@pytest.fixture
def case() -> Case:
    life = Life(labels="AB")
    a, b = life.case.people
    return replace(life.case, people=(replace(a, name="髙橋 由美子"), b), unsaid=(("髙橋 優太", None),))


def done() -> Done:
    return Done(
        sentence=say("{number} to {to}: {ground}, {label}.", number="R1", to=CLUB, ground=Ground.CONSENT, label="A"),
        number="R1",
        data={"person": "A", "of": [{"text": "由美子の件", "n": 1, "why": say("{t}", t="由美子の件")}], "to": CLUB},
        next=(Next("refer", say("{to}", to=(CLUB, "A")), f"toshima route X --to 'outside:{CLUB}' --person A"),),
        warnings=(Warned("x", say("{text}", text=say("{text}", text=CLUB))),),
    )


def values(said: Say) -> dict[str, object]:
    return dict(said.values)


def test_who_is_withheld_is_in_no_sentence_and_no_line(case: Case) -> None:
    answered = shown.answer(done(), [case], mask=False)
    assert values(answered.sentence) == {"number": "R1", "to": HELD_BACK, "ground": Ground.CONSENT, "label": "A"}
    (step,), (warned,) = answered.next, answered.warnings
    assert values(step.why) == {"to": (HELD_BACK, "A")}
    assert step.command == "toshima route X --to outside:NAME --person A"
    assert values(warned.message) == {"text": say("{text}", text=HELD_BACK)}
    assert answered.data == done().data


def test_of_other_cases_nothing_is_held_back(case: Case) -> None:
    assert shown.answer(done(), [replace(case, unsaid=())], mask=False) == done()
    assert shown.answer(None, [case], mask=False) is None


def test_a_refusal_too(case: Case) -> None:
    sentence = say("{to}", to=CLUB)
    refusal = Refusal("x", Basis.OURS, sentence, (sentence,), (sentence,), (Next("x", sentence, f"toshima x {CLUB}"),))
    held = say("{to}", to=HELD_BACK)
    expected = Refusal("x", Basis.OURS, held, (held,), (held,), (Next("x", held, "toshima x NAME"),))
    assert shown.answer(refusal, [case], mask=False) == expected


def test_with_a_mask_nobody_is_named_and_a_label_stays_a_label(case: Case) -> None:
    answered = shown.answer(done(), [replace(case, unsaid=())], mask=True)
    assert answered.data == {
        "person": "A",
        "of": [{"text": HELD_BACK, "n": 1, "why": say("{t}", t=HELD_BACK)}],
        "to": CLUB,
    }
    told = replace(done(), warnings=(Warned("x", say("{text}", text="Aの夫がいる")),))
    (warned,) = shown.answer(told, [case], mask=True).warnings
    assert values(warned.message) == {"text": HELD_BACK}
