"""Names as they are searched: kept exactly as entered, folded for comparison only (rule 21).

NFKC does not unify the variant characters of Japanese names, so a table does: our choice of those met in names,
after the public tables (法務省「誤字俗字・正字一覧表」, the MJ縮退マップ, the old forms printed in the 常用漢字表).
The reading is the second key, since a table alone both misses and over-matches.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from unicodedata import normalize

ADDRESS = "〒"
"""Begins every key of an address, so that who looks for the surname 高田 is not shown everybody who lives there."""

_GROUPS = """
    高髙 崎﨑嵜碕 辺邉邊 斎齋斉齊 浜濱濵 徳德悳 吉𠮷 沢澤 桜櫻 広廣 国國圀 島嶋嶌 竜龍 滝瀧 恵惠 栄榮
    富冨 条條 渋澁澀 館舘 柳栁 真眞 静靜 実實 寿壽 万萬 与與 学學斈 関關 県縣 曽曾 糸絲 来來 横橫
    瀬瀨 頼賴 鉄鐵鐡銕 塩鹽 黒黑 峰峯 船舩 戸戶 弥彌 礼禮 亀龜 梅楳 藤籐 桑桒 児兒 団團 壱壹 巣巢
    歩步 涼凉 穂穗 篭籠 薫薰 蔵藏 諌諫 遥遙 鶴靏鸖寉 橋𣘺 淵渕渊 檜桧 槙槇 尭堯 晋晉 巌巖 荘莊 祢禰
    総總摠 豊豐 円圓 鴎鷗 顕顯 厳嚴 楽樂 勲勳勛 応應 継繼 薮藪 絵繪 衛衞 双雙 芦蘆 稲稻 従從从
    宝寶寳 緑綠 郷鄕 鯵鰺 莱萊 昇曻 清淸 青靑 聡聰 増增 寛寬 教敎 熙煕熈 凛凜 迩邇 兎兔 亘亙 仏佛
    伝傳 数數 駆驅 萌萠 参參 内內 浅淺 奥奧 緒緖 巻卷 会會 権權 対對 狭狹 気氣 彦彥 郎郞 亜亞 暁曉
    満滿 恒恆 岳嶽 誉譽 壮壯 慎愼 悦悅 温溫 研硏 昂昻 覚覺 譲讓 穣穰 芸藝 蛍螢 灯燈 浄淨 済濟
    渓溪谿 禄祿 勇勈 映暎 並竝 沖冲 梨棃 湧涌 将將 専專 収收 効效 勅敕 叙敍敘 証證 奨奬獎 歓歡 聴聽
    釈釋 黄黃 麦麥 齢齡 録錄 説說 穏穩 頴穎 画畫 励勵 弐貳 歳歲 経經 観觀 縁緣 余餘 岡崗 杉杦 土圡
    秋穐龝 柏栢 園薗 庄㽵 野埜 間閒 喜㐂憙憘 達逹 和龢 桝枡 瑶瑤 晃晄 楠枏 翠翆 為爲 営營 帯帶 戦戰
    拡擴 択擇 担擔 欧歐 当當 発發 続續 繊纖 粋粹 称稱 禅禪 肅粛 舎舍 装裝 訳譯 謡謠 賛贊 軽輕
    鉱鑛礦 錬鍊 鋳鑄 閲閱 随隨 雑雜 駅驛 鶏雞鷄 径徑逕 懐懷 恋戀 揺搖 摂攝 暦曆 枢樞 桟棧 様樣 渉涉
    独獨 献獻 砕碎 税稅 茎莖 虫蟲 覇霸 覧覽 触觸 剣劍釼剱劔劒 労勞 勧勸 単單 囲圍 図圖 圧壓 塁壘
    壌壤 峡峽 弾彈 両兩 乗乘 仮假 価價 倹儉 呉吳 群羣 台臺 体體 党黨 辞辭 逓遞 鎮鎭 闘鬪 霊靈 飲飮
    髄髓 麹麴 祷禱 挙擧舉 旧舊 晩晚 毎每 検檢 楼樓 歴歷 帰歸 涙淚 滞滯 焼燒 犠犧 状狀 猟獵 畳疊
    痴癡 松枩 本夲 村邨 賢贒 俊儁 匡匤 紘絋 宜冝 善譱 泉湶 場塲 篠筱 歌謌 皓晧 稚穉 澄澂 瑠璢 予豫
    猪豬 仙僊 夢梦 準凖 虎乕 卯夘 傑杰 綿緜 峨峩 声聲 験驗 弁辨辯瓣 俐悧 博愽 哲喆 世丗 迪廸 矩榘
    風凬凮 詠咏 爾尓 京亰 耕畊 稿稾 隷隸 踊踴 競竸 況况 略畧 畝畆 册冊
    ケヶゖ カヵゕ
"""
"""The first of a group stands for the others. ヶ: 霞ヶ関, 霞ケ関."""
_VARIANTS = _GROUPS.split()
_FOLD = str.maketrans({variant: group[0] for group in _VARIANTS for variant in group[1:]})
_KATAKANA = str.maketrans({chr(c): chr(c - 0x60) for c in range(ord("ァ"), ord("ヶ") + 1)})
# Variation selectors, and what is pasted along without being seen.
_SELECTORS = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
_BETWEEN = re.compile(r"[\s・･=＝,，.．-]+")
_JAPANESE = re.compile("[ぁ-ゖ々〆\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SHORT = 2
_SHORT_READING = 4
_KANJI_OF_NAMES = "[々\u3400-\u9fff\U00020000-\U0003ffff]"
_KANJI = "〇一二三四五六七八九"
_HOUSE = 3
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−─", "-"))
_COUNTED = re.compile("([一二三四五六七八九]?十?[一二三四五六七八九]|[一二三四五六七八九]?十)(丁目|番地|番(?!町)|号)")
_IN_FRONT = re.compile("(?:〒?\\d{3}-?\\d{4})?(?:東京都|北海道|(?:京都|大阪)府|.{2,3}県)?(?:.{1,6}?市)?(?:.{1,4}?区)?")
_COUNTS, _FRONT = re.compile("[一二三四五六七八九十]"), re.compile("[都道府県市区]|\\d{3}-?\\d{4}")
"""Without one of these the two above find nothing, and take their time for it."""
_ROOM = re.compile(r"(?<=\d)\s+(?=\d)")
_NO_DIGIT = re.compile("[^0-9]+")
_NUMBERS = re.compile(r"\d+(?:(?:丁目|番地の?|番町?|号|[-ー,.のノ])+\d+)*")
_HONORIFIC = "(?:さん|ちゃん|くん|君|さま|様|氏|委員|民生委員|先生)"
_LATIN = "0-9a-zß-ɏ"


def fold(text: str) -> str:
    """The text as it is compared: half and full width, kana, variants, spaces and case made one; "" for blanks."""
    joined = _BETWEEN.sub("", _plain(text).translate(_FOLD).translate(_KATAKANA))
    return normalize("NFC", joined)  # a voicing mark typed apart (ハ゛) meets its kana once the spaces are gone


def contains_name(text: str, *, name: str | None, kana: str | None, label: str | None = None) -> bool:
    """Whether a text says who it is about (rule 3): the name, the given name, the reading, or the label as a word.

    Rather one question too many than one too few, but a question at every line is not read any more (ours): a reading
    of one or two kana (まい, あい) counts only before an honorific, and a label not in A型, B型 (blood groups,
    workshops). The given name is what follows the space; any part where the name is written in neither kanji nor
    hiragana (マリア・シルバ), whose order is not sure. A name entered without a space has no given name to look for.
    """
    folded = fold(text)
    ordered = name is None or _JAPANESE.search(name) is not None
    readings = _spoken(kana, ordered)
    if any(part in folded for part in (*_spoken(name, ordered), *(r for r in readings if len(r) > _SHORT))):
        return True
    if any(re.search(re.escape(r) + _HONORIFIC, folded) for r in readings):
        return True
    if label is None:
        return False
    mark = re.escape(_plain(label))
    return re.search(f"(?<![{_LATIN}]){mark}(?![{_LATIN}型])", _plain(text)) is not None


def _plain(text: str) -> str:
    return normalize("NFKC", _SELECTORS.sub("", text)).casefold()


def _spoken(name: str | None, ordered: bool) -> set[str]:
    """The forms a name is said in, folded: the whole, and the last part, or every part where the order is not known."""
    parts = [part for part in map(fold, _BETWEEN.split(name or "")) if part]
    return {"".join(parts), *(parts[-1:] if ordered else parts)} - {""}


@lru_cache(4096)
def phone_key(text: str) -> str:
    """A telephone number as it is compared: its digits, whatever their width and what stands between them."""
    return _NO_DIGIT.sub("", normalize("NFKC", text))


@lru_cache(1 << 15)
def address_key(text: str) -> str:
    """An address as it is compared: the neighbourhood and up to three numbers (架空町1-2-3); "" without a number.

    １丁目２番３号, 一丁目2番地の3 and 1-2-3 are one; the postcode, prefecture, city and ward in front and the building
    behind are left out: within one town people write them or not. [ours]
    """
    plain = _plain(text).translate(_DASHES)
    if _COUNTS.search(plain):
        plain = _COUNTED.sub(lambda m: f"{_number(m[1])}{m[2]}", plain)
    plain = "".join(_ROOM.sub("|", plain).split())
    if _FRONT.search(plain):
        plain = _IN_FRONT.sub("", plain)
    found = _NUMBERS.search(plain)
    if found is None:
        return ""
    numbers = [number.lstrip("0") for number in re.findall(r"\d+", found[0])][:_HOUSE]
    return fold(plain[: found.start()].replace("大字", "")).replace("が", "け") + "-".join(numbers)


def _number(kanji: str) -> int:
    """一 … 九十九 as a number, 二三 too, which is 23."""
    tens, ten, ones = kanji.rpartition("十")
    if not ten:
        return int("".join(str(_KANJI.index(digit)) for digit in ones))
    return _KANJI.index(tens or "一") * 10 + (_KANJI.index(ones) if ones else 0)


@dataclass(frozen=True)
class Spelled:
    """A name or a reading as it is compared: its parts folded, in the order entered. Without a space there is one."""

    parts: tuple[str, ...]

    @cached_property
    def whole(self) -> str:
        return "".join(self.parts)

    @cached_property
    def swapped(self) -> str:
        return "".join(reversed(self.parts))

    @cached_property
    def partial(self) -> bool:
        """One word, so short that it is a surname or a given name alone (佐藤, さとう): it says too little of who it
        is. [ours]"""
        most = _SHORT if re.search(_KANJI_OF_NAMES, self.whole) else _SHORT_READING
        return len(self.parts) == 1 and len(self.whole) <= most


@lru_cache(4096)
def spelled(text: str | None) -> Spelled | None:
    """None for nothing to compare."""
    parts = tuple(part for part in map(fold, _BETWEEN.split(text or "")) if part)
    return Spelled(parts) if parts else None


def written(text: str) -> str:
    """A name as it is drawn, without spaces and widths: what is left to differ are variant characters and kana."""
    return _BETWEEN.sub("", _plain(text)).translate(_KATAKANA)


def search_keys(
    name: str | None,
    kana: str | None,
    phones: Iterable[str | None] = (),
    addresses: Iterable[str | None] = (),
    birth_date: date | None = None,
) -> set[tuple[str, str]]:
    """(kind, key) under which a person is found. `name` and `kana`: whole and swapped; `name_part`, `kana_part`:
    surname and given name; `phone`; `address`, behind a mark of its own; `birth_date` as ISO text."""
    found = set()
    for kind, text in (("name", name), ("kana", kana)):
        said = spelled(text)
        if said is not None:
            found |= {(kind, said.whole), (kind, said.swapped)}
            found |= {(f"{kind}_part", part) for part in said.parts if len(said.parts) > 1}
    found |= {("phone", phone_key(phone)) for phone in phones if phone}
    found |= {("address", ADDRESS + key) for address in addresses if address and (key := address_key(address))}
    if birth_date is not None:
        found.add(("birth_date", birth_date.isoformat()))
    return {(kind, key) for kind, key in found if key}
