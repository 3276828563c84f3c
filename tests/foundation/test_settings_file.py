"""The settings on the disk: sparse, kept for newer versions, and forgiving."""

import errno
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.foundation.errors import UserError
from annotator.foundation.settings import ArticleFont, Settings
from annotator.foundation.settings_file import SETTINGS_FILE, read_settings, write_settings

OTHER = Settings(
    language="ckb",
    theme="high-contrast",
    article_font=ArticleFont.VAZIRMATN,
    points=22.0,
    line_height=1.8,
    column_width=900,
    shows_code_points=True,
    direct_folders=("a", "ب"),
    copied_folders=("c",),
)


def stored(folder):
    return json.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8"))


def test_without_a_file_the_defaults_hold(tmp_path):
    assert read_settings(tmp_path / "nowhere") == Settings()


def test_what_is_written_is_read_again(tmp_path):
    folder = tmp_path / "new" / "folder"
    write_settings(folder, OTHER)
    assert read_settings(folder) == OTHER
    assert len(stored(folder)) == 9


def test_only_what_differs_from_the_defaults_is_written(tmp_path):
    write_settings(tmp_path, replace(Settings(), points=20.0))
    assert stored(tmp_path) == {"points": 20.0}
    write_settings(tmp_path, Settings())
    assert stored(tmp_path) == {}


def test_what_a_newer_version_wrote_survives(tmp_path):
    newer = {"theme": "sepia", "spelling": True, "points": 20}
    (tmp_path / SETTINGS_FILE).write_text(json.dumps(newer), encoding="utf-8")
    settings = read_settings(tmp_path)
    assert settings == Settings(points=20.0)
    write_settings(tmp_path, replace(settings, language="en"))
    assert stored(tmp_path) == {**newer, "language": "en"}
    write_settings(tmp_path, replace(settings, theme="dark"))
    assert stored(tmp_path)["theme"] == "dark"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "xx"),
        ("language", ["ckb"]),
        ("theme", 1),
        ("article_font", "arial"),
        ("points", 7.9),
        ("points", "18"),
        ("points", True),
        ("line_height", 1000),
        ("column_width", -1),
        ("shows_code_points", "yes"),
        ("direct_folders", "a"),
        ("copied_folders", [1]),
    ],
)
def test_a_value_that_cannot_be_used_is_passed_over(tmp_path, name, value):
    text = json.dumps({name: value, **({} if name == "points" else {"points": 21})})
    (tmp_path / SETTINGS_FILE).write_text(text, encoding="utf-8")
    expected = Settings() if name == "points" else Settings(points=21.0)
    assert read_settings(tmp_path) == expected


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, rb'{"x": "\ud800"}']
)
def test_a_damaged_file_counts_as_none_and_is_put_aside(tmp_path, content):
    (tmp_path / SETTINGS_FILE).write_bytes(content)
    assert read_settings(tmp_path) == Settings()
    assert [path.name for path in tmp_path.iterdir()] == [SETTINGS_FILE]
    write_settings(tmp_path, OTHER)
    assert read_settings(tmp_path) == OTHER
    assert (tmp_path / "settings-damaged.json").read_bytes() == content


def test_a_byte_order_mark_damages_nothing(tmp_path):
    (tmp_path / SETTINGS_FILE).write_text('{"points": 21}', encoding="utf-8-sig")
    assert read_settings(tmp_path) == Settings(points=21.0)


def test_a_file_that_may_not_be_read_is_not_overwritten(tmp_path, monkeypatch):
    def refuse(path, **_):
        raise PermissionError(errno.EACCES, "no", str(path))

    write_settings(tmp_path, OTHER)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_text", refuse)
        assert read_settings(tmp_path) == Settings()
        with pytest.raises(UserError) as error:
            write_settings(tmp_path, Settings(points=21.0))
    assert error.value.key == "file.not_permitted"
    assert read_settings(tmp_path) == OTHER


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UserError) as error:
        write_settings(tmp_path / "file" / "inside", OTHER)
    assert error.value.key.startswith("file.")
