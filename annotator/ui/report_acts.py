"""Telling that something went wrong inside the program, and the report about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import PySide6
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from annotator.foundation.sessions import Crash
from annotator.ui.desk import Desk
from annotator.ui.messages import offer
from annotator.workbench.clock import Clock
from annotator.workbench.workspace import Workspace


class ReportActs:
    """Runs over the present window; `here` tells the present desk and the open workspace."""

    def __init__(
        self,
        clock: Clock,
        here: Callable[[], tuple[Desk, Workspace | None]],
        present: Callable[[], QWidget | None],
    ) -> None:
        self._clock = clock
        self._here = here
        self._present = present

    def show(self) -> None:
        """Show the report, so that it can be read before it is saved."""
        from annotator.ui.dialogs.problem_report import ProblemReportDialog
        from annotator.workbench.problem_report import ReportFacts, report_name, report_text

        desk, workspace = self._here()
        facts = ReportFacts(
            settings=desk.settings,
            moment=self._clock(),
            toolkit=toolkit_versions(),
            project=workspace.project if workspace is not None else None,
        )
        document = workspace.open_document if workspace is not None else None

        def compose(has_text: bool) -> str:
            chosen = document if has_text else None
            return report_text(desk.catalogue, facts, document=chosen)

        ProblemReportDialog(
            desk.catalogue,
            compose,
            name=report_name(facts.moment),
            has_document=document is not None,
            parent=self._over(),
        ).exec()

    def tell_fault(self) -> None:
        """Say that the program made a mistake."""
        self._offer("report.fault")

    def tell_crashes(self, crashes: Sequence[Crash]) -> None:
        """Say once that the program ended unexpectedly; nothing where it did not."""
        if crashes:
            self._offer("report.crashed")

    def _offer(self, key: str) -> None:
        catalogue = self._here()[0].catalogue
        sentence, act = catalogue.text(key), catalogue.text("report.save")
        if offer(self._over(), catalogue, sentence, act=act):
            self.show()

    def _over(self) -> QWidget | None:
        return QApplication.activeModalWidget() or self._present()


def toolkit_versions() -> dict[str, str]:
    """What a report says of Qt and the screens."""
    screens = QGuiApplication.screens()
    return {
        "qt": qVersion(),
        "pyside": PySide6.__version__,
        "platform": QGuiApplication.platformName(),
        "screens": ", ".join(
            f"{screen.size().width()}x{screen.size().height()}@{screen.devicePixelRatio():g}"
            for screen in screens
        ),
    }
