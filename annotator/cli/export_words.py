"""What export and convert say alike of what they have written."""

from __future__ import annotations

from annotator.cli.terminal import Terminal
from annotator.formats.losses import LossKind
from annotator.workbench.converting import Converted
from annotator.workbench.exporting import ExportResult
from annotator.workbench.format_wording import card_told, loss_word


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


def say_losses(result: ExportResult | Converted, terminal: Terminal) -> None:
    """Say what the format could not hold, one kind a line, and where each of it is listed."""
    for kind, count in result.losses.items():
        what = loss_word(terminal.catalogue, LossKind(kind), "…")
        terminal.say("cli.loss", count=count, kind=kind, what=what)
    if result.losses_file is not None:
        terminal.say("cli.losses_file", path=result.losses_file)


def say_card(result: ExportResult | Converted, terminal: Terminal) -> None:
    """Say where the dataset card is, where it is not where everybody looks for it."""
    told = card_told(terminal.catalogue, result.card, result.path)
    if told:
        terminal.tell(told)
