import gc

import pytest

from annotator.foundation.loading import begin_loading, end_loading


@pytest.fixture(autouse=True)
def _as_before():
    threshold = gc.get_threshold()
    yield
    gc.set_threshold(*threshold)
    gc.unfreeze()
    gc.enable()


def test_what_was_loaded_is_never_looked_at_again():
    begin_loading()
    assert not gc.isenabled()
    loaded = [[]]
    end_loading()
    assert gc.isenabled()
    assert not any(each is loaded for each in gc.get_objects())


def test_without_a_beginning_nothing_ends():
    before = gc.get_freeze_count()
    end_loading()
    assert gc.isenabled()
    assert gc.get_freeze_count() == before
