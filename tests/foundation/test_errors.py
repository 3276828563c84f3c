"""Errors carry a key and values, and read well in a log."""

import pytest

from annotator.foundation.errors import AnnotatorError, Defect, Refused, UserError


@pytest.mark.parametrize("kind", [UserError, Refused, Defect])
def test_an_error_knows_its_sentence_and_values(kind):
    error = kind("a.b", name="x", count=2)
    assert isinstance(error, AnnotatorError)
    assert (error.key, error.values) == ("a.b", {"name": "x", "count": 2})
    assert str(error) == "a.b(name='x', count=2)"
