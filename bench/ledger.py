"""How long a ledger takes to be taken in, beside the same rows put into the same tables by plain sqlite3.

    python bench/ledger.py 100000

Both are one transaction on new books. The people are invented, two in a household; their names meet as names do in a
town: seven thousand whole names, birth dates over ninety years.
"""

import csv
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEADINGS = (
    "台帳番号", "受付日", "窓口", "住所", "電話番号", "氏名", "ふりがな", "生年月日", "性別", "世帯主との続柄",
    "困りごと",
)  # fmt: skip
FAMILY = [
    "佐藤さとう",
    "鈴木すずき",
    "高橋たかはし",
    "田中たなか",
    "渡辺わたなべ",
    "山本やまもと",
    "中村なかむら",
    "小林こばやし",
    "加藤かとう",
    "吉田よしだ",
]
GIVEN = 700
"""Given names; of each a hundred and more people of two hundred thousand."""


def households(count: int) -> Iterator[tuple[str, ...]]:
    """The rows: two for each household, in the order of their days."""
    chance = random.Random(1)
    letters = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめも"
    kanji = "一二三四五六七八九十春夏秋冬東西南北山川海空花月雪風光明美和正直実"
    for number in range(count):
        family = chance.choice(FAMILY)
        written, spoken = family[:2], family[2:]
        day = f"{2015 + number * 10 // count}-{number % 9 + 1:02}-{number % 28 + 1:02}"
        home = f"架空町{chance.randrange(60) + 1}丁目{chance.randrange(40) + 1}-{chance.randrange(40) + 1}"
        for member, relation, concern in ((0, "世帯主", "◎仕事探し、介護"), (1, "子", "ひきこもり")):
            given = chance.randrange(GIVEN)
            born = f"{1935 + chance.randrange(90 - 12)}-{chance.randrange(12) + 1:02}-{chance.randrange(28) + 1:02}"
            name = f"{written} {kanji[given % 31]}{kanji[given // 31 % 31]}"
            reading = f"{spoken} {letters[given % 35]}{letters[given // 35 % 35]}こ"
            case = (f"T-{number}", day, "csw", home, f"03-{number:08}") if not member else (f"T-{number}", *[""] * 4)
            yield (*case, name, reading, born, "女" if member else "男", relation, concern)


def written(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(households(count))


def toshima(books: Path, *words: str) -> float:
    """Seconds of the processor for one line, as a process of its own: what else the machine does counts little."""
    env = {**os.environ, "TOSHIMA_DB": str(books), "TOSHIMA_TODAY": "2026-11-24", "PYTHONPATH": str(ROOT)}
    begun = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "toshima_cli", *words],
        env=env,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime


def raw(books: Path, empty: Path) -> tuple[float, int]:
    """Seconds of the processor for plain inserts of the rows of `books` that `empty` lacks, and how many they are."""
    from toshima_cli.sqlite_file import connect

    tables: dict[str, list[tuple[object, ...]]] = {}
    with closing(sqlite3.connect(books)) as conn, closing(sqlite3.connect(empty)) as none:
        for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            have = set(none.execute(f'SELECT * FROM "{name}"').fetchall())
            rows = [row for row in conn.execute(f'SELECT * FROM "{name}"') if row not in have]
            if rows and name != "counter" and not name.startswith("sqlite"):
                tables[name] = rows
    order = ["household", "case_file", "act", "person", "member"]
    names = sorted(tables, key=lambda name: order.index(name) if name in order else len(order))
    with closing(connect(empty)) as conn:
        begun = time.process_time()
        conn.execute("BEGIN IMMEDIATE")
        for name in names:
            marks = ", ".join("?" * len(tables[name][0]))
            conn.executemany(f'INSERT INTO "{name}" VALUES ({marks})', tables[name])
        conn.execute("COMMIT")
        return time.process_time() - begun, sum(map(len, tables.values()))


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ledger, books, empty = (Path(folder) / name for name in ("ledger.csv", "books.db", "empty.db"))
        written(ledger, count)
        toshima(books, "init")
        shutil.copy(books, empty)
        ours = toshima(books, "import", "cases", str(ledger), "--yes")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        theirs, rows = raw(books, empty)
        print(f"{count} households, {rows} rows: {ours:.1f} s, {peak:.0f} MB; plain inserts {theirs:.1f} s")
        print(f"ratio {ours / theirs:.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
