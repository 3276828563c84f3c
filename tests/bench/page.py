"""How long the page takes, from the key to the pixel, at four sizes of a document.

``python -m tests.bench.page [--events 100] [--sizes 0,1] [--profile mark] [--cpu]`` prints a table
in milliseconds (median / p95), with the ratios to the floor and to the smallest size. Every number
runs from sending the key event to the end of the event loop's work for it, painting and the commit
to disk included. ``open`` runs from asking for a document to its first paint, and keys are taken
from then on; ``read`` is what is read afterwards in pieces of some milliseconds, all of it at once
and without the pauses between. ``beside`` are legend and inspector, which follow a mark 20 ms
later. The floor is what any program must do that draws this: bare
`QTextLayout`s of the visible lines and one `fillRect` for each visible span, painted by a plain
widget of the same size in the same run. ``disk`` is one page of 4 KB written and synchronised,
which every commit (mark, undo) waits for. ``--cpu`` counts the time of the processor instead of
the clock on the wall, for machines that are busy with other things.
"""

import argparse
import cProfile
import os
import pstats
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QPointF, QSettings
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QWidget

from annotator.app import make_application, make_desk, make_shell
from annotator.core.annotations import anchor_of
from annotator.ui.textview.measures import article_font
from tests.bench.page_project import SIZES, Size, make_project
from tests.bench.rows import Row, print_rows
from tests.key_events import press


@dataclass
class Times:
    """Milliseconds by act."""

    acts: dict[str, list[float]] = field(default_factory=dict)

    def add(self, act: str, seconds: float) -> None:
        self.acts.setdefault(act, []).append(seconds * 1000)

    def median(self, act: str) -> float:
        return statistics.median(self.acts[act])

    def p95(self, act: str) -> float:
        return sorted(self.acts[act])[int(len(self.acts[act]) * 0.95)]


class Paints(QObject):
    """Counts the paint events of a widget, so that no act is timed that painted nothing."""

    count = 0

    def eventFilter(self, watched, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


class Floor(QWidget):
    """The bare minimum: lay out the visible paragraphs, fill behind spans, draw."""

    def __init__(self, texts, rects, font, width):
        super().__init__()
        self.texts, self.rects, self.text_font, self.column = texts, rects, font, width

    def paintEvent(self, event):
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        option = QTextOption()
        y = 0.0
        for rect in self.rects:
            painter.fillRect(rect, QColor("#dde6f3"))
        for text in self.texts:
            layout = QTextLayout(text, self.text_font)
            layout.setTextOption(option)
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(self.column)
                line.setPosition(QPointF(0, y))
                y += line.height()
            layout.endLayout()
            layout.draw(painter, QPointF(0, 0))


class Bench:
    """One size in one window."""

    def __init__(self, shell, size: Size, events: int, profiled: str | None, clock=perf_counter):
        self.shell, self.size, self.events, self.clock = shell, size, events, clock
        self.times = Times()
        self.paints = Paints()
        self.profiled, self.profile = profiled, cProfile.Profile(clock)

    @property
    def page(self):
        return self.shell.window.view.page

    def run(self, path: Path) -> Times:
        self.shell.open_project(path)
        self.shell.window.resize(1280, 800)
        self.shell.window.activateWindow()
        QApplication.processEvents()
        self.page.viewport().installEventFilter(self.paints)
        self._open()
        self._go_to_middle()
        self._keys("move", ["Left"])
        self._keys("extend", ["Shift+Left", "Shift+Left", "Shift+Right"])
        self._keys("mark", ["1"], before="Left")
        self._keys("undo", ["Ctrl+Z"])
        self._scroll()
        self._floor()
        self._disk(path.parent)
        return self.times

    def _settle(self):
        """Do what follows a key a moment later (legend, inspector) before the next one is timed."""
        assert self.shell.window.inspector is not None
        assert self.shell.window.view.legend is not None
        QApplication.processEvents()

    def _timed(self, act, run, *, paints=True):
        self._settle()
        painted = self.paints.count
        if act == self.profiled:
            self.profile.enable()
        started = self.clock()
        run()
        QApplication.processEvents()
        self.times.add(act, self.clock() - started)
        self.profile.disable()
        assert not paints or self.paints.count > painted, act

    def _open(self):
        workspace = self.shell.workspace
        lines = [line.id for line in workspace.lines()]
        for number in range(self.events):
            self._timed("open", lambda n=number: workspace.open(lines[n % 2]))
            self._timed("read", self._read_rest, paints=False)

    def _read_rest(self):
        """What is read in small pieces after the first paint, without its pauses."""
        document = self.shell.workspace.open_document
        while document.read_more(20):
            pass

    def _go_to_middle(self):
        """A third into the text, on a word that is not annotated."""
        for _ in range(min(self.size.points // 600, 40)):
            press(self.page, "PageDown")
        press(self.page, "Left")

    def _keys(self, act, keys, *, before=None):
        for number in range(self.events):
            if before is not None:
                self._to_free_word(before)
            key = keys[number % len(keys)]
            self._timed(act, lambda key=key: press(self.page, key))
            if act == "mark":
                started = self.clock()
                self._settle()
                self.times.add("beside", self.clock() - started)

    def _to_free_word(self, key):
        editor = self.shell.window.editor
        for _ in range(200):
            press(self.page, key)
            if editor.current is None and editor.words.at(editor.selection.caret) is not None:
                return
            if editor.selection.caret >= len(editor.text):
                press(self.page, "Ctrl+Home")

    def _scroll(self):
        bar = self.page.verticalScrollBar()
        bar.setValue(0)
        down = True
        for _ in range(self.events):
            if bar.value() == (bar.maximum() if down else 0):
                down = not down
            action = (
                bar.SliderAction.SliderPageStepAdd if down else bar.SliderAction.SliderPageStepSub
            )
            self._timed("scroll", lambda action=action: bar.triggerAction(action))

    def _floor(self):
        canvas, editor = self.page.canvas, self.shell.window.editor
        texts, spans = [], editor.in_sight()
        for index, _ in canvas.scroller.visible():
            block = canvas.blocks[index]
            texts.append(editor.text[block.start : block.end])
        rects = [
            canvas.window_rect(rect)
            for record in spans
            for rect in canvas.geometry.span_rects(editor.words.trimmed(anchor_of(record).envelope))
        ]
        floor = Floor(texts, rects, article_font(self.page.page_style), canvas.layout.width)
        floor.resize(self.page.viewport().size())
        floor.show()
        QApplication.processEvents()
        for _ in range(self.events):
            self._timed("floor", floor.repaint, paints=False)
        floor.close()

    def _disk(self, folder):
        """One page written and synchronised: what a commit cannot do without."""
        with (folder / "synchronised").open("wb", buffering=0) as file:
            for _ in range(self.events):

                def write():
                    file.write(b"x" * 4096)
                    os.fsync(file.fileno())

                self._timed("disk", write, paints=False)


ACTS = ("open", "read", "move", "extend", "mark", "beside", "undo", "scroll", "floor", "disk")


def table(results: list[tuple[Size, Times]], counted: str) -> str:
    """Rows of acts, columns of sizes, with the ratio to the floor and to the smallest size."""
    lines = [f"platform {QGuiApplication.platformName()}, {counted}"]
    lines.append("act     " + "".join(f"{size.name:>34}" for size, _ in results))
    lines.append(" " * 8 + "       median/p95   ×floor   ×first" * len(results))
    first = results[0][1]
    for act in ACTS:
        cells = []
        for _, times in results:
            median, floor = times.median(act), times.median("floor")
            pair = f"{median:.1f}/{times.p95(act):.1f}"
            cells.append(f"{pair:>17}{median / floor:>9.1f}{median / first.median(act):>8.1f}")
        lines.append(f"{act:8}" + "".join(cells))
    return "\n".join(lines) + "\n"


def rows(results: list[tuple[Size, Times]]) -> Iterator[Row]:
    """The medians as rows."""
    for size, times in results:
        for act in ACTS:
            floor = times.median("floor")
            yield Row(
                act=f"{act}, {size.name}",
                value=times.median(act),
                unit=f"ms (p95 {times.p95(act):.1f})",
                ratio=times.median(act) / floor,
                floor="bare layout and paint",
            )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=100)
    parser.add_argument("--sizes", default="0,1,2,3")
    parser.add_argument("--profile")
    parser.add_argument("--rows", action="store_true", help="for `python -m tests.bench`")
    parser.add_argument("--cpu", action="store_true", help="time of the processor, not of the wall")
    given = parser.parse_args()
    sizes = [SIZES[int(number)] for number in given.sizes.split(",")]
    with TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["NISHAN_STATE_DIR"] = name
        application = make_application(["bench"])
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, name)
        shell = make_shell(application, make_desk(language="ckb", theme="light"))
        results = []
        for size in sizes:
            clock = process_time if given.cpu else perf_counter
            bench = Bench(shell, size, given.events, given.profile, clock)
            results.append((size, bench.run(make_project(folder, size))))
            sys.stderr.write(f"{size.name} done\n")
            if given.profile:
                pstats.Stats(bench.profile, stream=sys.stdout).sort_stats("cumtime").print_stats(70)
        shell.quit()
        shell.close()
    if given.rows:
        print_rows(rows(results))
        return
    counted = "time of the processor" if given.cpu else "time on the wall"
    sys.stdout.write(table(results, counted))


if __name__ == "__main__":
    main()
