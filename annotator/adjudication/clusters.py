"""What the clusters of annotators are called in gold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from annotator.adjudication.comparison import Comparison
from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Event, Quote
from annotator.core.ids import RecordId, SetId

_Cluster: TypeAlias = tuple[str, str]
"""Whether of events or of quotes, and what it is called."""


class Clusters:
    """The clusters of gold by their units, while choices come into it.

    Names of two annotators may mean two things, and two names one: what counts is what is together.
    """

    def __init__(
        self, comparison: Comparison, gold: AnnotationSet, golden: Mapping[RecordId, str]
    ) -> None:
        self._comparison = comparison
        self._members: dict[_Cluster, set[str]] = {}
        self._homes: dict[str, _Cluster] = {}
        for record in gold.annotations():
            if isinstance(record, Event | Quote) and record.cluster is not None:
                key = golden[record.id]
                self._put(key, (_kind(key), record.cluster))

    def name_for(self, cluster: str, side: SetId, identifier: RecordId) -> str:
        """The name of a cluster of a set for one of its records, which now comes into gold.

        It is that of the others in gold that are together with it in the set, else a free one.
        """
        key = self._comparison.key_of(side, identifier)
        kind = _kind(key)
        home = self._homes.pop(key, None)
        if home is not None:
            self._members[home].remove(key)
        mates = self._comparison.mates_of(side, identifier)
        homes = sorted(self._homes[mate] for mate in mates if mate in self._homes)
        found = homes[0] if homes else (kind, cluster)
        number = 1
        while not homes and self._members.get(found):
            number += 1
            found = kind, f"{cluster}-{number}"
        self._put(key, found)
        return found[1]

    def _put(self, key: str, cluster: _Cluster) -> None:
        self._members.setdefault(cluster, set()).add(key)
        self._homes[key] = cluster


def _kind(key: str) -> str:
    return key.partition(":")[0]
