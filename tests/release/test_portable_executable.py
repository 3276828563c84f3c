"""The headers of Windows programs are read as they were written, and nothing else is."""

import pytest
from release.portable_executable import (
    AMD64,
    Executable,
    NotExecutableError,
    Subsystem,
    read_executable,
)

from tests.release.windows_programs import program


def test_a_program_says_what_it_loads():
    found = read_executable(
        program(imports=("KERNEL32.dll", "Qt6Core.dll"), late=("DWrite.dll",), subsystem=2)
    )
    assert found == Executable(
        machine=AMD64,
        subsystem=Subsystem.WINDOW.value,
        timestamp=7,
        imports=frozenset({"kernel32.dll", "qt6core.dll"}),
        late_imports=frozenset({"dwrite.dll"}),
        has_resources=False,
        has_signature=False,
    )


def test_a_program_may_load_nothing():
    found = read_executable(program())
    assert (found.imports, found.late_imports) == (frozenset(), frozenset())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"#!/bin/sh",
        b"MZ" + bytes(70),
        program(magic=0x10B),
        program(imports=("a.dll",))[:530],
        program()[:100],
    ],
    ids=["empty", "script", "DOS", "32-bit", "cut in the table", "cut in the head"],
)
def test_what_is_no_program_is_refused(data):
    with pytest.raises(NotExecutableError):
        read_executable(data)
