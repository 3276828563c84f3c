"""What export and convert say alike of what they have written."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.cli.terminal import Terminal
from annotator.formats.losses import LossKind
from annotator.workbench.converting import Converted
from annotator.workbench.exporting import ExportResult
from annotator.workbench.format_wording import loss_word


def say_held(result: ExportResult | Converted, terminal: Terminal) -> None:
    """Say how much of each layer is in the data, where not all is, or some of it twice."""
    catalogue = terminal.catalogue
    parts = [
        catalogue.text(
            "cli.held_part", title=catalogue.text(f"fact.{name}"), count=count, total=total
        )
        for name, count in result.held.items()
        if count < (total := getattr(result, name))
    ]
    if parts:
        terminal.say("cli.held", parts="; ".join(parts))
    if result.repeated:
        is_export = isinstance(result, ExportResult)
        key = "cli.repeated" if is_export else "cli.repeated_converted"
        terminal.say(key, documents=result.repeated)


def say_losses(losses: Mapping[str, int], terminal: Terminal) -> None:
    """Say what the format could not hold, one kind a line."""
    for kind, count in losses.items():
        what = loss_word(terminal.catalogue, LossKind(kind), "…")
        terminal.say("cli.loss", count=count, kind=kind, what=what)
