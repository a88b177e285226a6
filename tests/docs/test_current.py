"""What is made from the program is as the program is today; what is written by hand points at things that are there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from docs import catalogue, flow, make, session
from toshima_cli.commands import TABLE
from toshima_cli.domain.stages import picture

ROOT = Path(__file__).parent.parent.parent
FLOW = (ROOT / "docs" / "flow.md").read_text(encoding="utf-8")
RULES = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
CLI = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")


def test_every_made_document_is_current() -> None:
    found = subprocess.run(
        [sys.executable, "docs/make.py", "--check"], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert (found.returncode, found.stdout) == (0, ""), f"{found.stdout}{found.stderr}"


def test_what_is_not_current_is_named(tmp_path: Path) -> None:
    same, other, gone = tmp_path / "same", tmp_path / "other", tmp_path / "gone"
    same.write_bytes(b"x")
    other.write_bytes(b"x")
    assert make.stale({same: b"x", other: b"y", gone: b"y"}) == [other, gone]


class TestFlow:
    def test_the_table_is_the_one_in_code(self) -> None:
        assert picture().strip() in FLOW

    def test_a_lost_mark_is_noticed(self) -> None:
        with pytest.raises(ValueError, match="marks"):
            flow.with_table(FLOW.replace(flow.END, ""))

    @pytest.mark.parametrize("text", [FLOW, RULES], ids=["flow", "rules"])
    def test_every_test_it_names_is_there(self, text: str) -> None:
        named = re.findall(r"`(tests/[\w/]+\.py)((?:::\w+)*)`", text)
        assert len(named) > 20
        for path, names in named:
            source = (ROOT / path).read_text(encoding="utf-8")
            for name in names.split("::")[1:]:
                assert re.search(rf"^\s*(def|class) {name}\b", source, re.MULTILINE), f"{path}::{name}"

    def test_every_module_it_names_is_there(self) -> None:
        named = re.findall(r"`((?:domain|flow)/\w+\.py)`", FLOW)
        assert named
        assert all((catalogue.PACKAGE / path).is_file() for path in named)

    def test_every_command_it_names_is_there(self) -> None:
        steps = [line.split("|")[2] for line in FLOW.splitlines() if line.count("|") == 7][2:]
        named = {word for step in steps for word in re.findall(r"`(\w+)[^`]*`", step)}
        assert named <= {entry.name for entry in TABLE}
        assert {"intake", "route", "consent", "plan", "decide", "close"} <= named


class TestReference:
    def test_every_command_is_in_it_in_the_order_of_the_table(self) -> None:
        names = [entry.name for entry in TABLE]
        found = [CLI.index(f"\n### {name}\n") for name in names]
        assert found == sorted(found)
        for entry in TABLE:
            for sub in entry.subs:
                assert f"$ toshima {entry.name} {sub} --help\n" in CLI


class TestSession:
    def test_it_runs_the_program_and_nothing_else(self) -> None:
        with session.at_a_desk() as typing, pytest.raises(ValueError, match="only toshima"):
            typing.type("rm -r /")

    def test_exit_code_and_variables(self) -> None:
        with session.at_a_desk() as typing:
            typing.type("export TOSHIMA_DB=none.db TOSHIMA_LANG=en")
            assert "none.db" in typing.type("toshima caseload")
            assert typing.type("echo $?") == "5\n"
            typing.type("TOSHIMA_DB=other.db toshima init")
            assert typing.type("echo $?") == "0\n"
            assert (typing.folder / "other.db").exists()

    def test_an_old_answer_is_replaced(self) -> None:
        text = "```console\n$ toshima --version\ntoshima 0.0.0-old\n```\n\n```text\n$ toshima demo\n```\n"
        assert "old" not in session.answered(text)
        assert session.answered(text).endswith("```text\n$ toshima demo\n```\n")
        assert session.lines(text) == ["toshima --version"]
