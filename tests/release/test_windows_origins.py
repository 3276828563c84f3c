"""Of the Windows that the program was frozen on, nothing is in it."""

import hashlib

import pytest
from release.windows_origins import MADE_BY_PYINSTALLER, require_origins, strangers
from release.work import Stopped

from tests.release.stand_in import put
from tests.release.windows_programs import program

OURS = program()
KNOWN = {hashlib.sha256(OURS).hexdigest()}


def of_wine(kind):
    """A library as Wine marks its own."""
    return OURS[:64] + b"Wine %s DLL" % kind + OURS[64:]


def test_what_we_gave_and_what_pyinstaller_makes_is_at_home():
    files = {"_internal/PySide6/Qt6Core.dll": OURS} | dict.fromkeys(MADE_BY_PYINSTALLER, b"made")
    assert {"Nishan.exe", "annotator.exe", "_internal/base_library.zip"} == MADE_BY_PYINSTALLER
    assert strangers(files, KNOWN) == ()


@pytest.mark.parametrize("kind", [b"builtin", b"placeholder"])
def test_a_library_of_wine_is_known_by_its_sign(kind):
    found = strangers({"_internal/msvcp140.dll": of_wine(kind)}, KNOWN)
    assert found == (
        "_internal/msvcp140.dll is of Wine.",
        "_internal/msvcp140.dll came from nowhere.",
    )
    assert strangers({"annotator.exe": of_wine(kind)}, KNOWN) == ("annotator.exe is of Wine.",)


@pytest.mark.parametrize(
    "name",
    ["icuuc.dll", "mscms.dll", "ucrtbase.dll", "API-MS-win-crt-heap-l1-1-0.dll", "ext-ms-x.dll"],
)
def test_what_windows_has_is_refused_even_if_we_gave_it(name):
    path = f"_internal/{name}"
    assert strangers({path: OURS}, KNOWN) == (f"{path} is for Windows to have.",)


def test_a_folder_is_judged_by_the_room(tmp_path):
    room = put(tmp_path / "room", "site/a.py", "site/b.py")
    bundle = put(tmp_path / "bundle", "annotator.exe")
    (bundle / "_internal").mkdir()
    (bundle / "_internal" / "moved.py").write_text("site/a.py")
    require_origins(bundle, room)
    put(bundle, "_internal/c.py")
    with pytest.raises(Stopped, match=r"_internal/c\.py came from nowhere"):
        require_origins(bundle, room)
