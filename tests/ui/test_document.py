"""A paper in its forms, whatever was typed: nothing acts, nothing leaves its place, the same bytes each time."""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.naughty import naughty
from tests.ui.xlsx_reader import read
from toshima_cli import i18n
from toshima_cli.domain.terms import Outcome
from toshima_cli.domain.verdict import say
from toshima_cli.ui import document as d
from toshima_cli.ui.document import Block, Document, Grid, Room, Row
from toshima_cli.ui.page import Page
from toshima_cli.ui.text import visible


@pytest.fixture(autouse=True, params=["en", "ja"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    i18n.set_language(request.param)
    yield request.param
    i18n.set_language("ja")


HOSTILE = [
    "<script>alert(1)</script>",
    "</td></table></body><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)' '",
    "{{ 7*7 }}{% for x in y %}",
    "]]> --> <!-- <![CDATA[",
    "a\x1b[31mb\x07\x00\x9b",
    "\u202eabc\u2066\u200b\ufeff",
    "=cmd|' /C calc'!A0",
    "@SUM(A1)",
    "# heading",
    "## heading",
    "one\ntwo\n\n# three\n\n---\n",
    "one\r\ntwo\rthree",
    "---",
    "***",
    "===",
    "~~~ text",
    "``` text",
    "- item",
    "+ item",
    "* item",
    "1. item",
    "12) item",
    "> quoted",
    "| a | b |",
    "[link](javascript:alert(1))",
    "![image](x.png)",
    "<https://example.jp>",
    "&lt;b&gt; &amp; &#35;",
    "**bold** _it_ ~~gone~~ `code`",
    "    four spaces",
    "\ttab",
    "\\",
    "a\\",
    "[x]: http://example.jp",
    "http://example.jp/?a=1&b=2",
    "Ａ　Ｂ 髙橋 由美子",
]


def everywhere(text: str) -> Document:
    """A document that says the text in each of its places."""
    return Document(
        title=text,
        mark=text,
        copy=text,
        foot=text,
        name=text,
        facts=(Row(text, (text,)), Row(text, (text, text))),
        blocks=(
            Block(text, level=2, note=text),
            Block(text, rows=(Row(text, (text,)), Row(text, (text, text)), Room(text)), note=text),
            Block(rows=(Row(text, ()),)),
            Grid(text, (text, text), ((text, text), (text, ""))),
        ),
    )


PLAIN = everywhere("words")
EMPTY = Document("", "")


@dataclass
class Parsed(HTMLParser):
    """The tags with their attributes in the order of the file, the text in them, what stands in <thead>."""

    tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))
        if tag not in ("meta",):
            self.open.append(tag)
        if tag == "thead":
            self.heads.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "thead" in self.open:
            self.heads[-1] += data
        if self.open and self.open[-1] not in ("style", "title"):
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


def parsed(content: bytes) -> Parsed:
    found = Parsed()
    found.feed(content.decode())
    found.close()
    assert found.open == []
    return found


def shown(text: str) -> str:
    """What a reader sees of a text, whatever its spaces and lines are."""
    return "".join(visible(text.replace("\r\n", "\n"), keep="\n").split())


class TestHtml:
    def test_it_asks_nothing_from_outside_and_runs_nothing(self) -> None:
        text = d.html([PLAIN, EMPTY], "title").decode()
        for asked in ("http", "src", "url(", "@import", "//", "javascript"):
            assert asked not in text
        assert not {tag for tag, _ in parsed(text.encode()).tags} & {
            "script",
            "link",
            "img",
            "iframe",
            "base",
            "object",
        }

    def test_the_language_of_the_screen(self, language: str) -> None:
        assert ("html", (("lang", language),)) in parsed(d.html([PLAIN], "title")).tags

    @pytest.mark.parametrize("text", HOSTILE)
    def test_what_was_typed_is_text_in_its_place(self, text: str) -> None:
        content = d.html([everywhere(text)], text)
        found, plain = parsed(content), parsed(d.html([PLAIN], "words"))
        assert found.tags == plain.tags
        said = [shown(each) for each in found.texts if shown(each)]
        assert said == [shown(text)] * len([each for each in plain.texts if shown(each)])
        assert not re.search(
            "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", content.decode()
        )

    def test_lines_stay_lines(self) -> None:
        text = d.html([replace(EMPTY, facts=(Row("x", ("one\ntwo",)),))], "").decode()
        assert "<p>one\ntwo</p>" in text

    def test_every_copy_says_its_mark_on_every_page(self) -> None:
        copies = [replace(PLAIN, mark=f"mark {n}", copy=f"copy {n}" if n else "", blocks=()) for n in range(3)]
        found = parsed(d.html(copies, "title"))
        assert found.heads == ["mark 0", "mark 1copy 1", "mark 2copy 2"]
        assert [tag for tag, _ in found.tags].count("tfoot") == 3

    def test_room_to_write_in_is_a_box(self) -> None:
        tags = parsed(d.html([PLAIN], "title")).tags
        assert tags.count(("dd", (("class", "room"),))) == 1

    def test_nothing_is_a_page_too(self) -> None:
        assert parsed(d.html([], "title")).heads == []
        assert parsed(d.html([EMPTY], "title")).heads == [""]


COMMONMARK = MarkdownIt("commonmark").enable("table").enable("strikethrough")


def blocks(content: bytes) -> list[str]:
    """The marks a Markdown reader finds; of the text nothing."""
    return [
        mark
        for token in COMMONMARK.parse(content.decode())
        for mark in (token.type, *(c.type for c in token.children or () if c.type not in ("text", "text_special")))
    ]


def words(content: bytes) -> list[str]:
    return [
        shown("".join(c.content for c in token.children or ()))
        for token in COMMONMARK.parse(content.decode())
        if token.type == "inline"
    ]


class TestMarkdown:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_what_was_typed_is_text_in_its_place(self, text: str) -> None:
        content, plain = d.markdown([everywhere(text)] * 2), d.markdown([PLAIN] * 2)
        assert blocks(content) == blocks(plain)
        assert words(content) == [each.replace("words", shown(text)) for each in words(plain)]

    def test_the_naughty_strings_too(self) -> None:
        plain = blocks(d.markdown([PLAIN]))
        for text in naughty():
            if shown(text):
                assert blocks(d.markdown([everywhere(text)])) == plain, text

    @given(st.text(st.sampled_from("ab #*_-+=~`>|<![](){}.:&;1)\\\n\t\"'/"), min_size=1, max_size=8))
    def test_any_words_say_themselves(self, text: str) -> None:
        if not shown(text):
            return
        content = d.markdown([everywhere(text)])
        assert blocks(content) == blocks(d.markdown([PLAIN]))
        assert words(content) == [each.replace("words", shown(text)) for each in words(d.markdown([PLAIN]))]

    def test_one_paper_after_the_other(self) -> None:
        tokens = [token.type for token in COMMONMARK.parse(d.markdown([PLAIN] * 3).decode())]
        assert tokens.count("hr") == 2
        assert d.markdown([EMPTY]) == b"#\n"

    def test_levels_rows_and_room(self) -> None:
        block = Block("item", rows=(Row("one", ("a",)), Row("two", ("a", "b")), Row("none", ()), Room("room")))
        paper = Document("title", "mark", facts=(Row("fact", ("a", "b")),), blocks=(Block("part", level=2), block))
        joined = i18n.render(("a", "b"))
        assert d.markdown([paper]).decode().splitlines() == [
            "# title", "", "mark  ", "", f"- fact: {joined}", "", "## part", "",
            "### item", "", "- one: a", "- two", "  - a", "  - b", "- none", "- room:",
        ]  # fmt: skip


SIGNS_OF_SHEETS = set("[]:*?/\\")


class TestSpreadsheet:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_what_was_typed_is_a_text_in_its_cell(self, text: str) -> None:
        (cells,) = read(d.spreadsheet([everywhere(text)])).sheets.values()
        (plain,) = read(d.spreadsheet([PLAIN])).sheets.values()
        assert list(cells) == list(plain)
        for place, cell in cells.items():
            assert cell.kind == "s"
            assert shown(str(cell.value)) == str(plain[place].value).replace("words", shown(text)).replace(
                " ", ""
            ).replace("\n", "")

    @pytest.mark.parametrize(
        "names",
        [
            ["1 " + "[]:*?/\\'佐藤" * 6],
            ["1 Sato", "1 SATO", "1 sato"],
            ["a" * 40, "A" * 40, "a" * 31],
            ["", "", "  ", "''", "[]"],
            ["x 3", "x", "X"],
            ["x 4", "x 3", "x", "X"],
            ["a 2", "A", "a", "a 3", "a"],
            ["2", "", "3", ""],
            ["\x1b\u202e", "\x1b\u202e"],
            ["𠮷" * 40, "𠮷" * 40],
            ["Straße", "STRASSE"],
            [str(n) for n in range(40)],
            ["同じ"] * 40,
        ],
    )
    def test_names_of_sheets_are_legal_and_each_stands_once(self, names: list[str]) -> None:
        sheets = list(read(d.spreadsheet([replace(PLAIN, name=name) for name in names])).sheets)
        assert len(sheets) == len(names)
        assert len({name.casefold() for name in sheets}) == len(names)
        for name in sheets:
            assert 0 < len(name.encode("utf-16-le")) // 2 <= d.LONGEST_NAME
            assert not set(name) & SIGNS_OF_SHEETS
            assert name == name.strip().strip("'")

    def test_a_name_that_fits_stays(self) -> None:
        sheets = read(d.spreadsheet([replace(PLAIN, name=name) for name in ("1 佐藤 健", "2 三田 守")])).sheets
        assert list(sheets) == ["1 佐藤 健", "2 三田 守"]

    def test_labels_in_the_first_column_what_is_said_in_the_second(self) -> None:
        block = Block("item", note="note", rows=(Row("one", ("a", "b")), Room("room")))
        grid = Grid("grid", ("Who", "Why", "When"), (("A", "", "now"), ("B", "because", "")))
        paper = Document("title", "mark", "copy", "foot", "1", (Row("fact", ("x",)),), (block, grid))
        (cells,) = read(d.spreadsheet([paper])).sheets.values()
        said = {place: cell.value for place, cell in cells.items()}
        head = {"A4": i18n.render(say("Item")), "B4": i18n.render(say("Contents"))}
        assert said == head | {
            "A1": "title", "A2": "mark", "A3": "copy", "A5": "fact", "B5": "x", "A6": "item", "B7": "note",
            "A8": "one", "B8": "a\nb", "A9": "room", "A10": "grid", "A11": "A", "B11": "When: now",
            "A12": "B", "B12": "Why: because", "A14": "foot",
        }  # fmt: skip

    def test_an_empty_paper(self) -> None:
        (cells,) = read(d.spreadsheet([EMPTY])).sheets.values()
        assert list(cells) == ["A1", "B1"]


class TestScreen:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_what_was_typed_cannot_act(self, text: str) -> None:
        page = Page()
        d.draw(everywhere(text), page)
        said = page.plain(80)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", said)

    def test_everything_is_said(self) -> None:
        page = Page()
        block = Block("item", note="note", rows=(Row("one", ("a", "b")), Room("room")))
        grid = Grid("grid", ("Who", "Why"), (("A", "because"),))
        d.draw(
            Document("title", "mark", "copy", "foot", "1", (Row("fact", ("x",)),), (Block("part", 2), block, grid)),
            page,
        )
        # a screen has no room to write in and no foot of a page
        expected = "title mark copy fact x part item note one a b grid Who Why A because"
        assert " ".join(page.plain(80).split()) == expected

    def test_an_empty_paper(self) -> None:
        page = Page()
        d.draw(EMPTY, page)
        assert page.plain(80).strip() == ""


@pytest.mark.parametrize(
    "make",
    [lambda papers: d.html(papers, "title"), d.markdown, d.spreadsheet],
)
def test_the_same_paper_is_the_same_bytes(
    make: Callable[[list[Document]], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = [everywhere(text) for text in HOSTILE[:8]] + [EMPTY]
    first = make(papers)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert make(papers) == first


def test_a_paper_is_said_in_the_language_of_the_screen() -> None:
    paper = Document(say("Copy"), Outcome.WATCH, blocks=(Grid(say("Copy"), (say("Copy"),), ((Outcome.WATCH,),)),))
    made = {}
    for lang in ("en", "ja"):
        i18n.set_language(lang)
        made[lang] = [d.html([paper], say("Copy")), d.markdown([paper]), d.spreadsheet([paper])]
        assert all(i18n.render(Outcome.WATCH).encode() in content for content in made[lang][:2])
    assert not set(made["en"]) & set(made["ja"])


def test_libraries_are_loaded_by_the_first_file() -> None:
    assert not {"jinja2", "xlsxwriter"} & set(vars(d))
    d.html([EMPTY], "")
    assert "jinja2" in sys.modules
