"""Files of every schema there has been open with all that is in them; newer ones stay whole (P12).

What a kill and a full disk do to a migration is shown with the other kinds of operation.
"""

import hashlib
import shutil

import pytest

from annotator.foundation.errors import UserError
from annotator.store.migrations import load_migrations
from annotator.store.project_file import ProjectFile
from tests.reliability.faults_book import content_of
from tests.reliability.fixtures.build import HERE, ROWS, build

NEWEST = load_migrations().newest
RECORDS = {
    "a": ["E1", "T1", "E2", "T2", "EV1", "Q1", "E3", "T3", "STATUS"],
    "b": ["E1", "T1"],
}
COUNTS = {"a": (12, 8, 0), "b": (3, 1, 1)}
"""Entries of the journal, steps to undo, steps to redo."""


def fixture(version):
    return HERE / f"schema-{version:04}.nishan"


@pytest.fixture(params=ROWS)
def old(request, tmp_path):
    """A copy of the fixture of each version."""
    return shutil.copy(fixture(request.param), tmp_path / "old.nishan"), request.param


def check_content(content):
    for document, (_, page) in content.items():
        assert list(page["records"]) == RECORDS[document]
        assert (page["entries"], page["undo"], page["redo"]) == COUNTS[document]
        assert page["place"] == (0, 5)
    assert list(content) == ["a", "b"]


def test_there_is_a_file_of_every_schema_before_this_one():
    assert set(range(1, NEWEST)) <= ROWS.keys()
    assert all(fixture(version).is_file() for version in ROWS)


def test_an_old_file_opens_with_everything_in_it(old, tell_result):
    path, version = old
    whole = path.read_bytes()
    with ProjectFile.open(path) as project:
        check_content(content_of(project))
        assert [person.name for person in project.people.all()] == ["شیلان"]
        assert project.meta.get("name") == "v1"
    if version < NEWEST:
        kept = path.with_name(f"old.version-{version}.nishan")
        with ProjectFile.open(shutil.copy(kept, path.parent / "kept.nishan")) as before:
            check_content(content_of(before))
        assert path.read_bytes() != whole
    else:
        assert path.read_bytes() == whole
    if version == 1:
        tell_result(
            promise="P12",
            technique="a file of each schema opened and compared",
            ci="every schema",
            full="every schema",
            result=f"schemas 1 to {max(ROWS)}: all content there",
        )


@pytest.mark.parametrize("version", ROWS)
def test_the_fixtures_can_be_made_again(version, tmp_path):
    made = tmp_path / "made.nishan"
    build(version, made)
    with ProjectFile.open(made) as project:
        check_content(content_of(project))


def test_a_newer_file_is_refused_and_stays_as_it_is(tmp_path, tell_result):
    path = shutil.copy(fixture(max(ROWS)), tmp_path / "newer.nishan")
    content = path.read_bytes()
    for version in (NEWEST + 1, NEWEST + 41, 2**31 - 1):
        check_refusal(path, version, content)
    tell_result(
        promise="P12",
        technique="a file of a newer schema",
        ci="3 versions",
        full="3 versions",
        result="refused with its version, byte-identical",
    )


def check_refusal(path, version, content):
    path.write_bytes(content[:60] + version.to_bytes(4, "big") + content[64:])
    before = hashlib.sha256(path.read_bytes()).digest()
    with pytest.raises(UserError) as refused:
        ProjectFile.open(path)
    assert (refused.value.key, refused.value.values["version"]) == ("store.newer", version)
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert list(path.parent.iterdir()) == [path]
