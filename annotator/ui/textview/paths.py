"""Lines with rounded corners."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

RADIUS = 5.0


def rounded_path(stops: Sequence[QPointF]) -> QPainterPath:
    """The way from the first stop to the last, with every corner between them rounded."""
    path = QPainterPath(stops[0])
    for corner, following in pairwise(stops[1:]):
        path.lineTo(_towards(corner, path.currentPosition()))
        path.quadTo(corner, _towards(corner, following))
    path.lineTo(stops[-1])
    return path


def _towards(corner: QPointF, other: QPointF) -> QPointF:
    """The point near `corner` on the way to `other`, where the curve begins or ends."""
    way = other - corner
    length = (way.x() ** 2 + way.y() ** 2) ** 0.5
    if length == 0:
        return corner
    share = min(RADIUS / length, 0.5)
    return QPointF(corner.x() + way.x() * share, corner.y() + way.y() * share)
