"""A single file is replaced where an export has written it, and nobody has changed it since."""

import hashlib
import json

import pytest

from annotator.foundation.errors import UserError
from annotator.store.project_file import ProjectFile
from annotator.workbench.exporting import ExportChoices, Exporter, Scope
from annotator.workbench.written_files import NOTES, WrittenFiles
from tests.workbench.projects import clock, project_with
from tests.workbench.small_formats import LINES

DATA = b"data"


@pytest.fixture
def notes(tmp_path):
    return WrittenFiles(tmp_path / "state" / NOTES)


@pytest.fixture
def target(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "x.jsonl"


def digest(data):
    return hashlib.sha256(data).hexdigest()


def is_refused(notes, *paths):
    """Whether the last of these is refused, and none before."""
    try:
        notes.refuse_others(paths)
    except UserError as error:
        return (error.key, error.values["path"]) == ("export.foreign_file", str(paths[-1]))
    return False


def test_what_was_written_is_known_again_until_it_is_changed(notes, target):
    target.write_bytes(DATA)
    assert is_refused(notes, target)
    notes.note({target: digest(DATA)})
    assert not is_refused(notes, target)
    target.write_bytes(b"DATA")
    assert is_refused(notes, target)
    notes.note({target: digest(b"DATA")})
    assert not is_refused(notes, target)


def test_before_and_after_a_crash_it_is_ours(notes, target):
    """What will be written is noted before; the crash comes before or after it has its name."""
    target.write_bytes(b"first")
    notes.note({target: digest(b"first")})
    notes.note({target: digest(b"second")})
    assert not is_refused(notes, target)
    target.write_bytes(b"second")
    assert not is_refused(notes, target)


def test_it_is_known_again_in_another_folder(notes, target):
    target.write_bytes(DATA)
    notes.note({target: digest(DATA)})
    moved = target.parent.rename(target.parent.with_name("moved")) / target.name
    assert not is_refused(notes, moved)


def test_a_copy_under_another_name_is_somebodys(notes, target):
    target.write_bytes(DATA)
    notes.note({target: digest(DATA)})
    copy = target.with_name("kept.jsonl")
    copy.write_bytes(DATA)
    assert is_refused(notes, target, copy)


def test_where_nothing_would_be_lost_nothing_is_refused(notes, target):
    assert not is_refused(notes, target)
    assert not is_refused(notes, target.with_name("a\0b"))
    target.write_bytes(b"")
    assert not is_refused(notes, target)
    assert not is_refused(notes, target.parent)  # which is told of otherwise
    target.with_name("link.jsonl").symlink_to(target.parent / "nowhere")
    assert not is_refused(notes, target.with_name("link.jsonl"))


def test_a_manifest_beside_tells_as_well(notes, target):
    target.write_bytes(DATA)
    told = {"name": target.name, "sha256": digest(DATA)}
    manifest = {"format": "ckb-gold-manifest", "files": [told]}
    target.with_name("manifest.json").write_text(json.dumps(manifest))
    assert not is_refused(notes, target)
    target.write_bytes(b"DATA")
    assert is_refused(notes, target)


@pytest.mark.parametrize("noted", [b"", b"[7]", b"[" * 100_000, b"\xff", b'{"x": 7}'])
def test_notes_of_somebody_else_tell_nothing(tmp_path, notes, target, noted):
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / NOTES).write_bytes(noted)
    target.write_bytes(DATA)
    assert is_refused(notes, target)
    notes.note({target: digest(DATA)})
    assert not is_refused(notes, target)


def test_the_oldest_of_many_is_forgotten(tmp_path, notes, target):
    target.write_bytes(DATA)
    many = [f"{number}" for number in range(1000)]
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / NOTES).write_text(json.dumps(many))
    notes.note({target: digest(DATA)})
    kept = json.loads((tmp_path / "state" / NOTES).read_bytes())
    assert (len(kept), kept[0], kept[-2]) == (1000, "1", "999")
    assert not is_refused(notes, target)


def test_where_nothing_can_be_noted_the_file_is_written_all_the_same(tmp_path, target):
    (tmp_path / "state").write_bytes(b"a file in the place of the folder")
    target.write_bytes(DATA)
    notes = WrittenFiles(tmp_path / "state" / NOTES)
    notes.note({target: digest(DATA)})
    assert is_refused(notes, target)


def test_an_export_replaces_its_own_file_and_no_other(tmp_path, target):
    """So it is with the list of losses beside it."""
    target = target.with_suffix(".lines")
    losses = target.with_name("x.lines.losses.jsonl")
    with ProjectFile.open(project_with(tmp_path)) as project:
        exporter = Exporter(project, clock)
        choices = ExportChoices(Scope.ALL, format=LINES)
        for name in (target, losses):
            name.write_bytes(b"mine")
            with pytest.raises(UserError) as error:
                exporter.export(target, choices, lambda *step: pytest.fail("too late"))
            told = (error.value.key, error.value.values["path"], name.read_bytes())
            assert told == ("export.foreign_file", str(name), b"mine")
            exporter.export(target, ExportChoices(Scope.ALL, format=LINES, overwrites=True))
            exporter.export(target, choices)
            assert name is losses or target.read_bytes() != b"mine"
        target.write_bytes(b"changed")
        with pytest.raises(UserError):
            exporter.export(target, choices)
        assert target.read_bytes() == b"changed"
