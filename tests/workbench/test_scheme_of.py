"""The scheme of a project: ours is read at once, anybody else's with every check."""

import json
from types import SimpleNamespace

import pytest

from annotator.foundation.errors import UserError
from annotator.workbench import schemes
from annotator.workbench.schemes import read_scheme_text, scheme_from_text, scheme_of

OURS = read_scheme_text("ckb-news")


def project_with(text):
    return SimpleNamespace(schemes=SimpleNamespace(current=lambda: text))


def changed(change):
    data = json.loads(OURS)
    change(data)
    return json.dumps(data, ensure_ascii=False)


def test_ours_is_read_at_once(monkeypatch):
    careful = scheme_from_text(OURS)
    monkeypatch.setattr(schemes, "scheme_from_text", lambda _: pytest.fail("read part by part"))
    assert scheme_of(project_with(OURS)) == careful


def test_one_that_only_looks_like_ours_is_checked():
    text = changed(lambda data: data["labels"][0].update(color="#ABCDEF"))
    assert scheme_of(project_with(text)).labels[0].color == "#abcdef"


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda data: data["attributes"][0].update(layer="entity"), "scheme.unknown_value"),
        (lambda data: data["labels"][0].update(key="ABC DEF"), "scheme.bad_key"),
        (lambda data: data["labels"][0].update(color="not a colour"), "scheme.bad_color"),
        (lambda data: data.update(more=1), "scheme.field_unknown"),
        (lambda data: data["name"].update(en=" "), "scheme.language_missing"),
    ],
)
def test_what_somebody_has_put_into_a_project_is_refused(change, key):
    with pytest.raises(UserError) as refused:
        scheme_of(project_with(changed(change)))
    assert refused.value.key == key
