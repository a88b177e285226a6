"""Every act a flow begins has a name of its own, for whoever is asked whether to take it back."""

import ast

from tests.house.source import modules
from toshima_cli.domain.undo import ACTS

BY_ITSELF = {"agenda", "db upgrade", "import case", "import office", "init", "undo"}
"""What the program records by itself, or by taking back: never a step, never spoken of."""


def begun() -> set[str]:
    return {
        node.args[0].value
        for name, tree in modules().items()
        if name.startswith("flow/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") == "begin"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_every_act_has_a_name() -> None:
    assert begun() - BY_ITSELF <= set(ACTS)
    assert len(begun()) > 25
