"""The gettext catalogue: every sentence of the source beside its Japanese, and the compiled file the program reads.

1. Texts are found in the syntax tree, so that a text split over lines or chosen by an `if` is found too. A text that
   stands nowhere as a literal is a fault, never a silent gap.
2. The Japanese already there is kept; what nobody says any more is dropped.
3. Same sources, same bytes: no dates, no line numbers, files in their order.
"""

import ast
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from toshima_cli.words import WORDS

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "toshima_cli"
PO = PACKAGE / "locale" / "ja" / "LC_MESSAGES" / "toshima.po"
MO = PO.with_suffix(".mo")

# Function → the position of the argument that is a text.
TEXTS = {"say": 0, "translate": 0, "arg": 1, "opt": 1, "flag": 1}
# The one place that translates a text found elsewhere.
SPEAKER = "toshima_cli/i18n.py"

HEADER = """\
# The Japanese of toshima. `make docs` adds new sentences and drops old ones; the Japanese is written by hand.
# Words of closed lists stand under the name of their list (msgctxt).
msgid ""
msgstr ""
"Language: ja\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the source: the words, the name of its list for a closed term, the file it stands in."""

    english: str
    context: str | None
    file: str


class Unreadable(Exception):
    """A text that is not written out where it is said."""


def texts() -> Iterator[Text]:
    """Every translatable text of the package, in the order of its files. Raises Unreadable."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                for english in _of_call(node, name):
                    yield Text(english, None, name)
    for closed, words in WORDS.items():
        for word in words.values():
            yield Text(word, closed.__name__, "toshima_cli/words.py")


def _of_call(call: ast.Call, name: str) -> Iterator[str]:
    function = call.func.id if isinstance(call.func, ast.Name) else ""
    if isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "params":
        function = call.func.attr
    if function not in TEXTS:
        return
    found = list(_literals(call.args[TEXTS[function]])) if len(call.args) > TEXTS[function] else []
    if not found and name != SPEAKER:
        raise Unreadable(f"{name}:{call.lineno}: the text of {function}() has to be written out here")
    yield from filter(None, found)


def _literals(node: ast.expr) -> Iterator[str]:
    """The texts an expression may give; nothing where it is not a literal or a choice of literals."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        either, other = list(_literals(node.body)), list(_literals(node.orelse))
        if either and other:
            yield from (*either, *other)


def read() -> Catalog:
    """The catalogue as it stands in the checkout."""
    if not PO.exists():
        return Catalog(locale="ja")
    return read_po(BytesIO(PO.read_bytes()), locale="ja")


def merged(before: Catalog) -> Catalog:
    """A catalogue of exactly the texts of the source, with the Japanese there is. A new text has none yet."""
    catalogue = Catalog(locale="ja", fuzzy=False)
    for text in texts():
        known = before.get(text.english, text.context)
        message = catalogue.get(text.english, text.context)
        if message is None:
            japanese = known.string if known is not None and not known.fuzzy else ""
            message = catalogue.add(text.english, japanese, context=text.context)
        if (text.file, 0) not in message.locations:
            message.locations.append((text.file, 0))
    return catalogue


def as_po(catalogue: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalogue, width=120, omit_header=True, include_lineno=False)
    return HEADER.encode() + b"\n" + out.getvalue().strip() + b"\n"


def as_mo(catalogue: Catalog) -> bytes:
    """The compiled catalogue (GNU gettext .mo, little-endian, sorted, without the hash table)."""
    header = "Language: ja\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
    pairs = {b"": header.encode()}
    for message in messages(catalogue):
        key = f"{message.context}\x04{message.id}" if message.context else str(message.id)
        if message.string:
            pairs[key.encode()] = str(message.string).encode()
    keys = sorted(pairs)
    start = 7 * 4 + 16 * len(keys)
    tables, body = [b"", b""], b""
    for number, chosen in enumerate((keys, [pairs[key] for key in keys])):
        for text in chosen:
            tables[number] += struct.pack("<2I", len(text), start + len(body))
            body += text + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 7 * 4, 7 * 4 + 8 * len(keys), 0, start)
    return head + b"".join(tables) + body


def messages(catalogue: Catalog) -> Iterator[Message]:
    """The entries without the header."""
    return (message for message in catalogue if message.id)


def faults(catalogue: Catalog) -> Iterator[str]:
    """What a translator has left open: no Japanese, unsure Japanese, other {places} than the English."""
    for message in messages(catalogue):
        english, japanese = str(message.id), str(message.string or "")
        if not japanese:
            yield f"no Japanese yet: {english}"
        elif message.fuzzy:
            yield f"marked fuzzy: {english}"
        elif sorted(set(_PLACE.findall(english))) != sorted(set(_PLACE.findall(japanese))):
            yield f"other places than in the English: {english}"
