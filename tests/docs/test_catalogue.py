"""The catalogue holds what the program says and nothing else, all with its Japanese; the compiled file is current."""

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from docs import catalogue
from toshima_cli import i18n
from toshima_cli.domain.law import cites
from toshima_cli.domain.terms import Stage, Track
from toshima_cli.domain.verdict import say

# A figure's label and what is not known are templates: `looks/report.py` and `unknown.py` give their values.
GIVEN_LATER = ("figures.py", "unknown.py")


class TestAsItStands:
    def test_nothing_is_left_open(self) -> None:
        assert list(catalogue.faults(catalogue.merged(catalogue.read()))) == []

    def test_no_text_is_missing_and_none_is_left_over(self) -> None:
        held = {(m.context, m.id) for m in catalogue.messages(catalogue.read())}
        assert held == {(text.context, text.english) for text in catalogue.texts()}

    def test_the_file_is_in_its_form(self) -> None:
        assert catalogue.PO.read_bytes() == catalogue.as_po(catalogue.merged(catalogue.read()))
        assert b"#~" not in catalogue.PO.read_bytes()

    def test_the_compiled_file_is_current(self) -> None:
        assert catalogue.MO.read_bytes() == catalogue.as_mo(catalogue.read())

    def test_every_place_is_given_a_value_and_every_value_has_its_place(self) -> None:
        odd = [
            f"{path.relative_to(catalogue.ROOT)}:{call.lineno}"
            for path in sorted(catalogue.PACKAGE.rglob("*.py"))
            for call, text in _said(path)
            if set(re.findall(r"\{(\w+)\}", text)) != {keyword.arg for keyword in call.keywords}
        ]
        assert odd == []


def _said(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Every `say("…", place=…)` whose values are named; labels of the report get theirs later."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "say":
            continue
        text = node.args[0]
        named = all(keyword.arg for keyword in node.keywords)
        if (
            isinstance(text, ast.Constant)
            and isinstance(text.value, str)
            and named
            and (node.keywords or path.name not in GIVEN_LATER)
        ):
            yield node, text.value


class TestSpoken:
    @pytest.fixture(autouse=True)
    def _japanese(self) -> None:
        i18n.set_language("ja")

    def test_the_program_finds_it(self) -> None:
        assert i18n.render(say("The case is on the agenda.")) == "付議事例"
        assert i18n.render(say("There is no case {number}.", number="2026-0099")) == "事例2026-0099はありません。"

    def test_a_word_under_its_list(self) -> None:
        assert i18n.render(Stage.ENGAGING) == "関わり中（同意前）"
        assert i18n.render(Track.MULTILAYER) == "重層的支援会議"

    @pytest.mark.parametrize("code", list(cites()))
    def test_a_statute_is_cited_as_the_law_is_printed(self, code: str) -> None:
        assert i18n.render(cites()[code].as_say()) == cites()[code].ja
        assert re.search(r"第\d+条", cites()[code].ja)


class TestFinding:
    @pytest.fixture
    def package(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setattr(catalogue, "ROOT", tmp_path)
        monkeypatch.setattr(catalogue, "PACKAGE", tmp_path / "toshima_cli")
        monkeypatch.setattr(catalogue, "WORDS", {})
        (tmp_path / "toshima_cli").mkdir()
        return tmp_path / "toshima_cli"

    @pytest.mark.parametrize(
        ("line", "found"),
        [
            ('say("one " "two", x=say("three"))', ["one two", "three"]),
            ('say("a" if x else "b")', ["a", "b"]),
            ('opt("--on", "The day", "DATE")', ["The day"]),
            ('params.flag("--yes", "Do not ask")', ["Do not ask"]),
            ('arg("CASE", "Number")', ["Number"]),
            ('translate(", ")', [", "]),
            ('"x".translate(table)', []),
            ('say("")', []),
        ],
    )
    def test_texts(self, package: Path, line: str, found: list[str]) -> None:
        (package / "a.py").write_text(line, encoding="utf-8")
        assert [text.english for text in catalogue.texts()] == found

    @pytest.mark.parametrize("line", ["say(text)", 'say(f"{x}")', 'opt("--on", help, "DATE")', 'say("a" if x else y)'])
    def test_a_text_not_written_out_is_never_passed_over(self, package: Path, line: str) -> None:
        (package / "a.py").write_text(line, encoding="utf-8")
        with pytest.raises(catalogue.Unreadable, match=r"a\.py:1"):
            list(catalogue.texts())


class TestMerging:
    BEFORE = b'msgid "old"\nmsgstr "x"\n\nmsgid "kept {a}"\nmsgstr "y {a}"\n\n#, fuzzy\nmsgid "unsure"\nmsgstr "z"\n'

    @pytest.fixture(autouse=True)
    def _texts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        texts = [catalogue.Text(english, None, "a.py") for english in ("kept {a}", "unsure", "new")]
        monkeypatch.setattr(catalogue, "texts", lambda: iter(texts))

    def test_old_goes_new_comes_unsure_is_asked_again(self) -> None:
        found = catalogue.merged(read_po(BytesIO(self.BEFORE), locale="ja"))
        assert {m.id: m.string for m in catalogue.messages(found)} == {"kept {a}": "y {a}", "unsure": "", "new": ""}
        assert len(list(catalogue.faults(found))) == 2

    def test_other_places_are_a_fault(self) -> None:
        found = catalogue.merged(read_po(BytesIO(self.BEFORE.replace(b"y {a}", b"y {b}")), locale="ja"))
        assert any("kept {a}" in fault for fault in catalogue.faults(found))
