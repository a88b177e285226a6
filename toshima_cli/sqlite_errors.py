"""What an error of SQLite means for the person at the desk, and what is only a fault of ours."""

import os
import sqlite3
from pathlib import Path

from toshima_cli.domain.verdict import say
from toshima_cli.exits import StoreTrouble


def trouble(path: Path, error: sqlite3.Error) -> Exception:
    """What to tell of an error of SQLite, by its own code; one that says nothing of the file is a fault of ours."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF  # the extended code's last byte
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreTrouble(
            say("The database is being written by someone else: {path}.", path=str(path)),
            why=(say("It stayed locked for 30 seconds."),),
            do=(say("Try again in a moment. Nothing was changed."),),
        )
    if code == sqlite3.SQLITE_FULL:
        return StoreTrouble(
            say("The disk is full; the last step was not recorded: {path}.", path=str(path)),
            why=(say("Everything acknowledged before is still there."),),
            do=(say("Make room on the disk, then type the command again."),),
        )
    if code == sqlite3.SQLITE_READONLY or (code in _UNREADABLE and not writable(path)):
        return StoreTrouble(
            say("The database cannot be written: {path}.", path=str(path)),
            why=(say("The file or its folder is read-only, and every look at a person is recorded in it."),),
            do=(say("Ask for write permission on the file and on its folder."),),
        )
    if code not in _UNREADABLE:
        return error
    return StoreTrouble(
        say("The database cannot be read: {path}.", path=str(path)),
        why=(say("It is damaged, or it is not a database of toshima."),),
        do=(say("Keep the file as it is and restore the last backup."),),
    )


_UNREADABLE = (
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
)


def writable(path: Path) -> bool:
    """Whether the file can be written, and files beside it: the write-ahead log needs both."""
    return os.access(path.parent, os.W_OK) and (os.access(path, os.W_OK) or not path.exists())
