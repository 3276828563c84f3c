"""Every case, and what part 5 names that nothing reads yet."""

from __future__ import annotations

from functools import cache

from tests.reliability.bad_inputs import (
    characters,
    choices,
    encodings,
    foreign,
    gold,
    json_texts,
    large,
    names,
    project_files,
)
from tests.reliability.bad_inputs.case import Case

LEFT_OUT = (
    ("CSV and XLSX formulas", "tables are only written; see tests/formats"),
    ("pickle, joblib, .pt, .npy, YAML models", "nothing loads a model; imports are linted"),
)
"""Classes of part 5 that have no case, and why."""


@cache
def all_cases() -> tuple[Case, ...]:
    """The cases in the order of the table."""
    modules = (
        encodings, characters, json_texts, gold, names, large, project_files, choices, foreign
    )  # fmt: skip
    found = tuple(case for module in modules for case in module.cases())
    ids = [case.id for case in found]
    assert len(set(ids)) == len(ids), [id for id in ids if ids.count(id) > 1]
    return found
