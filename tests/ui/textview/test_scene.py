"""What has to be drawn anew between two scenes."""

import pytest
from msgspec.structs import replace

from annotator.core.span import Span
from annotator.ui.textview.scene import Fill, Hint, RoleTag, Scene, Tie, Wave, changed_spans
from tests.ui.textview.page_samples import bracket

BASE = Scene(
    brackets=(bracket("T1", (0, 4)), bracket("T2", (9, 12))),
    fills=(Fill(Span(0, 4), "#000000", 0.1),),
    selection=Span(20, 30),
    caret=30,
)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"caret": 33}, [Span(30, 31), Span(33, 34)]),
        ({"caret": None}, [Span(30, 31)]),
        ({"selection": Span(20, 35)}, [Span(30, 35)]),
        ({"selection": Span(15, 35)}, [Span(15, 20), Span(30, 35)]),
        ({"selection": Span(40, 41)}, [Span(20, 30), Span(40, 41)]),
        ({"selection": None}, [Span(20, 30)]),
        ({"brackets": BASE.brackets[:1]}, [Span(9, 12)]),
        ({"brackets": (*BASE.brackets, bracket("T3", (2, 3), (6, 8)))}, [Span(2, 8)]),
        ({"fills": ()}, [Span(0, 4)]),
        ({"hints": (Hint(5, "ا"),)}, [Span(5, 6)]),
        ({"tags": (RoleTag(Span(3, 6), "x", "#000000"),)}, [Span(3, 6)]),
        ({"waves": (Wave(Span(1, 2)),)}, [Span(1, 2)]),
        ({"ties": (Tie(Span(0, 1), Span(8, 9), "#000000"),)}, None),
    ],
)
def test_only_what_differs_is_told(change, expected):
    assert changed_spans(BASE, replace(BASE, **change)) == expected
