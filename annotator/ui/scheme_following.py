"""The window follows the scheme of its project: its keys are laid over it, and a change shows."""

from __future__ import annotations

from collections.abc import Callable

from annotator.ui.desk import Desk
from annotator.ui.main_window import MainWindow
from annotator.workbench.workspace import Workspace


class SchemeFollowing:
    """Makes the window anew after the scheme has changed: at once, or when the act is over.

    `redress` makes the `window` anew, with the same `desk`.
    """

    def __init__(
        self,
        desk: Callable[[], Desk],
        redress: Callable[[Desk], None],
        window: Callable[[], MainWindow | None],
    ) -> None:
        self._desk = desk
        self._redress = redress
        self._window = window
        self._workspace: Workspace | None = None
        self._acts = 0
        self._has_changed = False

    def follow(self, workspace: Workspace) -> None:
        """Lay the keys over the scheme of a workspace, now and whenever it changes."""
        self._workspace = workspace
        self._has_changed = False
        workspace.scheme_changed.add(self._on_changed)
        self._lay_over(workspace)

    def after(self, act: Callable[[], object]) -> Callable[[], None]:
        """The act, followed by a new window where it has changed the scheme."""

        def run() -> None:
            self._acts += 1
            try:
                act()
            finally:
                self._acts -= 1
                self._follow_up()

        return run

    def _on_changed(self, _: None) -> None:
        if self._workspace is not None:
            self._lay_over(self._workspace)
        self._has_changed = True
        self._follow_up()

    def _follow_up(self) -> None:
        if self._has_changed and not self._acts:
            self._has_changed = False
            old = self._window()
            notice = "" if old is None else old.status.notice
            self._redress(self._desk())
            fresh = self._window()
            if fresh is not None:
                fresh.status.show_notice(notice)

    def _lay_over(self, workspace: Workspace) -> None:
        """Give the scheme of a project the keys the user has chosen for it."""
        workspace.use_keys(self._desk().keys.of_scheme(workspace.plain_scheme.id))
