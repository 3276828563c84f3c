"""The findings of the open document, by place, by record and by severity.

How to think about it: checking a set takes about as long as a few key presses, so no key press
waits for it. An edit only makes the index *stale*; whoever has time asks it to `refresh`, and
until then it tells what the last check said. Offsets stay true meanwhile, because the text of a
document never changes; a record may be gone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from annotator.core.checks import Finding, Severity
from annotator.core.ids import RecordId
from annotator.workbench.checking import check_annotations
from annotator.workbench.listeners import Listeners
from annotator.workbench.open_document import EditApplied, OpenDocument


class FindingsIndex:
    """What the rules say about the annotations of one open document.

    The document is checked at once, and after edits by `refresh`. Listeners of `changed` get the
    findings when a check tells others than the one before.
    """

    def __init__(self, document: OpenDocument) -> None:
        self.changed: Listeners[tuple[Finding, ...]] = Listeners()
        self._document = document
        self._is_stale = False
        self._keep(self._checked())
        document.edited.add(self._on_edit)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings by place; those about the whole document come first."""
        return self._findings

    @property
    def is_stale(self) -> bool:
        """Whether the annotations have changed since the last check."""
        return self._is_stale

    def refresh(self) -> bool:
        """Check again if the annotations have changed; whether there are other findings now."""
        if not self._is_stale:
            return False
        self._is_stale = False
        found = self._checked()
        if found == self._findings:
            return False
        self._keep(found)
        self.changed.tell(found)
        return True

    def next_after(self, offset: int) -> Finding | None:
        """The first finding that starts after `offset`, or None."""
        index = bisect_right(self._placed, offset, key=_start)
        return self._placed[index] if index < len(self._placed) else None

    def previous_before(self, offset: int) -> Finding | None:
        """The first of the findings at the last place that starts before `offset`, or None."""
        index = bisect_left(self._placed, offset, key=_start)
        if index == 0:
            return None
        return self._placed[bisect_left(self._placed, _start(self._placed[index - 1]), key=_start)]

    def at(self, offset: int) -> tuple[Finding, ...]:
        """The findings that start at `offset`."""
        first = bisect_left(self._placed, offset, key=_start)
        return self._placed[first : bisect_right(self._placed, offset, key=_start)]

    def for_record(self, identifier: RecordId) -> tuple[Finding, ...]:
        """What is said about one record, by place."""
        return self._by_record.get(identifier, ())

    def counts(self) -> Mapping[Severity, int]:
        """How many findings there are of each severity."""
        counted = Counter(said.severity for said in self._findings)
        return MappingProxyType({severity: counted[severity] for severity in Severity})

    def _on_edit(self, _applied: EditApplied) -> None:
        self._is_stale = True

    def _checked(self) -> tuple[Finding, ...]:
        opened = self._document
        return check_annotations(
            opened.document,
            opened.annotations,
            opened.scheme,
            header=opened.header,
            segmentation=opened.segmentation,
        )

    def _keep(self, found: tuple[Finding, ...]) -> None:
        self._findings = found
        self._placed = tuple(said for said in found if said.span is not None)
        self._by_record = _by_record(found)


def _start(said: Finding) -> int:
    assert said.span is not None  # only findings with a place are searched
    return said.span.start


def _by_record(findings: Iterable[Finding]) -> dict[RecordId, tuple[Finding, ...]]:
    grouped: dict[RecordId, list[Finding]] = {}
    for said in findings:
        if said.record is not None:
            grouped.setdefault(said.record, []).append(said)
    return {record: tuple(said) for record, said in grouped.items()}
