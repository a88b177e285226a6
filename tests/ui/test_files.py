"""A made file is new, whole and private, or not there at all; a given file is read right or refused."""

import io
import os
import stat
import sys
from pathlib import Path

import pytest

from toshima_cli.domain.verdict import Say
from toshima_cli.exits import BadInput
from toshima_cli.ui import files
from toshima_cli.ui.files import decode, parse_json, read_text, write_new


def test_a_new_file_is_whole_and_private(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        write_new(tmp_path / "a.csv", b"content", force=False)
    finally:
        os.umask(old)
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_bytes() == b"content"
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == 0o600


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"theirs")
    with pytest.raises(BadInput):
        write_new(path, b"ours", force=False)
    assert path.read_bytes() == b"theirs"
    write_new(path, b"ours", force=True)
    assert path.read_bytes() == b"ours"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_that_appears_meanwhile_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"theirs")
    monkeypatch.setattr(files, "unwritable", lambda *_, **__: None)
    with pytest.raises(BadInput):
        write_new(path, b"ours", force=False)
    assert path.read_bytes() == b"theirs"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("force", [False, True])
def test_a_link_is_not_followed_and_a_folder_not_replaced(tmp_path: Path, force: bool) -> None:
    victim, link, folder = tmp_path / "victim", tmp_path / "link.csv", tmp_path / "folder"
    victim.write_bytes(b"theirs")
    link.symlink_to(victim)
    folder.mkdir()
    dangling = tmp_path / "dangling.csv"
    dangling.symlink_to(tmp_path / "nowhere")
    for path in (link, folder, dangling, tmp_path / "none" / "a.csv", tmp_path / ("x" * 300), Path("/dev/null")):
        with pytest.raises(BadInput) as stop:
            write_new(path, b"ours", force=force)
        assert [fault.where for fault in stop.value.faults] == ["-o"]
    assert victim.read_bytes() == b"theirs"
    assert link.is_symlink()
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("force", [False, True])
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadInput):
        write_new(tmp_path / "a.csv", b"content", force=force)
    assert list(tmp_path.iterdir()) == []


def test_where_there_are_no_hard_links_nothing_is_overwritten_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    write_new(tmp_path / "a.csv", b"first", force=False)
    monkeypatch.setattr(files, "unwritable", lambda *_, **__: None)
    with pytest.raises(BadInput):
        write_new(tmp_path / "a.csv", b"second", force=False)
    assert (tmp_path / "a.csv").read_bytes() == b"first"

    def no_replace(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "replace", no_replace)
    with pytest.raises(BadInput):
        write_new(tmp_path / "b.csv", b"third", force=False)
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_the_letters_of_a_file_are_told_apart(encoding: str) -> None:
    text = "髙﨑さん、介護のことで\n困っています。"
    assert decode(text.replace("\n", "\r\n").encode(encoding)) == text


@pytest.mark.parametrize(
    "content",
    ["山".encode("euc_jp"), "介護".encode("euc_jp"), b"\xff\xfea", b"\x81", b"a\0b"],
)
def test_what_may_be_other_letters_is_refused(content: bytes) -> None:
    assert isinstance(decode(content), Say)


def test_a_file_too_large_missing_or_a_folder_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)
    large = tmp_path / "large"
    large.write_bytes(b"x" * 11)
    for path in (large, tmp_path / "none", tmp_path, "a\0b"):
        assert isinstance(read_text(str(path)), Say)
    large.write_bytes(b"x" * 10)
    assert read_text(str(large)) == "x" * 10


def test_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\ufeff記録".encode())))
    assert read_text("-") == "記録"


def test_json_is_read_whole_or_not_at_all() -> None:
    assert parse_json('{"a": [1, null, "髙"]}') == ({"a": [1, None, "髙"]}, None)
    for text in ("{", '{"a": 1, "a": 2}', "NaN", "[-Infinity]", "[" * 100_000, "9" * 5000):
        value, message = parse_json(text)
        assert value is None
        assert message is not None
    broken = parse_json('{"a": 1,\n "b" 2}')[1]
    assert broken is not None
    assert dict(broken.values) == {"line": 2, "column": 6}
