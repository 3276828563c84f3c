"""Which bytes become text, what is said about them, and that the rest is refused by place."""

import hashlib

import pytest

from annotator.formats.base import Note
from annotator.formats.decode import ENCODINGS, Decoded, decode, decode_characters, preview
from annotator.formats.text_checks import LONG_LINE, clean_text, looks_misdecoded
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError

SORANI = "ئەمڕۆ لە هەولێر باران باری"

REFUSED = {
    "empty": (b"", "formats.text_empty", {}),
    "only blanks": (" \u00a0\u2003\t\r\n".encode(), "formats.text_empty", {}),
    "only a BOM": (b"\xef\xbb\xbf", "formats.text_empty", {}),
    "lone continuation byte": (b"ab\x80", "formats.bytes_invalid",
                               {"encoding": "utf-8", "offset": 2, "byte": "80", "line": 1}),
    "cut letter": ("ab\nئ".encode()[:-1], "formats.bytes_invalid",
                   {"encoding": "utf-8", "offset": 3, "byte": "D8", "line": 2}),
    "overlong slash": (b"a\xc0\xaf", "formats.bytes_invalid", {"offset": 1, "byte": "C0"}),
    "overlong NUL": (b"a\xc0\x80", "formats.bytes_invalid", {"offset": 1}),
    "past U+10FFFF": (b"a\xf4\x90\x80\x80", "formats.bytes_invalid", {"offset": 1}),
    "five-byte form": (b"\xf8\x88\x80\x80\x80", "formats.bytes_invalid", {"offset": 0}),
    "invalid after the BOM": (b"\xef\xbb\xbfa\xff", "formats.bytes_invalid", {"offset": 4}),
    "lone surrogate": (b"a\xed\xa0\x80", "formats.bytes_surrogate", {"offset": 1, "byte": "ED"}),
    "CESU-8 emoji": (b"\xed\xa0\xbd\xed\xb8\x80", "formats.bytes_surrogate", {"offset": 0}),
    "windows-1256": (SORANI.replace("ۆ", "و").replace("ێ", "ی").replace("ڕ", "ر")
                     .replace("ە", "ه").replace("ی", "ي").encode("cp1256"),
                     "formats.bytes_invalid", {"offset": 0}),
    "UTF-32 LE": (b"\xff\xfe\0\0" + SORANI.encode("utf-32-le"), "formats.encoding_utf_32", {}),
    "UTF-32 BE": (b"\0\0\xfe\xff" + SORANI.encode("utf-32-be"), "formats.encoding_utf_32", {}),
    "UTF-16 LE without BOM": (SORANI.encode("utf-16-le"),
                              "formats.encoding_utf_16_without_bom", {}),
    "UTF-16 BE without BOM": (SORANI.encode("utf-16-be"),
                              "formats.encoding_utf_16_without_bom", {}),
    "Latin UTF-16 without BOM": ("news".encode("utf-16-le"),
                                 "formats.encoding_utf_16_without_bom", {}),
    "UTF-16 cut in a letter": (b"\xff\xfe" + SORANI.encode("utf-16-le")[:-1],
                               "formats.bytes_invalid", {"encoding": "utf-16-le"}),
    "UTF-16 lone surrogate": (b"\xff\xfea\0\x00\xd8b\0", "formats.bytes_invalid", {"offset": 4}),
    "NUL": ("ئا\0ب".encode(), "formats.text_nul", {"code": "U+0000", "line": 1, "column": 3}),
    "NUL in UTF-16": ("\ufeffئا\0ب".encode("utf-16-le"), "formats.text_nul", {"column": 3}),
    "escape": ("یەک\nدوو\x1b[0m".encode(), "formats.text_control",
               {"code": "U+001B", "line": 2, "column": 4}),
    "form feed": (b"a\fb", "formats.text_control", {"code": "U+000C", "column": 2}),
    "vertical tab": (b"a\vb", "formats.text_control", {"code": "U+000B"}),
    "unit separator": (b"a\x1fb", "formats.text_control", {"code": "U+001F"}),
    "too large": (b"a" * 1001, "formats.too_large", {"size": 1001, "limit": 1000}),
}  # fmt: skip


@pytest.mark.parametrize(("data", "key", "values"), REFUSED.values(), ids=REFUSED)
def test_bad_bytes_are_refused_by_place_in_both_languages(data, key, values):
    with pytest.raises(UserError) as refused:
        decode(data, max_bytes=1000)
    assert refused.value.key == key
    assert {**refused.value.values, **values} == refused.value.values
    for language in ("ckb", "en"):
        assert load_catalogue(language).error(refused.value)


ACCEPTED = {
    "plain": (SORANI.encode(), SORANI, "utf-8", False, "none"),
    "BOM": (b"\xef\xbb\xbf" + SORANI.encode(), SORANI, "utf-8", True, "none"),
    "two BOMs": (b"\xef\xbb\xbf\xef\xbb\xbfa", "a", "utf-8", True, "none"),
    "LF": (b"a\nb\n", "a\nb\n", "utf-8", False, "lf"),
    "CRLF": (b"a\r\nb\r\n", "a\nb\n", "utf-8", False, "crlf"),
    "CR": (b"a\rb", "a\nb", "utf-8", False, "cr"),
    "mixed": (b"a\r\nb\nc\rd", "a\nb\nc\nd", "utf-8", False, "mixed"),
    "CR before CRLF": (b"a\r\r\nb", "a\n\nb", "utf-8", False, "mixed"),
    "tab and trailing blanks": (b" a\t \n", " a\t \n", "utf-8", False, "lf"),
    "other line ends and NBSP": ("a\u2028b\u2029c\u0085d\u00a0e".encode(),
                                 "a\u2028b\u2029c\u0085d\u00a0e", "utf-8", False, "none"),
    "ZWNJ, RLM, tatweel, Arabic letters, marks": (
        "می\u200cشود\u200f ـیەم ي ك \ufefb \u064b".encode(),
        "می\u200cشود\u200f ـیەم ي ك \ufefb \u064b", "utf-8", False, "none"),
    "decomposed": ("é".encode(), "é", "utf-8", False, "none"),
    "emoji": ("😀ئا".encode(), "😀ئا", "utf-8", False, "none"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "text", "encoding", "has_bom", "newline"), ACCEPTED.values(),
                         ids=ACCEPTED)  # fmt: skip
def test_good_bytes_become_text_unchanged_but_for_line_ends(data, text, encoding, has_bom, newline):
    sha256 = hashlib.sha256(data).hexdigest()
    assert decode(data) == Decoded(text, encoding, has_bom, newline, sha256)


@pytest.mark.parametrize("order", ["le", "be"])
def test_utf_16_with_a_bom_is_read_with_a_warning(order):
    data = f"\ufeff{SORANI}\r\n".encode(f"utf-16-{order}")
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.has_bom) == (
        f"{SORANI}\n",
        f"utf-16{order}",
        True,
    )
    assert decoded.warnings == (Note("formats.warning_utf_16"),)


CHOSEN = {
    "utf-8": ("utf-8", "utf-8", False),
    "utf-16-le": ("utf-16", "utf-16le", False),
    "utf-16-be": ("utf-16", "utf-16be", False),
    "utf-16": ("utf-16", "utf-16le", True),
    "cp1256": ("windows-1256", "windows-1256", False),
    "iso-8859-6": ("iso-8859-6", "iso-8859-6", False),
}


@pytest.mark.parametrize("codec", CHOSEN)
def test_a_chosen_encoding_is_used_and_recorded(codec):
    encoding, recorded, has_bom = CHOSEN[codec]
    decoded = decode("خبر اليوم".encode(codec), encoding)
    assert (decoded.text, decoded.encoding, decoded.has_bom) == ("خبر اليوم", recorded, has_bom)
    assert decoded.warnings == ()


def test_a_chosen_encoding_is_strict_too():
    with pytest.raises(UserError, match="bytes_invalid"):
        decode(b"a\xa1", "iso-8859-6")
    with pytest.raises(UserError, match="encoding_unknown"):
        decode(b"a", "koi8-r")


def test_preview_shows_a_beginning_in_any_encoding_and_never_fails():
    data = "ئازاد\r\nهات".encode()
    assert preview(data, "utf-8") == "ئازاد\nهات"
    assert preview(data, "utf-8", limit=3) == "ئاز"
    assert "\ufffd" in preview(b"a\xff", "utf-8")
    assert preview("خبر".encode("cp1256"), "windows-1256") == "خبر"
    assert preview("\ufeffخبر".encode("utf-16-be"), "utf-16") == "خبر"
    with pytest.raises(UserError, match="encoding_unknown"):
        preview(data, "utf-7")


WARNED = {
    "bidi override": ("a\u202eb\u202cc", "formats.warning_bidi", 2, "U+202E"),
    "bidi isolate": ("a\u2067b\u2069", "formats.warning_bidi", 2, "U+2067"),
    "noncharacter": ("ab\ufdd0", "formats.warning_noncharacter", 1, "U+FDD0"),
    "plane end": ("ab\U0001ffff", "formats.warning_noncharacter", 1, "U+1FFFF"),
    "private use": ("ab\ue001", "formats.warning_private", 1, "U+E001"),
    "private plane": ("ab\U0010fffd", "formats.warning_private", 1, "U+10FFFD"),
    "delete": ("ab\x7f", "formats.warning_control", 1, "U+007F"),
    "C1 control": ("ab\x9b", "formats.warning_control", 1, "U+009B"),
    "BOM inside": ("ab\ufeff", "formats.warning_invisible", 1, "U+FEFF"),
    "soft hyphen": ("ab\u00ad", "formats.warning_invisible", 1, "U+00AD"),
    "replacement character": ("ab\ufffdc\ufffd", "formats.warning_lost", 2, "U+FFFD"),
}


@pytest.mark.parametrize(("text", "key", "count", "code"), WARNED.values(), ids=WARNED)
def test_odd_characters_are_kept_with_a_warning_that_names_the_first(text, key, count, code):
    decoded = decode(f"x\n{text}".encode())
    assert decoded.text == f"x\n{text}"
    [note] = decoded.warnings
    column = text.index(chr(int(code[2:], 16))) + 1
    assert note == Note(key, {"count": count, "code": code, "line": 2, "column": column})
    for language in ("ckb", "en"):
        assert load_catalogue(language).text(note.key, **note.values)


def test_a_very_long_line_is_kept_with_a_warning():
    assert clean_text("ا" * LONG_LINE).warnings == ()
    [note] = clean_text("ا" * (LONG_LINE + 1)).warnings
    assert note == Note("formats.warning_long_line", {"length": LONG_LINE + 1, "limit": LONG_LINE})


@pytest.mark.parametrize("codec", ["latin-1", "cp1252", "cp1256"])
def test_text_misread_before_is_told(codec):
    misread = "باران باری".encode().decode(codec, errors="ignore")
    assert Note("formats.warning_mojibake") in decode(misread.encode()).warnings


@pytest.mark.parametrize(
    "text",
    [SORANI, "عەلی و غەریب ظلم طاهر", "Ünal çok güzel ÜØÙ", "ØØØ", "ØяØяØя"],
)
def test_sound_text_is_not_called_misread(text):
    assert not looks_misdecoded(text)


def test_a_lone_surrogate_in_a_string_is_refused():
    with pytest.raises(UserError) as refused:
        clean_text("a\ud800")
    assert (refused.value.key, refused.value.values["code"]) == (
        "formats.text_surrogate",
        "U+D800",
    )
    assert load_catalogue("ckb").error(refused.value)


def test_json_needs_the_characters_as_they_stand():
    assert decode_characters(b'\xef\xbb\xbf"a\r\n"').text == '"a\r\n"'


def test_an_unknown_encoding_names_those_that_are_known():
    with pytest.raises(UserError) as error:
        decode(b"x", "klingon")
    assert error.value.values == {"encoding": "klingon", "known": ", ".join(ENCODINGS)}
