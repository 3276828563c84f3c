"""What the structures of a CAS are numbered by, as the library numbers them, and where they stand.

The text is structure 1; sentences, tokens and spans follow in the order in which they are added.
Links have the numbers behind those, in the order in which their spans stand in the index: layer by
layer as each was first met, and within one by begin, end and number.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from annotator.core.document import Segmentation
from annotator.core.span import Span
from annotator.formats.layer_spans import LINKS, SENTENCE, TOKEN, LayerSpan, Link

TEXT_NUMBER = 1
"""That of the text."""

VIEW, MIME = "_InitialView", "text/plain"
"""The only view of our files, and what its text is."""


class LinkArray(Struct, frozen=True):
    """The links of one feature of the span that stands at `place` among the spans.

    `first` is the number of the first of them.
    """

    place: int
    feature: str
    links: tuple[Link, ...]
    first: int

    @property
    def numbers(self) -> range:
        """Those of the links."""
        return range(self.first, self.first + len(self.links))


class CasSet(Struct, frozen=True):
    """A text with its segmentation and the spans of one annotation set, no two of one id."""

    text: str
    segmentation: Segmentation
    spans: Sequence[LayerSpan]

    @property
    def segments(self) -> tuple[tuple[str, tuple[Span, ...]], ...]:
        """The layers of the segmentation with their places, in the order of their numbers."""
        return (SENTENCE, self.segmentation.sentences), (TOKEN, self.segmentation.tokens)

    @property
    def first_span(self) -> int:
        """The number of the first span."""
        return TEXT_NUMBER + 1 + sum(len(places) for _, places in self.segments)

    @property
    def members(self) -> range:
        """The numbers of all that is in the index: sentences, tokens and spans."""
        return range(TEXT_NUMBER + 1, self.first_span + len(self.spans))

    def numbers(self) -> dict[str, int]:
        """The number of every span, by its id."""
        return {one.id: number for number, one in enumerate(self.spans, self.first_span)}

    def link_arrays(self) -> list[LinkArray]:
        """All links, in the order of their numbers, which follow those of the spans."""
        layers: dict[str, int] = {}
        for one in self.spans:
            layers.setdefault(one.layer, len(layers))
        linked = sorted(
            (layers[one.layer], *span_place(one), at)
            for at, one in enumerate(self.spans)
            if one.links
        )
        arrays, number = [], self.members.stop
        for *_, at in linked:
            one = self.spans[at]
            for feature in LINKS[one.layer]:
                links = one.links.get(feature)
                if links is not None:
                    arrays.append(LinkArray(at, feature, links, number))
                    number += len(links)
        return arrays


def span_place(one: LayerSpan) -> tuple[int, int]:
    """Begin and end of a span of our own; an empty one stands at the beginning of the text."""
    return (one.spans[0].start, one.spans[0].end) if one.spans else (0, 0)
