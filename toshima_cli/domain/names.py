"""Names as they are searched: kept exactly as entered, folded for comparison only (rule 21).

NFKC does not unify the variant characters of Japanese names, so a table does: our choice of those met in names,
after the public tables (法務省「誤字俗字・正字一覧表」, the MJ縮退マップ, the old forms printed in the 常用漢字表).
The reading is the second key, since a table alone both misses and over-matches.
"""

import re
from collections.abc import Iterable
from unicodedata import normalize

_VARIANTS = (
    "高髙",
    "崎﨑嵜碕",
    "辺邉邊",
    "斎齋斉齊",
    "浜濱濵",
    "徳德",
    "吉𠮷",
    "沢澤",
    "桜櫻",
    "広廣",
    "国國",
    "島嶋嶌",
    "竜龍",
    "滝瀧",
    "恵惠",
    "栄榮",
    "富冨",
    "条條",
    "渋澁",
    "館舘",
    "柳栁",
    "真眞",
    "静靜",
    "実實",
    "寿壽",
    "万萬",
    "与與",
    "学學",
    "関關",
    "県縣",
    "曽曾",
    "糸絲",
    "来來",
    "横橫",
    "瀬瀨",
    "頼賴",
    "鉄鐵",
    "塩鹽",
    "黒黑",
    "峰峯",
    "船舩",
    "戸戶",
    "弥彌",
    "礼禮",
    "亀龜",
    "梅楳",
    "藤籐",
    "桑桒",
    "児兒",
    "団團",
    "壱壹",
    "巣巢",
    "歩步",
    "涼凉",
    "穂穗",
    "篭籠",
    "薫薰",
    "蔵藏",
    "諌諫",
    "遥遙",
    "鶴靏鸖",
    "橋𣘺",
    "淵渕渊",
    "檜桧",
    "槙槇",
    "尭堯",
    "晋晉",
    "巌巖",
    "荘莊",
    "祢禰",
    "総總",
    "豊豐",
    "円圓",
    "鴎鷗",
    "顕顯",
    "厳嚴",
    "楽樂",
    "勲勳",
    "応應",
    "継繼",
    "薮藪",
    "絵繪",
    "衛衞",
    "双雙",
    "芦蘆",
    "稲稻",
    "従從",
    "宝寶",
    "緑綠",
    "郷鄕",
    "鯵鰺",
    "莱萊",
    "昇曻",
    "清淸",
    "青靑",
    "聡聰",
    "増增",
    "寛寬",
    "教敎",
    "熙煕",
    "凛凜",
    "迩邇",
    "兎兔",
    "亘亙",
    "仏佛",
    "伝傳",
    "数數",
    "駆驅",
    "萌萠",
    "参參",
    "ケヶゖ",  # 霞ヶ関, 霞ケ関
    "カヵゕ",
)
_FOLD = str.maketrans({variant: group[0] for group in _VARIANTS for variant in group[1:]})
_KATAKANA = str.maketrans({chr(c): chr(c - 0x60) for c in range(ord("ァ"), ord("ヶ") + 1)})
# Variation selectors, and what is pasted along without being seen.
_SELECTORS = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
_BETWEEN = re.compile(r"[\s・･=＝,，.．-]+")
_JAPANESE = re.compile("[ぁ-ゖ々〆\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SHORT = 2
_HONORIFIC = "(?:さん|ちゃん|くん|君|さま|様|氏)"
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


def phone_key(text: str) -> str:
    """A telephone number as it is compared: its digits, whatever their width and what stands between them."""
    return "".join(c for c in normalize("NFKC", text) if c.isascii() and c.isdigit())


def search_keys(name: str | None, kana: str | None, phones: Iterable[str | None] = ()) -> set[tuple[str, str]]:
    """(kind, key) under which a person is found: `name` and `kana` whole, swapped and in parts, `phone`."""
    found = set()
    for kind, text in (("name", name), ("kana", kana)):
        parts = [part for part in map(fold, _BETWEEN.split(text or "")) if part]
        found |= {(kind, key) for key in ("".join(parts), "".join(reversed(parts)), *parts)}
    found |= {("phone", phone_key(phone)) for phone in phones if phone}
    return {(kind, key) for kind, key in found if key}
