"""`report monthly` as files: one for each month, their manifests, and names nothing may start from."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.commands.months import head, spreadsheet
from tests.desk import Typed
from tests.history import History
from tests.naughty import naughty
from tests.ui.xlsx_reader import read

ROOT = Path(__file__).parent.parent.parent


class TestManyFiles:
    """`--manifest` beside a file, `--all-months` a year of them."""

    def test_a_manifest_is_checked_against_its_file_and_the_journal(
        self, report: Callable[..., Typed], tmp_path: Path, db: Path
    ) -> None:
        from hashlib import sha256

        from toshima_cli.looks import report as looks

        file = tmp_path / "month.xlsx"
        report("--month", "2026-10")
        before = head(db)
        assert report("--month", "2026-11", "--manifest", "-o", str(file)).code == 0
        found = json.loads((tmp_path / "month.xlsx.manifest.json").read_text(encoding="utf-8"))
        assert found["schema"] == "toshima.report.monthly/1"
        data = found["data"]
        assert (data["month"], data["file"], data["bytes"]) == ("2026-11", "month.xlsx", file.stat().st_size)
        assert data["sha256"] == sha256(file.read_bytes()).hexdigest()
        assert data["journal_head"] == before != head(db)
        assert before not in "".join(read(file.read_bytes()).parts.values()), "the head stands in no report"
        rows = {row["key"]: row for row in data["rows"]}
        assert rows.keys() == {row["key"] for row in report("--month", "2026-11", "-f", "json").data["rows"]}
        contacts = rows["contacts.by_method.visit"]
        assert (contacts["query"], contacts["month"]) == ("contacts", 2)
        assert contacts["query_sha256"] == sha256(looks.list_of("contacts").encode()).hexdigest()

    def test_a_manifest_alone_is_of_the_json(self, report: Callable[..., Typed]) -> None:
        from hashlib import sha256

        plain = report("--month", "2026-11", "-f", "json").out
        data = report("--month", "2026-11", "--manifest", "-f", "json").data
        assert data["sha256"] == sha256(plain.encode()).hexdigest()
        assert "consultations" in report("--month", "2026-11", "--manifest").out

    def test_a_file_for_each_month_of_the_year_so_far(
        self, report: Callable[..., Typed], tmp_path: Path, db: Path
    ) -> None:
        typed = report("--month", "2026-11", "--all-months", "--manifest", "-o", str(tmp_path / "year.csv"))
        assert typed.code == 0
        names = {path.name for path in tmp_path.iterdir()} - {db.name, f"{db.name}-wal", f"{db.name}-shm"}
        months = [f"2026-{month:02}" for month in range(4, 12)]
        assert names == {f"year-{m}.csv{tail}" for m in months for tail in ("", ".manifest.json")}
        assert (tmp_path / "year-2026-11.csv").stat().st_mode & 0o777 == 0o600
        alone = tmp_path / "alone.csv"
        report("--month", "2026-11", "-o", str(alone))
        assert (tmp_path / "year-2026-11.csv").read_bytes() == alone.read_bytes()

    def test_none_is_written_where_one_is_there_already(self, report: Callable[..., Typed], tmp_path: Path) -> None:
        there = tmp_path / "year-2026-09.md"
        there.write_bytes(b"mine")
        words = ("--month", "2026-11", "--all-months", "-o", str(tmp_path / "year.md"))
        assert report(*words).code == 2
        assert [path.name for path in tmp_path.glob("*.md")] == [there.name]
        assert there.read_bytes() == b"mine"
        assert report(*words, "--force").code == 0
        assert len(list(tmp_path.glob("*.md"))) == 8

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            (("--all-months",), 6),
            (("--all-months", "--explain", "-o", "x.md"), 2),
            (("--manifest", "--row", "cases.opened", "--cases"), 2),
        ],
    )
    def test_what_makes_no_file(self, report: Callable[..., Typed], words: tuple[str, ...], code: int) -> None:
        assert report(*words).code == code


class TestHostileNames:
    """Whatever windows, people and codes are called: no cell is a formula, no page is broken, nothing is sent."""

    @pytest.fixture
    def hostile(self, db: Path) -> list[str]:
        names = [text for text in naughty() if text.strip() and "\0" not in text][:400]
        h = History.in_file(db)
        h.count = 500
        for number, name in enumerate(names):
            code = f"w{number}"
            h.insert(
                "window",
                position=100 + number,
                code=code,
                name=name,
                department=name,
                operation="direct",
                sites=1,
                site_type="basic",
                subsidised=False,
                coordinator_posted="no",
                fields="other",
                source="x",
                edition="x",
            )
            case = h.case("2026-11-20", people="A", concerns="A:job", channel="self")
            h.conn.execute("UPDATE case_file SET window_code = ? WHERE id = ?", (code, case))
            h.conn.execute("UPDATE person SET name = ? WHERE id = (SELECT MAX(id) FROM person)", (name,))
        h.conn.close()
        return names

    def test_are_inert_everywhere(
        self, report: Callable[..., Typed], hostile: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from toshima_cli.ui.text import visible

        book = spreadsheet(report, tmp_path, "--month", "2026-11", "--with-names")
        named = {str(value) for value in book.column("List", "I")}
        assert len(named & {visible(name.replace("\r\n", "\n"), keep="\n") for name in hostile}) > 300
        file = tmp_path / "report.html"
        assert report("--month", "2026-11", "-o", str(file)).code == 0
        page = file.read_text(encoding="utf-8")
        ElementTree.fromstring(re.sub("<!DOCTYPE html>|<meta[^>]*>|<col [^>]*>|<col>", "", page))
        assert "<script" not in page.lower()
        for form in ("md", "table"):
            out = report("--month", "2026-11", "-f", form).out
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out)
