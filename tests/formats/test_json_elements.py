"""Large arrays come element by element, each as its own bytes."""

import io
import json

import pytest
from hypothesis import given, strategies as st

from annotator.formats import json_elements as module
from annotator.formats.json_elements import json_elements
from annotator.foundation.errors import UserError

values = st.recursive(
    st.none() | st.integers() | st.text(st.sampled_from('a"\\[]{},کۆ😀\n'), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


def elements(data, limit=1 << 20):
    return [(chunk.data, chunk.line) for chunk in json_elements(io.BytesIO(data), limit)]


@given(st.lists(values, max_size=6), st.sampled_from([None, 2]), st.sampled_from([1, 7, 1 << 16]))
def test_whatever_is_in_an_array_comes_out(array, indent, piece):
    data = json.dumps(array, ensure_ascii=False, indent=indent).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PIECE", piece)
        found = elements(data)
    assert [json.loads(one) for one, _ in found] == array


def test_elements_know_their_lines():
    assert elements(b'\n[\n{"a":\n1},\n\n 2 , 3\n]\n') == [
        (b'{"a":\n1}', 3), (b"2", 6), (b"3", 6),
    ]  # fmt: skip
    assert elements(b"\xef\xbb\xbf[1]") == [(b"1", 1)]
    assert elements(b" [ ] ") == []


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"[1, 2", [b"1", b"2"]),
        (b'[{"a": 1}', [b'{"a": 1}']),
        (b'["a', [b'"a']),
        (b"[", [b""]),
        (b"[1,]", [b"1", b""]),
        (b"[,1]", [b"", b"1"]),
        (b"[1}]", [b"1}"]),
        (b"[1] [2]", [b"1", b"[2]"]),
        (b"[1] x", [b"1", b"x"]),
    ],
)
def test_what_is_no_array_comes_out_as_something_that_is_no_json(data, found):
    assert [one for one, _ in elements(data)] == found


def test_other_files_come_as_they_always_do():
    assert elements(b'{"a":1}\n{"a":2}\n') == [(b'{"a":1}', 1), (b'{"a":2}', 2)]
    assert elements(b'{\n"a":1}') == [(b'{\n"a":1}', None)]
    wide = '\ufeff[{"a":1}]'.encode("utf-16-le")
    assert elements(wide) == [(wide, None)]
    assert elements(b"") == [(b"", None)] or elements(b"") == []


def test_a_file_may_be_larger_than_the_limit_but_no_element(monkeypatch):
    monkeypatch.setattr(module, "_PIECE", 16)
    assert len(elements(b"[" + b"1234567,\n" * 100 + b"1]", 30)) == 101
    with pytest.raises(UserError) as error:
        elements(b"[1," + b'"' + b"x" * 500 + b'"]', 30)
    assert error.value.key == "formats.too_large"


def test_the_stream_stays_open_for_whoever_opened_it():
    stream = io.BytesIO(b"[1, 2]")
    chunks = json_elements(stream, 10)
    assert next(chunks).data == b"1"
    chunks.close()
    assert not stream.closed
