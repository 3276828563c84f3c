"""What a report says of SQLite."""

import re

import apsw

from annotator.store.versions import sqlite_version


def test_the_version_names_sqlite_and_what_brings_it():
    assert re.fullmatch(r"\d+\.\d+\.\d+ \(APSW \d+(\.\d+)+\)", sqlite_version())
    assert sqlite_version().startswith(apsw.sqlite_lib_version())
