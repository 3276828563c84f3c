"""Checking an annotation set: every rule over one document, findings in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

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
    "errors_of",
    "in_order",
    "rule_by_rule",
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
    return in_order(said for found in rule_by_rule(facts) for said in found)


def errors_of(facts: Facts) -> tuple[Finding, ...]:
    """The errors among what `check_set` tells; rules that only warn are not asked."""
    found = _said((rule for rule in RULES if rule.may_block), facts)
    return in_order(s for said in found for s in said if s.severity is Severity.ERROR)


def rule_by_rule(facts: Facts) -> Iterator[list[Finding]]:
    """What each rule says, one rule at each step, for whoever wants to do other things between."""
    yield from _said(RULES, facts)


def _said(rules: Iterable[Rule], facts: Facts) -> Iterator[list[Finding]]:
    length = len(facts.document.text)
    for rule in rules:
        yield [_within(said, length) for said in rule.check(facts)]


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by place in the text and then by rule; those about the whole document first."""
    return tuple(sorted(findings, key=_order))


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
