"""Which SQLite this program brings along, for reports."""

from __future__ import annotations

import apsw


def sqlite_version() -> str:
    """The version of SQLite and of the module that brings it, e.g. ``3.54.1 (APSW 3.54.1.0)``."""
    return f"{apsw.sqlite_lib_version()} (APSW {apsw.apsw_version()})"
