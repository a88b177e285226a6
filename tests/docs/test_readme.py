"""Every line the READMEs tell people to type is typed here; both languages tell the same."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from docs import session

ROOT = Path(__file__).parent.parent.parent
FILES = ("README.md", "README.ja.md")
TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in FILES}


@pytest.mark.parametrize("name", FILES)
def test_every_console_block_answers_as_printed(name: str) -> None:
    assert session.lines(TEXTS[name])
    assert session.answered(TEXTS[name]) == TEXTS[name]


@pytest.mark.parametrize("name", FILES)
def test_every_other_line_to_type_is_one_tested_below(name: str) -> None:
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", TEXTS[name], re.MULTILINE | re.DOTALL)
    assert {kind for kind, _ in blocks} == {"sh", "console", "text"}
    typed = [line for kind, block in blocks if kind == "sh" for line in block.splitlines()]
    assert typed == ["make demo", "make test", "pipx install .", "toshima demo"]


@pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")
@pytest.mark.parametrize(
    ("target", "ends"), [("demo", "toshima demo"), ("test", "-m pytest -n auto --dist loadfile --no-loadscope-reorder")]
)
def test_make(target: str, ends: str) -> None:
    # -n: the recipe without the installation before it, which would fetch from outside
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    found = subprocess.run(["make", "-n", target], cwd=ROOT, env=outside, capture_output=True, text=True, check=True)
    assert found.stdout.rstrip().endswith(ends)


def test_pipx_installs_the_command() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"toshima": "toshima_cli.app:run"}
    assert project["readme"] == "README.md"


def test_the_demonstration_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with session.at_a_desk() as typing:
        monkeypatch.setenv("TOSHIMA_STAFF", "k99")  # whoever works here is nobody in the story
        screen = typing.type("toshima demo")
    assert typing.code == 0, screen
    assert "2026-0001" in screen


def test_both_languages_tell_the_same() -> None:
    lines = {name: [line.replace(" TOSHIMA_LANG=en", "") for line in session.lines(TEXTS[name])] for name in FILES}
    assert lines["README.md"] == lines["README.ja.md"]
    pictures = {name: re.findall(r"docs/img/(\w+)\.(\w+)\.svg", TEXTS[name]) for name in FILES}
    assert pictures["README.md"] == [(name, "en") for name, _ in pictures["README.ja.md"]]
    assert {lang for _, lang in pictures["README.ja.md"]} == {"ja"}
    headings = {name: len(re.findall(r"^## ", TEXTS[name], re.MULTILINE)) for name in FILES}
    assert len(set(headings.values())) == 1


@pytest.mark.parametrize("name", FILES)
def test_every_link_and_picture_is_there(name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", TEXTS[name])
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("drawing", sorted((ROOT / "docs" / "img").glob("*.svg")), ids=lambda path: path.name)
def test_a_picture_asks_for_nothing_from_outside_and_is_shown(drawing: Path) -> None:
    text = drawing.read_text(encoding="utf-8")
    assert re.findall(r"https?://[^\"]*", text) == ["http://www.w3.org/2000/svg"]
    assert "url(" not in text
    assert any(f"docs/img/{drawing.name}" in readme for readme in TEXTS.values())


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_is_overdue_is_red_in_the_picture(lang: str) -> None:
    picture = (ROOT / "docs" / "img" / f"caseload.{lang}.svg").read_text(encoding="utf-8")
    assert re.search(r'class="red">[^<]*(超過|overdue)', picture)
