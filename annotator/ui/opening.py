"""Opening a project from the window: what has to be asked first, and what can be done instead."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from annotator.foundation.errors import UserError
from annotator.foundation.logs import note
from annotator.foundation.settings_file import write_settings
from annotator.ui.desk import Desk
from annotator.ui.main_window import MainWindow
from annotator.ui.messages import choose
from annotator.workbench.clock import Clock
from annotator.workbench.opening import (
    LOCK_LEFT,
    LOCKED,
    OUTDATED,
    RECOVERY_NEEDED,
    Opened,
    has_kept_work,
    open_for_reading,
    open_itself,
    open_on_copy,
    shared_place,
)
from annotator.workbench.workspace import Workspace

ON_COPY, ITSELF = "place.on_copy", "place.itself"
"""The ways to work in a shared place, which are the keys of their titles."""


class Opening:
    """Opens projects over the present window, asking where more than one way is open.

    `wear` takes the desk with what was chosen, which is also written to the settings.
    """

    def __init__(
        self,
        clock: Clock,
        desk: Callable[[], Desk],
        *,
        wear: Callable[[Desk], None],
        present: Callable[[], QWidget | None],
    ) -> None:
        self._clock = clock
        self._desk = desk
        self._wear = wear
        self._present = present

    def open(self, path: Path, annotator: str | None) -> Opened | None:
        """Open a project; None when the user wants none of the ways.

        Raises `UserError` when it cannot be opened in any of them.
        """
        way = self._way(path)
        if way is None:
            return None
        opener = open_on_copy if way == ON_COPY else open_itself
        takes_over = False
        while True:
            try:
                return opener(path, annotator=annotator, clock=self._clock, takes_over=takes_over)
            except UserError as error:
                from annotator.ui.taking_over import LOOK, TAKE_OVER

                note("not opened", path=path, error=error.key)
                answer = self._instead(path, error)
            if answer == LOOK:
                return open_for_reading(path, annotator=annotator, clock=self._clock)
            if answer != TAKE_OVER:
                return None
            takes_over = True

    def ask_again(self, workspace: Workspace, window: MainWindow) -> None:
        """Ask how to work in the folder of the project when it is opened the next time."""
        self.forget(workspace.path)
        window.tell("place.will_ask")

    def forget(self, path: Path) -> None:
        """Ask again, the next time, how to work in the folder of a project."""
        settings, folder = self._desk().settings, str(path.resolve().parent)
        self._keep(
            direct_folders=tuple(name for name in settings.direct_folders if name != folder),
            copied_folders=tuple(name for name in settings.copied_folders if name != folder),
        )

    def _way(self, path: Path) -> str | None:
        """How to work on a project; None when the user wants neither way."""
        if has_kept_work(path):
            return ON_COPY
        place = shared_place(path)
        if place is None:
            return ITSELF
        settings, folder = self._desk().settings, str(path.resolve().parent)
        if folder in settings.direct_folders:
            return ITSELF
        if folder in settings.copied_folders:
            return ON_COPY
        catalogue = self._desk().catalogue
        text = catalogue.text(
            f"place.ask_{place.kind.value}", name=path.name, service=place.service
        )
        way = choose(self._present(), catalogue, text, (ON_COPY, ITSELF))
        if way == ITSELF:
            self._keep(direct_folders=(*settings.direct_folders, folder))
        elif way == ON_COPY:
            self._keep(copied_folders=(*settings.copied_folders, folder))
        return way

    def _instead(self, path: Path, error: UserError) -> str | None:
        """What the user wants instead of what was refused; raises what leaves no choice."""
        from annotator.ui.taking_over import LOOK, ask_to_take_over

        catalogue = self._desk().catalogue
        if error.key in LOCK_LEFT:
            try:
                return ask_to_take_over(self._present(), catalogue, path, error, may_look=True)
            except UserError as alive:
                error = alive
        if error.key in OUTDATED:
            return LOOK  # nothing else can be done where nothing can be written
        if error.key not in LOCKED | RECOVERY_NEEDED:
            raise error
        text = f"{catalogue.error(error)} {catalogue.text('place.may_look')}"
        return choose(self._present(), catalogue, text, (LOOK,))

    def _keep(self, **folders: tuple[str, ...]) -> None:
        desk = self._desk()
        settings = replace(desk.settings, **folders)
        self._wear(replace(desk, settings=settings))
        with suppress(UserError):  # then the user is asked again
            write_settings(desk.settings_folder, settings)
