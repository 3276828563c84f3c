"""When so much of a set would go that somebody should be asked."""

import pytest

from annotator.core.edits import Change, Edit
from annotator.core.ids import Layer
from annotator.core.set_drop import SetDrop, set_drops
from tests.builders import annotated

TEN = " ".join(f"[و{number}]PER" for number in range(10))


def removing(annotations, *ids):
    return Edit("edit.merge", tuple(Change(annotations.get(name), None) for name in ids))


@pytest.mark.parametrize(("ids", "expected"), [(2, ()), (3, (SetDrop(10, 3),)), (0, ())])
def test_more_than_a_fifth_is_a_drop(ids, expected):
    annotations = annotated(TEN)[1]
    edit = removing(annotations, *(f"T{number}" for number in range(1, ids + 1)))
    assert set_drops(annotations, edit) == expected


def test_a_whole_layer_is_a_drop_however_small():
    annotations = annotated(f"{TEN} [گەڕایەوە]Movement.Visit")[1]
    drop = removing(annotations, "EV1")
    assert set_drops(annotations, drop) == (SetDrop(1, 1, Layer.EVENT),)
    other = annotated(f"{TEN} [گەڕایەوە]Movement.Leave")[1].get("EV1")
    replaced = Edit("edit.merge", (*drop.changes, Change(None, other)))
    assert set_drops(annotations, replaced) == ()


def test_an_empty_set_has_nothing_to_lose():
    assert set_drops(annotated("شار")[1], Edit("edit.merge", ())) == ()
