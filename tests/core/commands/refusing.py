"""How the tests of commands ask for a refusal."""

from contextlib import contextmanager

import pytest

from annotator.foundation.errors import Refused


@contextmanager
def refused(key, **values):
    """Expect a refusal with this key and, where given, these values."""
    with pytest.raises(Refused) as refusal:
        yield
    assert refusal.value.key == key
    assert {name: refusal.value.values[name] for name in values} == values
