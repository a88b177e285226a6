"""The sources of the program as the tests of the house read them: which outside names a module uses, and where."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import toshima_cli

ROOT = Path(__file__).parent.parent.parent
PACKAGE = Path(toshima_cli.__file__).parent


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the program by its path in the package (`ui/out.py`), parsed."""
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def used(tree: ast.Module) -> Iterator[tuple[str, int, bool]]:
    """Names a module uses, with imports looked through: (`datetime.datetime.now`, line, whether it is called).

    Builtins come under their own name (`print`). An attribute of something that was not imported keeps only its last
    part, after a dot (`.isatty`).
    """
    imported = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                imported[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
                yield alias.name, node.lineno, False
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                imported[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                yield f"{node.module}.{alias.name}", node.lineno, False
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            yield _dotted(node, imported), node.lineno, id(node) in called
        elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name):
            yield node.exc.id, node.lineno, True


def _dotted(node: ast.expr, imported: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return imported.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        base = node.value
        while isinstance(base, ast.Attribute):
            base = base.value
        if isinstance(base, ast.Name) and base.id in imported:
            return f"{_dotted(node.value, imported)}.{node.attr}"
        return f".{node.attr}"
    raise TypeError(node)
