"""Writes down what the scripts add up to: ``python -m tests.store.newest_schema``."""

import json

from annotator.store.migrations import NEWEST, SCRIPTS, Migrations


def newest_schema():
    """The schema, found by running all scripts."""
    scripts = [path.read_text(encoding="utf-8") for path in sorted(SCRIPTS.glob("*.sql"))]
    return Migrations(tuple(scripts)).schema_of(len(scripts))


def main():
    rows = json.dumps(newest_schema(), ensure_ascii=False, indent=1)
    (SCRIPTS / NEWEST).write_text(f"{rows}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
