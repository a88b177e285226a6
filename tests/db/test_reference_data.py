"""The reference data as it ships: its files, the chapter's tables row by row, and that `init` loads them whole.

The chapter (tables as of 2023-04-01) prints 19 windows, 17 programmes and 22 rows of bodies. They stand here a second
time on purpose: a cell changed by accident must not pass.
"""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from unicodedata import is_normalized

import pytest

from tests.db.shipped import COLUMNS, path, rows, table
from tests.desk import NearDesk
from toshima_cli import reference
from toshima_cli.domain.terms import Field

TABLES = {
    "windows": "window",
    "programmes": "programme",
    "bodies": "body_member",
    "concerns": "concern_kind",
    "routing": "routing",
    "codes": "code",
    "conferences": "conference",
    "settings": "setting",
    "deciders": "decider",
    "holidays": "holiday",
}


def test_these_files_and_no_others_are_shipped_and_loaded() -> None:
    shipped = {found.stem for found in reference.folder().iterdir()}
    assert shipped - {"readings"} == set(COLUMNS), "the readings are for the prompts: they are in no books"
    assert set(reference.FILES) == set(COLUMNS)


@pytest.mark.parametrize("name", COLUMNS)
def test_a_file_is_utf8_without_bom_with_plain_line_ends_and_the_columns_promised(name: str) -> None:
    raw = path(name).read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    text = raw.decode("utf-8")
    assert is_normalized("NFC", text)
    assert "\ufffd" not in text
    assert "/work/" not in text
    assert text.splitlines()[0] == COLUMNS[name].replace(" ", ",")


@pytest.mark.parametrize("name", COLUMNS)
def test_every_row_is_whole_says_where_it_comes_from_and_keeps_no_mark_of_the_page(name: str) -> None:
    found = rows(name)
    assert found
    for row in found:
        assert None not in row
        assert None not in row.values()
        assert row["source"]
        for cell in row.values():
            assert cell == cell.strip()
            assert not set("★＊\n") & set(cell)
        if "edition" in row:
            assert re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", row["edition"])


@pytest.mark.parametrize("name", COLUMNS)
def test_no_file_holds_the_number_of_an_article(name: str) -> None:
    """The numbers move: domain/law.py alone answers which article, on that day."""
    assert not re.search(r"[0-9０-９一二三四五六七八九十]条", path(name).read_text(encoding="utf-8"))


def test_the_tables_of_the_chapter_carry_its_day() -> None:
    for name in ("windows", "programmes", "bodies"):
        assert {row["edition"] for row in rows(name)} == {"2023-04-01"}


def test_what_is_ours_never_looks_official() -> None:
    for name in ("codes", "conferences", "routing", "settings", "deciders"):
        for row in rows(name):
            assert "本システム" in row["source"]
    for name in ("settings", "deciders"):
        assert {row["basis"] for row in rows(name)} == {"ours"}
    for row in rows("windows"):  # two columns of ours beside those of the chapter
        assert "fieldsは本システムの分類" in row["source"]
        assert "coordinator_postedは注※1からの読み取り" in row["source"]


WINDOWS = """
kurashi-shigoto     | くらし・しごと相談支援センター | 自立促進担当課 | commissioned | 1 | basic | ★
korei-sogo          | 高齢者総合相談センター | 高齢者福祉課 | commissioned | 8 | basic | ★
shinshin            | 心身障害者福祉センター（基幹相談支援センター、障害者虐待防止センター） | 障害福祉課 | direct | 1 | basic | ★
boshi-hoken         | 健康推進課相談窓口・長崎健康相談所相談窓口（利用者支援事業・母子保健型） | 健康推進課、長崎健康相談所 | direct | 2 | basic | ★
kosodate-info       | 子育てインフォメーション（利用者支援事業・基本型） | 子育て支援課 | direct | 1 | basic | ★
kodomo-katei        | 子ども家庭支援センター相談窓口（利用者支援事業・基本型） | 子ども家庭支援センター | direct | 2 | basic | ★
hoiku               | 保育アドバイザー（利用者支援事業・特定型） | 保育課 | direct | 1 | basic | ★
hikikomori          | ひきこもり相談窓口 | 自立促進担当課 | commissioned | 1 | basic |
csw                 | コミュニティソーシャルワーカー（CSW） | 福祉総務課 | commissioned | 8 | community |
nyukyo              | 入居相談窓口 | 福祉総務課、住宅課 | direct | 1 | basic |
hattatsu            | 発達障害者相談窓口 | 障害福祉課 | direct | 1 | basic |
seikatsu            | 生活福祉課相談窓口 | 生活福祉課 | direct | 1 | basic |
seibu-seikatsu      | 西部生活福祉課相談窓口 | 西部生活福祉課 | direct | 1 | basic |
kaigo               | 介護相談窓口 | 介護保険課 | direct | 1 | basic |
asisu               | アシスとしま（子ども若者総合相談） | 子ども若者課 | partly_commissioned | 1 | basic |
josei               | 女性相談窓口 | 子育て支援課 | direct | 1 | basic |
jiso                | 児童相談所相談窓口 | 児童相談課 | direct | 1 | basic |
kodomo-katei-center | 子ども家庭支援センター相談窓口 | 子ども家庭支援センター | direct | 2 | basic |
ssw                 | スクールソーシャルワーカー | 教育センター | direct | 30 | basic |
"""  # noqa: E501 -- one line is one row of the chapter's table


def test_the_19_windows_of_the_chapter() -> None:
    printed = ["code", "name", "department", "operation", "sites", "site_type"]
    star = {"true": "★", "false": ""}
    assert [[*(row[c] for c in printed), star[row["subsidised"]]] for row in rows("windows")] == table(WINDOWS)


def test_the_figures_of_the_windows() -> None:
    found = rows("windows")
    assert len(found) == 19
    assert len({row["code"] for row in found}) == 19
    assert sum(row["subsidised"] == "true" for row in found) == 7
    sites = {row["code"]: int(row["sites"]) for row in found}
    assert sum(sites.values()) == 65
    assert sum(sites.values()) - sites["kodomo-katei-center"] == 63  # the chapter lists this one place twice
    assert [row["code"] for row in found if row["site_type"] == "community"] == ["csw"]


def test_a_coordinator_is_posted_where_the_grant_does_not_explain_the_row() -> None:
    """Note ※1: the list is ★ windows plus those where a coordinator is posted; of the ★ ones it says nothing."""
    posted = {row["code"]: row["coordinator_posted"] for row in rows("windows")}
    assert list(posted.values()).count("yes") == 12
    assert all(posted[row["code"]] == ("unknown" if row["subsidised"] == "true" else "yes") for row in rows("windows"))


def test_every_window_has_fields_and_every_field_a_window() -> None:
    fields = {row["code"]: row["fields"].split() for row in rows("windows")}
    assert all(found and len(set(found)) == len(found) for found in fields.values())
    assert {f for found in fields.values() for f in found} == set(Field)
    assert set(fields["csw"]) == set(Field)


def test_the_fields_of_each_window() -> None:
    """Ours, not the chapter's."""
    fields = {row["code"]: set(row["fields"].split()) for row in rows("windows")}
    only = {
        "poverty": "kurashi-shigoto nyukyo seikatsu seibu-seikatsu",
        "elderly": "korei-sogo kaigo",
        "disability": "shinshin hattatsu",
        "children": "boshi-hoken kosodate-info kodomo-katei hoiku jiso kodomo-katei-center",
        "other": "hikikomori",
        "children other": "asisu josei ssw",
        " ".join(Field): "csw",
    }
    assert fields == {code: set(found.split()) for found, codes in only.items() for code in codes.split()}


PROGRAMMES = """
p-kurashi-shigoto  | participation | くらし・しごと相談支援センター | 自立促進担当課 | commissioned | 12 | | | ★
p-hikikomori       | participation | ひきこもり相談窓口 | 自立促進担当課 | commissioned | 3 | | | ★
p-csw              | participation | コミュニティソーシャルワーク事業 | 福祉総務課 | commissioned | 16 | | |
c-kaigo-yobo       | community | 地域介護予防活動支援事業 | 高齢者福祉課 | partly_commissioned | | | 高田介護予防センター、東池袋フレイル対策センター | ★
c-seikatsu-shien   | community | 生活支援体制整備事業 | 高齢者福祉課 | commissioned | | | 高齢者総合相談センター圏域 | ★
c-chiiki-katsudo   | community | 地域活動支援センター事業 | 障害福祉課 | partly_commissioned | | | 地域活動支援センターⅠ型～Ⅲ型 | ★
c-kosodate-kyoten  | community | 地域子育て支援拠点事業 | 子ども若者課 | partly_commissioned | | | 子ども家庭支援センター、区立保育園、区民ひろば | ★
c-csw              | community | コミュニティソーシャルワーク事業 | 福祉総務課 | commissioned | | | 区民ひろば | ★
o-csw              | outreach | コミュニティソーシャルワーク事業 | 福祉総務課 | | 16 | | | ★
o-minsei           | outreach | 民生委員・児童委員による見守り | 福祉総務課 | | 222 | | |
o-korei            | outreach | 高齢者アウトリーチ事業 | 高齢者福祉課 | | 16 | | |
o-mimamori         | outreach | 見守りと支え合いネットワーク事業 | 高齢者福祉課 | | | varies | |
o-rojo             | outreach | 路上生活者応急援護事業 | 生活福祉課 | | 1 | | |
o-seishin          | outreach | 精神障害者に対するアウトリーチ活動 | 保健予防課 | | 2 | | |
o-kodomo-wakamono  | outreach | 子ども若者総合相談事業 | 子ども若者課 | | 3 | | |
o-kosodate-homon   | outreach | 子育て訪問相談事業 | 子ども家庭支援センター | | 10 | | |
o-young-carer      | outreach | ヤングケアラー支援体制強化事業 | 子ども家庭支援センター | | 2 | | |
"""  # noqa: E501 -- one line is one row of the chapter's tables


def test_the_17_programmes_of_the_chapter_3_5_and_9() -> None:
    printed = ["code", "kind", "name", "department", "operation", "staffing", "staffing_note", "places"]
    star = {"true": "★", "false": ""}
    found = rows("programmes")
    assert [[*(row[c] for c in printed), star[row["subsidised"]]] for row in found] == table(PROGRAMMES)
    kinds = [row["kind"] for row in found]
    assert [kinds.count(kind) for kind in ("participation", "community", "outreach")] == [3, 5, 9]


def test_a_programme_and_a_window_never_share_a_code() -> None:
    windows, programmes = ([row["code"] for row in rows(name)] for name in ("windows", "programmes"))
    assert len({*windows, *programmes}) == len(windows) + len(programmes) == 36
    assert all(reference.SLUG.fullmatch(code) for code in (*windows, *programmes))
    assert all(row["code"].startswith(f"{row['kind'][0]}-") for row in rows("programmes"))


COUNCIL_ONLY = [
    "保健福祉部長",
    "子ども家庭部長",
    "政策経営部 区民相談課",
    "総務部 男女平等推進センター",
    "区民部 収納推進担当課",
    "区民部 国民健康保険課",
    "区民部 高齢者医療年金課",
]
IN_BOTH = [
    "保健福祉部 福祉総務課、自立促進担当課",
    "保健福祉部 高齢者福祉課",
    "保健福祉部 障害福祉課、障害福祉サービス担当課",
    "保健福祉部 生活福祉課",
    "保健福祉部 西部生活福祉課",
    "保健福祉部 介護保険課",
    "保健福祉部 健康推進課",
    "保健福祉部 長崎健康相談所",
    "子ども家庭部 子ども若者課",
    "子ども家庭部 子育て支援課",
    "子ども家庭部 児童相談課",
    "子ども家庭部 子ども家庭支援センター",
    "都市整備部 住宅課",
    "教育部 教育センター",
    "豊島区民社会福祉協議会",
]


def test_the_22_rows_of_bodies_15_of_them_in_the_subcommittee_too() -> None:
    found = [(row["department"], row["council"], row["subcommittee"]) for row in rows("bodies")]
    assert found == [(d, "true", "false") for d in COUNCIL_ONLY] + [(d, "true", "true") for d in IN_BOTH]
    assert len(found) == 22
    assert len(IN_BOTH) == 15


def test_the_rows_name_24_posts() -> None:
    assert sum(len(row["department"].split("、")) for row in rows("bodies")) == 24


def test_an_inferred_row_of_bodies_says_that_it_is_inferred() -> None:
    assert [row["department"] for row in rows("bodies") if "推定" in row["source"]] == COUNCIL_ONLY


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Books made by `init`, twice: twice is the same as once."""
    db = tmp_path_factory.mktemp("reference") / "books.db"
    NearDesk(db).ok("init")
    NearDesk(db).ok("init")
    return db


@pytest.mark.parametrize("name", COLUMNS)
def test_init_loads_every_cell_in_the_order_of_the_file(name: str, books: Path) -> None:
    columns = COLUMNS[name].split()
    order = {"routing": "no", "holidays": "on_date"}.get(name, "position")
    wanted = ", ".join({"on": "on_date"}.get(column, f'"{column}"') for column in columns)
    with closing(sqlite3.connect(books)) as connection:
        found = connection.execute(f'SELECT {wanted} FROM "{TABLES[name]}" ORDER BY {order}').fetchall()
    connection.close()
    flags = {"subsidised", "council", "subcommittee", "child_view_required"}
    written = [
        tuple({"true": "1", "false": "0"}[row[c]] if c in flags else row[c] for c in columns) for row in rows(name)
    ]
    assert [tuple("" if cell is None else str(cell) for cell in row) for row in found] == written
