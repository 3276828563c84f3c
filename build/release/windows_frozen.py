"""Windows once more: the same program, frozen by PyInstaller under Wine.

What is released is made by `release.windows`. This one is made where Wine is at hand, and shows
that the program does not hang on the way it was put together.
"""

from __future__ import annotations

import os
from pathlib import Path

from release.bill import NAME as BILL, copy_bill
from release.freeze import INTERNAL
from release.icons import windows_icon
from release.licences import FOLDER
from release.windows_bundle import PYTHON, set_dates
from release.windows_check import replace, use_installer, use_portable
from release.windows_comparison import compare, size_of, tell
from release.windows_contents import require_frozen_whole, require_sound
from release.windows_freeze import PACKAGES, freeze_under_wine, make_room
from release.windows_launcher import LAUNCHERS
from release.windows_origins import require_origins
from release.windows_packages import PORTABLE_MARK, make_installer, make_portable
from release.windows_parts import describe_frozen
from release.windows_signing import sign, signature_of
from release.wine import ROOT_OF_WINE, Wine, fresh_windows, why_not
from release.work import NAME, Stopped, Work, say

OTHER = "windows"


def build(work: Work) -> tuple[Path, ...]:
    """Freeze the program, sign it where that is asked for, and pack it twice.

    Raises `Stopped`, also where there is no Wine.
    """
    signature = signature_of(os.environ)
    root = root_of_wine()
    room = make_room(work)
    with fresh_windows(work, root) as wine:
        bundle = freeze_under_wine(work, wine, room)
    require_origins(bundle, room)
    require_frozen_whole(work, bundle)
    describe_frozen(work, bundle, python=room / PYTHON, site=room / PACKAGES)
    for launcher in LAUNCHERS:
        sign(work, bundle / launcher.name, signature)
    set_dates(work, bundle)
    files, size = size_of(bundle)
    say(f"  nothing of Wine is in it; {files} files, {size / 1e6:.1f} MB")
    installer = make_installer(work, bundle, windows_icon(work), signature)
    return (installer, make_portable(work, bundle), copy_bill(work, bundle / FOLDER / BILL))


def check(work: Work, packages: tuple[Path, ...]) -> None:
    """Use each package under Wine, and lay the program beside the other one, where that is there.

    Raises `Stopped`.
    """
    installer, portable, _ = packages
    bundle = work.folder("bundle")
    require_sound(portable, bundle, PORTABLE_MARK)
    with fresh_windows(work, root_of_wine()) as wine:
        use_installer(work, wine, installer, bundle=bundle, modules=INTERNAL)
        use_portable(work, wine, portable)
        other = work.out / "packages" / OTHER / f"{NAME}-{work.version}-{OTHER}-setup.exe"
        if not other.is_file():
            say(f"  not compared: build {OTHER} as well")
            return
        _lay_beside(work, wine, installer, other)


def _lay_beside(work: Work, wine: Wine, installer: Path, other: Path) -> None:
    """Each replaces the other where both are installed, and both tell the same of themselves."""
    bundles = {OTHER: work.out / OTHER / "bundle", work.system: work.folder("bundle")}
    replace(wine, older=other, newer=installer, bundle=bundles[work.system])
    replace(wine, older=installer, newer=other, bundle=bundles[OTHER])
    say(f"  {OTHER} and {work.system} replace each other and leave nothing")
    tell(work, compare(work, wine, bundles))


def root_of_wine() -> Path:
    """The folder with Wine; raises `Stopped` where there is none, for nothing goes without."""
    root = os.environ.get(ROOT_OF_WINE, "")
    reason = why_not(root)
    if reason is not None:
        raise Stopped(f"PyInstaller cannot make the Windows program here, for {reason}.")
    return Path(root)
