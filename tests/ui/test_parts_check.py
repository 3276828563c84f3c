"""What is loaded only when it is needed is there, and is missed where it is not."""

import shutil
import sys

import pytest

from annotator.foundation.paths import resources_folder
from annotator.ui import parts_check
from annotator.ui.parts_check import absent_parts
from annotator.workbench import lexicons

pytestmark = pytest.mark.usefixtures("qapp")


def test_nothing_is_absent_here():
    assert list(absent_parts()) == []


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ("icons/chevron-up-dark.svg", ["chevron-up-dark.svg"]),
        ("help/ckb", ["help/ckb"]),
        ("lexicons", ["lexicons"]),
    ],
)
def test_what_is_gone_is_named(tmp_path, monkeypatch, gone, told):
    for name in ("icons", "help", "lexicons"):
        shutil.copytree(resources_folder() / name, tmp_path / name)
    path = tmp_path / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    for module in (parts_check, lexicons, sys.modules["annotator.ui.guide_text"]):
        monkeypatch.setattr(module, "resource", tmp_path.joinpath)
    assert list(absent_parts()) == told


def test_a_picture_that_qt_cannot_read_is_named(monkeypatch):
    class Blind:
        def __init__(self, path):
            pass

        def read(self):
            return self

        def isNull(self):  # noqa: N802  # as Qt names it
            return True

    monkeypatch.setattr(parts_check, "QImageReader", Blind)
    assert "nishan.svg" in list(absent_parts())
