"""Projects on disk for the tests of the store."""

import pytest

from tests.store.projects import make_project


@pytest.fixture
def path(tmp_path):
    return tmp_path / "هەواڵ.nishan"


@pytest.fixture
def project(path):
    with make_project(path) as made:
        yield made
