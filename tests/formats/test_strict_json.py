"""What JSON is refused, and at which line and column."""

import json

import orjson
import pytest
from hypothesis import given, strategies as st

from annotator.formats.strict_json import (
    MAX_DEPTH,
    WholeNumbers,
    canonical_value,
    parse_json,
    parse_whole_json,
)
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError

REFUSED = {
    "empty": ("", "json_syntax", 1, 1),
    "text": ("\nabc", "json_syntax", 2, 1),
    "two values": ('{"a":1} {"b":2}', "json_syntax", 1, 9),
    "trailing comma": ('{"a":1,}', "json_syntax", 1, 8),
    "single quotes": ("{'a':1}", "json_syntax", 1, 2),
    "comment": ('{"a":1} // x', "json_syntax", 1, 9),
    "open string": ('["a', "json_syntax", 1, 2),
    "raw line end in a string": ('["a\nb"]', "json_syntax", 1, 4),
    "raw control in a string": ('["a\x01"]', "json_syntax", 1, 4),
    "Arabic digits": ('{"a":١٢}', "json_syntax", 1, 6),
    "underscore": ("[1_0]", "json_syntax", 1, 3),
    "leading zero": ("[012]", "json_syntax", 1, 3),
    "hexadecimal": ("[0x10]", "json_syntax", 1, 3),
    "plus": ("[+1]", "json_syntax", 1, 2),
    "bad escape": ('["\\x41"]', "json_syntax", 1, 3),
    "duplicate key": ('{"a":1,\n "b":2,\n "a":3}', "json_duplicate_key", 3, 2),
    "duplicate by escape": ('{"a":1,"\\u0061":2}', "json_duplicate_key", 1, 8),
    "duplicate inside": ('[{"x":{"a":[],"a":0}}]', "json_duplicate_key", 1, 15),
    "NaN": ('{"a":\n NaN}', "json_not_a_number", 2, 2),
    "Infinity": ("[Infinity]", "json_not_a_number", 1, 2),
    "-Infinity": ("[-Infinity]", "json_not_a_number", 1, 2),
    "1e999": ('["1e999", 1e999]', "json_not_a_number", 1, 11),
    "21 digits": ("[1,\n123456789012345678901]", "json_digits", 2, 1),
    "5000 digits": ("[" + "1" * 5000 + "]", "json_digits", 1, 2),
    "lone high surrogate": ('{"a":"\\ud83d\\ude00",\n"b":"x\\ud800y"}', "json_surrogate", 2, 5),
    "lone low surrogate": ('["\\uDC00"]', "json_surrogate", 1, 2),
    "surrogate in a key": ('{"\\ud800":1}', "json_surrogate", 1, 2),
    "surrogates reversed": ('["\\ude00\\ud83d"]', "json_surrogate", 1, 2),
    "duplicate behind a colon": ('{"a:":1, "a": ":", "a:":2}', "json_duplicate_key", 1, 20),
    "duplicate behind quotes": ('["\\\\", "\\":", {"a":1, "a":2}]', "json_duplicate_key", 1, 23),
    "duplicate that was written apart": ('{"a" :1,"a"\n:2}', "json_duplicate_key", 1, 9),
    "duplicate with much inside": ('{"a":[{"b":1},{}],"a":[]}', "json_duplicate_key", 1, 19),
    "deep lists": ("[" * 201 + "]" * 201, "json_depth", 1, 201),
    "deep behind quotes": ('["\\\\", "\\"", ' + "[" * 200 + "]" * 201, "json_depth", 1, 213),
    "very deep lists": ("[" * 100_000, "json_depth", 1, 201),
    "deep objects": ('{"a":' * 201 + "1" + "}" * 201, "json_depth", 1, 1001),
    "surrogate in broken JSON": ('["\\ud800", }', "json_surrogate", 1, 2),
    "bad string before a surrogate": ('["\\q", "\\ud83d\\ude00"]', "json_syntax", 1, 2),
    "odd number before a surrogate": ('[1-2, "\\ud83d\\ude00"]', "json_syntax", 1, 2),
}


@pytest.mark.parametrize(("text", "key", "line", "column"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("parse", [parse_json, parse_whole_json])
def test_anything_but_strict_json_is_refused_by_line_and_column(parse, text, key, line, column):
    with pytest.raises(UserError) as refused:
        parse(text, first_line=5)
    assert refused.value.key == f"formats.{key}"
    assert refused.value.values == {"line": line + 4, "column": column}
    for language in ("ckb", "en"):
        assert load_catalogue(language).error(refused.value)


@pytest.mark.parametrize("number", ["1.5", "-0.25", "1e-3", "1e300", "9007199254740993.0"])
def test_a_fraction_is_refused_only_where_whole_numbers_are_needed(number):
    assert parse_json(f"[{number}]") == [float(number)]
    with pytest.raises(UserError) as refused:
        parse_whole_json(f'{{"a":"1.5",\n"b":{number}}}')
    assert refused.value.key == "formats.json_fraction"
    assert refused.value.values == {"line": 2, "column": 5}


def test_a_whole_number_written_as_a_fraction_is_mended_and_counted():
    assert parse_whole_json('[12.0, 1e2, 3, "4.0"]') == WholeNumbers([12, 100, 3, "4.0"], 2)


ACCEPTED = {
    "20 digits": "[12345678901234567890]",
    "emoji by escape": '["\\ud83d\\ude00"]',
    "escaped backslash before ud800": '["\\\\ud800"]',
    "depth": "[" * MAX_DEPTH + "]" * MAX_DEPTH,
    "19 digits": "[-9999999999999999999, 9999999999999999999]",
    "19 digits among many brackets": "[" + "[{}]," * 300 + "-9999999999999999999]",
    "many brackets": "[" + "[{}]," * 300 + "1]",
    "digits of a fraction": "[0.1234567890123456789, 1e22, -0, -0.0, 1E5, 1e-400]",
    "colons in strings": '[":", "\\\\", "\\":", {"a:": "::", ":": [""]}, "", ":"]',
    "escapes": '{"\\u003a\\u0022": "\\/\\u06a9\\t", "\\u0061" :1}',
    "20 digits among many numbers": "[" + "1," * 500 + "12345678901234567890]",
    "digits in strings": '["' + "1" * 50 + '", 1]',
    "many brackets, deep": "[" * 20 + "[]," * 300 + "[]" + "]" * 20,
    "brackets in strings": json.dumps(["[{" * 500]),
    "brackets behind escaped quotes": json.dumps(['"' + "[{" * 500]),
    "brackets behind escaped backslashes": json.dumps(["\\\\", '\\\\"' + "[{" * 500]),
    "equal keys of two objects": '[{"a":1},{"a":{"a":2}}]',
    "same strings as values": '{"a":"b","b":"a"}',
    "other line ends": '["a\u2028b\u0085c"]',
    "CRLF between": '{"a":\r\n1}',
}


@pytest.mark.parametrize("text", ACCEPTED.values(), ids=ACCEPTED)
def test_strict_json_is_read_as_the_standard_library_reads_it(text):
    assert repr(parse_json(text)) == repr(json.loads(text))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(json_values, st.booleans())
def test_whatever_is_written_soundly_is_read(value, ascii_only):
    text = json.dumps(value, ensure_ascii=ascii_only)
    assert parse_json(text) == parse_whole_json(text).value == value


KEYS = st.sampled_from(["a", ":", r"\"", r"\\", ""])


@given(
    st.recursive(
        st.sampled_from(['""', '":"', r'"\\"', r'"\":"', '"[{"', "1", "-0.5", '"\\u003a"']),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4).map(lambda each: f"[{' ,'.join(each)}]"),
            st.lists(
                st.tuples(st.sampled_from(["a", ":", r"\"", r"\\", ""]), inner), max_size=3
            ).map(lambda pairs: "{" + ", ".join(f'"{key}" :{told}' for key, told in pairs) + "}"),
        ),
    )
)
def test_equal_keys_are_never_read(text):
    keys = []
    value = json.loads(text, object_pairs_hook=lambda pairs: keys.append(pairs) or dict(pairs))
    if any(len(dict(pairs)) < len(pairs) for pairs in keys):
        with pytest.raises(UserError):
            parse_json(text)
    else:
        assert parse_json(text) == value


@given(st.text(alphabet='{}[]":,\\u0123456789abcdefNI-.e \n'))
def test_nothing_but_a_user_error_escapes(text):
    try:
        value = parse_json(text)
    except UserError:
        return
    assert value == json.loads(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_what_is_canonical_is_read_as_the_strict_way_reads_it(value):
    data = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    short = canonical_value(data.encode("utf-8", "surrogatepass") + b"\n")
    if short is not None:
        whole = parse_whole_json(data)
        assert (whole.value, whole.mended) == (short, 0)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}', b'{"b":1,"a":1}', b'{"a": 1}', b'{"a":1.0}', b'{"a":[1e3]}', b"[1.5]",
        b'{"a":NaN}', b'"\\ud800"', b"[0.5,1]", b"\xef\xbb\xbf{}", b"{", b'"\\u0061"', b"[-1.0]",
    ],
)  # fmt: skip
def test_what_is_not_canonical_takes_the_long_way(data):
    assert canonical_value(data) is None


def test_canonical_bytes_of_gold_take_the_short_way():
    assert canonical_value(b'{"a":{"b":["1.0",2,null]},"c":"\xd9\x95"}\n') == {
        "a": {"b": ["1.0", 2, None]},
        "c": "ٕ",
    }


@pytest.mark.parametrize("number", [1e-7, 1e16, 1e300, -12.0, 1.5])
def test_fractions_are_not_canonical_however_they_are_written(number):
    whole = orjson.dumps({"a": 12, "b": ["1e5", "3.5"]})
    assert canonical_value(whole) == {"a": 12, "b": ["1e5", "3.5"]}
    assert canonical_value(orjson.dumps({"a": [number]})) is None
    assert canonical_value(orjson.dumps({"a": number})) is None
