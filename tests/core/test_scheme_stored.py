"""A stored scheme read in one go is the scheme that the careful reading finds."""

import json
from pathlib import Path

import pytest

from annotator.core.scheme_stored import stored_scheme
from annotator.foundation.errors import UserError
from annotator.foundation.paths import resource
from annotator.workbench.schemes import scheme_from_text

BUNDLED = sorted(resource("schemes").glob("*.json"))
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in BUNDLED}


def without(data, place):
    """A copy of `data` that lacks what is at a place."""
    copy = json.loads(json.dumps(data))
    inner = copy
    for step in place[:-1]:
        inner = inner[step]
    del inner[place[-1]]
    return copy


def places(data, way=()):
    """Where anything stands in parsed JSON: the first of each list is enough."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data[:1])
    for step, value in pairs:
        yield (*way, step)
        if isinstance(value, dict | list):
            yield from places(value, (*way, step))


@pytest.mark.parametrize("name", TEXTS)
def test_bundled_schemes_are_read_alike(name):
    scheme = scheme_from_text(TEXTS[name])
    assert stored_scheme(TEXTS[name]) == scheme
    assert repr(stored_scheme(TEXTS[name])) == repr(scheme)  # the kinds of values too


def test_what_may_be_absent_has_the_same_value_then():
    data = json.loads(TEXTS["ckb-news"])
    alike = 0
    for place in places(data):
        text = json.dumps(without(data, place))
        try:
            scheme = scheme_from_text(text)
        except UserError:
            continue
        stored = stored_scheme(text)
        assert stored is None or stored == scheme, place
        alike += stored is not None
    assert alike > 5


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", '"\\ud800"', "[" * 100_000, TEXTS["ckb-news"].replace("/1", "/2", 1)],
    ids=range(7),
)
def test_what_is_no_scheme_of_this_format_is_left_to_the_careful_reading(text):
    assert stored_scheme(text) is None


def test_colours_in_capitals_are_left_to_the_careful_reading():
    data = json.loads(TEXTS["ckb-news"])
    data["labels"][0]["color"] = data["labels"][0]["color"].upper()
    text = json.dumps(data)
    assert stored_scheme(text) is None
    assert scheme_from_text(text) == scheme_from_text(TEXTS["ckb-news"])


def test_parts_that_do_not_fit_are_refused():
    data = json.loads(TEXTS["ckb-news"])
    data["labels"].append(data["labels"][0])
    with pytest.raises(UserError) as refused:
        stored_scheme(json.dumps(data))
    assert refused.value.key == "scheme.id_twice"


def test_the_bundled_schemes_are_found():
    assert Path(BUNDLED[0]).is_file()
    assert "ckb-news" in TEXTS
