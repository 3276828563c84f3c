"""One harness for each reader of foreign bytes: only the program's own errors may escape.

A harness takes any bytes. What a reader accepts must hold together: a text is stored as it was
written but for its BOM and its line ends, a number is whole, a scheme writes itself again.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from annotator.core.scheme_json import scheme_from_json
from annotator.core.scheme_normal import scheme_to_json
from annotator.formats.base import Bundle, ImportProblem, ReadOptions
from annotator.formats.decode import ENCODINGS, decode, preview
from annotator.formats.gold_read import read_gold_file
from annotator.formats.news_json import preview as preview_news, read_news, sample_news
from annotator.formats.plain_text import read_plain_text
from annotator.formats.registry import guess_format
from annotator.formats.safe_names import safe_file_name, safe_id
from annotator.formats.strict_json import parse_json, parse_whole_json
from annotator.foundation.catalogue import isolated, load_catalogue
from annotator.foundation.errors import AnnotatorError, UserError
from annotator.foundation.paths import resource
from annotator.foundation.settings import Settings
from annotator.foundation.settings_file import SETTINGS_FILE, read_settings, write_settings
from annotator.kurdish.segmentation import segment
from annotator.ui.keyboard.user_keys import keys_from_text
from tests.reliability.fuzz.foreign_readers import FOREIGN, foreign_harnesses, foreign_seeds

Harness = Callable[[bytes], None]
_OPTIONS = ReadOptions("fuzz.json", max_bytes=1_000_000)


@cache
def _catalogues():
    return [load_catalogue(language) for language in ("ckb", "en")]


def _tell(key: str, values) -> None:
    for catalogue in _catalogues():
        assert catalogue.text(key, **dict(values))


def _check_items(items, read_text) -> None:
    """Every item is a problem that can be told, or a document that can be segmented and stored."""
    try:
        for item in items:
            if isinstance(item, ImportProblem):
                _tell(item.key, item.values)
            else:
                _check_document(item, read_text)
    except UserError as error:
        _tell(error.key, error.values)


def _check_document(bundle: Bundle, texts: set[str] | None) -> None:
    text = bundle.document.text
    text.encode("utf-8")
    assert text.strip()
    assert "\r" not in text
    assert "\0" not in text
    assert safe_id(bundle.document.id) == bundle.document.id
    segment(text)
    if texts is not None:
        assert text in texts


def plain_text(data: bytes) -> None:
    """Text files, and what a person sees who chooses an encoding."""
    try:
        written = data.decode("utf-8")
        texts = {_stored(written)}
    except UnicodeDecodeError:
        texts = None
    is_utf_16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    items = read_plain_text(io.BytesIO(data), _OPTIONS)
    _check_items(items, None if is_utf_16 else texts)
    for encoding in ENCODINGS:
        assert "\r" not in preview(data, encoding)
        try:
            decode(data, encoding)
        except UserError as error:
            _tell(error.key, error.values)


def _stored(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")


def news(data: bytes) -> None:
    """News records; each text is one of the strings that the file holds."""
    try:
        texts = {_stored(text) for text in _strings(json.loads(data.decode("utf-8-sig")))}
    except (ValueError, RecursionError):
        texts = None
    _check_items(read_news(io.BytesIO(data), _OPTIONS), texts)
    guess_format("fuzz.json", data)
    try:
        sample_news(data)
    except UserError:
        return
    from annotator.formats.news_fields import propose_mapping  # noqa: PLC0415

    mapping = propose_mapping(sample_news(data))
    if mapping is not None:
        preview_news(data, mapping)


def _strings(value: object):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)


def gold(data: bytes) -> None:
    """Gold records."""
    _check_items(read_gold_file(io.BytesIO(data), _OPTIONS), None)


def strict_json(data: bytes) -> None:
    """What the strict reader accepts, the standard one reads as the same value."""
    text = data.decode("utf-8", "replace")
    try:
        value = parse_json(text)
    except UserError as error:
        _tell(error.key, error.values)
    else:
        assert value == json.loads(text)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    try:
        whole = parse_whole_json(text).value
    except UserError as error:
        _tell(error.key, error.values)
    else:
        assert whole == json.loads(text)


def scheme(data: bytes) -> None:
    """Schemes; one that is accepted writes itself and is read again as the same."""
    try:
        value = parse_json(data.decode("utf-8", "replace"))
        if not isinstance(value, dict):
            return
        read = scheme_from_json(value)
    except UserError as error:
        _tell(error.key, error.values)
        return
    assert scheme_from_json(scheme_to_json(read)) == read


def keymap(data: bytes) -> None:
    """Keymaps; one that is accepted is saved and loaded as the same."""
    try:
        keys = keys_from_text(data.decode("utf-8", "replace"), Path("keys.json"))
    except AnnotatorError as error:
        _tell(error.key, error.values)
        return
    keys.to_text().encode()
    assert keys_from_text(keys.to_text(), Path("keys.json")) == keys


def settings(data: bytes) -> None:
    """Settings; whatever lies there, others can be written over it and read again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / SETTINGS_FILE).write_bytes(data)
        read_settings(folder)
        chosen = Settings(theme="dark", points=20.0)
        write_settings(folder, chosen)
        assert read_settings(folder) == chosen


def names(data: bytes) -> None:
    """Names of documents and files, as ids, as file names and inside sentences."""
    name = data.decode("utf-8", "surrogateescape")
    identifier = safe_id(name)
    assert 1 <= len(identifier) <= 128
    made = safe_file_name(identifier, ".pdf")
    assert len(made) <= 100
    assert not set(made) & set('/\\:*?"<>|')
    shown = isolated(name)
    assert shown.count("\u2068") == shown.count("\u2069")


HARNESSES: dict[str, Harness] = {
    made.__name__: made
    for made in (plain_text, news, gold, strict_json, scheme, keymap, settings, names)
} | foreign_harnesses(_tell)


@cache
def seeds(name: str) -> tuple[bytes, ...]:
    """Small sound inputs of each reader to begin from."""
    if name in FOREIGN:
        return foreign_seeds(name)
    sample = resource("samples", "news.jsonl").read_bytes()
    text = resource("samples", "02-airport.txt").read_bytes()[:400]
    keys = '{"format": "nishan-keys/1", "actions": {"edit.undo": ["Ctrl+Shift+U"]}, "schemes": {}}'
    return {
        "plain_text": (text, "a\r\nb😀".encode(), "\ufeffهەولێر".encode("utf-16-le")),
        "news": (sample.split(b"\n")[0], b'[{"id": 1, "text": "a"}, {"text": "b"}]'),
        "gold": (small_gold(),),
        "strict_json": (b'{"a": [1, 2.5, "x\\ud83d\\ude00", null, true, -1e3]}', b"[[{}]]"),
        "scheme": (resource("schemes", "ckb-news.json").read_bytes(),),
        "keymap": (keys.encode(),),
        "settings": (b'{"theme": "dark", "points": 20.5, "suggests": false}',),
        "names": ("هەواڵ/ی.txt".encode(), b"../../x", "a\u202egpj.exe\u2069".encode()),
    }[name]


def small_gold() -> bytes:
    """A gold record with a mention, small enough to be changed everywhere."""
    from tests.reliability.bad_inputs.gold import gold_with_mention  # noqa: PLC0415

    return gold_with_mention()
