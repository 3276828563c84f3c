"""`desk("text", …)`: an editor on a text with annotations; its project closes with the test."""

from contextlib import ExitStack

import pytest

from tests.ui.editing.desk import editor_on


@pytest.fixture
def desk(tmp_path):
    with ExitStack() as stack:
        number = iter(range(99))

        def build(notation, **choices):
            folder = tmp_path / str(next(number))
            folder.mkdir()
            return stack.enter_context(editor_on(folder, notation, **choices))

        yield build
