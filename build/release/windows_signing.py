"""Signing what runs on Windows, with ``osslsigncode``; without a certificate nothing is signed.

A certificate and a key are files that the environment names, so that neither is in the checkout.
As a command it signs one file: ``python -m release.windows_signing FILE``.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from release.work import Stopped, Work, begin

CERTIFICATE = "NISHAN_SIGN_CERTIFICATE"
KEY = "NISHAN_SIGN_KEY"
PASSWORD_FILE = "NISHAN_SIGN_PASSWORD_FILE"
TIME_SERVER = "NISHAN_SIGN_TIME_SERVER"
TOOL = "osslsigncode"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """With what is signed: two PEM files, and what the environment says besides.

    A time server makes signatures outlive the certificate; its address is the user's to name.
    """

    certificate: Path
    key: Path
    password_file: Path | None = None
    time_server: str = ""


def signature_of(environment: Mapping[str, str]) -> Signature | None:
    """The signature that the environment asks for; None where it names nothing.

    Raises `Stopped` where it names one half, or a file that is not there.
    """
    certificate, key = environment.get(CERTIFICATE, ""), environment.get(KEY, "")
    if not certificate and not key:
        return None
    if not (certificate and key):
        raise Stopped(f"To sign, {CERTIFICATE} and {KEY} must both name a file.")
    password = environment.get(PASSWORD_FILE, "")
    for path in filter(None, (certificate, key, password)):
        if not Path(path).is_file():
            raise Stopped(f"To sign, {path} is needed and is not there.")
    return Signature(
        certificate=Path(certificate),
        key=Path(key),
        password_file=Path(password) if password else None,
        time_server=environment.get(TIME_SERVER, ""),
    )


def command_for(signature: Signature, *, source: Path, target: Path) -> tuple[str, ...]:
    """How `osslsigncode` is asked to sign `source` into `target`."""
    words = [TOOL, "sign", "-h", "sha256", "-n", "Nîşan"]
    words += ["-certs", str(signature.certificate), "-key", str(signature.key)]
    if signature.password_file is not None:
        words += ["-readpass", str(signature.password_file)]
    if signature.time_server:
        words += ["-ts", signature.time_server]
    return (*words, "-in", str(source), "-out", str(target))


def sign(work: Work, path: Path, signature: Signature | None) -> None:
    """Sign a program in place, and see that the signature fits; nothing without a signature.

    Raises `Stopped`.
    """
    if signature is None:
        return
    if shutil.which(TOOL) is None:
        raise Stopped(f"{TOOL} is missing: install the package of that name.")
    signed = path.with_name(f"{path.name}.signed")
    signed.unlink(missing_ok=True)
    purpose = f"{path.name} cannot be signed"
    work.run(command_for(signature, source=path, target=signed), purpose)
    signed.replace(path)
    verify(work, path, signature.certificate)


def verify(work: Work, path: Path, certificate: Path) -> None:
    """Raise `Stopped` unless a file carries a signature by this certificate that fits it."""
    command = (TOOL, "verify", "-CAfile", certificate, "-in", path)
    work.run(command, f"The signature of {path.name} does not fit")


def main(words: list[str]) -> int:
    """Sign the file that is named; the installer's compiler asks so for the uninstaller."""
    checkout = Path(__file__).resolve().parents[2]
    try:
        sign(begin(checkout, "windows"), Path(words[0]), signature_of(os.environ))
    except Stopped as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
