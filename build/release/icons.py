"""The program's icon as Windows and macOS want it, drawn from the one picture of the project.

Both hold the picture in several sizes as PNG, which these systems read since 2007.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Mapping
from pathlib import Path

from release.work import Work

WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
# Apple's names: what a size is called, and as what it is also called on a dense screen.
MAC_SIZES = {
    16: (b"icp4",),
    32: (b"icp5", b"ic11"),
    64: (b"icp6", b"ic12"),
    128: (b"ic07",),
    256: (b"ic08", b"ic13"),
    512: (b"ic09", b"ic14"),
    1024: (b"ic10",),
}

# Qt ends its process where it cannot draw, so it draws in one of its own.
_DRAW = """
import sys
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
application = QGuiApplication(["icons", "-platform", "offscreen"])
picture = QSvgRenderer(sys.argv[1])
assert picture.isValid()
for size in sys.argv[3:]:
    image = QImage(QSize(int(size), int(size)), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    picture.render(painter)
    painter.end()
    assert image.save(f"{sys.argv[2]}/{size}.png")
"""


# Beside the first and the last page of the installer, as NSIS wants it.
_DRAW_PAGE = """
import sys
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
application = QGuiApplication(["icons", "-platform", "offscreen"])
image = QImage(164, 314, QImage.Format.Format_RGB32)
image.fill(QColor("#1f5f8b"))
painter = QPainter(image)
QSvgRenderer(sys.argv[1]).render(painter, QRectF(18, 93, 128, 128))
painter.end()
assert image.save(sys.argv[2])
"""


def installer_picture(work: Work) -> Path:
    """The picture on the pages of the Windows installer. Raises `Stopped`."""
    target = work.folder("icons") / "page.bmp"
    source = work.checkout / "resources" / "icons" / "nishan.svg"
    work.run((sys.executable, "-c", _DRAW_PAGE, source, target), "The picture cannot be drawn")
    os.utime(target, (work.source_date, work.source_date))  # the installer tells it
    return target


def windows_icon(work: Work) -> Path:
    """The ``.ico`` of the program. Raises `Stopped`."""
    target = work.folder("icons") / "nishan.ico"
    target.write_bytes(ico(_drawn(work, WINDOWS_SIZES)))
    return target


def mac_icon(work: Work) -> Path:
    """The ``.icns`` of the program. Raises `Stopped`."""
    target = work.folder("icons") / "nishan.icns"
    target.write_bytes(icns(_drawn(work, tuple(MAC_SIZES))))
    return target


def ico(pictures: Mapping[int, bytes]) -> bytes:
    """An icon of Windows from square PNG pictures by their size in pixels, at most 256."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(head) + 16 * len(pictures)
    entries = b""
    for size, picture in sorted(pictures.items()):
        told = size % 256  # 0 says 256
        entries += struct.pack("<BBBBHHII", told, told, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return head + entries + b"".join(picture for _, picture in sorted(pictures.items()))


def icns(pictures: Mapping[int, bytes]) -> bytes:
    """An icon of macOS from square PNG pictures by their size in pixels."""
    body = b"".join(
        struct.pack(">4sI", name, len(picture) + 8) + picture
        for size, picture in sorted(pictures.items())
        for name in MAC_SIZES[size]
    )
    return struct.pack(">4sI", b"icns", len(body) + 8) + body


def _drawn(work: Work, sizes: tuple[int, ...]) -> dict[int, bytes]:
    folder = work.folder("icons")
    source = work.checkout / "resources" / "icons" / "nishan.svg"
    command: list[str | Path] = [sys.executable, "-c", _DRAW, source, folder]
    work.run((*command, *map(str, sizes)), "The icon cannot be drawn")
    return {size: (folder / f"{size}.png").read_bytes() for size in sizes}
