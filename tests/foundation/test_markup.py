"""What is escaped here is what the library escapes."""

import html

from hypothesis import given, strategies as st

from annotator.foundation.markup import escaped


@given(st.text() | st.text("&<>\"'a;"))
def test_texts_are_escaped_as_the_library_does(text):
    assert escaped(text) == html.escape(text)
