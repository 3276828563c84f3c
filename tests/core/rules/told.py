"""What the tests of the rules compare: the findings of one rule, whole or in a short form."""

from annotator.core.checks import RULES, Facts, Finding, Severity


def findings_of(facts: Facts, rule: str) -> list[Finding]:
    """The findings of one rule, in the order they come."""
    (chosen,) = [candidate for candidate in RULES if candidate.id == rule]
    found = list(chosen.check(facts))
    # An export asks only the rules that say so of themselves.
    assert chosen.may_block or all(said.severity is not Severity.ERROR for said in found)
    return found


def told(facts: Facts, rule: str) -> list[str]:
    """The findings of a rule as ``case severity record text``, in the order they come."""
    return [_short(facts, said) for said in findings_of(facts, rule)]


def _short(facts: Facts, said: Finding) -> str:
    case = said.key.removeprefix(f"finding.{said.rule}").removeprefix(".")
    text = "" if said.span is None else said.span.of(facts.document.text)
    parts = (case, said.severity.value, said.record or "", text)
    return " ".join(part for part in parts if part)
