"""Checks of fonts, page and parts, on a display that nobody sees.

Qt is loaded by the first of them.
"""

from __future__ import annotations

from pathlib import Path

from annotator.foundation.errors import UserError
from annotator.selftest.checks import Facts
from annotator.workbench.clock import system_clock
from annotator.workbench.demo import open_demo

FEWEST_COLOURS = 30
"""A page with text and marks has hundreds; one that was not painted has one or two."""


def check_fonts(folder: Path) -> Facts:
    """The bundled fonts have every letter of Sorani, and join those that join."""
    from annotator.app import make_hidden_application
    from annotator.ui.font_check import shaping_faults
    from annotator.ui.fonts import register_fonts

    make_hidden_application(folder)
    fonts = register_fonts()
    families = (fonts.article, fonts.interface)
    faults = [fault for family in families for fault in shaping_faults(family)]
    if faults:
        raise UserError("selftest.fonts", faults=", ".join(faults))
    return {"families": ", ".join(families)}


def check_page(folder: Path) -> Facts:
    """The demo project is opened in a window, and its page is painted, on paper as well."""
    from annotator.app import make_hidden_application, make_hidden_shell
    from annotator.ui.messages import require_nothing_unsaid, unattended
    from annotator.ui.page_check import qt_version, take_picture
    from annotator.ui.paper_acts import write_pdf

    application = make_hidden_application(folder)
    shell = make_hidden_shell(application, folder, folder)
    with unattended(application):
        shell.open_project(open_demo(folder, system_clock))
        require_nothing_unsaid()
        if shell.window is not None:
            write_pdf(folder / "page.pdf", shell.window)
        picture = take_picture(shell)
    if picture.colours < FEWEST_COLOURS:
        raise UserError("selftest.blank", colours=picture.colours)
    return {"qt": qt_version(), "width": picture.width, "height": picture.height}


def check_parts(folder: Path) -> Facts:
    """What is loaded only when it is needed is there, and can be shown."""
    from annotator.app import make_hidden_application
    from annotator.ui.parts_check import absent_parts

    make_hidden_application(folder)
    absent = [*absent_parts()]
    if absent:
        raise UserError("selftest.parts", absent=", ".join(absent))
    return {}
