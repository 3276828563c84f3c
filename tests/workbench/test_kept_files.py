"""Files that are read must not go while others are written."""

import os

import pytest

from annotator.foundation.errors import UserError
from annotator.workbench.kept_files import NOTHING_KEPT, KeptFiles
from tests.workbench.projects import write


def test_a_file_is_known_by_any_of_its_names(tmp_path):
    path = write(tmp_path, "in/a.txt", "وشە")
    other = write(tmp_path, "in/b.txt", "وشە")
    (tmp_path / "link").symlink_to(tmp_path / "in")
    os.link(path, tmp_path / "hard.txt")
    kept = KeptFiles([path, tmp_path / "nowhere"])
    for name in ("in/a.txt", "link/a.txt", "in/../in/a.txt", "hard.txt"):
        with pytest.raises(UserError) as error:
            kept.refuse([other, tmp_path / name])
        assert error.value.key == "convert.would_be_gone"
        assert error.value.values == {"path": str(tmp_path / name)}
    kept.refuse([other, tmp_path / "nowhere", tmp_path / "no\0name"])
    NOTHING_KEPT.refuse([path])
