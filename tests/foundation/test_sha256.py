"""The hashes are those of `hashlib`, whoever makes them."""

import hashlib
import importlib
import sys

import pytest
from hypothesis import given, strategies as st

from annotator.foundation import sha256 as module


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_they_are_those_of_hashlib(first, second):
    told = module.sha256(first)
    told.update(second)
    expected = hashlib.sha256(first + second)
    assert told.hexdigest() == expected.hexdigest()
    assert told.digest() == expected.digest()


@pytest.fixture
def without_own(monkeypatch):
    for name in ("_sha2", "_sha256"):
        monkeypatch.setitem(sys.modules, name, None)
    yield
    monkeypatch.undo()
    importlib.reload(module)


def test_without_a_module_of_its_own_python_takes_openssl(without_own):
    importlib.reload(module)
    assert module.sha256 is hashlib.sha256
