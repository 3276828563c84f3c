"""Windows: an installer for one user and a portable archive, both made on any system.

No Windows is needed for it, nor anything that imitates one: Python, Qt and the packages come as
files, and two small programs that start them are compiled across.
"""

from __future__ import annotations

import os
from pathlib import Path

from release.icons import windows_icon
from release.windows_bundle import make_bundle, set_dates
from release.windows_launcher import LAUNCHERS
from release.windows_packages import make_installer, make_portable
from release.windows_signing import sign, signature_of
from release.work import Work


def build(work: Work) -> tuple[Path, ...]:
    """Put the program together, sign it where that is asked for, and pack it twice.

    Raises `Stopped`.
    """
    signature = signature_of(os.environ)
    bundle = make_bundle(work)
    for launcher in LAUNCHERS:
        sign(work, bundle / launcher.name, signature)
    set_dates(work, bundle)
    installer = make_installer(work, bundle, windows_icon(work), signature)
    return (installer, make_portable(work, bundle))


def check(work: Work, packages: tuple[Path, ...]) -> None:
    """See that each package is whole, and use it under Wine where Wine is at hand."""
