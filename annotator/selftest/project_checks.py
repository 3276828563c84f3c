"""Checks without a window: the project file and how it is written, a kill, an export."""

from __future__ import annotations

from pathlib import Path

from annotator.foundation.errors import UserError
from annotator.selftest.checks import Facts
from annotator.selftest.killing import acknowledged_before_kill
from annotator.store.settings_in_use import settings_in_use
from annotator.workbench.clock import system_clock
from annotator.workbench.demo import DEMO_ANNOTATOR, create_demo, sample_texts
from annotator.workbench.exporting import GOLD_FILE, export_project
from annotator.workbench.gold_checking import check_gold_file
from annotator.workbench.importing import FoundFiles, Importer
from annotator.workbench.projects import create_project
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text, scheme_from_text
from annotator.workbench.workspace import open_workspace

ACTS_BEFORE_KILL = 12

SAFE = {"journal": "truncate", "synchronous": "3", "locking": "exclusive", "foreign_keys": "1"}
"""What makes an acknowledged act survive a crash and a power cut, see `store.connection`."""


def check_database(folder: Path) -> Facts:
    """The project file is written with the settings that make it safe."""
    path = folder / "settings.nishan"
    create_project(path, clock=system_clock).close()
    found = settings_in_use(path)
    wrong = {name: found[name] for name, value in SAFE.items() if found[name] != value}
    if wrong:
        raise UserError("selftest.unsafe", settings=_listed(wrong))
    return {"sqlite": found["sqlite"], "settings": _listed({name: found[name] for name in SAFE})}


def check_keeping(folder: Path) -> Facts:
    """A copy of the program is killed while it writes, and nothing it acknowledged is lost."""
    path = _project_with_text(folder)
    told = acknowledged_before_kill(path, folder / "progress", acts=ACTS_BEFORE_KILL)
    workspace = open_workspace(path)
    try:
        workspace.open_last()
        opened = workspace.open_document
        found = 0 if opened is None else len(list(opened.annotations.annotations()))
        workspace.project.check()
    finally:
        workspace.close()
    # The act that was under way when the kill came may be in the file.
    if not told <= found <= told + 1:
        raise UserError("selftest.lost", told=told, found=found)
    return {"told": told, "found": found}


def check_export(folder: Path) -> Facts:
    """The demo project is exported, and the gold that comes of it has no error."""
    path = folder / "export.nishan"
    create_demo(path, system_clock)[0].close()
    sets = export_project(path, folder / "gold", system_clock).sets
    scheme = scheme_from_text(read_scheme_text(DEFAULT_SCHEME))
    findings = check_gold_file(folder / "gold" / GOLD_FILE, scheme)
    errors = [finding.rule for finding in findings if finding.severity == "E"]
    if errors or not sets:
        raise UserError("selftest.export", rules=", ".join(errors) or "–")
    return {"sets": sets}


def _project_with_text(folder: Path) -> Path:
    path = folder / "kill.nishan"
    with create_project(path, clock=system_clock, annotator=DEMO_ANNOTATOR) as project:
        Importer(project, system_clock).run(FoundFiles(sample_texts()[:1]))
    return path


def _listed(values: Facts) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items())
