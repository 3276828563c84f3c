"""Which lane under the line each bracket takes, so that none collide.

Brackets that overlap, directly or through others, form a *cluster*; a cluster is arranged without
regard to the rest of the document, so marking elsewhere moves nothing. Inside a cluster shorter
brackets come first and take the lane nearest the text: a nested mention lies above the one that
holds it. With nested brackets this needs exactly as many lanes as the deepest place has brackets;
where brackets cross and it would need more, the cluster is arranged from left to right instead,
which is optimal for intervals.

Brackets that had a lane keep it while their cluster is edited, as long as that takes no more lanes
and puts no more brackets above what they hold than arranging the cluster anew would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count, permutations

from msgspec.structs import replace

from annotator.core.span import Span
from annotator.ui.textview.scene import EMPTY_SCENE, Bracket, Scene


def with_lanes(scene: Scene, before: Scene = EMPTY_SCENE) -> Scene:
    """The scene with a lane for every bracket, in the order it had.

    `before` is the scene that was on the page, with its lanes.
    """
    known = {bracket.id: bracket.lane for bracket in before.brackets}
    lanes = assign_lanes(
        [bracket.envelope for bracket in scene.brackets],
        [known.get(bracket.id) for bracket in scene.brackets],
    )
    pairs = zip(scene.brackets, lanes, strict=True)
    return replace(scene, brackets=tuple(_in_lane(bracket, lane) for bracket, lane in pairs))


def lane_demand(scene: Scene) -> list[tuple[Span, int]]:
    """How many lanes each stretch of text with brackets needs."""
    return [(bracket.envelope, bracket.lane + 1) for bracket in scene.brackets]


def assign_lanes(envelopes: Sequence[Span], known: Sequence[int | None] | None = None) -> list[int]:
    """A lane for each envelope; overlapping envelopes get different ones.

    `known` are the lanes that the envelopes had, as far as they had one.
    """
    lanes = [0] * len(envelopes)
    for cluster in _clusters(envelopes):
        if len(cluster) == 1:
            continue
        placed = dict(_arranged(envelopes, cluster))
        if known is not None:
            placed = _kept(envelopes, cluster, known, placed)
        for index, lane in placed.items():
            lanes[index] = lane
    return lanes


def _in_lane(bracket: Bracket, lane: int) -> Bracket:
    return bracket if bracket.lane == lane else replace(bracket, lane=lane)


def _clusters(envelopes: Sequence[Span]) -> Iterator[list[int]]:
    cluster: list[int] = []
    end = -1
    for index in sorted(range(len(envelopes)), key=lambda i: envelopes[i]):
        if cluster and envelopes[index].start >= end:
            yield cluster
            cluster = []
        cluster.append(index)
        end = max(end, envelopes[index].end)
    if cluster:
        yield cluster


def _arranged(envelopes: Sequence[Span], cluster: list[int]) -> Iterable[tuple[int, int]]:
    inner_first = _first_fit(envelopes, cluster, lambda i: (len(envelopes[i]), envelopes[i]))
    deepest = _depth([envelopes[i] for i in cluster])
    if max(lane for _, lane in inner_first) < deepest:
        return inner_first
    return _first_fit(envelopes, cluster, lambda i: (envelopes[i].start, len(envelopes[i])))


def _kept(
    envelopes: Sequence[Span],
    cluster: list[int],
    known: Sequence[int | None],
    fresh: dict[int, int],
) -> dict[int, int]:
    """The cluster with known lanes kept, or `fresh` where that would be worse."""
    rows: dict[int, list[Span]] = {}
    placed: dict[int, int] = {}
    for index in _inner_first(envelopes, cluster):
        lane = known[index]
        if lane is not None and _is_free(rows.get(lane, []), envelopes[index]):
            placed[index] = lane
            rows.setdefault(lane, []).append(envelopes[index])
    for index in _inner_first(envelopes, [i for i in cluster if i not in placed]):
        free = (n for n in count() if _is_free(rows.get(n, []), envelopes[index]))
        placed[index] = next(free)
        rows.setdefault(placed[index], []).append(envelopes[index])
    if placed == fresh or max(placed.values()) > max(fresh.values()):
        return fresh
    is_worse = _inversions(envelopes, placed) > _inversions(envelopes, fresh)
    return fresh if is_worse else placed


def _inversions(envelopes: Sequence[Span], lanes: dict[int, int]) -> int:
    """How many pairs there are of which the outer one lies nearer to the text."""
    return sum(
        lanes[outer] < lanes[inner] and envelopes[outer].contains(envelopes[inner])
        for outer, inner in permutations(lanes, 2)
        if envelopes[outer] != envelopes[inner]
    )


def _inner_first(envelopes: Sequence[Span], cluster: list[int]) -> list[int]:
    return sorted(cluster, key=lambda i: (len(envelopes[i]), envelopes[i]))


def _first_fit(
    envelopes: Sequence[Span], cluster: list[int], key: Callable[[int], tuple[int, object]]
) -> list[tuple[int, int]]:
    lanes: list[list[Span]] = []
    placed: list[tuple[int, int]] = []
    for index in sorted(cluster, key=key):
        envelope = envelopes[index]
        lane = next((n for n, row in enumerate(lanes) if _is_free(row, envelope)), len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append(envelope)
        placed.append((index, lane))
    return placed


def _is_free(row: list[Span], envelope: Span) -> bool:
    return not any(other.overlaps(envelope) for other in row)


def _depth(envelopes: list[Span]) -> int:
    edges = sorted([(e.start, 1) for e in envelopes] + [(e.end, -1) for e in envelopes])
    depth = deepest = 0
    for _, step in edges:
        depth += step
        deepest = max(deepest, depth)
    return deepest
