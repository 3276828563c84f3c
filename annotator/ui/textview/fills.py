"""How strong fills may be where several lie on one another, so that the text on them reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from annotator.core.span import Span
from annotator.ui.textview.scene import Fill
from annotator.ui.textview.style import PageStyle, contrast, mixed

_KEPT = 0.2
"""The share of what the contrast may still lose that a fill leaves to those on top of it."""
_WEAKER, _FAINTEST = 0.9, 0.01


class _Layer(Struct, frozen=True):
    span: Span
    color: str
    strength: float


def strengths(
    fills: Sequence[Fill], style: PageStyle, shade: Callable[[str], str]
) -> tuple[float, ...]:
    """The opacity of each fill, drawn in this order: as the style has it, or as weak as needed.

    `shade` gives the colour in which a label colour is drawn.
    """
    layers: list[_Layer] = []
    for fill in fills:
        color = shade(fill.color)
        strength = min(fill.strength * style.fill_strength, 1.0)
        for ground in set(_grounds(fill.span, layers, style.paper)):
            strength = _legible(color, ground, strength, style.ink, style.text_contrast)
        layers.append(_Layer(fill.span, color, strength))
    return tuple(layer.strength for layer in layers)


def _grounds(span: Span, layers: Sequence[_Layer], paper: str) -> Iterator[str]:
    """The colours that lie under a span so far; they change only where a layer begins or ends."""
    under = [layer for layer in layers if layer.span.overlaps(span)]
    edges = {edge for layer in under for edge in (layer.span.start, layer.span.end)}
    for edge in {span.start, *filter(span.covers, edges)}:
        ground = paper
        for layer in under:
            if layer.span.covers(edge):
                ground = mixed(layer.color, ground, layer.strength)
        yield ground


@lru_cache(maxsize=4096)
def _legible(color: str, ground: str, strength: float, ink: str, least: float) -> float:
    """The strength, or what of it leaves ink on the ground legible."""
    least += max(contrast(ink, ground) - least, 0) * _KEPT
    while contrast(ink, mixed(color, ground, strength)) < least:
        strength *= _WEAKER
        if strength < _FAINTEST:
            return 0.0
    return strength
