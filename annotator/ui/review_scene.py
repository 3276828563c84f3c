"""The places under review as the page shows them, while all of them are to be marked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from annotator.core.ids import RecordId
from annotator.core.span import Span
from annotator.ui.editing.choices import Mode
from annotator.ui.editing.mark_all import Decision, MarkAllReview, ReviewedPlace
from annotator.ui.textview.scene import Bracket, Fill, Scene

SIGNS: Final = {Decision.OPEN: "?", Decision.TAKEN: "✓", Decision.LEFT: "✗"}
"""The chips of reviewed places: what is decided is to be seen without colours."""
TAKEN_FILL = 0.2
LEFT_COLOR = "#6b7280"


def with_review(scene: Scene, mode: Mode, near: Span) -> Scene:
    """The scene with the places that are reviewed in this mode, if that is what it is for."""
    if not isinstance(mode, MarkAllReview):
        return scene
    review = mode
    places = [place for place in review.reviewed if place.span.overlaps(near)]
    return replace(
        scene,
        brackets=(*scene.brackets, *_place_brackets(places, review.color)),
        fills=(
            *scene.fills,
            *(
                Fill(place.span, review.color, TAKEN_FILL)
                for place in places
                if place.decision is Decision.TAKEN
            ),
        ),
    )


def _place_brackets(places: Iterable[ReviewedPlace], color: str) -> Iterable[Bracket]:
    for place in places:
        is_left = place.decision is Decision.LEFT
        yield Bracket(
            id=RecordId(f"place-{place.span.start}"),
            spans=(place.span,),
            color=LEFT_COLOR if is_left else color,
            chip=SIGNS[place.decision],
            is_dashed=place.decision is not Decision.TAKEN,
            is_selected=place.is_here,
        )
