"""What runs on Windows is signed where the environment names a certificate, else not at all."""

import pytest
from release.portable_executable import read_executable
from release.windows_signing import Signature, command_for, sign, signature_of, verify
from release.work import Stopped

from tests.release.certificates import certificate_in, needs_tools
from tests.release.room import work_in
from tests.release.windows_programs import program


def test_an_environment_that_names_nothing_signs_nothing(tmp_path):
    assert signature_of({}) is None
    path = tmp_path / "a.exe"
    path.write_bytes(b"as it was")
    sign(work_in(tmp_path), path, None)
    assert path.read_bytes() == b"as it was"


def test_an_environment_names_files(tmp_path):
    for name in ("c", "k", "p"):
        (tmp_path / name).write_text("")
    told = {
        "NISHAN_SIGN_CERTIFICATE": str(tmp_path / "c"),
        "NISHAN_SIGN_KEY": str(tmp_path / "k"),
    }
    assert signature_of(told) == Signature(certificate=tmp_path / "c", key=tmp_path / "k")
    more = {
        "NISHAN_SIGN_PASSWORD_FILE": str(tmp_path / "p"),
        "NISHAN_SIGN_TIME_SERVER": "http://time.example",
    }
    full = signature_of(told | more)
    assert full is not None
    words = command_for(full, source=tmp_path / "in", target=tmp_path / "out")
    assert words[-8:] == (
        "-readpass", str(tmp_path / "p"), "-ts", "http://time.example",
        "-in", str(tmp_path / "in"), "-out", str(tmp_path / "out"),
    )  # fmt: skip


@pytest.mark.parametrize("names", [("CERTIFICATE",), ("KEY",), ("CERTIFICATE", "KEY")])
def test_half_a_signature_or_a_missing_file_stops_the_build(tmp_path, names):
    told = {f"NISHAN_SIGN_{name}": str(tmp_path / "missing") for name in names}
    with pytest.raises(Stopped):
        signature_of(told)


@needs_tools
def test_a_program_is_signed_and_another_certificate_does_not_fit(tmp_path):
    work = work_in(tmp_path)
    certificate, key = certificate_in(tmp_path, "ours")
    other, _ = certificate_in(tmp_path, "other")
    path = tmp_path / "a.exe"
    path.write_bytes(program(imports=("kernel32.dll",)))
    sign(work, path, Signature(certificate=certificate, key=key))
    assert read_executable(path.read_bytes()).has_signature
    assert list(tmp_path.glob("*.signed")) == []
    verify(work, path, certificate)
    with pytest.raises(Stopped, match=r"a\.exe does not fit"):
        verify(work, path, other)
    content = bytearray(path.read_bytes())
    content[0x200] ^= 1
    path.write_bytes(content)
    with pytest.raises(Stopped, match=r"a\.exe does not fit"):
        verify(work, path, certificate)
