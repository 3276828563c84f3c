"""What waits for the first picture of a window comes right after it, and once."""

from PySide6.QtWidgets import QLabel

from annotator.ui.first_pause import FirstPaint


class Painted(QLabel):
    def __init__(self, told):
        super().__init__("Nîşan")
        self._told = told

    def paintEvent(self, event):
        super().paintEvent(event)
        self._told.append("painted")


def test_it_comes_after_the_first_painting_and_once(qtbot):
    told = []
    label = Painted(told)
    qtbot.addWidget(label)
    FirstPaint(label, lambda: told.append("act"))
    assert told == []
    label.show()
    qtbot.waitUntil(lambda: "act" in told)
    assert told == ["painted", "act"]
    label.repaint()
    qtbot.waitUntil(lambda: told.count("painted") == 2)
    assert told == ["painted", "act", "painted"]
