"""Whatever stands where in the JSON of other programs, reading tells it and goes on."""

import copy
import json

import pytest
from hypothesis import given, strategies as st

from annotator.formats.doccano_write import DOCCANO
from annotator.formats.label_studio_write import LABEL_STUDIO
from annotator.formats.prodigy_write import PRODIGY
from tests.formats.foreign_files import read_bytes
from tests.formats.specimens import specimens
from tests.formats.written import write

KNOWN = (DOCCANO, LABEL_STUDIO, PRODIGY)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 40) | st.floats(-2, 40) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


def sample(known):
    """The richest record of an export, as JSON values."""
    _, files, _ = write(known, specimens())
    data = next(data for name, data in files.items() if name.endswith(known.suffixes))
    if known is LABEL_STUDIO:
        return max(json.loads(data), key=lambda task: len(json.dumps(task)))
    return json.loads(max(data.splitlines(), key=len))


SAMPLES = {known.id: sample(known) for known in KNOWN}


def paths(value, before=()):
    """Where every value in a value stands."""
    if before:
        yield before
    if isinstance(value, dict | list):
        for name, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(one, (*before, name))


PATHS = {name: list(paths(value)) for name, value in SAMPLES.items()}


@pytest.mark.parametrize("known", KNOWN, ids=[known.id for known in KNOWN])
@given(data=st.data())
def test_no_value_is_too_strange(known, data):
    record = copy.deepcopy(SAMPLES[known.id])
    for path in data.draw(st.lists(st.sampled_from(PATHS[known.id]), min_size=1, max_size=3)):
        place = record
        for name in path[:-1]:
            place = place[name] if _leads_on(place, name) else {}
        if _leads_on(place, path[-1]):
            place[path[-1]] = data.draw(anything)
    line = json.dumps(record, ensure_ascii=False).encode() + b"\n"
    good = json.dumps(SAMPLES[known.id], ensure_ascii=False).encode() + b"\n"
    bundles, problems = read_bytes(known, line + good, "a.jsonl")
    assert len(bundles) == 2 or any(problem.is_refusal for problem in problems)
    assert len(bundles[-1].document.text) == len(specimens()[2].bundle.document.text)


def _leads_on(value, name):
    if isinstance(value, dict):
        return name in value
    return isinstance(value, list) and isinstance(name, int) and name < len(value)
