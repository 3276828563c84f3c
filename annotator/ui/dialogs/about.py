"""What this program is, its version, and under which licences its parts are."""

from __future__ import annotations

import platform

import PySide6
from msgspec import Struct
from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import fit_to_screen, isolated, wrapped_label
from annotator.ui.dialogs.report_page import ReportPage


class Part(Struct, frozen=True):
    """Something that is bundled: its name, and its licence.

    A licence is an SPDX expression, or the key of a sentence where there is none.
    """

    name: str
    licence: str


PARTS = (
    Part(f"Qt {qVersion()}, PySide6 {PySide6.__version__}", "LGPL-3.0-only"),
    Part(f"Python {platform.python_version()}", "PSF-2.0"),
    Part("SQLite", "about.public_domain"),
    Part("APSW", "about.any_osi"),
    Part("msgspec", "BSD-3-Clause"),
    Part("orjson", "MPL-2.0 AND (Apache-2.0 OR MIT)"),
    Part("jsonschema-rs", "MIT"),
    Part("rensa", "MIT"),
    Part("lxml", "BSD-3-Clause"),
    Part("dkpro-cassis", "Apache-2.0"),
    Part("attrs", "MIT"),
    Part("deprecation", "Apache-2.0"),
    Part("importlib-resources", "Apache-2.0"),
    Part("more-itertools", "MIT"),
    Part("packaging", "Apache-2.0 OR BSD-2-Clause"),
    Part("sortedcontainers", "Apache-2.0"),
    Part("toposort", "Apache-2.0"),
    Part("ICU", "Unicode-DFS-2016"),
    Part("Noto Naskh Arabic", "OFL-1.1"),
    Part("Vazirmatn", "OFL-1.1"),
)
PROGRAM_LICENCE = "Apache-2.0"


class AboutDialog(QDialog):
    """Version and licences as plain text that can be copied into a message."""

    def __init__(self, catalogue: Catalogue, *, version: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(catalogue.text("action.help.about"))
        layout = QVBoxLayout(self)
        layout.addWidget(wrapped_label(catalogue.text("about.purpose"), self))
        self.page = ReportPage(catalogue, self)
        layout.addWidget(self.page, 1)
        self.page.close_button.clicked.connect(self.accept)
        lines = [
            catalogue.text("about.licence", licence=PROGRAM_LICENCE),
            "",
            catalogue.text("about.bundled"),
            *(_line(catalogue, part) for part in PARTS),
            "",
            catalogue.text("about.qt"),
        ]
        self.page.show_report(catalogue.text("about.version", version=version), "\n".join(lines))
        fit_to_screen(self, 620, 520)


def _line(catalogue: Catalogue, part: Part) -> str:
    licence = catalogue.text(part.licence) if part.licence in catalogue else part.licence
    return isolated(f"{part.name}: {isolated(licence)}")
