"""Findings of the validation rules, for people and for machines."""

from __future__ import annotations

from msgspec.structs import asdict

from annotator.cli.terminal import Terminal
from annotator.workbench.gold_checking import CheckedFinding


def finding_json(finding: CheckedFinding, terminal: Terminal) -> dict[str, object]:
    """A finding for a machine, with its sentence."""
    return {**asdict(finding), "message": terminal.sentence(finding.key, finding.values)}


def say_finding(finding: CheckedFinding, terminal: Terminal) -> None:
    """A finding as a line."""
    terminal.say(
        "cli.finding",
        severity=finding.severity,
        rule=finding.rule,
        document=finding.document or "–",
        annotation=finding.annotation or "–",
        sentence=terminal.sentence(finding.key, finding.values),
    )
