"""What the library of DKPro makes of a set, an object for each structure, and sets made at random.

It is what the files of this program are compared with, byte for byte.
"""

import cassis
from hypothesis import strategies as st

from annotator.core.document import Segmentation
from annotator.core.span import Span
from annotator.formats.cas_numbers import CasSet, span_place
from annotator.formats.cas_types import link_type, text_features, type_system
from annotator.formats.layer_spans import LINKS, SENTENCE, TOKEN, LayerSpan, Link, scheme_features
from annotator.formats.layer_write import LayerWriter
from annotator.kurdish.segmentation import segment
from tests.formats.specimens import SCHEME

FEATURES = scheme_features(SCHEME)
TYPES = type_system(FEATURES)
TEXTS = text_features(FEATURES)


def library_cas(one):
    """A set as the library holds it."""
    cas = cassis.Cas(typesystem=TYPES)
    cas.sofa_string = one.text
    cas.sofa_mime = "text/plain"
    for layer, places in ((SENTENCE, one.segmentation.sentences), (TOKEN, one.segmentation.tokens)):
        cas.add_all(TYPES.get_type(layer)(begin=each.start, end=each.end) for each in places)
    made = {}
    for span in one.spans:
        begin, end = span_place(span)
        made[span.id] = TYPES.get_type(span.layer)(begin=begin, end=end, **span.values)
        cas.add(made[span.id])
    array = TYPES.get_type("uima.cas.FSArray")
    for span in one.spans:
        for feature, links in span.links.items():
            kind = TYPES.get_type(link_type(span.layer, feature))
            told = [kind(role=link.role or None, target=made[link.target]) for link in links]
            setattr(made[span.id], feature, array(elements=told))
    return cas


def cas_sets_of(item):
    """The sets of an article as they are written."""
    document = item.bundle.document
    for content in item.bundle.sets:
        spans = LayerWriter(content.annotations, FEATURES).spans()
        yield CasSet(document.text, item.segmentation, spans)


VALUES = st.text(
    st.sampled_from(
        "ab کۆ\u200c\u200f\n\t\r😀\U0001f91d&<>\"'\\/]]>%@\x7f\x85\xa0\u2028\ud7ff\ufffd"
    ),
    max_size=12,
)
NO_SEGMENTS = Segmentation((), (), ())


@st.composite
def cas_sets(draw):
    """A text, with or without segmentation, whose spans have any values and links."""
    text = draw(VALUES)
    offsets = st.integers(0, len(text))
    count = draw(st.integers(0, 6))
    names = [str(number) for number in range(count)]
    spans = []
    for name in names:
        layer = draw(st.sampled_from(list(LINKS)))
        begin, end = sorted((draw(offsets), draw(offsets)))
        values = (
            draw(st.dictionaries(st.sampled_from(TEXTS[layer]), VALUES)) if TEXTS[layer] else {}
        )
        links = st.lists(st.builds(Link, VALUES, st.sampled_from(names)), max_size=3).map(tuple)
        linked = draw(st.dictionaries(st.sampled_from(LINKS[layer]), links)) if LINKS[layer] else {}
        places = (Span(begin, end),) if begin < end else ()
        spans.append(LayerSpan(name, layer, places, values, linked))
    segmentation = draw(st.sampled_from((NO_SEGMENTS, segment(text))))
    return CasSet(text, segmentation, spans)
