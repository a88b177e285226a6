"""Makes the parts of the documents that come from the program: `make docs`.

    python docs/make.py            write them
    python docs/make.py --check    write nothing; fail naming what is not current

1. `toshima_cli/locale/`: the catalogue and its compiled form (first, since the Japanese screens are made with it).
2. `docs/cli.md`: the help of every command; `toshima_cli/declared.tsv`: what each takes, for Tab.
3. `docs/flow.md`: the stage table between its marks; the rest is written by hand.
4. `README.md`, `README.ja.md`: what the commands of their console blocks answer.
5. `docs/img/*.svg`: screens of the demonstration.
6. `docs/export.schema.json`: what one line of an export may be.

Everything is made from the sources, the demonstration and fixed dates: same sources, same bytes.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "img"
sys.path.insert(0, str(ROOT))

from docs import captures, catalogue, commands, export, flow, session  # noqa: E402 - the checkout is found first
from toshima_cli.declared import DECLARED  # noqa: E402


def made() -> dict[Path, bytes]:
    """Every file this script answers for, with the content it should have."""
    found = catalogue.merged(catalogue.read())
    files = {catalogue.PO: catalogue.as_po(found), catalogue.MO: catalogue.as_mo(found)}
    files[ROOT / "docs" / "cli.md"] = commands.reference().encode()
    files[DECLARED] = commands.declared().encode()
    files[export.FILE] = export.schema().encode()
    files[flow.FILE] = flow.with_table(flow.FILE.read_text(encoding="utf-8")).encode()
    for readme in (ROOT / "README.md", ROOT / "README.ja.md"):
        files[readme] = session.answered(readme.read_text(encoding="utf-8")).encode()
    for name, drawing in captures.screens():
        files[IMAGES / name] = drawing.encode()
    return files


def stale(files: dict[Path, bytes]) -> list[Path]:
    """Those that are not there or hold something else."""
    return [path for path, content in files.items() if not path.exists() or path.read_bytes() != content]


@contextmanager
def nobodys_desk() -> Iterator[None]:
    """No settings and no books of whoever runs this can get into a document."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="toshima-docs-") as home:
        for name in [name for name in os.environ if name.startswith("TOSHIMA_")]:
            del os.environ[name]
        os.environ.update(dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "APPDATA", "LOCALAPPDATA"), home))
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


def write() -> None:
    """Write what is not current, and say so."""
    # first the catalogue: the Japanese screens below are spoken from it
    found = catalogue.merged(catalogue.read())
    _write({catalogue.PO: catalogue.as_po(found), catalogue.MO: catalogue.as_mo(found)})
    files = made()
    _write(files)
    for drawing in sorted(IMAGES.glob("*.svg")):
        if drawing not in files:
            drawing.unlink()
            print(f"removed: {drawing.relative_to(ROOT).as_posix()}")
    for fault in catalogue.faults(found):
        print(f"toshima.po: {fault}")


def _write(files: dict[Path, bytes]) -> None:
    for path in stale(files):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[path])
        print(f"written: {path.relative_to(ROOT).as_posix()}")


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print(__doc__)
        return 2
    with nobodys_desk():
        if not arguments:
            write()
            return 0
        old = stale(made())
    for path in old:
        print(f"not current, `make docs` writes it: {path.relative_to(ROOT).as_posix()}")
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
