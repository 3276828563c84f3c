"""The script of the installer: for one user, in both languages, and it removes what it put."""

import os
import re
import shutil

import pytest
from release.icons import ico
from release.portable_executable import AMD64, Subsystem, read_executable
from release.windows_bundle import set_dates
from release.windows_packages import make_installer
from release.windows_signing import signature_of, verify
from release.work import Stopped

from tests.architecture.sources import CHECKOUT
from tests.release.certificates import certificate_in, needs_tools
from tests.release.room import work_in

WINDOWS = CHECKOUT / "build" / "windows"
NO_SORANI = set("يكىئ‌ھ") - {"ئ"}  # other letters for the same sounds, and the non-joiner


def text_of(name):
    return (WINDOWS / name).read_text(encoding="utf-8-sig")


def script():
    """The script without its comments."""
    return re.sub(r"(?m)^\s*;.*$", "", text_of("nishan.nsi"))


def test_no_administrator_is_asked():
    assert "RequestExecutionLevel user" in script()
    assert not re.search(r"HKLM|HKCR|SHCTX|PROGRAMFILES|SetShellVarContext", script())


def test_each_sentence_is_told_in_both_languages():
    told = re.findall(r'^LangString (\w+) \$\{LANG_(\w+)\} "(.+)"$', text_of("sentences.nsh"), re.M)
    by_language = {
        language: {name for name, found, _ in told if found == language}
        for language in ("SORANI", "ENGLISH")
    }
    asked = set(re.findall(r"\$\(([A-Z]\w+)\)", script()))
    assert by_language["SORANI"] == by_language["ENGLISH"] == asked


def test_our_sorani_has_every_text_that_english_needs_of_the_pages():
    asked = set(re.findall(r"!insertmacro (MUI_(?:UN)?PAGE_\w+)", script()))
    blocks = set(re.findall(r"!ifdef (MUI_\w+)", text_of("sorani.nsh")))
    assert {
        name.replace("MUI_PAGE_", "MUI_").replace("MUI_UNPAGE_", "MUI_UN") + "PAGE"
        for name in asked
    } <= blocks  # fmt: skip


@pytest.mark.parametrize("name", ["sorani.nsh", "sorani.nlf", "sentences.nsh"])
def test_sorani_is_written_as_in_the_program(name):
    assert set(text_of(name)) & NO_SORANI == set()


def test_what_is_written_to_the_registry_is_removed_again():
    installing, removing = script().split('Section "Uninstall"')
    written = set(re.findall(r'WriteReg\w+ HKCU "([^"]+)"', installing))
    removed = "\n".join(re.findall(r'DeleteReg\w+ (?:/ifempty )?HKCU "([^"]+)"', removing))
    gone = {key for key in written if any(key.startswith(other) for other in removed.splitlines())}
    assert gone == written


def test_what_the_bundle_holds_is_removed_by_name():
    removed = set(re.findall(r'(?:Delete|RMDir /r) "\$INSTDIR\\(\w+(?:\.exe)?)"', script()))
    assert removed == {
        "Nishan.exe", "annotator.exe", "python", "app", "site", "_internal", "licences",
        "uninstall.exe",
    }  # fmt: skip
    assert 'RMDir /r "$INSTDIR"' not in script()


needs_makensis = pytest.mark.skipif(
    shutil.which("makensis") is None, reason="makensis is not at hand"
)


def installer_in(folder, signature=None):
    """The installer of a program that is none."""
    bundle = folder / "bundle"
    (bundle / "app").mkdir(parents=True)
    (bundle / "Nishan.exe").write_bytes(b"a program")
    (bundle / "app" / "a.py").write_text("")
    set_dates(work_in(folder), bundle)
    icon = folder / "nishan.ico"
    icon.write_bytes(ico({16: bytes.fromhex("89504e470d0a1a0a") + bytes(60)}))
    return make_installer(work_in(folder), bundle, icon, signature)


@needs_makensis
def test_the_script_compiles_without_a_warning_and_the_same_each_time(tmp_path):
    made = installer_in(tmp_path)
    assert made.name == "nishan-1.2.3-windows-setup.exe"
    told = read_executable(made.read_bytes())
    assert (told.machine, told.subsystem) == (AMD64, Subsystem.WINDOW.value)
    assert "1.2.3".encode("utf-16-le") in made.read_bytes()
    again = installer_in(tmp_path / "again")
    assert again.read_bytes() == made.read_bytes()


@needs_makensis
@needs_tools
def test_the_uninstaller_is_signed_before_it_is_packed(tmp_path, monkeypatch):
    certificate, key = certificate_in(tmp_path, "ours")
    monkeypatch.setenv("NISHAN_SIGN_CERTIFICATE", str(certificate))
    monkeypatch.setenv("NISHAN_SIGN_KEY", str(key))
    signature = signature_of(os.environ)
    made = installer_in(tmp_path, signature)
    verify(work_in(tmp_path), made, certificate)
    key.write_text("no key")
    with pytest.raises(Stopped, match="UninstFinalize"):
        installer_in(tmp_path / "again", signature)
