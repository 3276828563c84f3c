"""The window that tells the parts of the program tells those that its bundles have."""

import re

from release.trim import WITHOUT

from annotator.ui.dialogs.about import PARTS
from tests.architecture.sources import CHECKOUT

OF_QT = {"pyside6-essentials", "shiboken6"}
NO_PACKAGES = {"qt", "python", "sqlite", "icu", "noto-naskh-arabic", "vazirmatn"}


def names():
    """The parts by name, as the lock writes them; of Qt by the first word."""
    return {re.sub(r"[ _.]+", "-", re.sub(r" \d.*", "", part.name)).lower() for part in PARTS}


def test_every_package_of_the_bundles_is_told_and_no_other():
    lock = (CHECKOUT / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE))
    assert names() - NO_PACKAGES == locked - {*WITHOUT} - OF_QT


def test_what_is_no_package_is_told_as_well():
    assert names() >= NO_PACKAGES
    assert any("PySide6" in part.name for part in PARTS)
