"""XMI is written as the library writes it, to the byte."""

import pytest
from hypothesis import example, given

from annotator.formats.cas_numbers import CasSet
from annotator.formats.cas_xmi import xmi_of
from annotator.formats.layer_spans import FRAGMENTS, NAMED_ENTITY, LayerSpan
from tests.formats.cas_oracle import NO_SEGMENTS, TEXTS, cas_sets, cas_sets_of, library_cas
from tests.formats.specimens import specimens
from tests.formats.whole import whole


@pytest.mark.parametrize("item", [*specimens(), whole()], ids=lambda item: item.bundle.document.id)
def test_articles_are_written_as_the_library_writes_them(item):
    for one in cas_sets_of(item):
        assert xmi_of(one, TEXTS) == library_cas(one).to_xmi().encode()


@example(CasSet("", NO_SEGMENTS, [LayerSpan("0", NAMED_ENTITY, (), {}, {FRAGMENTS: ()})]))
@given(cas_sets())
def test_all_that_a_set_can_hold_is_written_as_the_library_writes_it(one):
    assert xmi_of(one, TEXTS) == library_cas(one).to_xmi().encode()
