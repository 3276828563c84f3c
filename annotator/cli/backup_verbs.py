"""The verbs about backups: list them, make one, restore one under a new name."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from types import MappingProxyType

from msgspec.structs import asdict

from annotator.cli.projects import named, opened, with_suffix
from annotator.cli.terminal import DONE, FOUND, Terminal
from annotator.foundation.errors import AnnotatorError
from annotator.foundation.paths import state_folder
from annotator.store.project_file import ProjectFile
from annotator.workbench.backups import (
    Backup,
    BackupReason,
    Backups,
    Inventory,
    backups_of,
    other_backups,
    read_backup,
    restore,
    told_by,
)
from annotator.workbench.clock import local_time, stamp, system_clock


def back_up_before(project: ProjectFile, reason: BackupReason, terminal: Terminal) -> None:
    """A backup before something that changes much; that it failed is said and stops nothing."""
    backups = Backups(project, root=state_folder(), clock=system_clock)
    backups.failed.add(lambda error: terminal.complain(error.key, **error.values))
    backups.before(reason)


def _backups(options: argparse.Namespace, terminal: Terminal) -> int:
    """List the backups, each read as a whole; the project itself may be damaged or in use."""
    found = backups_of(named(options.project), state_folder())
    answers, code = [], DONE
    for backup in found:
        try:
            inventory = read_backup(backup.path)
        except AnnotatorError as error:
            code = FOUND
            sentence = terminal.sentence(error.key, error.values)
            terminal.say("cli.backup_damaged", path=backup.path, sentence=sentence)
            told: Mapping[str, object] = {"error": error.key, "message": sentence}
        else:
            _say_backup("cli.backup", backup, inventory, terminal)
            told = asdict(inventory)
        answers.append({**_told(backup), **told})
    if not found:
        terminal.say("cli.no_backups", path=options.project)
        _say_others(options, terminal)
    terminal.answer(answers)
    return code


def _say_others(options: argparse.Namespace, terminal: Terminal) -> None:
    """Of a file that does not tell of which project it is, the backups that may be its own."""
    project = named(options.project)
    if terminal.is_json or told_by(project) is not None:
        return
    for found in other_backups(project, state_folder()):
        terminal.say(
            "cli.other_backup",
            name="–" if found.origin is None else found.origin.name,
            folder="–" if found.origin is None else found.origin.parent,
            time=local_time(terminal.catalogue, found.backup.made),
            documents=found.inventory.documents,
            annotations=found.inventory.annotations,
            path=found.backup.path,
        )


def _backup(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened(options.project) as project:
        backup = Backups(project, root=state_folder(), clock=system_clock).make_now()
        inventory = project.inventory()
    _say_backup("cli.backup_made", backup, inventory, terminal)
    terminal.answer({**_told(backup), **asdict(inventory)})
    return DONE


def _restore(options: argparse.Namespace, terminal: Terminal) -> int:
    target = with_suffix(options.output)
    inventory = restore(options.backup_file, target)
    terminal.say(
        "cli.restored",
        path=target,
        documents=inventory.documents,
        annotations=inventory.annotations,
    )
    terminal.answer({"project": str(target), **asdict(inventory)})
    return DONE


def _say_backup(key: str, backup: Backup, inventory: Inventory, terminal: Terminal) -> None:
    terminal.say(
        key,
        time=local_time(terminal.catalogue, backup.made),
        reason=terminal.sentence(f"backup.reason.{backup.reason.value}", {}),
        documents=inventory.documents,
        annotations=inventory.annotations,
        generation=backup.generation,
        path=backup.path,
    )


def _told(backup: Backup) -> dict[str, object]:
    """A backup for a machine."""
    return {
        "path": str(backup.path),
        "made": stamp(backup.made),
        "reason": backup.reason.value,
        "number": backup.number,
        "bytes": backup.size,
    }


BACKUP_VERBS: Mapping[str, Callable[[argparse.Namespace, Terminal], int]] = MappingProxyType(
    {"backups": _backups, "backup": _backup, "restore": _restore}
)
