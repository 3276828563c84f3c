"""The findings of the open document, by place, by record and by severity.

How to think about it: checking a set takes about as long as a few key presses, so no key press
waits for it. An edit only makes the index *stale*; whoever has time asks it to `check_on`, rule by
rule, or to `refresh` at once. Until then it tells what the last check said, but for the records
that were changed since: nobody knows yet whether they are mended. Offsets stay true meanwhile,
because the text of a document never changes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING

from annotator.core.findings import Finding, Severity
from annotator.core.ids import RecordId
from annotator.core.span import Span
from annotator.workbench.listeners import Listeners
from annotator.workbench.open_document import EditApplied, OpenDocument

if TYPE_CHECKING:
    from annotator.core.checks import Facts


class FindingsIndex:
    """What the rules say about the annotations of one open document.

    It begins stale, with nothing said. Listeners of `changed` get the findings when a check tells
    others than the one before.
    """

    def __init__(self, document: OpenDocument) -> None:
        self.changed: Listeners[tuple[Finding, ...]] = Listeners()
        self._document = document
        self._is_stale = True
        self._steps: Iterator[list[Finding]] | None = None
        self._gathered: list[Finding] = []
        self._touched: set[RecordId] = set()
        self._keep(())
        document.edited.add(self._on_edit)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings by place; those about the whole document come first."""
        return self._findings

    @property
    def is_stale(self) -> bool:
        """Whether the annotations have changed since the last check."""
        return self._is_stale

    def check_on(self) -> bool:
        """Check one rule more, if there is something to check; whether more remains to be done.

        An edit in between makes it begin anew.
        """
        from annotator.core.checks import in_order, rule_by_rule

        if not self._is_stale:
            return False
        if self._steps is None:
            self._steps, self._gathered = rule_by_rule(self._facts()), []
        found = next(self._steps, None)
        if found is not None:
            self._gathered += found
            return True
        self._finish(in_order(self._gathered))
        return False

    def refresh(self) -> bool:
        """Check what is to be checked now; whether there are other findings than before."""
        before = self._findings
        while self.check_on():
            pass
        return self._findings != before

    def next_after(self, said: Finding | None, offset: int) -> Finding | None:
        """The finding that follows `said`, or without one the first that starts after `offset`.

        Findings of records that have changed since the check are passed over, and mere hints as
        long as there is anything weightier. None behind the last one.
        """
        index = self._number(said)
        index = bisect_right(self._placed, offset, key=_start) if index is None else index + 1
        return next((one for one in self._placed[index:] if self._is_due(one)), None)

    def previous_before(self, said: Finding | None, offset: int) -> Finding | None:
        """The finding before `said`, or without one the last that starts before `offset`."""
        index = self._number(said)
        index = bisect_left(self._placed, offset, key=_start) if index is None else index
        return next((one for one in self._placed[:index][::-1] if self._is_due(one)), None)

    def at(self, offset: int) -> tuple[Finding, ...]:
        """The findings that start at `offset`."""
        first = bisect_left(self._placed, offset, key=_start)
        return self._placed[first : bisect_right(self._placed, offset, key=_start)]

    def overlapping(self, span: Span) -> list[Finding]:
        """The findings that share a code point with `span`; the cost follows their number."""
        first = bisect_right(self._reach, span.start)
        last = bisect_left(self._placed, span.end, key=_start)
        placed = self._placed[first:last]
        return [one for one in placed if one.span and one.span.overlaps(span)]

    def by_weight(self) -> tuple[Finding, ...]:
        """All findings, the errors first and the hints last, each kind by place."""
        order = list(Severity)
        return tuple(sorted(self._findings, key=lambda said: order.index(said.severity)))

    def for_record(self, identifier: RecordId) -> tuple[Finding, ...]:
        """What is said about one record, by place."""
        return self._by_record.get(identifier, ())

    def counts(self) -> Mapping[Severity, int]:
        """How many findings there are of each severity."""
        counted = Counter(said.severity for said in self._findings)
        return MappingProxyType({severity: counted[severity] for severity in Severity})

    def _on_edit(self, applied: EditApplied) -> None:
        self._is_stale = True
        self._steps = None
        self._touched.update(change.id for change in applied.edit.changes)

    def _is_due(self, said: Finding) -> bool:
        is_sure = said.record is None or said.record not in self._touched
        return is_sure and (said.severity is not Severity.INFO or not self._has_weighty)

    def _number(self, said: Finding | None) -> int | None:
        """The place of a finding among those that have one; None for one that is no longer said."""
        if said is None or said.span is None:
            return None
        first = bisect_left(self._placed, _start(said), key=_start)
        return next((first + i for i, one in enumerate(self.at(_start(said))) if one == said), None)

    def _facts(self) -> Facts:
        from annotator.workbench.checking import facts_about

        opened = self._document
        return facts_about(
            opened.document,
            opened.annotations,
            opened.scheme,
            header=opened.header,
            segmentation=opened.segmentation,
        )

    def _finish(self, found: tuple[Finding, ...]) -> None:
        self._is_stale, self._steps = False, None
        self._touched.clear()
        if found != self._findings:
            self._keep(found)
            self.changed.tell(found)

    def _keep(self, found: tuple[Finding, ...]) -> None:
        self._findings = found
        self._placed = tuple(said for said in found if said.span is not None)
        self._reach = list(accumulate((s.span.end for s in found if s.span is not None), max))
        self._has_weighty = any(said.severity is not Severity.INFO for said in self._placed)
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
