"""`export windows`: a list `init --windows` takes back unchanged, and with `--hsds` a data package of HSDS 3.0."""

import csv
import io
import json
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.db.shipped import COLUMNS, rows
from tests.desk import NearDesk, Typed, copy
from tests.hsds import Package, faults

PACKAGE = {
    "datapackage.json",
    "organizations.csv",
    "programs.csv",
    "services.csv",
    "attributes.csv",
    "funding.csv",
    "taxonomies.csv",
    "taxonomy_terms.csv",
}


@pytest.fixture
def desk(demonstration: Path, tmp_path: Path) -> NearDesk:
    return NearDesk(copy(demonstration, tmp_path / "books.db"))


@pytest.fixture
def package(desk: NearDesk, tmp_path: Path) -> Package:
    desk.ok("export", "windows", "--hsds", "-o", str(tmp_path / "hsds"))
    return Package(tmp_path / "hsds")


def listed(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True))


def own_list(path: Path, **changed: str) -> Path:
    """Another town's list of windows: that of the chapter, with one row changed."""
    found = rows("windows")
    found[0] |= changed
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]))
        writer.writeheader()
        writer.writerows(found)
    return path


class TestTheList:
    def test_holds_what_the_books_hold_with_its_source(self, desk: NearDesk, tmp_path: Path) -> None:
        desk.ok("export", "windows", "-o", str(tmp_path / "windows.csv"))
        found = listed(tmp_path / "windows.csv")
        assert list(found[0]) == COLUMNS["windows"].split()
        assert [row | {"fields": row["fields"].replace("; ", " ")} for row in found] == rows("windows")

    def test_is_taken_back_unchanged(self, desk: NearDesk, tmp_path: Path) -> None:
        names = ("=HYPERLINK(1)", "-", "'", '改行\nと"引用"', "  空白  ", "＝全角", "a; b")
        for number, name in enumerate(names):
            town = NearDesk(tmp_path / f"town{number}.db")
            given = own_list(
                tmp_path / f"given{number}.csv", name=name, department=name, fields="poverty elderly other"
            )
            town.ok("init", "--windows", str(given))
            first, second = tmp_path / f"first{number}.csv", tmp_path / f"second{number}.csv"
            town.ok("export", "windows", "-o", str(first))
            again = NearDesk(tmp_path / f"again{number}.db")
            again.ok("init", "--windows", str(first))
            assert again.json("export", "windows") == town.json("export", "windows")
            assert again.json("export", "windows")[0]["name"] == name
            assert again.json("windows")[0]["fields"] == ["poverty", "elderly", "other"]
            again.ok("export", "windows", "-o", str(second))
            assert first.read_bytes() == second.read_bytes()

    def test_its_spreadsheet_holds_the_same_words(self, desk: NearDesk, tmp_path: Path) -> None:
        from tests.ui.xlsx_reader import read

        desk.ok("export", "windows", "-o", str(tmp_path / "windows.xlsx"))
        desk.ok("export", "windows", "-o", str(tmp_path / "windows.csv"))
        cells = read((tmp_path / "windows.xlsx").read_bytes()).sheets["windows"]
        wanted = list(csv.reader(io.StringIO((tmp_path / "windows.csv").read_bytes().decode("utf-8-sig"), newline="")))
        assert {place: str(cell.value).removesuffix(".0") for place, cell in cells.items() if cell.value != ""} == {
            f"{'ABCDEFGHIJK'[column]}{row}": text
            for row, line in enumerate(wanted, start=1)
            for column, text in enumerate(line)
        }

    def test_on_a_pipe_and_as_json(self, desk: NearDesk) -> None:
        assert desk.ok("export", "windows").out.split("\t")[0] == "code"
        data = desk.json("export", "windows")
        assert len(data) == 19
        assert data[8]["fields"] == ["elderly", "disability", "children", "poverty", "other"]
        assert data[0]["edition"] == "2023-04-01"


class TestThePackage:
    def test_is_of_these_files_private_and_whole(self, package: Package) -> None:
        assert {path.name for path in package.folder.iterdir()} == PACKAGE
        if os.name != "nt":
            assert stat.S_IMODE(package.folder.stat().st_mode) == 0o700
            assert {stat.S_IMODE(path.stat().st_mode) for path in package.folder.iterdir()} == {0o600}

    def test_keeps_the_standard(self, package: Package) -> None:
        assert faults(package) == []

    def test_every_window_and_programme_is_a_service_of_its_department(self, package: Package) -> None:
        services, organizations = package.rows["service"], {r["id"]: r["name"] for r in package.rows["organization"]}
        windows, programmes = rows("windows"), rows("programmes")
        assert [row["name"] for row in services] == [row["name"] for row in (*windows, *programmes)]
        assert [organizations[row["organization_id"]] for row in services] == [
            row["department"] for row in (*windows, *programmes)
        ]
        assert len(set(organizations.values())) == len(organizations)
        assert {row["status"] for row in services} == {"active"}
        assert {row["assured_date"] for row in services} == {"2023-04-01"}

    def test_says_of_each_what_the_list_says(self, package: Package) -> None:
        terms = {row["id"]: row["code"] for row in package.rows["taxonomy_term"]}
        said: dict[str, set[tuple[str, str]]] = {}
        for row in package.rows["attribute"]:
            said.setdefault(row["link_id"], set()).add((terms[row["taxonomy_term_id"]], row["value"]))
        ids = [row["id"] for row in package.rows["service"]]
        for service, row in zip(ids, rows("windows"), strict=False):
            assert said[service] == {
                ("kind.window", ""),
                *((f"field.{field}", "") for field in row["fields"].split()),
                (f"operation.{row['operation']}", ""),
                (f"site_type.{row['site_type']}", ""),
                ("detail.code", row["code"]),
                ("detail.sites", row["sites"]),
                *([("detail.coordinator_posted", "")] if row["coordinator_posted"] == "yes" else []),
                ("detail.source", row["source"]),
                ("detail.edition", row["edition"]),
            }
        for service, row in zip(ids[19:], rows("programmes"), strict=True):
            varies = {"時点や状況によって変動"} if row["staffing_note"] == "varies" else set()
            assert said[service] == {
                (f"kind.{row['kind']}", ""),
                *([(f"operation.{row['operation']}", "")] if row["operation"] else []),
                ("detail.code", row["code"]),
                *([("detail.staffing", row["staffing"])] if row["staffing"] else []),
                *(("detail.staffing_note", text) for text in varies),
                *([("detail.places", row["places"])] if row["places"] else []),
                ("detail.source", row["source"]),
                ("detail.edition", row["edition"]),
            }

    def test_the_stars_are_funding(self, package: Package) -> None:
        starred = [row["subsidised"] == "true" for row in (*rows("windows"), *rows("programmes"))]
        ids = [row["id"] for row in package.rows["service"]]
        funded = {row["service_id"] for row in package.rows["funding"]}
        assert funded == {service for service, star in zip(ids, starred, strict=True) if star}
        assert len(package.rows["funding"]) == sum(starred) == 15

    def test_says_where_it_comes_from_and_that_it_is_not_official(self, package: Package) -> None:
        sources = [source["title"] for source in package.descriptor["sources"]]
        assert len(sources) == 2
        assert all("2023-04-01" in title for title in sources)
        assert "公式" in package.descriptor["description"]
        assert package.descriptor["languages"] == ["ja"]
        assert {row["language"] for row in package.rows["taxonomy_term"]} == {"ja"}

    def test_invents_nothing(self, package: Package, desk: NearDesk) -> None:
        """No place, number, address or change is known, so none is told; nobody's resource is published."""
        assert package.rows["program"] == []
        known = {
            "id",
            "name",
            "description",
            "status",
            "assured_date",
            "source",
            "value",
            "code",
            "taxonomy",
            "language",
        }
        for table, found in package.rows.items():
            filled = {column for row in found for column, cell in row.items() if cell and not column.endswith("_id")}
            assert filled <= known | {"link_type", "link_entity"}, table
        texts = [cell for found in package.rows.values() for row in found for cell in row.values() if len(cell) != 36]
        assert not [text for text in texts if re.search(r"\d{2,4}-\d{2,4}-\d{4}|丁目|番地|https?:", text)]

    def test_a_resource_of_the_community_stays_in_the_office(self, desk: NearDesk, tmp_path: Path) -> None:
        words = ("池のほとりサロン", "佐々木さん宅", "秘密の集い")
        desk.ok("resource", "add", "salon-z", "--name", words[0], "--owner", words[1], "--place", words[2])
        done = desk.ok("export", "windows", "--hsds", "-o", str(tmp_path / "hsds"))
        text = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "hsds").iterdir())
        assert not [word for word in words if word in text]
        assert done.out == ""
        assert done.err.count("\n") >= 2

    def test_is_the_same_whatever_the_desk(self, desk: NearDesk, tmp_path: Path) -> None:
        def made(name: str, **env: str) -> dict[str, bytes]:
            desk.ok("export", "windows", "--hsds", "-o", str(tmp_path / name), **env)
            return {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}

        first = made("first")
        assert first == made("second", TOSHIMA_LANG="en", TOSHIMA_TODAY="2031-01-01", TZ="America/New_York")
        desk.ok("--mask", "export", "windows", "--hsds", "-o", str(tmp_path / "third"))
        assert first == {path.name: path.read_bytes() for path in (tmp_path / "third").iterdir()}

    def test_an_id_stays_when_the_rest_of_the_list_changes(self, package: Package, tmp_path: Path) -> None:
        town = NearDesk(tmp_path / "town.db")
        town.ok("init", "--windows", str(own_list(tmp_path / "own.csv", name="別の名前", edition="2026")))
        town.ok("export", "windows", "--hsds", "-o", str(tmp_path / "own"))
        other = Package(tmp_path / "own")
        assert faults(other) == []
        assert [row["id"] for row in other.rows["service"]] == [row["id"] for row in package.rows["service"]]
        assert other.rows["service"][0]["name"] == "別の名前"
        assert other.rows["service"][0]["assured_date"] == "", "a year is no date"
        assert all(UUID(row["id"]).version == 5 for table in other.rows.values() for row in table)


class TestTheFolder:
    ENDINGS = ("hsds.csv", "hsds.xlsx", "hsds.json", "hsds.zip", "hsds.ZIP")

    def run(self, desk: NearDesk, path: Path, *more: str) -> Typed:
        return desk.run("export", "windows", "--hsds", "-o", str(path), *more)

    def test_is_asked_for_where_it_is_missing(self, desk: NearDesk) -> None:
        typed = desk.run("export", "windows", "--hsds")
        assert (typed.code, typed.out) == (6, "")
        assert "toshima export windows --hsds -o" in typed.err

    @pytest.mark.parametrize("name", ENDINGS)
    def test_has_not_the_name_of_a_file(self, desk: NearDesk, tmp_path: Path, name: str) -> None:
        assert self.run(desk, tmp_path / name).code == 2
        assert not (tmp_path / name).exists()

    @pytest.mark.parametrize("form", ["json", "csv", "table"])
    def test_takes_no_form(self, desk: NearDesk, tmp_path: Path, form: str) -> None:
        assert self.run(desk, tmp_path / "hsds", "-f", form).code == 2
        assert not (tmp_path / "hsds").exists()

    def test_that_is_there_is_left_alone(self, desk: NearDesk, tmp_path: Path) -> None:
        theirs = tmp_path / "hsds"
        theirs.mkdir()
        assert self.run(desk, theirs).code == 2
        (theirs / "a.txt").write_text("theirs")
        assert self.run(desk, theirs).code == 2
        assert self.run(desk, theirs, "--force").code == 2, "only an earlier package is replaced"
        assert [path.name for path in theirs.iterdir()] == ["a.txt"]
        assert sorted(path.name for path in tmp_path.iterdir()) == ["books.db", "hsds"]

    def test_of_an_earlier_package_is_replaced_when_asked(self, desk: NearDesk, tmp_path: Path) -> None:
        ours = tmp_path / "hsds"
        assert self.run(desk, ours).code == 0
        before = {path.name: path.read_bytes() for path in ours.iterdir()}
        (ours / "services.csv").write_text("older")
        assert self.run(desk, ours).code == 2
        assert (ours / "services.csv").read_text() == "older"
        assert self.run(desk, ours, "--force").code == 0
        assert before == {path.name: path.read_bytes() for path in ours.iterdir()}
        assert sorted(path.name for path in tmp_path.iterdir()) == ["books.db", "hsds"]

    @pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
    @pytest.mark.parametrize("force", [(), ("--force",)])
    def test_is_no_link_and_no_file(self, desk: NearDesk, tmp_path: Path, force: tuple[str, ...]) -> None:
        victim, link, file = tmp_path / "victim", tmp_path / "link", tmp_path / "file"
        victim.mkdir()
        (victim / "datapackage.json").write_text("theirs")
        link.symlink_to(victim)
        file.write_text("theirs")
        dangling = tmp_path / "dangling"
        dangling.symlink_to(tmp_path / "nowhere")
        for path in (link, dangling, file, tmp_path / "none" / "hsds", Path("/dev/null"), tmp_path / ("x" * 300)):
            assert self.run(desk, path, *force).code == 2, path
        assert (victim / "datapackage.json").read_text() == "theirs"
        assert file.read_text() == "theirs"
        assert not (tmp_path / "nowhere").exists()

    def test_a_link_in_an_earlier_package_is_no_part_of_it(self, desk: NearDesk, tmp_path: Path) -> None:
        ours, victim = tmp_path / "hsds", tmp_path / "victim.csv"
        assert self.run(desk, ours).code == 0
        victim.write_text("theirs")
        (ours / "services.csv").unlink()
        (ours / "services.csv").symlink_to(victim)
        assert self.run(desk, ours, "--force").code == 2
        assert victim.read_text() == "theirs"

    @pytest.mark.parametrize("name", [".", "..", "/"])
    def test_is_not_where_one_stands(self, desk: NearDesk, name: str) -> None:
        assert self.run(desk, Path(name)).code == 2
        assert self.run(desk, Path(name), "--force").code == 2

    def test_a_slash_behind_it_changes_nothing(self, desk: NearDesk, tmp_path: Path) -> None:
        assert desk.run("export", "windows", "--hsds", "-o", f"{tmp_path}/hsds/").code == 0
        assert {path.name for path in (tmp_path / "hsds").iterdir()} == PACKAGE

    def test_without_hsds_a_folder_is_no_file(self, desk: NearDesk, tmp_path: Path) -> None:
        assert desk.run("export", "windows", "-o", str(tmp_path / "folder")).code == 2

    def test_books_that_are_missing_come_first(self, tmp_path: Path) -> None:
        nowhere = NearDesk(tmp_path / "none.db")
        assert nowhere.run("export", "windows", "--hsds").code == 5
        assert nowhere.run("export", "windows", "--hsds", "-o", str(tmp_path / "none" / "x")).code == 5


BROKEN: dict[str, Callable[[dict[str, list[dict[str, str]]]], Any]] = {
    "a required field is empty": lambda t: t["service"][0].update(name=""),
    "a word no status is": lambda t: t["service"][0].update(status="open"),
    "an id that stands twice": lambda t: t["service"][1].update(id=t["service"][0]["id"]),
    "an id that is no UUID": lambda t: t["taxonomy"][0].update(id="1"),
    "a department nobody has": lambda t: t["service"][0].update(organization_id=t["service"][0]["id"]),
    "a term nobody has": lambda t: t["attribute"][0].update(taxonomy_term_id=t["attribute"][0]["id"]),
    "a thing nobody has": lambda t: t["attribute"][0].update(link_id=t["attribute"][0]["id"]),
    "a code that stands twice": lambda t: t["taxonomy_term"][1].update(code=t["taxonomy_term"][0]["code"]),
    "a date that is none": lambda t: t["service"][0].update(assured_date="2023-04"),
    "an age in words": lambda t: t["service"][0].update(minimum_age="six"),
    "a column left out": lambda t: [row.pop("email") for row in t["organization"]],
    "a column of our own": lambda t: [row.update(kana="") for row in t["organization"]],
}


class TestTheCheck:
    """What the tests hold the package to is not blind."""

    @pytest.mark.parametrize("name", BROKEN)
    def test_sees(self, package: Package, name: str) -> None:
        BROKEN[name](package.rows)
        assert faults(package) != []

    def test_sees_a_descriptor_that_says_something_else(self, package: Package) -> None:
        package.descriptor["resources"][0]["schema"]["fields"][1]["constraints"]["required"] = False
        assert faults(package) != []


@pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is a Unix thing")
class TestAtATerminal:
    def test_the_folder_is_asked_for_until_it_can_be_used(self, desk: NearDesk, tmp_path: Path) -> None:
        from tests.terminal import at_terminal

        desk.lang = "en"
        with at_terminal(desk, "export", "windows", "--hsds", columns=120) as terminal:
            terminal.answer(str(desk.db), see="folder")
            terminal.see("not a folder")
            terminal.answer("", see="folder")
            terminal.answer(str(tmp_path / "asked"), see="folder")
            terminal.see("Written", "resources of the community")
            assert terminal.end() == 0
        assert json.loads((tmp_path / "asked" / "datapackage.json").read_bytes())["profile"] == "tabular-data-package"

    def test_ctrl_c_leaves_nothing(self, desk: NearDesk, tmp_path: Path) -> None:
        from tests.terminal import CTRL_C, at_terminal

        with at_terminal(desk, "export", "windows", "--hsds") as terminal:
            terminal.see("HSDS")
            terminal.press(CTRL_C)
            assert terminal.end() == 130
        assert [path.name for path in tmp_path.iterdir() if not path.name.startswith("books.db")] == []
