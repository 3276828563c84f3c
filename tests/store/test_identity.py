"""A file that has lost its name is not written any more."""

import os
import shutil

import pytest

from annotator.foundation.errors import UserError
from annotator.store.identity import file_identity, what_became_of
from annotator.store.location import Location, LocationKind
from tests.store.projects import HEADER, adding, mention, perform


@pytest.mark.parametrize("what", ["gone", "folder gone", "replaced"])
def test_nothing_is_written_where_it_would_be_lost(project, path, tmp_path, what):
    after, _ = perform(project, adding(mention(1)))
    if what == "gone":
        path.rename(tmp_path / "moved")
    elif what == "folder gone":
        tmp_path.rename(tmp_path.with_name("moved"))
    else:
        shutil.copy(path, tmp_path / "theirs")
        os.replace(tmp_path / "theirs", path)
    key = "store.replaced" if what == "replaced" else "store.gone"
    with pytest.raises(UserError, match=key.replace(".", r"\.")):
        perform(project, adding(mention(2, 5, 9)))
    assert project.is_broken
    assert project.annotations.read(HEADER) == after
    with pytest.raises(UserError, match=r"store\.broken"), project._connection.transaction():
        pass
    if what == "replaced":
        project.save_copy(tmp_path / "rescued.nishan")


def test_a_share_may_number_its_files_anew(tmp_path, monkeypatch):
    path = tmp_path / "p"
    path.touch()
    other = (1, 1)
    assert what_became_of(path, file_identity(path)) is None
    assert what_became_of(path, None) is None
    assert what_became_of(path, other) == "store.replaced"
    monkeypatch.setattr("annotator.store.identity.locate", lambda _: Location(LocationKind.NETWORK))
    assert what_became_of(path, other) is None
    assert file_identity(tmp_path / "none") is None


def test_what_cannot_be_looked_at_is_not_judged(tmp_path):
    too_long = tmp_path / ("x" * 5000)
    assert what_became_of(too_long, (1, 1)) is None
