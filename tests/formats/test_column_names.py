"""Names in columns have nothing in them that ends a column, and are else as they were."""

import pytest

from annotator.formats.column_names import without_signs, without_spaces


@pytest.mark.parametrize(
    ("name", "spaces", "signs"),
    [
        ("PER", "PER", "PER"),
        ("Contact.Meet-x_y", "Contact.Meet-x_y", "Contact.Meet-x_y"),
        ("a \t b", "a_b", "a_b"),
        ("a|b=c:d", "a|b=c:d", "a_b_c_d"),
        ("کەس\u00a0و شوێن", "کەس_و_شوێن", "کەس_و_شوێن"),
    ],
)
def test_what_ends_a_column_is_replaced(name, spaces, signs):
    assert (without_spaces(name), without_signs(name)) == (spaces, signs)
