"""No module, class or function grows beyond what can be taken in at a glance."""

import ast

import pytest

from tests.architecture.sources import CHECKOUT, modules

MODULE, CLASS, FUNCTION = 350, 250, 50


def too_long(tree, kinds, limit):
    """The definitions of these kinds with more lines than the limit, decorators not counted."""
    return [
        f"{node.name} at line {node.lineno}: {lines}"
        for node in ast.walk(tree)
        if isinstance(node, kinds) and (lines := node.end_lineno - node.lineno + 1) > limit
    ]


def test_modules_are_short():
    lengths = {path: len((CHECKOUT / path).read_bytes().splitlines()) for path in modules()}
    lengths["run.py"] = len((CHECKOUT / "run.py").read_bytes().splitlines())
    assert {path: lines for path, lines in lengths.items() if lines > MODULE} == {}


@pytest.mark.parametrize(
    ("kinds", "limit"),
    [((ast.ClassDef,), CLASS), ((ast.FunctionDef, ast.AsyncFunctionDef), FUNCTION)],
    ids=["classes", "functions"],
)
def test_definitions_are_short(kinds, limit):
    found = {path: too_long(tree, kinds, limit) for path, tree in modules().items()}
    assert {path: names for path, names in found.items() if names} == {}


def test_a_long_function_is_noticed():
    tree = ast.parse("def walk():\n" + "    step()\n" * 50)
    assert too_long(tree, (ast.FunctionDef,), 50) == ["walk at line 1: 51"]
    assert too_long(tree, (ast.FunctionDef,), 51) == []
