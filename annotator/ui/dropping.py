"""The question before a step that takes away much of a project at once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from annotator.core.sudden_drop import SuddenDrop
from annotator.foundation.catalogue import Catalogue
from annotator.ui.messages import confirm


def may_drop(
    parent: QWidget | None,
    catalogue: Catalogue,
    drop: SuddenDrop | None,
    *,
    is_relabelling: bool = False,
) -> bool:
    """Whether to go on: at once where little goes, else as the user answers."""
    if drop is None:
        return True
    accept = catalogue.text("drop.go_on")
    question = _question(catalogue, drop, is_relabelling=is_relabelling)
    return confirm(parent, catalogue, question, accept=accept, is_risky=True)


def _question(catalogue: Catalogue, drop: SuddenDrop, *, is_relabelling: bool) -> str:
    values = {"gone": drop.gone, "total": drop.total, "percent": drop.percent}
    if is_relabelling:
        return catalogue.text("drop.ask_label", **values)
    if drop.whole is None:
        return catalogue.text("drop.ask", **values)
    layer = catalogue.text(f"drop.layer.{drop.whole.value}")
    return catalogue.text("drop.ask_layer", layer=layer, **values)
