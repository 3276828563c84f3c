"""Bad input, from bytes to the project: refused, accepted unchanged or accepted with a warning.

Each line of a table is one file of one import. Whatever it holds, nothing is raised, what is said
about it can be said in both languages, the text is stored as it came (but for CR and BOM), and the
file beside it comes in.
"""

import json
import random
from dataclasses import dataclass

import orjson
import pytest

from annotator.core.ids import DocumentId
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.paths import resource
from annotator.workbench.importing import Importer, find_files
from tests.workbench.projects import FIRST, clock, new_project, write

SORANI = "هەواڵی ئەمڕۆ"
GOOD = "باران باری."
CATALOGUES = [load_catalogue(language) for language in ("ckb", "en")]
MISREAD = "باران".encode().decode("cp1252")
GOLD = resource("samples", "01-water.gold.jsonl").read_bytes()
TEXT = orjson.loads(GOLD)["text"]


@dataclass(frozen=True)
class Refused:
    """The item is left out, for this reason."""

    key: str


@dataclass(frozen=True)
class Accepted:
    """The text is stored: the characters of the file, or these, with this warning."""

    text: str | None = None
    warning: str | None = None


def utf8(text):
    return text.encode("utf-8", "surrogatepass")


def refused(key):
    return Refused(f"formats.{key}")


def warned(key, text=None):
    return Accepted(text, f"formats.warning_{key}")


TEXTS = {
    # what                      bytes                                 outcome
    "empty file":              (b"",                                  refused("text_empty")),
    "only blanks":             (b" \n\t\n",                           refused("text_empty")),
    "only a BOM":              (b"\xef\xbb\xbf",                      refused("text_empty")),
    "invalid UTF-8":           (b"abc\xff\xfe\xfd",                   refused("bytes_invalid")),
    "cut letter":              (utf8(SORANI)[:-1],                    refused("bytes_invalid")),
    "overlong slash":          (b"a\xc0\xafb",                        refused("bytes_invalid")),
    "CESU-8 emoji":            (b"\xed\xa0\xbd\xed\xb8\x80",          refused("bytes_surrogate")),
    "lone surrogate":          (utf8("a\ud800b"),                     refused("bytes_surrogate")),
    "beyond Unicode":          (b"\xf4\x90\x80\x80",                  refused("bytes_invalid")),
    "Windows-1256":            ("باران دەبارێ".replace("ە", "ه").replace("ێ", "ي").encode("cp1256"),
                                                                      refused("bytes_invalid")),
    "UTF-16 without BOM":      (SORANI.encode("utf-16-le"),
                                                         refused("encoding_utf_16_without_bom")),
    "UTF-16BE without BOM":    (SORANI.encode("utf-16-be"),
                                                         refused("encoding_utf_16_without_bom")),
    "UTF-16 cut in a unit":    (b"\xff\xfe" + SORANI.encode("utf-16-le")[:-1],
                                                         refused("bytes_invalid")),
    "UTF-16 lone surrogate":   (b"\xff\xfea\x00\x00\xd8b\x00",        refused("bytes_invalid")),
    "UTF-32":                  (SORANI.encode("utf-32"),              refused("encoding_utf_32")),
    "UTF-32BE":                (b"\x00\x00\xfe\xff" + SORANI.encode("utf-32-be"),
                                                         refused("encoding_utf_32")),
    "NUL":                     (b"a\x00b",                            refused("text_nul")),
    "escape character":        (b"a\x1b[31mb",                        refused("text_control")),
    "backspace":               (b"a\x08b",                            refused("text_control")),
    "UTF-8 BOM":               (utf8("\ufeff" + SORANI),              Accepted(SORANI)),
    "UTF-16 with BOM":         (b"\xff\xfe" + SORANI.encode("utf-16-le"), warned("utf_16", SORANI)),
    "UTF-16BE with BOM":       (b"\xfe\xff" + SORANI.encode("utf-16-be"), warned("utf_16", SORANI)),
    "mojibake":                (utf8(MISREAD), warned("mojibake")),
    "mojibake of 1256":        (utf8(utf8("باران").decode("cp1256")), warned("mojibake")),
    "letters already lost":    (utf8("هەو\ufffdلێر"),                 warned("lost")),
    "C1 control":              (utf8("a\x90b"),                       warned("control")),
    "DEL":                     (b"a\x7fb",                            warned("control")),
    "noncharacter":            (utf8("a\ufdd0b"),                     warned("noncharacter")),
    "noncharacter at the end": (utf8("a\U0010ffffb"),                 warned("noncharacter")),
    "private use":             (utf8("a\ue000b"),                     warned("private")),
    "bidi override":           (utf8("a\u202eb"),                     warned("bidi")),
    "bidi isolates":           (utf8("\u2067کورد\u2069"),             warned("bidi")),
    "invisible":               (utf8("a\u2060b"),                     warned("invisible")),
    "one very long line":      (utf8("کورد " * 11_000),               warned("long_line")),
    "ZWNJ":                    (utf8("می\u200cخوا"),                  Accepted()),
    "RLM":                     (utf8("کورد\u200f."),                  Accepted()),
    "tatweel":                 (utf8("کــورد"),                       Accepted()),
    "presentation forms":      (utf8("\ufe91\ufeae\ufef5"),           Accepted()),
    "isolated marks":          (utf8("\u064b\u0650"),                 Accepted()),
    "Arabic letters":          (utf8("كوردي"),                        Accepted()),
    "NFC and NFD":             (utf8("\u0622 \u0627\u0653"),          Accepted()),
    "CRLF":                    ("یەک\r\nدوو\r\n".encode(),            Accepted("یەک\nدوو\n")),
    "CR":                      ("یەک\rدوو".encode(),                  Accepted("یەک\nدوو")),
    "mixed line ends":         ("١\r\n٢\n٣\r٤\n\r٥".encode(),         Accepted("١\n٢\n٣\n٤\n\n٥")),
    "LS, PS and NEL":          (utf8("١\u2028٢\u2029٣\x85٤"),         Accepted()),
    "NBSP":                    (utf8("a\u00a0b\u202fc"),              Accepted()),
    "astral letters":          (utf8("x😀ی"),                         Accepted()),
    "blanks at the edges":     (utf8("\n\n  کورد  \n\n"),             Accepted()),
    "markup":                  (utf8("<img src=file:///x> &amp; x<br>"), Accepted()),
    "format fields":           (utf8("{offset} %s {0}"),              Accepted()),
}  # fmt: skip


def news(text):
    """News JSON with this piece of JSON as its text."""
    return utf8('[{"id": "n", "text": ' + text + "}]")


JSONS = {
    # what                      bytes                                 outcome
    "empty file":              (b"",                                  refused("json_syntax")),
    "not JSON":                (b"<html>",                            refused("json_syntax")),
    "cut short":               (b'[{"text": "a',                      refused("json_syntax")),
    "single quotes":           (b"[{'text': 'a'}]",                   refused("json_syntax")),
    "trailing comma":          (b'[{"text": "a"},]',                  refused("json_syntax")),
    "two values":              (b'{"text": "a"} {"text": "b"}',       refused("json_syntax")),
    "comment":                 (b'/* x */ [{"text": "a"}]',           refused("json_syntax")),
    "empty array":             (b"[]",
                                                         refused("news_no_text_field")),
    "a bare number":           (b"12",
                                                         refused("news_no_text_field")),
    "NaN":                     (news('"a", "n": NaN'),                refused("json_not_a_number")),
    "Infinity":                (news('"a", "n": -Infinity'),          refused("json_not_a_number")),
    "1e999":                   (news('"a", "n": 1e999'),              refused("json_not_a_number")),
    "21 digits":               (news('"a", "n": ' + "1" * 21),        refused("json_digits")),
    "5,000 digits":            (news('"a", "n": ' + "1" * 5_000),     refused("json_digits")),
    "key twice":               (news('"a", "text": "b"'),
                                                         refused("json_duplicate_key")),
    "deep arrays":             (b"[" * 100_000 + b"]" * 100_000,      refused("json_depth")),
    "deep objects":            (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, refused("json_depth")),
    "deep and never closed":   (b"[" * 100_000,                       refused("json_depth")),
    "lone surrogate":          (news(r'"a\ud800b"'),                  refused("json_surrogate")),
    "lone surrogate in a key": (news(r'"a", "\udc00": 1'),            refused("json_surrogate")),
    "raw surrogate bytes":     (news('"a\ud800"'),                    refused("bytes_surrogate")),
    "invalid UTF-8":           (b'[{"text": "\xff"}]',                refused("bytes_invalid")),
    "UTF-16 without BOM":      (news('"a"').decode().encode("utf-16-le"),
                                                         refused("encoding_utf_16_without_bom")),
    "raw control":             (news('"a\x01b"'),                     refused("json_syntax")),
    "NUL":                     (news(r'"a\u0000b"'),                  refused("news_text_nul")),
    "escape character":        (news(r'"a\u001bb"'),                  refused("news_text_control")),
    "empty text":              (b'[{"id": "n", "text": ""}, {"id": "m", "text": " "}]',
                                                         refused("news_no_text_field")),
    "text is a number":        (b'[{"text": "a"}, {"text": 12}]',
                                                         refused("news_text_no_string")),
    "text is true":            (b'[{"text": "a"}, {"text": true}]',
                                                         refused("news_text_no_string")),
    "no text":                 (b'[{"text": "a"}, {"id": 1}]',        refused("news_no_text")),
    "blank text":              (b'[{"text": "a"}, {"text": " "}]',    refused("news_text_empty")),
    "no object":               (b'[{"text": "a"}, null]',             refused("news_not_object")),
    "path as id":              (b'[{"id": "../../etc/x", "text": "a"}]', Accepted("a")),
    "CRLF in a text":          (news(r'"a\r\nb"'),                    Accepted("a\nb")),
    "surrogate pair":          (news(r'"\ud83d\ude00"'),              Accepted("😀")),
    "raw LS in a string":      (news('"a\u2028b"'),                   Accepted("a\u2028b")),
    "BOM":                     (utf8("\ufeff") + news('"a"'),         Accepted("a")),
    "bidi override":           (news(r'"a\u202eb"'),                  warned("bidi", "a\u202eb")),
    "mojibake":                (news(json.dumps(MISREAD)),            warned("mojibake", MISREAD)),
}  # fmt: skip


def gold(**changes):
    """The sample as gold with values replaced; ``__`` leads inside, numbers into lists."""
    record = orjson.loads(GOLD)
    for path, value in changes.items():
        *parents, last = (int(part) if part.isdigit() else part for part in path.split("__"))
        place = record
        for part in parents:
            place = place[part]
        place[last] = value
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


def moved(by):
    """The sample with its first mention told `by` code points later."""
    mention = orjson.loads(GOLD)["mentions"][0]
    return gold(mentions__0__start=mention["start"] + by, mentions__0__end=mention["end"] + by)


GOLDS = {
    # what                      bytes                                 outcome
    "negative offset":         (gold(mentions__0__start=-1),          refused("check_schema")),
    "reversed":                (gold(mentions__0__start=9, mentions__0__end=3),
                                                         refused("check_range")),
    "empty span":              (gold(mentions__0__start=3, mentions__0__end=3),
                                                         refused("check_range")),
    "past the end":            (gold(mentions__0__end=10_000),        refused("check_range")),
    "counted from one":        (moved(1),
                                                         refused("check_span_from_one")),
    "digits as text":          (gold(mentions__0__start="0"),         refused("check_schema")),
    "Arabic digits":           (gold(mentions__0__start="٠"),         refused("check_schema")),
    "true as a number":        (gold(mentions__0__start=True),        refused("check_schema")),
    "half an offset":          (gold(mentions__0__start=1.5),         refused("json_fraction")),
    "another text":            (gold(text=FIRST),                     refused("check_length")),
    "CRLF in the text":        (gold(text=TEXT.replace("\n", "\r\n")),  refused("check_character")),
    "dangling reference":      (gold(mentions__0__entity="E999"),     refused("check_reference")),
    "id twice":                (gold(mentions__0__id="T2"),           refused("check_twice")),
    "newer version":           (gold(version="2.0.0"),                refused("gold_newer")),
    "unknown version":         (gold(version="x"),                    refused("gold_version")),
    "path as document id":     (gold(doc_id="../x"),                  refused("check_schema")),
    "missing layer":           (gold(events=None),                    refused("check_schema")),
}  # fmt: skip


def import_beside_a_good_file(folder, name, data):
    """What an import makes of a file: its texts, its problems; and the file beside it is there."""
    bad, good = write(folder, name, data), write(folder, "zz-good.txt", GOOD)
    with new_project(folder) as project:
        report = Importer(project, clock).run(find_files([bad, good]))
        project.check()
        texts = {name: project.documents.get(DocumentId(name)).text for name in report.imported}
    assert texts.pop("zz-good") == GOOD
    for problem in report.problems:
        assert problem.source == str(bad)
        for catalogue in CATALOGUES:
            sentence = catalogue.text(problem.key, **problem.values)
            assert "\n" not in sentence
            assert sentence.endswith((".", "؟", "!"))
    return list(texts.values()), report


def check(folder, name, data, expected):
    texts, report = import_beside_a_good_file(folder, name, data)
    told = [(problem.key, problem.is_refusal) for problem in report.problems]
    match expected:
        case Refused(key):
            assert (key, True) in told
            assert report.refused == len(told)
        case Accepted(text, warning):
            assert texts == [text if text is not None else data.decode("utf-8")]
            assert told == ([] if warning is None else [(warning, False)])


@pytest.mark.parametrize("case", TEXTS)
def test_text(tmp_path, case):
    check(tmp_path, "case.txt", *TEXTS[case])


@pytest.mark.parametrize("case", JSONS)
def test_json(tmp_path, case):
    check(tmp_path, "case.json", *JSONS[case])


@pytest.mark.parametrize("case", GOLDS)
def test_gold(tmp_path, case):
    check(tmp_path, "case.jsonl", *GOLDS[case])


def test_gold_with_whole_fractions_is_mended_and_told(tmp_path):
    data = GOLD.replace(b'"start":0,', b'"start":0.0,', 1)
    texts, report = import_beside_a_good_file(tmp_path, "case.jsonl", data)
    assert texts == [TEXT]
    assert [(p.key, p.is_refusal) for p in report.problems] == [("formats.gold_mended", False)]


def test_bad_records_do_not_cost_the_good_ones_of_their_file(tmp_path):
    lines = [
        b'{"id": "one", "text": "a"}',
        b'{"text": NaN}',
        b"{",
        b"",
        b'{"id": "two", "text": "b"}',
    ]
    texts, report = import_beside_a_good_file(tmp_path, "case.jsonl", b"\n".join(lines))
    assert texts == ["a", "b"]
    assert [(problem.line, problem.key) for problem in report.problems] == [
        (2, "formats.json_not_a_number"),
        (3, "formats.json_syntax"),
    ]


@pytest.mark.parametrize("name", ["case.txt", "case.json", "case.jsonl"])
def test_random_bytes_are_an_answer_and_never_an_accident(tmp_path, name):
    dice = random.Random(7)
    for number in range(40):
        data = dice.randbytes(dice.randint(0, 200))
        if number % 2:
            data = GOLD[: dice.randint(0, len(GOLD))] + data
        import_beside_a_good_file(tmp_path / str(number), name, data)


def test_names_of_files_are_never_paths(tmp_path):
    data = json.dumps([{"id": f"{name}", "text": f"a{n}"} for n, name in enumerate(NAMES)])
    texts, report = import_beside_a_good_file(tmp_path, "case.json", data.encode())
    assert len(texts) == len(NAMES)
    assert all(set(name) & set("/\\:\0") == set() and name.strip(".") for name in report.imported)


NAMES = ["../x", "/etc/x", "C:\\x", "..", "a\u202eb", "کورد", "x" * 500, "CON", "a\nb", "-rf"]
