"""macOS: a program to drag into the folder of programs, on a disk image.

It can be made only on macOS, whose tools sign it and make the image. What each step asks of them
is written down and tested here as words; nobody has run it yet.
"""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from release.bill import NAME as BILL, write_bill
from release.checks import self_test
from release.freeze import freeze
from release.frozen_parts import frozen_parts
from release.icons import mac_icon
from release.licences import write_licences
from release.work import NAME, PROGRAM, Stopped, Work, say

APP = "Nishan.app"
IDENTIFIER = "org.nishan.Nishan"
PROJECT_TYPE = "org.nishan.project"
MIME_TYPE = "application/x-nishan-project"
OLDEST = "13.0"  # what the wheels of Qt 6.11 are made for

IDENTITY = "NISHAN_SIGN_IDENTITY"
NOTARY_PROFILE = "NISHAN_NOTARY_PROFILE"

_PROGRAM_CODE = (b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")  # for one processor, for several


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """By whom programs are signed, and with which stored login Apple is asked to look at them.

    The identity is the name of a certificate in the keychain; ``-`` signs for this computer only.
    """

    identity: str = "-"
    notary_profile: str = ""


def signature_of(environment: Mapping[str, str]) -> Signature:
    """The signature that the environment asks for. Raises `Stopped` for a login alone."""
    identity = environment.get(IDENTITY, "")
    profile = environment.get(NOTARY_PROFILE, "")
    if profile and not identity:
        raise Stopped(f"Apple looks only at what is signed: {IDENTITY} must name a certificate.")
    return Signature(identity=identity or "-", notary_profile=profile)


def information(version: str) -> dict[str, object]:
    """The ``Info.plist`` of the program: who it is, and that project files are its own."""
    return {
        "CFBundleDisplayName": "Nîşan",
        "CFBundleName": "Nîşan",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "ckb"],
        "LSApplicationCategoryType": "public.app-category.education",
        "LSMinimumSystemVersion": OLDEST,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "Apache-2.0",
        "NSPrincipalClass": "NSApplication",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Nîşan project",
                "CFBundleTypeRole": "Editor",
                "CFBundleTypeIconFile": "nishan.icns",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [PROJECT_TYPE],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": PROJECT_TYPE,
                "UTTypeDescription": "Nîşan project",
                "UTTypeIconFile": "nishan.icns",
                "UTTypeConformsTo": ["public.data", "public.database"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": ["nishan"],
                    "public.mime-type": [MIME_TYPE],
                },
            }
        ],
    }


def build(work: Work) -> tuple[Path, ...]:
    """Freeze the program, sign it, and put it on a disk image. Raises `Stopped`."""
    if platform.system() != "Darwin":
        raise Stopped("Packages for macOS can only be made on macOS.")
    signature = signature_of(os.environ)
    mac_icon(work)
    app = freeze(work).with_name(APP)
    processor = platform.machine()
    bill = work.packages / f"{NAME}-{work.version}-macos-{processor}.{BILL.split('.', 1)[1]}"
    bill.write_bytes(_describe(work, app).read_bytes())
    for command in signing(app, signature, entitlements=work.source("macos", "entitlements.plist")):
        work.run(command, "The program cannot be signed")
    image = work.packages / f"{NAME}-{work.version}-macos-{processor}.dmg"
    for command in imaging(_stage(work, app), image):
        work.run(command, "The disk image cannot be made")
    for command in notarizing(image, signature):
        work.run(command, "Apple does not accept the disk image")
    return (image, bill)


def _describe(work: Work, app: Path) -> Path:
    """Put licences and bill of materials into the program, before it is sealed by a signature."""
    versions = self_test(work, [app / "Contents" / "MacOS" / PROGRAM], "of the frozen program")
    parts = frozen_parts(work, app, versions)
    home = app / "Contents" / "Resources"
    write_licences(work, home, parts, qt="Contents/Frameworks/PySide6/Qt")
    return write_bill(work, parts, home / BILL)


def check(work: Work, packages: tuple[Path, ...]) -> None:
    """Open the disk image and let the program on it test itself. Raises `Stopped`."""
    image, _ = packages
    place = work.empty_folder("opened")
    purpose = f"{image.name} cannot be opened"
    work.run(("hdiutil", "verify", image), purpose)
    work.run(("hdiutil", "attach", "-readonly", "-nobrowse", "-mountpoint", place, image), purpose)
    try:
        app = place / APP
        strict = ("codesign", "--verify", "--deep", "--strict", app)
        work.run(strict, "The signature of the program does not fit")
        self_test(work, [app / "Contents" / "MacOS" / PROGRAM], "on the disk image")
    finally:
        work.run(("hdiutil", "detach", place), f"{image.name} cannot be closed")
    say("  the program on the disk image works")


def signing(app: Path, signature: Signature, *, entitlements: Path) -> Iterator[tuple[str, ...]]:
    """How everything in the program is signed: what lies inside first, the whole at the end."""
    words = ["codesign", "--force", "--sign", signature.identity]
    if signature.identity != "-":
        words += ["--timestamp", "--options", "runtime"]
    for path in sorted(app.rglob("*")):
        if path.is_file() and not path.is_symlink() and _is_program_code(path):
            yield (*words, str(path))
    yield (*words, "--entitlements", str(entitlements), str(app))


def imaging(stage: Path, image: Path) -> Iterator[tuple[str, ...]]:
    """How the disk image is made of what lies in `stage`."""
    kind = ("-fs", "HFS+", "-format", "ULFO", "-ov")
    yield ("hdiutil", "create", "-volname", "Nîşan", "-srcfolder", str(stage), *kind, str(image))


def notarizing(image: Path, signature: Signature) -> Iterator[tuple[str, ...]]:
    """How the image is signed and shown to Apple, where the environment asks for it."""
    if signature.identity == "-":
        return
    yield ("codesign", "--timestamp", "--sign", signature.identity, str(image))
    if signature.notary_profile:
        login = ("--keychain-profile", signature.notary_profile, "--wait")
        yield ("xcrun", "notarytool", "submit", str(image), *login)
        yield ("xcrun", "stapler", "staple", str(image))


def _stage(work: Work, app: Path) -> Path:
    """The folder that becomes the image: the program, and a way to where programs lie."""
    stage = work.empty_folder("stage")
    shutil.copytree(app, stage / APP, symlinks=True)
    (stage / "Applications").symlink_to("/Applications")
    return stage


def _is_program_code(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in _PROGRAM_CODE
