"""The acts by which a project is kept in order: history, trash, annotators and scheme."""

from __future__ import annotations

from collections.abc import Callable

from annotator.ui.history_acts import Both, history_acts
from annotator.ui.people_acts import people_acts
from annotator.ui.scheme_changes import scheme_change_acts
from annotator.ui.trash_acts import trash_acts


def keeping_acts(both: Both, back_up: Callable[[], object]) -> dict[str, Callable[[], None]]:
    """The acts by their ids; `both` are workspace and window, and raises `Refused` for neither.

    `back_up` makes a backup before something that cannot be taken back.
    """
    return {
        **history_acts(both),
        **trash_acts(both, back_up),
        **people_acts(both),
        **scheme_change_acts(both),
    }
