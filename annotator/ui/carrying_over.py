"""What a new window takes over from the one it replaces: the place, and texts not stored."""

from __future__ import annotations

from annotator.ui.main_window import MainWindow


def carry_over(old: MainWindow | None, window: MainWindow) -> None:
    """Bring a window that is shown to where the old one was, if both are about one project."""
    if old is None or old.workspace is not window.workspace:
        return
    if old.has_surroundings:  # else nothing could be typed there yet
        window.inspector.take_unstored(old.inspector)
    if old.editor is None:
        return
    window.return_to(old.editor.focus)
    window.view.page.return_to(old.view.page.mark())
