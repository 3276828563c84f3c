"""Checking an annotation set: every rule over one document, findings in reading order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotator.core.findings import Facts, Finding, Rule, Severity
from annotator.core.rules import entities, events, marks, mentions, quotes, sets, text
from annotator.core.span import Span

__all__ = [
    "RULES",
    "Facts",
    "Finding",
    "Rule",
    "Severity",
    "blocks_export",
    "check_set",
]

RULES: tuple[Rule, ...] = (
    *text.RULES,
    *sets.RULES,
    *mentions.RULES,
    *entities.RULES,
    *events.RULES,
    *marks.RULES,
    *quotes.RULES,
)


def check_set(facts: Facts) -> tuple[Finding, ...]:
    """What all rules say, by place in the text and then by rule.

    Findings about the whole document come first. Every span lies inside the text, even when the
    annotation reaches past it. Never raises on odd data: what cannot be looked up is passed over,
    and the rule in charge tells.
    """
    length = len(facts.document.text)
    found = (_within(said, length) for rule in RULES for said in rule.check(facts))
    return tuple(sorted(found, key=_order))


def blocks_export(findings: Iterable[Finding]) -> bool:
    """Whether one of the findings is an error, which keeps the set out of the gold export."""
    return any(said.severity is Severity.ERROR for said in findings)


def _within(said: Finding, length: int) -> Finding:
    if said.span is None or said.span.end <= length:
        return said
    return replace(said, span=said.span.clip(Span(0, length)) if length else None)


def _order(said: Finding) -> tuple[int, int, str, str, str]:
    start, end = (-1, -1) if said.span is None else (said.span.start, said.span.end)
    return start, end, said.rule, said.record or "", said.key
