"""What holds for every command, whichever it is: cli.md "Everywhere", tried on commands of the tests only."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from shlex import quote
from typing import Any

import pytest

from tests.commands.conftest import Ran
from toshima_cli import app, commands, context, i18n
from toshima_cli.exits import BadInput, Refused, granted
from toshima_cli.settings import Settings, read

Trial = Callable[..., Ran]
GOOD = ("trial", "2026-0042", "--channel", "self", "--given")


def error(ran: Ran) -> dict[str, Any]:
    """The error object on stderr, stdout being empty."""
    assert ran.out == ""
    found = json.loads(ran.err)["error"]
    assert found["code"] == ran.code
    assert list(found)[:6] == ["code", "message", "rule", "basis", "article", "hint"]
    return dict(found)


# --------------------------------------------------------------- root options


def test_root_options_before_the_command_win_over_their_variables() -> None:
    env = {"TOSHIMA_DB": "/a", "TOSHIMA_STAFF": "k01", "TOSHIMA_LANG": "en", "TOSHIMA_MASK": "1"}
    env["TOSHIMA_NO_INPUT"] = "true"
    assert read([], env).settings == Settings(db="/a", staff="k01", lang="en", mask=True, no_input=True)
    asked = read(["--db=/b", "--as", "K03", "--lang", "ja", "--debug", "-q", "show", "--db", "/c"], env)
    assert asked.settings == Settings("/b", "k03", "ja", mask=True, no_input=True, debug=True, quiet=True)
    assert asked.before == ("--db=/b", "--as", "K03", "--lang", "ja", "--debug", "-q")
    assert asked.rest == ("show", "--db", "/c")


def test_without_options_and_variables_local_works_in_japanese() -> None:
    assert read([], {"TOSHIMA_DB": "", "TOSHIMA_MASK": "0"}).settings == Settings(staff="local", lang="ja")


def test_the_languages_of_a_desk_are_understood() -> None:
    assert read(["--lang", "ja_JP.UTF-8"], {}).settings.lang == "ja"
    assert read(["--lang", "en-GB"], {}).settings.lang == "en"


@pytest.mark.parametrize(
    ("argv", "env", "where"),
    [
        (["--lang", "fr"], {}, "--lang"),
        (["--as"], {}, "--as"),
        (["--as", "\x1b]0;x"], {}, "--as"),
        (["--db", ""], {}, "--db"),
        (["--mask=1"], {}, "--mask"),
        (["--bd", "x"], {}, "--bd"),
        ([], {"TOSHIMA_MASK": "perhaps"}, "TOSHIMA_MASK"),
        ([], {"TOSHIMA_LANG": "fr"}, "TOSHIMA_LANG"),
    ],
)
def test_a_root_option_that_cannot_be_used_is_named(argv: list[str], env: dict[str, str], where: str) -> None:
    assert [fault.where for fault in read(argv, env).faults] == [where]


@pytest.mark.parametrize(
    ("typed", "pasted"),
    [
        (["--as", "k03"], "toshima --as k03 trial 2026-0042"),
        (["--db=x y"], "toshima '--db=x y' trial 2026-0042"),
        (["--note", "--mask", "--lang", "en"], "toshima --lang en trial 2026-0042 --note --mask"),
        (["-q", "--on", "today"], "toshima -q trial 2026-0042 --on today"),
        (["--mask", "--", "--db"], "toshima --mask trial 2026-0042 -- --db"),
        (["--version"], "toshima --version trial 2026-0042"),
    ],
)
def test_a_root_option_behind_the_command_gives_the_line_to_paste(trial: Trial, typed: list[str], pasted: str) -> None:
    ran = trial("trial", "2026-0042", *typed)
    assert ran.code == 2
    assert f"    {pasted}\n" in ran.err


def test_the_line_to_paste_keeps_what_stood_before(trial: Trial) -> None:
    assert "    toshima --mask --as k03 trials add\n" in trial("--mask", "trials", "add", "--as", "k03").err


def test_the_value_of_an_option_may_look_like_a_root_option(trial: Trial) -> None:
    ran = trial(*GOOD, "--note", "--mask", "-f", "json")
    assert json.loads(ran.out)["data"]["note"] == "--mask"


def test_a_format_before_the_command_gives_the_line_to_paste(trial: Trial) -> None:
    ran = trial("-f", "json", "trials", "add")
    assert (ran.code, error(ran)["hint"]) == (2, "toshima trials add -f json")


# ------------------------------------------------------------- help, version


def test_version_is_answered_at_once(trial: Trial) -> None:
    from toshima_cli import __version__

    assert trial("--version") == Ran(0, f"toshima {__version__}\n", "")


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["help"], []])
def test_root_help_names_every_command_in_its_panel(
    trial: Trial, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOSHIMA_DB", str(tmp_path / "none.db"))
    ran = trial(*words)
    assert ran.code == 0
    assert (
        ran.out.index("Flow ⓪–⑥") < ran.out.index("\n  trial ") < ran.out.index("Look") < ran.out.index("\n  trials ")
    )
    assert all(
        f"\n  {name} " in ran.out for name in ("--db", "--as", "--lang", "--mask", "--no-input", "--debug", "-q")
    )


def test_bare_toshima_with_a_database_shows_the_board(
    trial: Trial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "some.db").touch()
    monkeypatch.setenv("TOSHIMA_DB", str(tmp_path / "some.db"))
    board = commands.Entry("status", "look", commands.TABLE[0].help, "tests.commands.trial")
    monkeypatch.setattr(commands, "TABLE", (board,))
    assert trial().code == 6  # the trial command ran and asks for its CASE


@pytest.mark.parametrize(
    "words", [["trial", "--help"], ["trial", "2026-1", "-h"], ["--help", "trial"], ["help", "trial"]]
)
def test_help_of_a_command_first_says_what_it_does_then_examples_then_options(trial: Trial, words: list[str]) -> None:
    ran = trial(*words)
    assert ran.code == 0
    assert ran.out.startswith("Trial of everything\n")
    places = [
        ran.out.index(text) for text in ("trial 2026-0042 --scope", "trial 2026-0042 --on", "  CASE ", "  --on DATE")
    ]
    assert places == sorted(places)
    assert all(
        f"  {name}" in ran.out for name in ("--scope SCOPE …", "--given", "-f, --format", "-o, --output", "--force")
    )


def test_help_as_a_value_is_a_value(trial: Trial) -> None:
    assert trial(*GOOD, "--note", "--help").code == 0


def test_help_of_a_group_and_of_its_command(trial: Trial) -> None:
    assert "toshima trials add   Add one" in trial("trials").out
    ran = trial("trials", "add", "--help")
    assert ran.out.startswith("Add one\n")
    assert "--force" not in ran.out  # it offers no file


def test_every_command_of_the_contract_stands_once_in_the_table_and_a_panel() -> None:
    flow = ["outreach", "intake", "concern", "person", "split", "merge", "unmerge", "route", "notify", "consent"]
    flow += ["approach", "conference", "convene", "attend", "decide", "minutes", "plan", "progress", "watch", "resume"]
    flow += ["close", "reopen"]
    assert [e.name for e in commands.TABLE if e.panel == "flow"] == flow
    look = ["status", "caseload", "show", "map", "find", "gate", "agenda", "meetings"]
    assert [e.name for e in commands.TABLE if e.panel == "look"] == look
    office = ["report", "resource", "gap", "staff", "export", "import", "config", "undo", "init", "db", "demo"]
    office += ["journal", "windows", "programmes", "bodies", "completion"]
    assert [e.name for e in commands.TABLE if e.panel == "office"] == office
    assert all(e.panel in commands.PANELS for e in commands.TABLE)


# ------------------------------------------------------- errors of the parser


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (["trail"], ["trail"]),
        (["trial", "--givn"], ["--givn"]),
        (["trial", "-x"], ["-x"]),
        (["trial", "--given=yes"], ["--given"]),
        (["trial", "2026-0042", "two", "three"], ["two", "three"]),
        (["trials", "ad"], ["trials ad"]),
        (["--lan", "en", "trial"], ["--lan"]),
    ],
)
def test_what_the_parser_cannot_use_is_said_by_us(trial: Trial, words: list[str], where: list[str]) -> None:
    ran = trial(*words, "-f", "json")
    assert ran.code == 2
    found = error(ran)
    assert [fault["where"] for fault in found["faults"]] == where
    assert str(found["hint"]).startswith("toshima ")


def test_an_option_at_the_end_needs_its_value(trial: Trial) -> None:
    found = error(trial("trial", "-f", "json", "--on"))
    assert (found["code"], found["faults"][0]["where"]) == (2, "--on")


@pytest.mark.parametrize("words", [["trail"], ["trial", "--givn"]])
def test_the_nearest_name_is_suggested(trial: Trial, words: list[str]) -> None:
    assert {"trail": "trial", "--givn": "--given"}[words[-1]] in trial(*words).err


@pytest.mark.parametrize(
    ("argv", "asked"),
    [
        (["x", "-f", "json"], True),
        (["x", "-fjson"], True),
        (["x", "--format=json"], True),
        (["x", "--format", "json"], True),
        (["x", "-f", "json", "-f", "csv"], False),
        (["x", "--", "-f", "json"], False),
        (["x", "-f"], False),
        (["x", "json"], False),
    ],
)
def test_json_is_known_from_the_bare_words(argv: list[str], asked: bool) -> None:
    assert app.wants_json(argv) is asked


# ------------------------------------------------------------- exits and order


def test_each_fault_and_each_missing_answer_is_named_at_once(trial: Trial) -> None:
    ran = trial(
        "trial", "2026-0042", "--scope", "plam,shoring", "--given", "--refused", "--channel", "slef", "-f", "json"
    )
    found = error(ran)
    assert ran.code == 2
    where = [fault["where"] for fault in found["faults"]]
    assert sorted(where) == ["--channel", "--given --refused", "--scope", "--scope"]
    missing = error(trial("trial", "-f", "json"))
    asked = [(m["option"], m["asks"]) for m in missing["missing"]]
    assert missing["code"] == 6
    assert asked[:2] == [("CASE", "The number of the case"), ("--channel", "How it came")]
    assert asked[2][0] == "--given|--refused"


def test_the_order_of_codes_is_5_4_2_6_3(trial: Trial) -> None:
    bad, unknown, refused = ("--scope", "plam"), "2026-0043", ("--end", "refused")
    assert trial("trial", unknown, *bad, *refused, books=False).code == 5
    assert trial("trial", unknown, *bad, *refused).code == 4
    assert trial("trial", "2026-0042", *bad, *refused).code == 2
    assert trial("trial", "2026-0042", *refused).code == 6
    assert trial(*GOOD, *refused).code == 3
    assert trial(*GOOD).code == 0


def test_a_refusal_says_rule_basis_article_facts_missing_and_next(trial: Trial) -> None:
    found = error(trial(*GOOD, "--end", "refused", "-f", "json"))
    assert found["rule"] == "consent.plan.refused"
    assert (found["basis"], found["article"]) == ("law", "106-6(1)")
    assert len(found["facts"]) == len(found["missing"]) == 1
    assert found["hint"] == found["next"][0]["command"] == "toshima plan 2026-0042 --person A"
    screen = trial(*GOOD, "--end", "refused").err.splitlines()
    assert screen[0].endswith(" consent.plan.refused")
    assert len(screen[0]) == 80
    assert "2026-10-09" in screen[1]
    assert "Social Welfare Act" in "".join(screen)
    assert "      toshima plan 2026-0042 --person A" in screen


def test_a_flow_s_value_passes_and_its_refusal_stops() -> None:
    from tests.commands.trial import _refusal

    assert granted(7) == 7
    with pytest.raises(Refused):
        granted(_refusal("2026-0042"))


def test_where_nobody_can_be_asked_yes_is_named(trial: Trial) -> None:
    found = error(trial(*GOOD, "--end", "ask", "-f", "json"))
    assert (found["code"], found["missing"]) == (6, [{"option": "--yes", "asks": "Really?"}])


def test_ctrl_c_is_one_sentence_and_130(trial: Trial) -> None:
    ran = trial(*GOOD, "--end", "ctrl-c")
    assert (ran.code, ran.out, ran.err.count("\n")) == (130, "", 1)


def test_a_reader_who_left_is_no_fault(trial: Trial) -> None:
    assert trial(*GOOD, "--end", "pipe") == Ran(0, "", "")


@pytest.mark.parametrize("today", ["tomorrow", "2026-02-30", "20261124", "R8.11.24"])
def test_a_today_that_is_no_date_is_refused(trial: Trial, today: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOSHIMA_TODAY", today)
    assert error(trial(*GOOD, "-f", "json"))["faults"][0]["where"] == "TOSHIMA_TODAY"


# ------------------------------------------------------------ a fault of ours


def test_a_fault_of_ours_leaves_a_log_without_anything_typed(trial: Trial, nobodys_office: Path) -> None:
    before = set(nobodys_office.rglob("*.log"))
    ran = trial(*GOOD, "--note", "髙橋由美子", "--end", "crash")
    assert (ran.code, ran.out) == (1, "")
    assert "Traceback" not in ran.err
    assert "髙橋" not in ran.err
    (log,) = set(nobodys_office.rglob("*.log")) - before
    text = log.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in text
    assert "trial.py:" in text
    assert "髙橋" not in text
    assert "name in a message" not in text
    assert str(Path.cwd()) not in text
    if os.name != "nt":
        assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_debug_shows_the_traceback(trial: Trial) -> None:
    ran = trial("--debug", *GOOD, "--end", "crash")
    assert ran.code == 1
    assert "Traceback" in ran.err


def test_a_fault_without_a_place_for_its_log_still_ends_in_1(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "log_folder", lambda: Path("/dev/null/nowhere"))
    assert trial(*GOOD, "--end", "crash").code == 1


# -------------------------------------------------------------------- context


def test_japan_s_date_not_the_computer_s(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            return cls(2026, 3, 31, 23, 0, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(context, "datetime", Clock)
    assert context.business_date({}) == (date(2026, 4, 1), False)
    assert context.business_date({"TOSHIMA_TODAY": "2026-11-24"}) == (date(2026, 11, 24), True)
    assert context.now() == "2026-03-31T23:00:00.000000Z"  # the real moment, whatever TOSHIMA_TODAY says
    with pytest.raises(BadInput):
        context.business_date({"TOSHIMA_TODAY": "11/24"})


def test_columns_win_and_nonsense_is_80(monkeypatch: pytest.MonkeyPatch) -> None:
    for value, wide in (("120", 120), ("", 80), ("x", 80), ("0", 80), ("-5", 80)):
        monkeypatch.setenv("COLUMNS", value)
        assert context.terminal().columns == wide
    monkeypatch.setenv("CI", "true")
    assert context.terminal().ci


def test_the_database_is_the_one_named_otherwise_in_the_user_s_folder(nobodys_office: Path, tmp_path: Path) -> None:
    assert context.database(Settings(db="here.db")) == "here.db"
    assert str(nobodys_office) in context.database(Settings())
    assert context.database(Settings()).endswith("toshima.db")
    assert not context.has_database(Settings(db=str(tmp_path)))


# ------------------------------------------------------- whole processes


def fresh(code: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.getcwd(), **env},
        timeout=60,
    )


HEAVY = {"typer", "rich", "sqlmodel", "sqlalchemy", "questionary", "alembic", "pydantic", "prompt_toolkit", "aiosql"}


@pytest.mark.parametrize("argv", ["[]", "['--version']", "['--help']"])
def test_the_way_in_imports_nothing_heavy(argv: str) -> None:
    code = f"import sys; from toshima_cli import app; app.main({argv}) if {argv} else 0; print(*sys.modules)"
    loaded = {name.split(".")[0] for name in fresh(code).stdout.decode().split()}
    assert "toshima_cli" in loaded
    assert not loaded & HEAVY


def test_help_imports_no_command() -> None:
    code = "import sys; from toshima_cli import app; app.main(['--help']); print(*sys.modules)"
    assert not [n for n in fresh(code).stdout.decode().split() if n.startswith("toshima_cli.commands.")]


def test_a_full_pipe_reader_gone_is_quiet() -> None:
    code = "import sys; from toshima_cli import app; sys.argv[1:] = ['--help']; app.run()"
    shell = f'{quote(sys.executable)} -c "{code}" | true; echo ${{PIPESTATUS[0]}}'
    ran = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False, timeout=60)
    assert (ran.stdout, ran.stderr) == ("0\n", "")


def test_a_closed_stdout_is_no_fault() -> None:
    ran = subprocess.run(
        ["sh", "-c", f"{quote(sys.executable)} -m toshima_cli --version >&-"],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this platform has no device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_behind_stdout_is_said_without_a_log(nobodys_office: Path, unbuffered: str) -> None:
    before = set(nobodys_office.rglob("*.log"))
    with open("/dev/full", "w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "toshima_cli", "--version"],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            check=False,
            timeout=60,
        )
    assert ran.returncode == 1
    assert ran.stderr
    assert b"Exception ignored" not in ran.stderr
    assert set(nobodys_office.rglob("*.log")) == before


def test_redirected_streams_are_utf_8_and_no_letter_stops_them() -> None:
    code = "import sys; from toshima_cli import app; sys.exit(app.main(['--lang', 'en', '髙﨑\\udc80', '-f', 'json']))"
    ran = fresh(code, PYTHONIOENCODING="cp932:strict")
    assert ran.returncode == 2
    assert "髙﨑" in json.loads(ran.stderr.decode("utf-8"))["error"]["faults"][0]["where"]


def test_files_are_for_this_user_alone_whatever_the_umask(tmp_path: Path) -> None:
    code = (
        "import os; os.umask(0); from toshima_cli import app\n"
        "app.main = lambda words: open('made', 'w').close() or 0\n"
        "app.run()"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
        check=True,
        timeout=60,
    )
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "made").stat().st_mode) == 0o600


# ------------------------------------------------------------------- language


def test_japanese_is_the_default_and_what_is_not_translated_is_english(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    po = tmp_path / "toshima.po"
    po.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Done {case}."\nmsgstr "{case} を記録しました。"\n',
        encoding="utf-8",
    )
    made = tmp_path / "ja" / "LC_MESSAGES" / "toshima.mo"
    made.parent.mkdir(parents=True)
    with po.open("rb") as source, made.open("wb") as target:
        write_mo(target, read_po(source))
    monkeypatch.setattr(i18n, "LOCALE", tmp_path)
    err = trial(*GOOD, lang="").err
    assert "2026-0042 を記録しました。" in err
    assert "Late by 3 days." in err
    assert "Done 2026-0042." in trial(*GOOD, lang="en").err
