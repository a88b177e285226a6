"""The scripts in real shells, and what is said between a script and the program."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands.shells import READY, Shell
from tests.desk import Desk, copy
from toshima_cli.ui.shells import ASKED, INSTALL, SHELLS, Candidate, answer, read, script

BREAKS = " \t\n\"'><=;|&(:"


@pytest.fixture(scope="module")
def desk(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The demonstration, with a window whose code another town wrote as no code should be written."""
    path = copy(demonstration, tmp_path_factory.mktemp("shells") / "books.db")
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("UPDATE \"window\" SET code = 'odd one''s $HOME' WHERE code = 'csw'")
    return Desk(path, today="2027-03-19")


@pytest.fixture(scope="module", params=list(READY))
def shell(request: pytest.FixtureRequest, desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    found = Shell(request.param, desk, tmp_path_factory.mktemp(request.param))
    yield found
    found.close()


class TestInAShell:
    @pytest.mark.parametrize(
        ("typed", "completed", "word"),
        [
            ("toshima unm", "unmerge", "unmerge"),
            ("toshima consent 2026-0001 A --giv", "--given", "--given"),
            ("toshima close 2026-0001 --reason info", "information_only", "information_only"),
            ("toshima concern add 2026-0001 --concern A:jo", "A:job", "A:job"),
            ("toshima caseload --format=cs", "--format=csv", "--format=csv"),
            ('toshima caseload --format "cs', '"csv"', "csv"),
            ("toshima consent 2026-0001 A --scope plan,sh", "plan,sharing", "plan,sharing"),
            ("toshima caseload --window od", "HOME", "odd one's $HOME"),
            ('toshima caseload --window "od', "HOME", "odd one's $HOME"),
        ],
    )
    def test_a_word_is_finished(self, shell: Shell, typed: str, completed: str, word: str) -> None:
        assert shell.tab(typed, completed)[-1] == word

    def test_several_are_shown_with_what_they_are(self, shell: Shell) -> None:
        shell.tab("toshima show 2026-000", "T.Y. 終結", times=2)

    def test_what_has_to_go_on_has_no_blank_behind_it(self, shell: Shell) -> None:
        assert shell.tab("toshima route 2026-0001 --to outs", "outside:")[-1] == "outside:"
        shell.type("toshima route 2026-0001 --to outs\t")
        shell.until("outside:")
        shell.type("x\x01args \x05\r")
        assert "<outside:x>" in shell.until("<end>")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_read_its_script(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    file = tmp_path / "script"
    file.write_text(script(shell))
    done = subprocess.run([shell, "-n", str(file)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_powershell_is_given_what_it_takes() -> None:
    """No PowerShell is at hand where these tests run: of its script only the text is looked at."""
    text = script("powershell")
    assert "Register-ArgumentCompleter -Native -CommandName 'toshima'" in text
    assert f"{ASKED} powershell @before" in text
    assert "[System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)" in text
    for opening, closing_ in ("{}", "()", "[]"):
        assert text.count(opening) == text.count(closing_)


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_says_how_to_have_it_always(shell: str) -> None:
    file, line = INSTALL[shell]
    first, second, *_ = script(shell).splitlines()
    assert file in first
    assert second == f"#   {line}"
    assert script(shell).isascii()


class TestTheLineOfBash:
    @pytest.mark.parametrize(
        ("line", "words", "current", "head", "quote"),
        [
            ("toshima ", ("toshima",), "", 0, ""),
            ("toshima show 2026-", ("toshima", "show"), "2026-", 0, ""),
            ("toshima  --note 'a b' x", ("toshima", "--note", "a b"), "x", 0, ""),
            ('toshima --note "a \\"b" x', ("toshima", "--note", 'a "b'), "x", 0, ""),
            ("toshima --note a\\ b x", ("toshima", "--note", "a b"), "x", 0, ""),
            ("toshima --note '' x", ("toshima", "--note", ""), "x", 0, ""),
            ("toshima -c A:jo", ("toshima", "-c"), "A:jo", 2, ""),
            ("toshima --format=cs", ("toshima",), "--format=cs", 9, ""),
            ('toshima "A:jo', ("toshima",), "A:jo", 0, '"'),
            ("toshima --to='x", ("toshima",), "--to=x", 5, "'"),
            ('toshima "a\\n', ("toshima",), "a\\n", 0, '"'),
        ],
    )
    def test_is_read_as_bash_does(self, line: str, words: tuple[str, ...], current: str, head: int, quote: str) -> None:
        found = read("bash", [line, BREAKS, "9"])
        assert (found.words, found.current, found.head, found.quote) == (words, current, head, quote)

    def test_a_person_may_have_other_breaks(self) -> None:
        assert read("bash", ["toshima A:jo", " \t\n", "9"]).head == 0

    def test_values_only_while_it_goes_through_them(self) -> None:
        found = [Candidate("2026-0001", "T.Y."), Candidate("2026-0002", "S.K.")]
        for how, lines in {"9": ["2026-0001  T.Y.", "2026-0002  S.K."], "37": ["2026-0001", "2026-0002"]}.items():
            typing = read("bash", ["toshima show ", BREAKS, how])
            assert answer("bash", typing, found).splitlines() == ["values", *lines]

    @pytest.mark.parametrize(
        ("line", "given"),
        [
            ("toshima a", "a\\ b\\'c\\\"d\\$e\\\\f"),
            ("toshima 'a", "a b'\\''c\"d$e\\f"),
            ('toshima "a', "a b'c\\\"d\\$e\\\\f"),
        ],
    )
    def test_a_value_stands_in_the_quotes_it_is_typed_in(self, line: str, given: str) -> None:
        typing = read("bash", [line, BREAKS, "9"])
        assert answer("bash", typing, [Candidate("a b'c\"d$e\\f", "odd")]).splitlines() == ["values", given]


class TestTheOthers:
    def test_powershell_loses_no_empty_word_and_quotes_its_own_way(self) -> None:
        typing = read("powershell", ["=toshima", "=--note", "=", "=a"])
        assert (typing.words, typing.current) == (("toshima", "--note", ""), "a")
        found = [Candidate("plain"), Candidate("a b'c", "odd"), Candidate("A:", "T.Y.", open=True)]
        assert answer("powershell", typing, found) == "values\nplain\tplain\n'a b''c'\todd\nA:\tT.Y.\n"

    def test_fish_gives_its_last_word_as_it_is_typed(self) -> None:
        assert read("fish", ["toshima", "caseload", '"2026 '.strip()]).current == "2026"

    def test_zsh_is_told_of_each_whether_a_blank_follows(self) -> None:
        typing = read("zsh", ["toshima", "x", ""])
        found = [Candidate("A:", "T.Y.", open=True), Candidate("job")]
        assert answer("zsh", typing, found) == "values\n+A:\tT.Y.\n job\n"
