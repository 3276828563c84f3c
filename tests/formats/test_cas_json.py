"""CAS in JSON is written as the library writes it, to the byte."""

import pytest
from hypothesis import given

from annotator.formats.cas_json import cas_json_of
from annotator.formats.cas_library import types_as_json
from tests.formats.cas_oracle import TEXTS, TYPES, cas_sets, cas_sets_of, library_cas
from tests.formats.specimens import specimens
from tests.formats.whole import whole

TOLD = types_as_json(TYPES)


@pytest.mark.parametrize("item", [*specimens(), whole()], ids=lambda item: item.bundle.document.id)
def test_articles_are_written_as_the_library_writes_them(item):
    for one in cas_sets_of(item):
        assert cas_json_of(one, TOLD, TEXTS) == library_cas(one).to_json().encode()


@given(cas_sets())
def test_all_that_a_set_can_hold_is_written_as_the_library_writes_it(one):
    assert cas_json_of(one, TOLD, TEXTS) == library_cas(one).to_json().encode()
