"""Stage × act as the full product through the command line: in every stage every command of an act does what the table
says, or is refused and nothing has changed.

The world: one case that began in outreach and was led through all stages; A consents to everything, B has not been
asked; every guard but the stage is met.
"""

import shlex
from pathlib import Path

import pytest

from tests.desk import NearDesk, copy
from toshima_cli.domain.stage_table import TABLE, reach
from toshima_cli.domain.terms import Act, Stage

CASE = "2026-0001"
TODAY = "2026-11-24"
S, A = Stage, Act

PLAN = ("plan", CASE, "--goal", "働く", "--person", "A", "--action", "A|仕事を探す|kurashi-shigoto")
WATCH = ("watch", CASE, "--by", "民生委員", "--every", "1m", "--until", "2027-03-31", "--sign", "郵便物")
LOST = ("close", CASE, "--interrupted", "--last-contact", "2026-10-20", "--tried", "訪問", "--safety", "x", "--yes")
MOVED = ("close", CASE, "--reason", "moved", "--lead", "他市", "--yes")
BEGUN = ("approach", CASE, "--text", "訪問する", "--reason", "急ぐ", "--person", "B")
COMPLEX = ("route", CASE, "--complex", "--coordinator", "k03")
AFTERWARDS = ("plan", CASE, "--approved-afterwards", "--reason", "急ぐ")

LED = {
    S.OUTREACH: None,
    S.RECEIVED: (S.OUTREACH, ("intake", CASE)),
    S.SINGLE: (S.RECEIVED, ("route", CASE, "--single")),
    S.COMPLEX: (S.SINGLE, COMPLEX),
    S.ENGAGING: (S.COMPLEX, BEGUN),
    S.PLANNING: (S.ENGAGING, PLAN),
    S.SUPPORTING: (S.PLANNING, AFTERWARDS),
    S.WATCHING: (S.SUPPORTING, WATCH),
    S.CLOSED: (S.SUPPORTING, MOVED),
    S.INTERRUPTED: (S.SUPPORTING, LOST),
}
"""How each stage is come to: from which, by which line."""

NOTE = ("--method", "visit", "--note", "話した")
TYPED: dict[Act, tuple[str, ...]] = {
    A.CONNECT: ("intake", CASE, "--concern", "A:debt"),
    A.SETTLE: ("route", CASE, "--single", "--reason", "一つで足りる"),
    A.ESCALATE: COMPLEX,
    A.APPROACH: BEGUN,
    A.PLAN: PLAN,
    A.START: AFTERWARDS,
    A.REVISE: (*PLAN, "--revise"),
    A.LAST_CONSENT_WITHDRAWN: ("consent", CASE, "A", "--withdrawn", "--method", "oral"),
    A.WATCH: WATCH,
    A.RESUME: ("resume", CASE),
    A.CONCLUDE: MOVED,
    A.INTERRUPT: LOST,
    A.RETURN: ("reopen", CASE),
    A.NOTE: ("progress", CASE, *NOTE),
    A.CONTACT: ("outreach", "log", CASE, *NOTE),
    A.CONCERN: ("progress", CASE, *NOTE, "--found", "A:rent"),
    A.PERSON: ("progress", CASE, *NOTE, "--found", "C:rent"),
    A.CONSENT: ("consent", CASE, "B", "--given", "--scope", "plan,sharing", "--method", "oral"),
    A.REFER: ("route", CASE, "--to", "csw", "--person", "A", "--ground", "none_shared"),
    A.REPORT_BY_LAW: (
        *("route", CASE, "--to", "korei-sogo", "--person", "A", "--ground", "statutory_report", "--kind", "elder"),
    ),
}
"""Acts that have a command of their own here; `wish`, `convene`, `gap`, `split`, `merge`, `hand_over` are tried where
their commands are."""

# What the table does not say: a no is recorded after the end too; a recent interruption does not return but goes on; an
# approach for B leaves a plan for A alone; what is left to do after a death is this reason's only.
ALLOWED_BESIDES = {(stage, A.LAST_CONSENT_WITHDRAWN) for stage in S}
REFUSED_THOUGH = {(S.INTERRUPTED, A.RETURN), (S.CLOSED, A.NOTE)}


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> dict[Stage, Path]:
    """The books in each stage, each made once from the one before it."""
    folder = tmp_path_factory.mktemp("stages")
    found: dict[Stage, Path] = {}
    for stage, led in LED.items():
        if led is None:
            desk = NearDesk(folder / f"{stage}.db", today=TODAY)
            desk.ok("init")
            desk.ok("staff", "add", "k03", "--name", "青木", "--office", "福祉総務課", "--role", "coordinator")
            desk.ok(
                *("outreach", "new", "--why", "unaware", "--window", "csw", "--note", "x", "--concern", "A:job"),
                *("--person", "A|石井 誠||1980-01-01", "--person", "B"),
            )
            desk.ok("consent", CASE, "A", "--given", "--scope", "plan,sharing", "--method", "oral")
        else:
            desk = NearDesk(copy(found[led[0]], folder / f"{stage}.db"), today=TODAY)
            desk.ok(*led[1])
        assert desk.json("show", CASE)["stage"] == stage
        found[stage] = desk.db
    return found


def test_every_stage_is_come_to_and_every_act_of_one_case_typed() -> None:
    assert set(LED) == set(Stage)
    assert set(Act) - set(TYPED) == {A.WISH, A.CONVENE, A.GAP, A.SPLIT, A.MERGE, A.HAND_OVER}


def expected(stage: Stage, act: Act) -> Stage | None:
    """The stage after the act, None where it is refused."""
    if (stage, act) in REFUSED_THOUGH or not ((stage, act) in TABLE or (stage, act) in ALLOWED_BESIDES):
        return None
    if act is A.RETURN:
        return S.RECEIVED
    if act is A.APPROACH and stage in (S.PLANNING, S.SUPPORTING):
        return stage
    return reach(stage, act, came_from=S.SUPPORTING) or stage


@pytest.mark.parametrize("act", TYPED)
@pytest.mark.parametrize("stage", LED)
def test_stage_times_act(stage: Stage, act: Act, stages: dict[Stage, Path], tmp_path: Path) -> None:
    desk = NearDesk(copy(stages[stage], tmp_path / "books.db"), today=TODAY)
    after = expected(stage, act)
    typed = desk.run(*TYPED[act], "-f", "json")
    if after is None:
        assert typed.code == 3, typed.out + typed.err
        assert typed.error["rule"].partition(".")[0] in ("stage", "plan")
        assert typed.error["basis"] in ("plan", "ours")
        assert desk.json("show", CASE)["stage"] == stage
        return
    assert typed.code == 0, typed.err
    assert typed.data["stage"] == after
    assert (typed.data["case"] != CASE) is (act is A.RETURN)


@pytest.mark.parametrize("stage", LED)
def test_every_hint_that_can_be_pasted_is_lawful(stage: Stage, stages: dict[Stage, Path], tmp_path: Path) -> None:
    """What the screen offers next is not refused by the stage it is offered in."""
    hints = NearDesk(copy(stages[stage], tmp_path / "books.db"), today=TODAY).json("show", CASE)["next"]
    assert hints
    fill = {"TEXT": "x", "DATE": "2026-12-24", "CODE": "k03", "WINDOW": "csw", "NAME": "青木"}
    for at, hint in enumerate(hints):
        desk = NearDesk(copy(stages[stage], tmp_path / f"{at}.db"), today=TODAY)
        words = [fill.get(word, word) for word in shlex.split(hint["command"])[1:]]
        words = [word.replace("|DATE|METHOD", f"|{TODAY}|oral") for word in words]
        typed = desk.run(*words, *(("--yes",) if words[0] == "close" else ()), "-f", "json")
        assert typed.code != 3 or not typed.error["rule"].startswith("stage."), (hint, typed.err)
        assert typed.code in (0, 3, 6), (hint, typed.err)
