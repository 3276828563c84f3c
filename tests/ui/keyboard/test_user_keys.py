"""The user's keys as a file: what is kept, and what is refused."""

import errno
import json
from pathlib import Path

import pytest

from annotator.foundation.errors import Refused, UserError
from annotator.ui.keyboard.keymap import default_keymap
from annotator.ui.keyboard.user_keys import (
    FORMAT,
    KEYS_FILE,
    UserKeys,
    keys_from_text,
    load_keys,
    read_keys,
    save_keys,
)

PATH = Path("keys.json")
KEYMAP = default_keymap().with_override("event.new", "K").without("label.1")
KEYS = UserKeys(KEYMAP).with_scheme("ckb-news", {"labels/LAW": "Shift+1"})


def text(**content):
    return json.dumps({"format": FORMAT, **content})


def test_what_is_saved_is_loaded_again(tmp_path):
    folder = tmp_path / "new"
    assert load_keys(folder) == (UserKeys(), None)
    save_keys(folder, KEYS)
    assert load_keys(folder) == (KEYS, None)
    stored = json.loads((folder / KEYS_FILE).read_text(encoding="utf-8"))
    assert stored == {
        "format": FORMAT,
        "actions": {"event.new": ["K"], "label.1": []},
        "schemes": {"ckb-news": {"labels/LAW": "Shift+1"}},
    }


def test_a_scheme_without_choices_is_not_kept():
    assert KEYS.with_scheme("ckb-news", {}) == UserKeys(KEYMAP)
    assert UserKeys().of_scheme("ckb-news") == {}


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "keys.json"
    path.write_text(KEYS.to_text(), encoding="utf-8-sig")
    assert read_keys(path) == KEYS


@pytest.mark.parametrize(
    ("content", "kind", "key"),
    [
        ("", UserError, "keys.not_json"),
        ("{", UserError, "keys.not_json"),
        ('{"format": "nishan-keys/1", "format": "nishan-keys/1"}', UserError, "keys.not_json"),
        ('{"format": "nishan-keys/1", "x": "\\ud800"}', UserError, "keys.not_json"),
        ("[" * 100_000, UserError, "keys.not_json"),
        ("[]", UserError, "keys.not_a_key_file"),
        ("{}", UserError, "keys.not_a_key_file"),
        ('{"format": "nishan-keys/2"}', UserError, "keys.not_a_key_file"),
        (text(actions=[]), UserError, "keys.not_a_keymap"),
        (text(actions={"event.new": "E"}), UserError, "keys.not_a_keymap"),
        (text(actions={"event.new": ["Hyper+E"]}), Refused, "keys.unknown_chord"),
        (text(actions={"event.new": ["K"], "quote.new": ["K"]}), Refused, "keys.conflict"),
        (text(actions={"event.new": ["Alt+F4"]}), Refused, "keys.taken_by_system"),
        (text(schemes=[]), UserError, "keys.not_a_keymap"),
        (text(schemes={"ckb-news": ["E"]}), UserError, "keys.not_a_keymap"),
        (text(schemes={"ckb-news": {"labels/PER": 1}}), UserError, "keys.not_a_keymap"),
    ],
)
def test_a_wrong_file_is_refused(content, kind, key):
    with pytest.raises(kind) as error:
        keys_from_text(content, PATH)
    assert error.value.key == key


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(UserError) as error:
        read_keys(tmp_path / "nowhere.json")
    assert error.value.key == "file.not_found"
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(UserError) as error:
        read_keys(tmp_path / "bytes.json")
    assert error.value.key == "keys.not_json"


def test_a_damaged_file_is_left_alone_and_put_aside_by_the_next_save(tmp_path):
    path = tmp_path / KEYS_FILE
    path.write_text("{ damaged", encoding="utf-8")
    keys, trouble = load_keys(tmp_path)
    assert (keys, trouble.key) == (UserKeys(), "keys.not_json")
    assert path.read_text(encoding="utf-8") == "{ damaged"
    save_keys(tmp_path, KEYS)
    assert load_keys(tmp_path) == (KEYS, None)
    assert (tmp_path / "keys-damaged.json").read_text(encoding="utf-8") == "{ damaged"


def test_no_earlier_damaged_file_is_overwritten(tmp_path):
    for content in ("{ first", "{ second"):
        (tmp_path / KEYS_FILE).write_text(content, encoding="utf-8")
        save_keys(tmp_path, KEYS)
    kept = {p.name: p.read_text(encoding="utf-8") for p in tmp_path.glob("*-damaged*")}
    assert kept == {"keys-damaged.json": "{ first", "keys-damaged-2.json": "{ second"}


def test_a_folder_that_may_not_be_entered_is_told(tmp_path, monkeypatch):
    def refuse(path, **_):
        raise PermissionError(errno.EACCES, "no", str(path))

    save_keys(tmp_path, KEYS)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "stat", refuse)
        patched.setattr(Path, "read_text", refuse)
        keys, trouble = load_keys(tmp_path)
        with pytest.raises(UserError) as error:
            save_keys(tmp_path, UserKeys())
    assert (keys, trouble.key) == (UserKeys(), "file.not_permitted")
    assert error.value.key == "file.not_permitted"
    assert load_keys(tmp_path) == (KEYS, None)
    assert [path.name for path in tmp_path.iterdir()] == [KEYS_FILE]
