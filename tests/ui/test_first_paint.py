"""The moment of the first paint is told once, that of the whole window after it; then it ends."""

import gc
import time
import weakref

from PySide6.QtWidgets import QLabel, QWidget

from annotator.ui.first_paint import tell_first_paint


class Painted(QLabel):
    """The kind that is looked at."""


def test_the_first_paint_of_its_kind_is_told_and_windows_close(qtbot, capsys):
    begun = time.monotonic()
    asked = []
    tell_first_paint(Painted, lambda: len(asked) > 1 or asked.append("asked"))
    other, window = QWidget(), Painted("Nîşan")
    for widget in (other, window):
        qtbot.addWidget(widget)
        widget.show()
    qtbot.waitUntil(lambda: not window.isVisible() and not other.isVisible())
    painted, first, whole, later = capsys.readouterr().out.split()
    assert (painted, whole) == ("painted", "whole")
    assert begun <= float(first) <= float(later) <= time.monotonic()
    assert asked == ["asked", "asked"]


def test_what_stands_in_outlives_its_own_call():
    """Qt for Python only borrows a method while it runs it, and may run it again."""

    class Kind(QWidget):
        def paintEvent(self, event, /):
            pass

    own = Kind.paintEvent
    tell_first_paint(Kind)
    stands_in = weakref.ref(Kind.paintEvent)
    Kind.paintEvent = own
    gc.collect()
    assert stands_in() is not None
