"""A made folder is new, whole and private, or not there at all; what is there stays, whatever goes wrong."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from toshima_cli.exits import BadInput
from toshima_cli.ui import folders
from toshima_cli.ui.folders import unusable, write_folder

OURS = {"a.csv": b"a", "b.csv": b"b"}


def held(path: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in path.iterdir()}


def test_a_new_folder_is_whole_and_private(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        write_folder(tmp_path / "new", OURS, force=False)
    finally:
        os.umask(old)
    assert held(tmp_path / "new") == OURS
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").iterdir()} == {0o600}


def test_force_makes_a_new_one_and_replaces_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        write_folder(tmp_path / name, OURS, force=True)
        assert held(tmp_path / name) == OURS


def test_what_an_earlier_one_had_too_much_is_gone(tmp_path: Path) -> None:
    write_folder(tmp_path / "new", OURS, force=False)
    (tmp_path / "new" / "a.csv").write_bytes(b"older and longer")
    write_folder(tmp_path / "new", {**OURS, "b.csv": b"newer"}, force=True)
    assert held(tmp_path / "new") == {"a.csv": b"a", "b.csv": b"newer"}


@pytest.mark.parametrize("there", ["c.csv", "sub", "a.csv/"])
def test_a_folder_with_anything_else_in_it_stays(tmp_path: Path, there: str) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / there.rstrip("/")).mkdir() if "." not in there or there.endswith("/") else (folder / there).touch()
    with pytest.raises(BadInput):
        write_folder(folder, OURS, force=True)
    assert len(list(folder.iterdir())) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["theirs"]


@pytest.mark.parametrize("appears", [Path.mkdir, Path.touch], ids=["folder", "file"])
def test_what_appears_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, appears: Callable[[Path], None]
) -> None:
    appears(tmp_path / "new")
    monkeypatch.setattr(folders, "unusable", lambda *_, **__: None)
    with pytest.raises(BadInput):
        write_folder(tmp_path / "new", OURS, force=False)
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    assert (tmp_path / "new").is_file() or held(tmp_path / "new") == {}


@pytest.mark.parametrize("force", [False, True])
def test_a_rename_that_fails_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool
) -> None:
    path, rename = tmp_path / "new", os.rename
    if force:
        write_folder(path, {"a.csv": b"older"}, force=False)

    def failing(source: Path, to: Path) -> None:
        if source.name.endswith(".part"):
            raise PermissionError(13, "no")
        rename(source, to)

    monkeypatch.setattr(os, "rename", failing)
    with pytest.raises(BadInput):
        write_folder(path, OURS, force=force)
    assert [entry.name for entry in tmp_path.iterdir()] == (["new"] if force else [])
    assert not force or held(path) == {"a.csv": b"older"}


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadInput) as stop:
        write_folder(tmp_path / "new", OURS, force=False)
    assert "full" in stop.value.faults[0].message.text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_nobody_may_write_into(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(BadInput):
        write_folder(tmp_path / "locked" / "new", OURS, force=False)
    assert list((tmp_path / "locked").iterdir()) == []


def test_a_name_that_is_none(tmp_path: Path) -> None:
    for name in (".", "..", "/", "new\0"):
        assert unusable(Path(name), set(OURS), force=True) is not None, name


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_link_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    for name in ("there", "nowhere"):
        link = tmp_path / f"to {name}"
        link.symlink_to(tmp_path / name)
        fault = unusable(link, set(OURS), force=True)
        assert fault is not None
        assert "link" in fault.message.text
