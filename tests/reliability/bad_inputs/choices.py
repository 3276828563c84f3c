"""Files of choices: schemes, keys and settings that are broken, foreign or out of bounds."""

from __future__ import annotations

import json

from annotator.foundation.paths import resource
from tests.reliability.bad_inputs.case import Case, Ending, Importer, one_file, refused

SCHEMES, KEYS, SETTINGS = "broken scheme files", "broken keymap files", "broken settings files"
_SCHEME = resource("schemes", "ckb-news.json").read_text(encoding="utf-8")


def cases() -> list[Case]:
    """All cases of this module."""
    return [*_schemes(), *_keys(), *_settings()]


def _scheme(name: str, data: bytes, expected: dict) -> Case:
    return one_file(SCHEMES, name, Importer.SCHEME, "input.json", data, **expected)


def _changed(path: str, value: object) -> bytes:
    scheme = json.loads(_SCHEME)
    *parents, last = (int(part) if part.isdigit() else part for part in path.split("."))
    place = scheme
    for part in parents:
        place = place[part]
    place[last] = value
    return json.dumps(scheme, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _schemes() -> list[Case]:
    found = [
        _scheme("the bundled one", _SCHEME.encode(), {"ending": Ending.UNCHANGED}),
        _scheme("with BOM", b"\xef\xbb\xbf" + _SCHEME.encode(), {"ending": Ending.UNCHANGED}),
    ]
    nested = _SCHEME.rstrip()[:-1] + ', "x": ' + "[" * 100_000 + "]" * 100_000 + "}"
    endless = _SCHEME.rstrip()[:-1] + ', "x": ' + "1" * 5_000 + "}"
    twice = _SCHEME.rstrip()[:-1] + ', "version": "9"}'
    escaped = _SCHEME.replace('"version": "', '"version": "\\ud800', 1)
    for name, data, key in (
        ("empty file", b"", "formats.json_syntax"),
        ("not JSON", b"<xml>", "formats.json_syntax"),
        ("cut short", _SCHEME.encode()[:-20], "formats.json_syntax"),
        ("nested deeply", nested.encode(), "formats.json_depth"),
        ("5,000 digits", endless.encode(), "formats.json_digits"),
        ("a key twice", twice.encode(), "formats.json_duplicate_key"),
        ("NaN", _changed("version", float("nan")), "formats.json_not_a_number"),
        ("half a character", escaped.encode(), "formats.json_surrogate"),
    ):
        found.append(_scheme(name, data, refused(key, "line", "column")))
    unreadable = "scheme.unreadable"
    found += [
        _scheme("not UTF-8", b'{"format": "\xff"}', refused(unreadable, "input.json")),
        _scheme("UTF-16", _SCHEME.encode("utf-16"), refused(unreadable, "input.json")),
        _scheme("an array", b"[]", refused("scheme.not_json")),
        _scheme("another format", b'{"format": "x"}', refused("scheme.wrong_format", "x")),
        _scheme("no format", b"{}", refused("scheme.field_missing", "format")),
        _scheme("another file of ours", b'{"format": "nishan-keys/1"}', refused("scheme.wrong")),
    ]
    for path, value, key, told in (
        ("labels.0.id", "../x", "scheme.bad_id", "labels"),
        ("labels.0.id", "پێر", "scheme.bad_id", "labels"),
        ("labels.0.id", 5, "scheme.not_text", "labels"),
        ("labels.0.color", "red; background: url(file:///x)", "scheme.bad_color", "labels"),
        ("labels.0.name.ckb", "", "scheme.language_missing", "ckb"),
        ("labels.0.name.ckb", "a\0b", "scheme.control_character", "U+0000"),
        ("labels.0.name.en", "a\x1bb", "scheme.control_character", "U+001B"),
        ("labels", {}, "scheme.not_list", "labels"),
        ("labels.0", [], "scheme.not_object", "labels/1"),
        ("event_types.0.key", "F12", "scheme.bad_key", "F12"),
        ("speaker_labels", ["NOBODY"], "scheme.unknown_label", "NOBODY"),
        ("nesting", {"NOBODY": []}, "scheme.unknown_label", "NOBODY"),
        ("nesting", [], "scheme.not_object", "nesting"),
        ("surprise", 1, "scheme.field_unknown", "surprise"),
    ):
        name = f"{path} is {json.dumps(value)[:24]}"
        found.append(_scheme(name, _changed(path, value), refused(key, told)))
    return found


def _keymap(name: str, data: bytes, expected: dict) -> Case:
    return one_file(KEYS, name, Importer.KEYS, "keys.json", data, **expected)


def _keys() -> list[Case]:
    head = '{"format": "nishan-keys/1"'
    good = head + ', "actions": {"edit.undo": ["Ctrl+Shift+U"]}}'
    found = [
        _keymap("one that is used", good.encode(), {"ending": Ending.UNCHANGED}),
        _keymap(
            "an act of a newer version",
            (head + ', "actions": {"new.act": ["Ctrl+Shift+U"]}}').encode(),
            {"ending": Ending.UNCHANGED},
        ),
    ]
    for name, data, key in (
        ("empty file", b"", "keys.not_json"),
        ("not JSON", b"keys", "keys.not_json"),
        ("not UTF-8", b'{"format": "\xff"}', "keys.not_json"),
        ("nested deeply", b"[" * 100_000, "keys.not_json"),
        ("5,000 digits", b"1" * 5_000, "keys.not_json"),
        ("a key twice", (head + ', "format": "nishan-keys/1"}').encode(), "keys.not_json"),
        ("NaN", (head + ', "x": NaN}').encode(), "keys.not_json"),
        ("an array", b"[]", "keys.not_a_key_file"),
        ("another format", b'{"format": "ckb-scheme/1"}', "keys.not_a_key_file"),
        ("actions are a list", (head + ', "actions": []}').encode(), "keys.not_a_keymap"),
        ("keys are a text", (head + ', "actions": {"a": "X"}}').encode(), "keys.not_a_keymap"),
        ("schemes are a list", (head + ', "schemes": []}').encode(), "keys.not_a_keymap"),
        (
            "a key is a number",
            (head + ', "schemes": {"s": {"a": 1}}}').encode(),
            "keys.not_a_keymap",
        ),
        ("half a character", (head + ', "actions": {"\\ud800": []}}').encode(), "keys.not_json"),
        ("no such key", (head + ', "actions": {"a": ["Ctrl+Nothing"]}}').encode(), "keys."),
        ("a key of the system", (head + ', "actions": {"a": ["Alt+F4"]}}').encode(), "keys.taken"),
        (
            "one key for two",
            (head + ', "actions": {"a": ["Ctrl+1"], "b": ["Ctrl+1"]}}').encode(),
            "keys.conflict",
        ),
    ):
        found.append(_keymap(name, data, refused(key)))
    return found


def _settings() -> list[Case]:
    found = []
    for name, data, is_aside in (
        ("empty file", b"", True),
        ("not JSON", b"{", True),
        ("an array", b"[]", True),
        ("not UTF-8", b'{"theme": "\xff"}', True),
        ("UTF-16", '{"theme": "dark"}'.encode("utf-16"), True),
        ("nested deeply", b'{"x": ' + b"[" * 100_000, True),
        ("5,000 digits", b'{"points": ' + b"1" * 5_000 + b"}", True),
        ("half a character", rb'{"x": "\ud800"}', True),
        ("half a character in a name", rb'{"\udc00": 1}', True),
        ("half a character in a choice", rb'{"theme": "\ud800"}', True),
        ("NaN", b'{"points": NaN}', False),
        ("infinite", b'{"points": 1e999}', False),
        ("true as a number", b'{"points": true}', False),
        ("out of bounds", b'{"points": -5, "column_width": 99999999}', False),
        ("lists and objects", b'{"theme": [], "article_font": {}, "suggests": null}', False),
        ("markup", b'{"theme": "<b>", "language": "../en"}', False),
    ):
        case = one_file(
            SETTINGS,
            name,
            Importer.SETTINGS,
            "settings.json",
            data,
            ending=Ending.UNCHANGED,
            says=("aside" if is_aside else "usual",),
        )
        found.append(case)
    return found
