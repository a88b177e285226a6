"""What Tab offers: everything a command takes and what the books hold, of people their initials alone; never a
restricted case of others, never what was undone; and whatever is wrong, nothing at all."""

import json
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from docs import commands as documents
from tests.desk import Desk, NearDesk, copy
from toshima_cli import declared, offered
from toshima_cli.commands import TABLE
from toshima_cli.completion import answer
from toshima_cli.declared import APART, FILES, FREE, METAVARS
from toshima_cli.domain import terms
from toshima_cli.ui.shells import ASKED, INSTALL, MOST, SHELLS, script

CASE = "2026-0003"
TODAY = "2027-03-19"


@pytest.fixture(scope="module")
def books(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, where B of a case got a case of their own under restriction, and an intake was undone."""
    desk = NearDesk(copy(demonstration, tmp_path_factory.mktemp("tab") / "books.db"), today=TODAY)
    desk.ok("route", CASE, "--complex", "--coordinator", "k03")
    desk.ok("consent", CASE, "B", "--given", "--scope", "sharing", "--method", "oral")
    desk.ok("route", CASE, "--to", "hikikomori", "--person", "B", "--ground", "consent", "--reason", "面談")
    desk.ok("convene", "stakeholder", "--case", CASE, "--on", "2027-03-24")
    desk.ok("split", CASE, "B", "--reason", "安全のため")
    desk.ok("gap", "add", "--kind", "resource", "--text", "夜に話せる場所がない")
    desk.ok("intake", "--window", "csw", "--channel", "self", "--person", "A|堀川 まこと", "--concern", "A:job")
    desk.ok("undo", "--yes", "--reason", "誤り")
    return desk.db


def environment(books: Path | str, **more: str) -> dict[str, str]:
    return {"TOSHIMA_DB": str(books), "TOSHIMA_TODAY": TODAY, "TOSHIMA_LANG": "ja", **more}


def told(books: Path | str, line: str, *, shell: str = "fish", **more: str) -> str:
    """What a script reads for a line cut at its blanks, the last word up to the cursor."""
    return answer([shell, *line.split(" ")], environment(books, **more))


def found(books: Path | str, line: str, **more: str) -> dict[str, str]:
    """The candidates with what they are, in their order."""
    how, *rest = told(books, line, **more).splitlines() or [""]
    assert how in ("", "values", "open", "files"), how
    return {value: about for value, _, about in (each.partition("\t") for each in rest)}


class TestTheTables:
    def test_what_commands_take_is_known_as_they_take_it(self) -> None:
        assert declared.DECLARED.read_text(encoding="utf-8") == documents.declared()

    def test_every_option_and_argument_has_a_kind(self) -> None:
        kinds = {each.kind(command) for command, each in declared.declared() if not each.switch}
        assert {FREE, FILES, "cases", "meetings", "referrals", "staff", "labels", "term Scope"} <= kinds
        for kind in kinds - {FREE, FILES}:
            word, _, rest = kind.partition(" ")
            assert kind in offered.KINDS or word in ("words", "list") or hasattr(terms, rest), kind

    def test_a_metavar_nobody_told_about_is_noticed(self) -> None:
        new = declared.Taken(("--new",), "SOMETHING", False, False, False, "")
        with pytest.raises(KeyError):
            new.kind("show")

    def test_nothing_in_them_is_idle(self) -> None:
        taken = list(declared.declared())
        assert set(APART) <= {(command, each.names[0]) for command, each in taken}
        assert set(METAVARS) - {"PATH"} <= {
            each.metavar for command, each in taken if (command, each.names[0]) not in APART
        }

    def test_every_list_that_is_data_is_in_the_books(self, books: Path) -> None:
        for kind in {*METAVARS.values(), *APART.values()}:
            if kind.startswith("list "):
                assert offered.offered(kind, "", {}, offered.Desk(books, "local", TODAY)), kind


class TestWords:
    def test_commands(self, books: Path) -> None:
        assert list(found(books, "toshima ")) == [entry.name for entry in TABLE]
        assert list(found(books, "toshima me")) == ["merge", "meetings"]
        assert list(found(books, "toshima help me")) == ["merge", "meetings"]

    def test_say_what_they_are_in_the_language_of_the_line(self, books: Path) -> None:
        assert found(books, "toshima caseload") == {"caseload": "終結・中断していない事例の一覧"}
        assert found(books, "toshima --lang en caseload") == {"caseload": "Every case not ended"}

    def test_subcommands(self, books: Path) -> None:
        assert list(found(books, "toshima staff re")) == ["retire"]
        assert list(found(books, "toshima help gap ")) == ["add", "list", "forward", "answer"]

    def test_root_options_stand_before_the_command_only(self, books: Path) -> None:
        assert "--mask" in found(books, "toshima -")
        assert "--mask" not in found(books, "toshima show -")

    def test_options_once_unless_they_repeat(self, books: Path) -> None:
        assert {"--given", "--scope", "--help"} <= set(found(books, "toshima consent -"))
        assert "--scope" not in found(books, "toshima consent 2026-0001 --scope plan --")
        assert "--person" in found(books, "toshima intake --person A --")

    def test_options_where_no_word_is_left(self, books: Path) -> None:
        assert "--month" in found(books, "toshima report monthly ")

    def test_nothing_of_what_is_no_command(self, books: Path) -> None:
        assert found(books, "toshima frobnicate ") == {}

    def test_after_two_hyphens_there_are_words_only(self, books: Path) -> None:
        assert CASE in found(books, "toshima show -- ")
        assert found(books, "toshima show -- -") == {}

    @pytest.mark.parametrize(
        "line",
        ["toshima plan 2026-0001 --from ", "toshima --db ", "toshima --db=", "toshima report monthly -o x"],
    )
    def test_files_are_left_to_the_shell(self, books: Path, line: str) -> None:
        assert told(books, line) == "files\n"

    @pytest.mark.parametrize("line", ["toshima find ", "toshima progress 2026-0001 --note ", "toshima staff add "])
    def test_free_text_is_nobody_elses(self, books: Path, line: str) -> None:
        assert told(books, line) == "values\n"


class TestValues:
    @pytest.mark.parametrize(
        ("line", "wanted"),
        [
            ("toshima caseload --stage wa", ["watching"]),
            ("toshima caseload --stage=wa", ["--stage=watching"]),
            ("toshima caseload -f j", ["json", "jsonl"]),
            ("toshima map 2026-0001 -f ", ["table", "json"]),
            ("toshima close 2026-0001 --reason d", ["declined", "deceased", "duplicate"]),
            ("toshima person leave 2026-0001 A --reason m", ["moved_out", "married"]),
            ("toshima consent 2026-0001 A --scope plan,", ["plan,sharing"]),
            ("toshima consent 2026-0001 A --excluding csw,hik", ["csw,hikikomori"]),
            ("toshima consent 2026-0001 A --method o", ["oral", "online"]),
            ("toshima progress 2026-0001 --method o", ["office", "online", "other"]),
            ("toshima concern add 2026-0001 --concern A:jo", ["A:job"]),
            ("toshima concern add 2026-0001 --concern ", ["A:", "B:", "C:"]),
            ("toshima intake --person X|山田 --concern ", ["X:"]),
            ("toshima staff edit k", ["k03"]),
            ("toshima --as k", ["k03"]),
            ("toshima --lang ", ["ja", "en"]),
            ("toshima merge 2026-0001/", ["2026-0001/A", "2026-0001/B", "2026-0001/C"]),
            ("toshima decide M2026-0002 ", ["1"]),
            ("toshima completion ", list(SHELLS)),
            ("toshima route 2026-0001 --to outs", ["outside:"]),
            ("toshima gap answer ", ["G1"]),
            ("toshima report monthly --row contacts.by_method.v", ["contacts.by_method.visit"]),
            ("toshima report monthly --row contacts.b", ["contacts.by_method."]),
        ],
    )
    def test_of_each_kind(self, books: Path, line: str, wanted: list[str]) -> None:
        assert list(found(books, line)) == wanted

    def test_what_more_has_to_follow_is_left_open(self, books: Path) -> None:
        assert told(books, "toshima concern add 2026-0001 --concern A").startswith("open\n")
        assert told(books, "toshima concern add 2026-0001 --concern A:jo").startswith("values\n")

    def test_cases_the_newest_open_first_with_stage_and_initials(self, books: Path) -> None:
        with closing(sqlite3.connect(books)) as conn:
            known = conn.execute(
                "SELECT number, ended_on FROM case_file c WHERE EXISTS (SELECT 1 FROM stage_step s JOIN act a"
                " ON a.seq = s.seq WHERE s.case_id = c.id AND a.undone_by IS NULL)"
                " ORDER BY ended_on IS NOT NULL, opened_on DESC, id DESC"
            ).fetchall()
        offers = found(books, "toshima show ")
        assert list(offers) == [number for number, _ in known]
        assert [ended is None for _, ended in known] == sorted((e is None for _, e in known), reverse=True)
        assert known[-1][1] is not None
        assert offers["2026-0001"] == "T.Y. 終結"

    def test_who_returns_was_somebody_who_left(self, books: Path) -> None:
        assert list(found(books, "toshima reopen ")) == ["2026-0001"]

    def test_sittings_the_next_first(self, books: Path) -> None:
        held = [about.split()[0] for about in found(books, "toshima agenda ").values()]
        ahead, past = [day for day in held if day >= TODAY], [day for day in held if day < TODAY]
        assert len(ahead) >= 2
        assert len(past) >= 4
        assert held == sorted(ahead) + sorted(past, reverse=True)

    def test_referrals_those_awaited_first(self, demonstration: Path, tmp_path: Path) -> None:
        desk = NearDesk(copy(demonstration, tmp_path / "books.db"), today=TODAY)
        for place in ("hikikomori", "kurashi-shigoto"):
            desk.ok("consent", CASE, "A", "--given", "--scope", "sharing", "--method", "oral")
            desk.ok("route", CASE, "--to", place, "--person", "A", "--ground", "consent", "--reason", "面談")
        older, newer = list(found(desk.db, f"toshima route {CASE} --accept "))[::-1]
        assert older < newer
        desk.ok("route", CASE, "--decline", newer, "--reason", "満員")
        assert list(found(desk.db, f"toshima route {CASE} --accept ")) == [older, newer]
        assert next(iter(found(desk.db, "toshima route --accept "))) == older

    def test_of_a_report_by_law_the_case_is_all_that_is_said(self, demonstration: Path, tmp_path: Path) -> None:
        desk = NearDesk(copy(demonstration, tmp_path / "books.db"), today=TODAY)
        made = desk.json("notify", CASE, "--kind", "child", "--to", "outside:児童相談所", "--reason", "あざ")
        assert found(desk.db, f"toshima route {CASE} --complete R")[made["referral"]] == CASE

    def test_a_number_as_somebody_types_it(self, books: Path) -> None:
        assert list(found(books, "toshima consent 2026-1 ")) == ["A", "B", "C"]

    def test_no_more_than_a_screen_holds(self, books: Path, tmp_path: Path) -> None:
        many = copy(books, tmp_path / "many.db")
        with closing(sqlite3.connect(many)) as conn, conn:
            columns = [row[1] for row in conn.execute("PRAGMA table_info(case_file)")]
            given = {"id": "c.id + 1000 + n", "number": "'2030-' || (1000 + n)", "fiscal_year": "2030", "ordinal": "n"}
            made = ", ".join(given.get(column, column) for column in columns)
            numbers = "WITH RECURSIVE one(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM one WHERE n < 80)"
            conn.execute(
                f"{numbers} INSERT INTO case_file SELECT {made} FROM case_file c, one WHERE number = ?", (CASE,)
            )
            conn.execute(
                "INSERT INTO stage_step (seq, on_date, case_id, act, stage)"
                " SELECT s.seq, s.on_date, c.id, s.act, s.stage"
                " FROM case_file c, (SELECT * FROM stage_step LIMIT 1) s WHERE c.fiscal_year = 2030"
            )
        assert len(found(many, "toshima show ")) == MOST
        assert list(found(many, "toshima show 2026-0001")) == ["2026-0001"]


class TestSecrecy:
    def test_a_restricted_case_is_offered_to_its_own_people_only(self, books: Path) -> None:
        with closing(sqlite3.connect(books)) as conn:
            (secret,) = conn.execute("SELECT number FROM case_file WHERE origin = 'split'").fetchone()
            own = conn.execute(
                "SELECT r.number FROM referral r JOIN member m ON m.id = r.member_id"
                " JOIN case_file c ON c.id = m.case_id WHERE c.number = ? AND m.label = 'B'",
                (CASE,),
            ).fetchall()
        assert secret in found(books, "toshima show ")
        assert secret in found(books, "toshima --as k03 show ")  # who coordinates it
        assert secret in found(books, "toshima --as local show ", TOSHIMA_STAFF="c01")
        assert own
        for options in ({"TOSHIMA_STAFF": "c01"}, {}):
            before = "toshima" if options else "toshima --as c01"
            assert secret not in found(books, f"{before} show ", **options)
            assert found(books, f"{before} consent {secret} ", **options) == {}
            assert "B" not in found(books, f"{before} consent {CASE} ", **options)
            assert found(books, f"{before} merge {secret}/", **options) == {}
            offers = found(books, f"{before} route {CASE} --accept ", **options)
            assert not {number for (number,) in own} & set(offers)
            everything = " ".join(self.everything(books, before, options))
            assert secret not in everything.replace(f"M{secret}", "").replace(f"R{secret}", "")

    @staticmethod
    def everything(books: Path, before: str, env: Mapping[str, str]) -> Iterator[str]:
        """Whatever is offered anywhere: after every option and for every argument of every command."""
        for case in ("2026-0001", CASE, "2026-0007"):
            for command, each in declared.declared():
                line = f"{before} {command} "
                if each.word and each.metavar in ("CASE", "MEETING", "STAFF", "KEPT", "FROM", "SHELL", "BODY", "GAP"):
                    yield told(books, line, **env)
                elif each.word:
                    yield told(books, f"{line}{'M2026-0002' if each.metavar == 'ITEM' else case} ", **env)
                elif not each.switch:
                    yield told(books, f"{line}{case} {each.names[-1]} ", **env)

    def test_of_people_there_are_initials_alone(self, books: Path) -> None:
        with closing(sqlite3.connect(books)) as conn:
            texts = {
                text
                for name, kana, phone in conn.execute("SELECT name, kana, phone FROM person")
                for text in (name, kana, phone, *(name or "").split(), *(kana or "").split())
                if text and len(text) > 1
            }
            texts |= {name for (name,) in conn.execute("SELECT name FROM staff WHERE code <> 'local'")}
            texts |= {text for row in conn.execute("SELECT address, phone FROM household") for text in row if text}
        everything = "\n".join(self.everything(books, "toshima", {}))
        assert len(texts) > 20
        assert [text for text in texts if text in everything] == []
        assert "T.Y." in everything

    def test_what_was_undone_is_not_offered(self, books: Path) -> None:
        with closing(sqlite3.connect(books)) as conn:
            (undone,) = conn.execute(
                "SELECT c.number FROM case_file c JOIN stage_step s ON s.case_id = c.id JOIN act a ON a.seq = s.seq"
                " WHERE a.undone_by IS NOT NULL AND c.origin = 'intake'"
            ).fetchone()
        assert undone not in found(books, "toshima show ")
        assert found(books, f"toshima consent {undone} ") == {}

    def test_whoever_does_not_work_here_is_offered_nothing_of_the_books(self, books: Path) -> None:
        assert found(books, "toshima --as nobody show ") == {}
        assert "status" in found(books, "toshima --as nobody s")

    def test_a_code_that_is_not_plain_is_left_out_and_a_name_made_harmless(self, books: Path, tmp_path: Path) -> None:
        hostile = copy(books, tmp_path / "hostile.db")
        with closing(sqlite3.connect(hostile)) as conn, conn:
            conn.execute("UPDATE \"window\" SET code = 'bad' || char(27) || '[2J' WHERE code = 'csw'")
            conn.execute(
                "UPDATE \"window\" SET name = 'a' || char(10) || 'b' || char(27) || '[2J' || char(8238)"
                " WHERE code = 'hikikomori'"
            )
        offers = found(hostile, "toshima caseload --window ")
        assert not any(value.startswith("bad") for value in offers)
        assert offers["hikikomori"] == "a�b�[2J�"


@contextmanager
def busy(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("BEGIN EXCLUSIVE")
        yield
        conn.execute("ROLLBACK")


class TestWhateverIsWrong:
    def test_no_books(self, tmp_path: Path) -> None:
        assert told(tmp_path / "none.db", "toshima show ") == ""
        assert "show" in found(tmp_path / "none.db", "toshima sh")
        assert list(tmp_path.iterdir()) == []

    def test_books_that_cannot_be_read(self, books: Path, tmp_path: Path) -> None:
        rubbish = tmp_path / "rubbish.db"
        rubbish.write_bytes(b"not a database" * 1000)
        cut = tmp_path / "cut.db"
        cut.write_bytes(books.read_bytes()[:50_000])
        newer, other = copy(books, tmp_path / "newer.db"), copy(books, tmp_path / "other.db")
        with closing(sqlite3.connect(newer)) as conn, conn:
            conn.execute("UPDATE alembic_version SET version_num = '9999'")
        with closing(sqlite3.connect(other)) as conn, conn:
            conn.execute("PRAGMA application_id = 1")
        for path in (rubbish, cut, newer, other, tmp_path):
            assert told(path, "toshima show ") == "", path
        assert told("postgresql://desk/books", "toshima show ") == ""

    def test_a_log_without_its_index_may_hide_what_was_restricted_since(self, books: Path, tmp_path: Path) -> None:
        path = copy(books, tmp_path / "books.db")
        shutil.copy(path, tmp_path / "books.db-wal")
        assert told(path, "toshima show ") == ""
        assert sorted(each.name for each in tmp_path.iterdir()) == ["books.db", "books.db-wal"]

    def test_books_another_desk_writes_in_are_read_all_the_same(self, books: Path, tmp_path: Path) -> None:
        path = copy(books, tmp_path / "books.db")
        with busy(path):
            assert "2026-0001" in found(path, "toshima show ")

    def test_what_another_desk_wrote_just_now_is_seen(self, books: Path, tmp_path: Path) -> None:
        path = copy(books, tmp_path / "books.db")
        with closing(sqlite3.connect(path)) as conn:
            conn.execute("UPDATE case_file SET stage = 'watching' WHERE number = ?", (CASE,))
            conn.commit()
            assert found(path, f"toshima show {CASE}")[CASE].endswith("経過観察")

    def test_lines_no_script_would_hand_over(self, books: Path) -> None:
        for argv in ([], ["bash"], ["bash", "toshima show "], ["tcsh", "toshima", ""], ["zsh"]):
            assert answer(argv, environment(books)) in ("", "values\n")
        assert answer(["fish", "toshima", "show", ""], environment(books, TOSHIMA_TODAY="tomorrow")) == ""

    def test_it_is_silent_and_writes_nothing(self, books: Path, tmp_path: Path) -> None:
        path = copy(books, tmp_path / "books.db")
        before = path.read_bytes()
        good = Desk(path, today=TODAY).run(ASKED, "fish", "toshima", "show", "2026-0001")
        bad = Desk(tmp_path / "none.db", today=TODAY).run(ASKED, "fish", "toshima", "show", "2026-0001")
        assert (good.code, good.out, good.err) == (0, "values\n2026-0001\tT.Y. 終結\n", "")
        assert (bad.code, bad.out, bad.err) == (0, "", "")
        assert path.read_bytes() == before
        assert [each.name for each in tmp_path.iterdir()] == ["books.db"]


class TestWhoseBooks:
    def test_those_the_line_names(self, books: Path, tmp_path: Path) -> None:
        none = str(tmp_path / "none.db")
        assert CASE in found(none, f"toshima --db {books} show ")
        assert CASE in found(none, f"toshima --db={books} show ")
        assert CASE in found(none, f"TOSHIMA_DB={books} toshima show ")
        assert CASE in found(none, "toshima --db $BOOKS show ", BOOKS=str(books))
        assert found(books, f"TOSHIMA_DB={none} toshima show ") == {}


class TestTheCommand:
    @pytest.mark.parametrize("shell", SHELLS)
    def test_prints_a_script_and_nothing_else(self, shell: str, tmp_path: Path) -> None:
        typed = NearDesk(tmp_path / "none.db").ok("completion", shell)
        assert typed.out == script(shell)
        assert typed.err == ""
        assert typed.out.isascii()
        assert INSTALL[shell][1] in typed.out.splitlines()[1]
        assert f" {ASKED} {shell} " in typed.out

    def test_json(self, tmp_path: Path) -> None:
        typed = NearDesk(tmp_path / "none.db").ok("completion", "zsh", "-f", "json")
        assert json.loads(typed.out)["data"] == {
            "shell": "zsh", "file": "~/.zshrc", "line": INSTALL["zsh"][1], "script": script("zsh"),
        }  # fmt: skip

    def test_another_shell_is_a_fault_and_none_is_asked_for(self, tmp_path: Path) -> None:
        desk = NearDesk(tmp_path / "none.db")
        assert desk.run("completion", "tcsh").code == 2
        assert desk.run("completion").code == 6
