"""The value of a suggestion."""

from annotator.core.ids import Layer
from annotator.core.span import Fragments, Span
from tests.suggest.readers import suggestion


def test_an_id_tells_who_suggests_what_and_where():
    one = suggestion(Layer.MENTION, "GPE", Fragments.at(3, 9))
    two = suggestion(Layer.EVENT, "Contact.Meet", Fragments((Span(3, 9), Span(12, 15))))
    assert one.id == "names:mention:3-9:GPE"
    assert two.id == "names:event:3-9+12-15:Contact.Meet"
    assert suggestion(Layer.MENTION, "GPE", Fragments.at(3, 9), score=0.1).id == one.id
    assert (two.span, two.fragments) == (Span(3, 15), two.proposal.fragments)
