"""What the self-test asks of the project file's connection."""

import pytest

from annotator.foundation.errors import UserError
from annotator.store.settings_in_use import settings_in_use
from annotator.workbench.clock import system_clock
from annotator.workbench.projects import create_project


def test_the_settings_are_those_of_an_open_project(tmp_path):
    path = tmp_path / "a.nishan"
    create_project(path, clock=system_clock).close()
    found = settings_in_use(path)
    assert found["journal"] == "truncate"
    assert found["synchronous"] == "3"
    assert int(found["schema"]) >= 3
    assert [file.name for file in tmp_path.iterdir()] == ["a.nishan"]


def test_what_is_no_project_is_refused(tmp_path):
    path = tmp_path / "a.nishan"
    path.write_bytes(b"x" * 200)
    with pytest.raises(UserError) as caught:
        settings_in_use(path)
    assert caught.value.key == "store.foreign"
