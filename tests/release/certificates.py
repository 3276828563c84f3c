"""Certificates that nobody trusts but the test that made them."""

import shutil
import subprocess

import pytest

needs_tools = pytest.mark.skipif(
    shutil.which("osslsigncode") is None or shutil.which("openssl") is None,
    reason="osslsigncode and openssl sign, and are not at hand",
)


def certificate_in(folder, name):
    """A certificate that vouches for itself, and its key."""
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(
        ("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", f"/CN={name}",
         "-addext", "extendedKeyUsage=codeSigning"),
        check=True, capture_output=True,
    )  # fmt: skip
    return certificate, key
