"""The acts that adjudicate, without what they need: most who start the program never do."""

from __future__ import annotations

from collections.abc import Callable

from annotator.ui.history_acts import Both
from annotator.workbench.backups import BackupReason


def adjudication_acts(
    both: Both, back_up: Callable[[BackupReason], object]
) -> dict[str, Callable[[], None]]:
    """The acts by their ids."""

    def adjudicate_document() -> None:
        from annotator.ui.adjudicating import adjudicate

        adjudicate(*both())

    def adjudicate_project() -> None:
        from annotator.ui.adjudicating import adjudicate_all

        adjudicate_all(*both(), back_up)

    return {
        "project.adjudicate": adjudicate_document,
        "project.adjudicate_all": adjudicate_project,
    }
