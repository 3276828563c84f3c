"""What the scripts add up to stands written down, so that no opening has to run them."""

import apsw

from annotator.store.migrations import load_migrations
from tests.store.newest_schema import newest_schema


def test_what_is_written_down_is_what_the_scripts_add_up_to():
    """Else run ``python -m tests.store.newest_schema``."""
    assert list(load_migrations().schema) == newest_schema()


def test_older_versions_are_found_by_running_their_scripts():
    migrations = load_migrations()
    tables = [row[1] for row in migrations.schema_of(1) if row[0] == "table"]
    memory = apsw.Connection(":memory:")
    memory.execute(migrations.scripts[0])
    found = memory.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    memory.close()
    assert sorted(tables) == sorted(name for (name,) in found)
