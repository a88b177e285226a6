"""Makes text harmless before anybody sees it: for terminals `visible()`, for spreadsheets `inert()`."""

import re
from unicodedata import category, east_asian_width

# Cc, Cf, Cs, Zl and Zp, what Unicode ignores by default, blank letters and non-characters. Private use (Japanese
# gaiji) and the ideographic space stay. A test compares this with unicodedata.
_CONTROL = (
    "\x00-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff\U000110bd\U000110cd"
    "\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\uffa0"
_SELECTOR = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_IDEOGRAPH = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"

_ODD = re.compile(f"[{_CONTROL}{_BLANK}]|(?<![{_IDEOGRAPH}])[{_SELECTOR}]")
_ODD_IN_JSON = re.compile(f"[{_CONTROL}]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def visible(text: str, *, keep: str = "") -> str:
    """The text with every character that would act instead of show (ESC, bidi, zero width …) as a visible sign.

    Variation selectors stay after the ideograph whose form they choose (names), elsewhere they show. `keep` lists
    characters the caller lays out itself, the newline of a paragraph.
    """
    return _ODD.sub(lambda m: m[0] if m[0] in keep else _sign(m[0]), text)


def _sign(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"<U+{code:04X}>"


def json_safe(document: str) -> str:
    r"""JSON text (non-ASCII kept) whose control, C1, bidi and format characters are \uXXXX: the same values when read,
    and nothing a terminal would obey. Newlines and TABs between values are JSON's own and stay."""
    return _ODD_IN_JSON.sub(lambda m: m[0] if m[0] in "\n\t" else _escape(ord(m[0])), document)


def _escape(code: int) -> str:
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def inert(text: str) -> str:
    """A cell no spreadsheet takes for a formula: `'` before what starts like one, or like such a mark. `uninert` is its
    exact reverse."""
    return f"'{text}" if text.startswith((*_FORMULA, "'")) else text


def uninert(cell: str) -> str:
    """Take `inert`'s mark away; a cell that never had one is unchanged."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith((*_FORMULA, "'")) else cell


def readable(text: str) -> bool:
    """False where the terminal's bytes could not be decoded (lone surrogates) or a NUL is inside."""
    return not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text)


class _Cells(dict[str, int]):
    """The cells of a character, looked up once: 0 for what sits on another, 2 for wide and full-width ones."""

    def __missing__(self, char: str) -> int:
        kind = category(char)
        if kind in ("Mn", "Me") or _JAMO.match(char):
            cells = 0
        else:
            # what Unicode has not assigned yet, some editions of Python call full-width
            cells = 2 if east_asian_width(char) in "WF" and kind != "Cn" else 1
        self[char] = cells
        return cells


_JAMO = re.compile("[\u1160-\u11ff\ud7b0-\ud7fb]")
"""Vowels and finals of Korean, drawn into the syllable before them."""

_CELLS = _Cells()


def width(text: str) -> int:
    """Cells of a terminal: 2 for wide and full-width characters, 0 for marks that sit on another."""
    return len(text) if text.isascii() else sum(map(_CELLS.__getitem__, text))


_NO_START = "、。，．,.:;）」』】〕〉》)]}！？!?ー々…・：；ﾞﾟｰ､｡｣･"
_NO_END = "（「『【〔〈《([{｢"
_PIECE = re.compile(r"[!-~\u00a1-\u0dff\u10a0-\u10ff\u1200-\u137f\u1e00-\u1fff]+|.", re.DOTALL)
"""Words of the scripts that part them with spaces, or one character of any other."""


def cut(text: str, cells: int) -> str:
    """The text where it fits; otherwise its beginning and `…`, in at most that many cells."""
    if width(text) <= cells:
        return text
    kept, used = "", width("…")
    for char in text:
        if used + width(char) > cells:
            break
        kept, used = kept + char, used + width(char)
    return kept.rstrip() + "…"


def fold(text: str, cells: int) -> list[str]:
    """Break one paragraph into lines of at most `cells`: Japanese anywhere but before 、。） or after （, words
    whole. An ASCII word longer than a line stays one even so: a path must stay one to be copied."""
    lines, line, used = list[str](), "", 0
    for piece in _pieces(text, cells):
        need = width(piece)
        if used and used + need > cells:
            lines.append(line.rstrip(" "))
            line, used = "", 0
            if piece == " ":
                continue
        line, used = line + piece, used + need
    lines.append(line.rstrip(" "))
    return lines


def broken(text: str, cells: int) -> list[str]:
    """A text cut into pieces of at most `cells` (at least 2) anywhere, but marks stay with what they sit on."""
    found, line, used = list[str](), "", 0
    for char in text:
        need = _CELLS[char]
        if line and need and used + need > max(cells, 2):
            found.append(line)
            line, used = "", 0
        line, used = line + char, used + need
    return [*found, line] if line or not found else found


def _pieces(text: str, cells: int) -> list[str]:
    """What a line may break between. A piece no line can hold is taken apart; an ASCII word is not."""
    pieces: list[str] = []
    for piece in _PIECE.findall(text):
        mark = not _CELLS[piece[0]]
        if pieces and pieces[-1] != " " and (mark or piece[0] in _NO_START or pieces[-1][-1] in _NO_END):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return [part for piece in pieces for part in _fitting(piece, cells)]


def _fitting(piece: str, cells: int) -> list[str]:
    if piece.isascii() or width(piece) <= cells:
        return [piece]
    return [part for word in _PIECE.findall(piece) for part in ([word] if word.isascii() else broken(word, cells))]
