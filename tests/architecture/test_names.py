"""Names come from the glossary, and say what a thing is rather than that it helps."""

import ast
import re
from pathlib import PurePath

import pytest

from tests.architecture.sources import CHECKOUT, dotted, modules

# The modules of the core whose classes are words of the project rather than its machinery.
VOCABULARY = {
    "annotation_set", "annotations", "categories", "document", "edits", "history",
    "ids", "proposals", "provenance", "scheme", "set_header", "span",
}  # fmt: skip


def words(name):
    """The words of a name: ``SpanIndex`` and ``span_index`` are ``span``, ``index``."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", name)
    return {part.lower() for part in parts}


def banned_words():
    """The words of the glossary's section "Words that never name anything"."""
    glossary = (CHECKOUT / "GLOSSARY.md").read_text(encoding="utf-8")
    section = glossary.split("## Words that never name anything", 1)[1].split("\n## ", 1)[0]
    return frozenset(re.findall(r"`([a-z]+)`", section))


def definitions(path, tree):
    """The names a module introduces: its own and those of its classes and functions."""
    yield from dotted(path).split(".")
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    yield from (node.name for node in ast.walk(tree) if isinstance(node, kinds))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SpanIndex", {"span", "index"}),
        ("span_index", {"span", "index"}),
        ("QTHelper2", {"qt", "helper2"}),
        ("_on_edit", {"on", "edit"}),
    ],
)
def test_names_fall_into_words(name, expected):
    assert words(name) == expected


def test_no_name_has_a_banned_word():
    banned = banned_words()
    assert {"utils", "helper", "manager"} <= banned
    found = {
        f"{path}: {name}"
        for path, tree in modules().items()
        for name in definitions(path, tree)
        if words(name) & banned
    }
    assert found == set()


def test_every_value_of_the_core_is_in_the_glossary():
    glossary = (CHECKOUT / "GLOSSARY.md").read_text(encoding="utf-8")
    public = {
        node.name
        for path, tree in modules().items()
        if path.startswith("annotator/core/") and PurePath(path).stem in VOCABULARY
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }
    assert "Mention" in public
    assert {name for name in public if f"`{name}`" not in glossary} == set()
