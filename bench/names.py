"""How many people are known again, and how many strangers are taken for them: `python bench/names.py`.

The names are a published package's, surnames as often as people bear them; everything else is invented and stated
below. The people are put into real books; then each is told of once more, changed in one way, and who is shown for it
(`resembling`, while somebody types) or found (`find`) is counted. The same seed gives the same table.

    python -m pip install japanese-personal-name-dataset==0.4.0 jntajis-python==0.1.0

Both are for this file only: the program does not use them, and nothing of them is copied.
"""

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from unicodedata import normalize

sys.path.insert(0, str(Path(__file__).parent.parent))
from bench.run import desk, toshima  # the checkout is not on the path of a script
from toshima_cli.domain.alike import Like
from toshima_cli.domain.find import read
from toshima_cli.domain.names import search_keys
from toshima_cli.looks.duplicates import resembling
from toshima_cli.looks.find import find
from toshima_cli.sqlite_file import connect

PEOPLE = 50_000
PAIRS = 1_000
PAGE = 50
AREAS = "東西南北中上下元新本"
FIRST_BIRTH, DAYS_OF_BIRTHS = date(1930, 1, 1), 31_000
LACKING = {"kana": 0.10, "birth_date": 0.10, "phone": 0.30, "address": 0.05}
"""How often a record lacks it. [invented]"""


@dataclass(frozen=True)
class Weighted:
    """Pairs of spelling and reading, each as often as its weight says."""

    pairs: tuple[tuple[str, str], ...]
    weights: tuple[float, ...]

    def draw(self, chance: random.Random, count: int) -> list[tuple[str, str]]:
        return chance.choices(self.pairs, cum_weights=list(accumulate(self.weights)), k=count)


@dataclass(frozen=True)
class Source:
    """Where names come from. `glyphs`: a character → those it may be written as."""

    surnames: Weighted
    given: Weighted
    glyphs: Mapping[str, str]


def published() -> Source:
    """Surnames with their numbers of people and their reading; given names by reading, as often as the reading has
    spellings (the package has no counts of given names); characters by the MJ shrink map, as far as they can be typed.
    """
    from japanese_personal_name_dataset import load_dataset  # type: ignore[import-not-found]

    man, woman, last = load_dataset(kind="opti", include_last_names=True)
    given = [
        ((kanji, kana), 1.0) for names in (man, woman) for kana, entry in names.items() for kanji in entry["kanji"]
    ]
    return Source(
        Weighted(
            tuple((kanji, entry["reading"]) for kanji, entry in last.items()),
            tuple(float(entry["count"]) for entry in last.values()),
        ),
        Weighted(tuple(pair for pair, _ in given), tuple(weight for _, weight in given)),
        glyphs({c for kanji in (*last, *(pair[0] for pair, _ in given)) for c in kanji}),
    )


def glyphs(met: set[str]) -> dict[str, str]:
    """Of each character met in names the ones that stand for it, in cp932: what a Windows keyboard gives."""
    import jntajis  # type: ignore[import-not-found]

    scheme = jntajis.MJShrinkSchemeCombo
    every = (
        scheme.JIS_INCORPORATION_UCS_UNIFICATION_RULE
        | scheme.MOJ_NOTICE_582
        | scheme.MOJ_FAMILY_REGISTER_ACT_RELATED_NOTICE
    )
    found: dict[str, str] = {}
    for variant in (chr(point) for span in ((0x4E00, 0xA000), (0xF900, 0xFB00)) for point in range(*span)):
        if not _typeable(variant):
            continue
        for plain in jntajis.mj_shrink_candidates(variant, every):
            if plain != variant:
                for one, other in ((plain, variant), (variant, plain)):
                    if one in met and _typeable(other):
                        found[one] = found.get(one, "") + other
    return found


def _typeable(character: str) -> bool:
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


@dataclass(frozen=True)
class Person:
    """Somebody as they truly are; `known` is what their record says of them."""

    surname: tuple[str, str]
    given: tuple[str, str]
    birth_date: date
    phone: str
    address: tuple[str, int, int, int]
    household: int
    lacks: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return f"{self.surname[0]} {self.given[0]}"

    @property
    def kana(self) -> str:
        return f"{self.surname[1]} {self.given[1]}"

    @property
    def place(self) -> str:
        area, block, number, house = self.address
        return f"豊島区{area}{block}丁目{number}番{house}号"

    @property
    def told(self) -> Like:
        """Everything, as it is."""
        return Like(self.name, self.kana, self.birth_date, self.phone, self.place)

    @property
    def known(self) -> Like:
        return replace(self.told, **dict.fromkeys(self.lacks))


def people(source: Source, count: int, chance: random.Random) -> list[Person]:
    """Households of one to four, of one surname, address and telephone; four people in ten have their own mobile."""
    found: list[Person] = []
    surnames, given = source.surnames.draw(chance, count), source.given.draw(chance, count)
    household = 0
    while len(found) < count:
        household += 1
        area = chance.choice(AREAS) + "架空町"
        address = (area, chance.randint(1, 5), chance.randint(1, 40), chance.randint(1, 20))
        phone = f"03-{chance.randint(3000, 6999)}-{chance.randint(0, 9999):04d}"
        for _ in range(min(chance.choices((1, 2, 3, 4), (5, 3, 2, 1))[0], count - len(found))):
            mobile = f"090-{chance.randint(1000, 9999)}-{chance.randint(0, 9999):04d}"
            found.append(
                Person(
                    surnames[household % count],
                    given[len(found)],
                    FIRST_BIRTH + timedelta(days=chance.randrange(DAYS_OF_BIRTHS)),
                    mobile if chance.random() < 0.4 else phone,
                    address,
                    household,
                    frozenset(field for field, share in LACKING.items() if chance.random() < share),
                )
            )
    return found


def books(path: Path, everybody: Sequence[Person]) -> Path:
    """New books in which each household has a case; person and membership have the id of their place in the list."""
    subprocess.run([*toshima(), "init"], env=desk(path), check=True, capture_output=True)
    with closing(sqlite3.connect(path)) as conn:
        (seq,) = conn.execute("SELECT MAX(seq) FROM act").fetchone()
        for number in range(1, max(one.household for one in everybody) + 1):
            year, ordinal = 2017 + number % 10, number // 10 + 1
            conn.execute("INSERT INTO household (id) VALUES (?)", (number,))
            conn.execute(
                "INSERT INTO case_file (id, number, fiscal_year, ordinal, opened_on, origin, window_code, channel,"
                " household_id, stage) VALUES (?, ?, ?, ?, '2026-04-01', 'intake', 'csw', 'self', ?, 'received')",
                (number, f"{year}-{ordinal:04d}", year, ordinal, number),
            )
        for number, one in enumerate(everybody, 1):
            known = one.known
            born = known.birth_date.isoformat() if known.birth_date else None
            conn.execute(
                "INSERT INTO person (id, name, kana, birth_date, sex, phone, address)"
                " VALUES (?, ?, ?, ?, 'unknown', ?, ?)",
                (number, known.name, known.kana, born, known.phone, known.address),
            )
            conn.execute(
                "INSERT INTO member (id, seq, on_date, case_id, person_id, label, relation)"
                " VALUES (?, ?, '2026-04-01', ?, ?, ?, 'other')",
                (number, seq, one.household, number, f"P{number}"),
            )
            keys = search_keys(known.name, known.kana, (known.phone,), (known.address,), known.birth_date)
            conn.executemany(
                "INSERT INTO search_key (key, kind, person_id) VALUES (?, ?, ?)",
                [(key, kind, number) for kind, key in sorted(keys)],
            )
        conn.commit()
    return path


_WIDE = {half: normalize("NFKC", half) for half in map(chr, range(0xFF66, 0xFF9E))}
_NARROW = {wide: half for half, wide in _WIDE.items()} | {"\u3099": "ﾞ", "\u309a": "ﾟ", " ": " "}


def half_width(kana: str) -> str:
    katakana = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in kana)
    return "".join(_NARROW.get(c, c) for c in normalize("NFD", katakana))


@dataclass(frozen=True)
class Telling:
    """A way somebody is told of once more. `like` gives None where it does not apply to them (no such character)."""

    name: str
    like: Callable[[Person, Source, random.Random], Like | None]
    words: Callable[[Like], tuple[str, ...]] | None = None


def _glyph(one: Person, source: Source, chance: random.Random) -> Like | None:
    places = [at for at, c in enumerate(one.name) if c in source.glyphs]
    if not places:
        return None
    at = chance.choice(places)
    name = one.name[:at] + chance.choice(source.glyphs[one.name[at]]) + one.name[at + 1 :]
    return Like(name=name)


def _other_surname(one: Person, source: Source, chance: random.Random) -> tuple[str, str]:
    return next(pair for pair in source.surnames.draw(chance, 50) if pair[1] != one.surname[1])


def _married(one: Person, source: Source, chance: random.Random) -> Like:
    kanji, kana = _other_surname(one, source, chance)
    return Like(f"{kanji} {one.given[0]}", f"{kana} {one.given[1]}", one.birth_date)


def _misread(one: Person, source: Source, chance: random.Random) -> Like:
    """The given name in characters of somebody else's, the reading not told."""
    other = next(pair for pair in source.given.draw(chance, 50) if pair[0] != one.given[0])
    return Like(f"{one.surname[0]} {other[0]}", None, one.birth_date)


def _other_notation(one: Person, chance: random.Random) -> str:
    area, block, number, house = one.address
    wide = f"{area}{block}-{number}-{house}".translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    kanji = "〇一二三四五"[block]
    return chance.choice(
        (
            f"{area}{block}-{number}-{house}",
            wide.replace("-", "－"),
            f"東京都豊島区{area}{kanji}丁目{number}番地の{house}",
            f"〒170-0000 豊島区{area}{block}丁目{number}番{house}号 ハイツ架空201",
            f"{area} {block}ー{number}ー{house}",
        )
    )


def _misheard(born: date, chance: random.Random) -> date:
    return born + timedelta(days=chance.choice((-10, -1, 1, 10)))


TELLINGS = (
    Telling("as it is", lambda p, s, r: p.told, lambda like: (like.name or "",)),
    Telling("name in other characters", _glyph, lambda like: (like.name or "",)),
    Telling(
        "reading in half-width kana", lambda p, s, r: Like(kana=half_width(p.kana)), lambda like: (like.kana or "",)
    ),
    Telling(
        "given name first", lambda p, s, r: Like(name=f"{p.given[0]} {p.surname[0]}"), lambda like: (like.name or "",)
    ),
    Telling(
        "no space, no reading", lambda p, s, r: Like(name=p.name.replace(" ", "")), lambda like: (like.name or "",)
    ),
    Telling("no reading, birth date", lambda p, s, r: Like(name=p.name, birth_date=p.birth_date)),
    Telling("another surname, birth date", _married),
    Telling("given name in wrong characters, birth date", _misread),
    Telling(
        "telephone, given name",
        lambda p, s, r: Like(name=p.given[0], phone=p.phone.replace("-", "")),
        lambda like: (like.phone or "", like.name or ""),
    ),
    Telling(
        "address written otherwise, given name",
        lambda p, s, r: Like(name=p.given[0], address=_other_notation(p, r)),
        lambda like: ((like.address or "").replace(" ", ""), like.name or ""),
    ),
    Telling("birth date misheard, telephone", lambda p, s, r: replace(p.told, birth_date=_misheard(p.birth_date, r))),
    Telling("birth date misheard, nothing else", lambda p, s, r: Like(p.name, p.kana, _misheard(p.birth_date, r))),
)
CONTROLS = (
    Telling("surname alone", lambda p, s, r: Like(*p.surname)),
    Telling("birth date alone", lambda p, s, r: Like(birth_date=p.birth_date)),
    Telling("telephone and address alone", lambda p, s, r: Like(phone=p.phone, address=p.place)),
)


@dataclass
class Count:
    """Of `pairs` people told of again, `met` were among those shown; `shown` is everybody who was."""

    name: str
    pairs: int = 0
    met: int = 0
    shown: int = 0

    def add(self, labels: Sequence[str], label: str) -> None:
        self.pairs += 1
        self.met += label in labels
        self.shown += len(labels)

    @property
    def recall(self) -> float | None:
        return self.met / self.pairs if self.pairs else None

    @property
    def precision(self) -> float | None:
        return self.met / self.shown if self.shown else None


def measured(
    conn: sqlite3.Connection, source: Source, everybody: Sequence[Person], pairs: int, seed: int
) -> tuple[list[Count], list[Count], list[Count]]:
    """(while typing, by `find`, what must not be shown)."""
    typing, finding, wrong = list[Count](), list[Count](), list[Count]()
    for telling in (*TELLINGS, *CONTROLS):
        chance = random.Random(f"{seed} {telling.name}")
        shown, found = Count(telling.name), Count(telling.name)
        for at in chance.sample(range(len(everybody)), len(everybody)):
            like = telling.like(everybody[at], source, chance)
            if like is None:
                continue
            shown.add([row["label"] for row in resembling(conn, like, mask=False)], f"P{at + 1}")
            if telling.words:
                rows = find(conn, read(telling.words(like)), PAGE, mask=False)
                found.add([row["label"] for row in rows], f"P{at + 1}")
            if shown.pairs == pairs:
                break
        (wrong if telling in CONTROLS else typing).append(shown)
        if telling.words:
            finding.append(found)
    strangers = Count("somebody who is not on record")
    for one in people(source, pairs, random.Random(f"{seed} strangers")):
        strangers.add([row["label"] for row in resembling(conn, one.told, mask=False)], "")
    return typing, finding, [*wrong, strangers]


def together(counts: Sequence[Count]) -> Count:
    return Count("all", *(sum(getattr(count, field) for count in counts) for field in ("pairs", "met", "shown")))


def table(title: str, counts: Sequence[Count]) -> Iterator[str]:
    yield f"| {title} | pairs | recall | precision |"
    yield "|---|---:|---:|---:|"
    for count in (*counts, together(counts)):
        shares = ("" if share is None else f"{share:.3f}" for share in (count.recall, count.precision))
        yield f"| {count.name} | {count.pairs:,} | {' | '.join(shares)} |"


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description="Recall and precision of who may be the same, and of find.")
    parser.add_argument("--people", type=int, default=PEOPLE, help=f"how many are on record (default {PEOPLE})")
    parser.add_argument("--pairs", type=int, default=PAIRS, help=f"how many are told of again in each way ({PAIRS})")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(argv)
    if not 1 <= given.pairs <= given.people:
        parser.error("--pairs is at least 1, and at most --people")
    source = published()
    everybody = people(source, given.people, random.Random(given.seed))
    with tempfile.TemporaryDirectory(prefix="toshima-names-") as place:
        path = books(Path(place) / "books.db", everybody)
        with closing(connect(path)) as conn:
            typing, finding, wrong = measured(conn, source, everybody, given.pairs, given.seed)
    print(f"{given.people:,} people in {everybody[-1].household:,} households, seed {given.seed}\n")
    print("\n".join((*table("told of again, while typing", typing), "", *table("looked for with `find`", finding), "")))
    print("| nobody should be shown for | times | people shown each time |\n|---|---:|---:|")
    for count in wrong:
        print(f"| {count.name} | {count.pairs:,} | {count.shown / count.pairs:.3f} |")


if __name__ == "__main__":
    main(sys.argv[1:])
