"""Windows: an installer for one user and a portable archive, both made on any system.

No Windows is needed for it, nor anything that imitates one: Python, Qt and the packages come as
files, and two small programs that start them are compiled across.
"""

from __future__ import annotations

import os
from pathlib import Path

from release.bill import NAME as BILL, copy_bill
from release.icons import windows_icon
from release.licences import FOLDER
from release.windows_bundle import make_bundle, set_dates
from release.windows_check import use_installer, use_portable
from release.windows_contents import require_sound, require_whole
from release.windows_launcher import LAUNCHERS
from release.windows_packages import PORTABLE_MARK, make_installer, make_portable
from release.windows_parts import describe
from release.windows_signing import sign, signature_of
from release.wine import ROOT_OF_WINE, fresh_windows, why_not
from release.work import Work, say


def build(work: Work) -> tuple[Path, ...]:
    """Put the program together, sign it where that is asked for, and pack it twice.

    Raises `Stopped`.
    """
    signature = signature_of(os.environ)
    bundle = make_bundle(work)
    describe(work, bundle)
    for launcher in LAUNCHERS:
        sign(work, bundle / launcher.name, signature)
    set_dates(work, bundle)
    installer = make_installer(work, bundle, windows_icon(work), signature)
    return (installer, make_portable(work, bundle), copy_bill(work, bundle / FOLDER / BILL))


def check(work: Work, packages: tuple[Path, ...]) -> None:
    """See that each package is whole, and use it under Wine where Wine is at hand.

    Raises `Stopped`.
    """
    installer, portable, _ = packages
    bundle = work.folder("bundle")
    require_whole(work, bundle)
    require_sound(portable, bundle, PORTABLE_MARK)
    say("  whole: every library and module that is asked for is there")
    root = os.environ.get(ROOT_OF_WINE, "")
    reason = why_not(root)
    if reason is not None:
        say(f"  not installed or started, for {reason}; see build/README.md")
        return
    with fresh_windows(work, Path(root)) as wine:
        use_installer(work, wine, installer, bundle=bundle)
        use_portable(work, wine, portable)
