"""What is asked of the tools of macOS. They are not at hand: nothing here was run on macOS."""

import json
import plistlib
import re
import sys

import pytest
from release import macos
from release.macos import (
    APP,
    IDENTIFIER,
    MIME_TYPE,
    PROJECT_TYPE,
    Signature,
    build,
    imaging,
    information,
    notarizing,
    signature_of,
    signing,
)
from release.parts import Part
from release.work import Stopped

from annotator.workbench.projects import SUFFIX
from tests.architecture.sources import CHECKOUT
from tests.release.room import work_in

OURS = Signature(identity="Developer ID Application: Nîşan", notary_profile="nishan")


def test_the_program_owns_project_files():
    told = plistlib.loads(plistlib.dumps(information("1.2.3")))
    (document,) = told["CFBundleDocumentTypes"]
    (declared,) = told["UTExportedTypeDeclarations"]
    assert told["CFBundleShortVersionString"] == told["CFBundleVersion"] == "1.2.3"
    assert document["LSItemContentTypes"] == [declared["UTTypeIdentifier"]] == [PROJECT_TYPE]
    assert declared["UTTypeTagSpecification"] == {
        "public.filename-extension": [SUFFIX.removeprefix(".")],
        "public.mime-type": [MIME_TYPE],
    }
    assert set(told["CFBundleLocalizations"]) == {"en", "ckb"}
    assert PROJECT_TYPE.startswith("org.nishan.")
    assert IDENTIFIER.startswith("org.nishan.")


def test_the_spec_makes_the_program_with_it():
    spec = (CHECKOUT / "build" / "annotator.spec").read_text(encoding="utf-8")
    branch = spec[spec.index('if platform.system() == "Darwin":') :]
    assert re.search(r"BUNDLE\(\s+collected,", branch)
    for wanted in ("macos.APP", "macos.IDENTIFIER", "macos.information(", "nishan.icns"):
        assert wanted in branch


def test_what_lies_inside_is_signed_before_the_whole(tmp_path):
    app = tmp_path / "Nishan.app"
    inside = app / "Contents" / "Frameworks"
    inside.mkdir(parents=True)
    (inside / "libqt.dylib").write_bytes(b"\xcf\xfa\xed\xfe" + bytes(9))
    (inside / "both.so").write_bytes(b"\xca\xfe\xba\xbe" + bytes(9))
    (inside / "words.json").write_text("{}")
    (inside / "link.dylib").symlink_to("libqt.dylib")
    commands = [*signing(app, OURS, entitlements=tmp_path / "e.plist")]
    assert [command[-1] for command in commands] == [
        str(inside / "both.so"),
        str(inside / "libqt.dylib"),
        str(app),
    ]
    for command in commands:
        assert command[:4] == ("codesign", "--force", "--sign", OURS.identity)
        assert "runtime" in command
    assert commands[-1][-3:-1] == ("--entitlements", str(tmp_path / "e.plist"))
    own = [*signing(app, Signature(), entitlements=tmp_path / "e.plist")]
    assert all("--timestamp" not in command and "-" in command for command in own)


def test_the_entitlements_can_be_read():
    told = plistlib.loads((CHECKOUT / "build" / "macos" / "entitlements.plist").read_bytes())
    assert told
    assert all(told.values())


def test_the_image_is_made_and_shown_to_apple(tmp_path):
    image = tmp_path / "nishan.dmg"
    ((tool, verb, *words),) = imaging(tmp_path, image)
    assert (tool, verb, words[-1]) == ("hdiutil", "create", str(image))
    assert [command[0] for command in notarizing(image, OURS)] == ["codesign", "xcrun", "xcrun"]
    assert [*notarizing(image, Signature())] == []
    assert len([*notarizing(image, Signature(identity="me"))]) == 1


def test_apple_is_shown_only_what_is_signed():
    assert signature_of({}) == Signature()
    assert signature_of({"NISHAN_SIGN_IDENTITY": "me"}) == Signature(identity="me")
    with pytest.raises(Stopped):
        signature_of({"NISHAN_NOTARY_PROFILE": "nishan"})


def test_licences_and_bill_lie_in_the_program_before_it_is_signed(tmp_path, monkeypatch):
    """All but the tools of macOS: what they are asked comes after what they seal."""
    work = work_in(tmp_path, system="macos")
    app = work.folder("dist") / APP
    home = app / "Contents" / "Resources"
    home.mkdir(parents=True)
    asked = []

    def sealed(command, purpose, **_):
        asked.append((command[0], (home / "licences" / "README.txt").is_file()))
        return ""

    part = Part(name="Qt", version="6", licence="LGPL-3.0-only")
    monkeypatch.setattr(macos.platform, "system", lambda: "Darwin")
    monkeypatch.setattr(macos, "mac_icon", lambda _: None)
    monkeypatch.setattr(macos, "freeze", lambda _: app.with_name("annotator"))
    monkeypatch.setattr(macos, "self_test", lambda *_: {"qt": "6"})
    monkeypatch.setattr(macos, "frozen_parts", lambda *_: (part,))
    monkeypatch.setattr(type(work), "run", lambda self, *words, **named: sealed(*words, **named))
    image, bill = build(work)
    assert asked == [("codesign", True), ("hdiutil", True)]
    assert (image.suffix, bill.name.endswith(".cdx.json")) == (".dmg", True)
    assert image.stem == bill.name.removesuffix(".cdx.json")  # one for each processor
    assert json.loads(bill.read_bytes())["components"][0]["name"] == "Qt"
    assert (home / "sbom.cdx.json").read_bytes() == bill.read_bytes()
    assert "Contents/Frameworks" in (home / "licences" / "README.txt").read_text("utf-8")


@pytest.mark.skipif(sys.platform == "darwin", reason="on macOS it would be made")
def test_elsewhere_it_is_not_made(tmp_path):
    with pytest.raises(Stopped, match="only be made on macOS"):
        build(work_in(tmp_path, system="macos"))
