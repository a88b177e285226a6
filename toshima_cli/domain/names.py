"""Names as they are searched: kept exactly as entered, folded for comparison only (rule 21).

NFKC does not unify the variant characters of Japanese names, so a table does, after the variants the public
administration treats as equal in use (法務省「誤字俗字・正字一覧表」, the MJ縮退マップ); the reading is the second key, since a
table alone both misses and over-matches.
"""

import re
from unicodedata import normalize

_VARIANTS = (
    "高髙",
    "崎﨑碕",
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
)
_FOLD = str.maketrans({variant: group[0] for group in _VARIANTS for variant in group[1:]})
_KATAKANA = str.maketrans({chr(c): chr(c - 0x60) for c in range(ord("ァ"), ord("ヶ") + 1)})
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_BETWEEN = re.compile(r"[\s・･=＝,，.．-]+")


def fold(text: str) -> str:
    """The text as it is compared: half and full width, kana, variants, spaces and case made one; "" for blanks."""
    plain = normalize("NFKC", _SELECTORS.sub("", text)).casefold()
    return _BETWEEN.sub("", plain.translate(_FOLD).translate(_KATAKANA))
