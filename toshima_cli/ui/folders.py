"""Folders made: new and whole, 0700 and every file in them 0600, or not there at all."""

import contextlib
import os
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path

from toshima_cli.domain.verdict import Say, say
from toshima_cli.exits import BadInput, Fault
from toshima_cli.ui import files


def write_folder(path: Path, content: Mapping[str, bytes], *, force: bool) -> None:
    """Write every file beside, fsync, then name the folder: nothing there is touched without `force`, and with it only
    a folder of the same files. Between the two names of a replaced one there is a moment without any.

    Raises BadInput (2) and leaves neither the folder nor its draft behind.
    """
    fault = unusable(path, set(content), force=force)
    if fault:
        raise BadInput([fault])
    mark = os.urandom(6).hex()
    draft, old = (path.with_name(f".{path.name[:60]}.{mark}.{what}") for what in ("part", "old"))
    try:
        try:
            draft.mkdir(mode=0o700)
            for name, text in content.items():
                _write(draft / name, text)
            files._sync_folder(draft)
            if force and path.exists():
                _replace(draft, path, old)
            else:
                _name_new(draft, path)
            files._sync_folder(path.parent)
        finally:
            for left in (draft, old):
                shutil.rmtree(left, ignore_errors=True)
    except FileExistsError as error:
        raise BadInput([Fault("-o", _exists(path))]) from error
    except OSError as error:
        raise BadInput([Fault("-o", files._why(path, error))]) from error


def unusable(path: Path, names: set[str], *, force: bool) -> Fault | None:
    """Why a folder of these files cannot be made there, asked before anything is done; None where it can."""
    if path.name in ("", ".."):
        return Fault("-o", say("Name a new folder: {path} is one that has to stay.", path=str(path)))
    try:
        found = path.lstat()
    except FileNotFoundError:
        if not path.parent.is_dir():
            return Fault("-o", say("The folder does not exist: {path}.", path=str(path.parent)))
        return None
    except (OSError, ValueError) as error:
        return Fault("-o", files._why(path, error))
    if stat.S_ISLNK(found.st_mode):
        return Fault("-o", say("This is a link, and a link is not followed: {path}.", path=str(path)))
    if not stat.S_ISDIR(found.st_mode):
        return Fault("-o", say("This is not a folder: {path}.", path=str(path)))
    if not force:
        return Fault("-o", _exists(path))
    try:
        with os.scandir(path) as entries:
            ours = all(entry.name in names and entry.is_file(follow_symlinks=False) for entry in entries)
    except OSError as error:
        return Fault("-o", files._why(path, error))
    return (
        None if ours else Fault("-o", say("This folder holds something else too, and stays: {path}.", path=str(path)))
    )


def _exists(path: Path) -> Say:
    return say("The folder exists: {path}. --force replaces it where it holds an earlier export.", path=str(path))


def _write(path: Path, text: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _name_new(draft: Path, path: Path) -> None:
    """Give the draft its name. A folder of ours holds it first: a rename would take the place of an empty one that
    appeared meanwhile."""
    if os.name == "nt":
        os.rename(draft, path)
        return
    path.mkdir(mode=0o700)
    try:
        os.rename(draft, path)
    except OSError:
        with contextlib.suppress(OSError):
            path.rmdir()
        raise


def _replace(draft: Path, path: Path, old: Path) -> None:
    os.rename(path, old)
    try:
        os.rename(draft, path)
    except OSError:
        os.rename(old, path)
        raise
