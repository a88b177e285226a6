"""Files given and files made. A made file is new, whole and 0600, or not there at all."""

import contextlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from toshima_cli.domain.verdict import Say, say
from toshima_cli.exits import BadInput, Fault

LARGEST = 10_000_000
"""Bytes of a text file we read; a form or a note is thousands of times smaller."""


UNSURE = say("The encoding of the file cannot be determined. Save it as UTF-8 and give it again.")


def write_new(path: Path, content: bytes, *, force: bool) -> None:
    """Write beside, fsync, then name it: 0600, no link followed, nothing overwritten without `force`.

    Raises BadInput (2) and leaves neither the file nor its draft behind.
    """
    write_through(path, (content,), force=force)


def write_through(path: Path, content: Iterable[bytes], *, force: bool) -> None:
    """The same for a file that is made piece by piece and never stands in memory as a whole."""
    fault = unwritable(path, force=force)
    if fault:
        raise BadInput([fault])
    draft = path.with_name(f".{path.name[:60]}.{os.urandom(6).hex()}.part")
    try:
        try:
            _write(draft, content)
            if force:
                os.replace(draft, path)
            else:
                _name_new(draft, path)
            _sync_folder(path.parent)
        finally:
            with contextlib.suppress(FileNotFoundError):
                draft.unlink()
    except FileExistsError as error:
        raise BadInput([Fault("-o", _exists(path))]) from error
    except OSError as error:
        raise BadInput([Fault("-o", _why(path, error))]) from error


def unwritable(path: Path, *, force: bool) -> Fault | None:
    """Why this path cannot be written, asked before anything is done; None where it can."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        if not path.parent.is_dir():
            return Fault("-o", say("The folder does not exist: {path}.", path=str(path.parent)))
        return None
    except (OSError, ValueError) as error:
        return Fault("-o", _why(path, error))
    if stat.S_ISLNK(found.st_mode):
        return Fault("-o", say("This is a link, and a link is not followed: {path}.", path=str(path)))
    if stat.S_ISDIR(found.st_mode):
        return Fault("-o", say("This is a folder; name a file in it: {path}.", path=str(path)))
    if not stat.S_ISREG(found.st_mode):
        return Fault("-o", say("This is not an ordinary file: {path}.", path=str(path)))
    return None if force else Fault("-o", _exists(path))


def _exists(path: Path) -> Say:
    return say("The file exists: {path}. --force writes over it.", path=str(path))


def _why(path: Path, error: OSError | ValueError) -> Say:
    import errno

    match getattr(error, "errno", None):
        case errno.ENOSPC | errno.EDQUOT:
            return say("The disk is full; nothing was written: {path}.", path=str(path))
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return say("There is no permission for this: {path}.", path=str(path))
        case errno.ENAMETOOLONG:
            return say("The name of the file is too long.")
        case _:
            return say("This path cannot be used: {path}.", path=str(path))


def _write(draft: Path, content: Iterable[bytes]) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(draft, flags, 0o600), "wb") as file:
        for piece in content:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def _name_new(draft: Path, path: Path) -> None:
    """Give the draft its name without ever replacing a file that appeared meanwhile."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:
        # no hard links here (FAT, some shares): hold the name with an empty file of ours, then replace that
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            os.replace(draft, path)
        except OSError:
            path.unlink()
            raise


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_text(name: str) -> str | Say:
    """The text of a file given, `-` for standard input, or a sentence that says why it cannot be read.

    UTF-8 (with BOM or not), UTF-16 with BOM, and cp932 are told apart; what fits more than one is refused rather than
    read as the wrong letters.
    """
    try:
        if name == "-":
            import sys

            content = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with open(name, "rb") as file:
                content = file.read(LARGEST + 1)
    except FileNotFoundError:
        return say("There is no such file: {path}.", path=name)
    except (OSError, ValueError) as error:
        return _why(Path(name), error)
    if len(content) > LARGEST:
        return say("The file is larger than {most} bytes.", most=LARGEST)
    return decode(content)


def decode(content: bytes) -> str | Say:
    """Bytes of a file as text (see `read_text`); line ends become a newline."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _decoded(content, "utf-16")
    else:
        text = _decoded(content, "utf-8-sig")
        if text is None:
            text = _decoded(content, "cp932")
            # short EUC-JP reads as cp932 without an error: half-width kana instead of kanji
            if text is not None and _decoded(content, "euc_jp") is not None:
                return UNSURE
    if text is None:
        return UNSURE
    if "\0" in text:
        return say("The file contains a character that is no text (NUL).")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def encoding_of(file: BinaryIO) -> str | Say:
    """The encoding `decode` would read the bytes in, told apart a piece at a time, or a sentence that says why none is
    certain; the file is at its beginning again."""
    import codecs

    start = file.read(2)
    file.seek(0)
    marked = start in (b"\xff\xfe", b"\xfe\xff")
    candidates = ["utf-16"] if marked else ["utf-8-sig", "cp932", "euc_jp"]
    alive = {name: codecs.getincrementaldecoder(name)() for name in candidates}
    line = 1
    while alive:
        piece = file.read(1 << 20)
        for name, decoder in list(alive.items()):
            try:
                text = decoder.decode(piece, final=not piece)
            except UnicodeDecodeError:
                del alive[name]
                continue
            if name == next(iter(alive)):
                if (at := text.find("\0")) >= 0:
                    line += text.count("\n", 0, at)
                    return say("Line {line} of the file contains a character that is no text (NUL).", line=line)
                line += text.count("\n")
        if not piece:
            break
    file.seek(0)
    first = next(iter(alive), None)
    # EUC-JP reads as cp932 without an error now and then: half-width kana instead of kanji
    if first is None or first == "euc_jp" or (first == "cp932" and "euc_jp" in alive):
        return UNSURE
    return first


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def parse_json(text: str) -> tuple[Any, Say | None]:
    """The value of a JSON text, or a sentence that names the line. Double keys and NaN are faults: one of two values
    would be lost."""
    import json

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise _NotOurs(say("A key stands twice in one object."))
        return found

    def never(constant: str) -> Any:
        raise _NotOurs(say("{constant} is no number.", constant=constant))

    try:
        return json.loads(text, object_pairs_hook=once, parse_constant=never), None
    except json.JSONDecodeError as error:
        return None, say("This is not JSON: line {line}, column {column}.", line=error.lineno, column=error.colno)
    except _NotOurs as error:
        return None, error.message
    except (RecursionError, ValueError):
        return None, say("The JSON is nested too deeply, or a number in it is too long.")


class _NotOurs(Exception):
    def __init__(self, message: Say) -> None:
        self.message = message
