"""The verb `doctor`: examine a project file, and repair it as a copy."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import asdict

from annotator.cli.terminal import DONE, FOUND, USAGE, Terminal
from annotator.foundation.catalogue import for_terminal
from annotator.foundation.paths import state_folder
from annotator.workbench.backups import Backup, fuller_backup
from annotator.workbench.clock import local_time, system_clock
from annotator.workbench.doctoring import (
    Ailment,
    Patient,
    Repaired,
    Step,
    line_of,
    lines_of,
    needs_repair,
    repaired_text,
    saved_text,
    sentence_of,
    verdict_of,
)


def run_doctor(path: Path, target: Path | None, terminal: Terminal, *, repairs: bool) -> int:
    """Tell every ailment of a file; with `repairs` write a repaired copy to `target`.

    Raises `UserError` where the file cannot be examined or the copy cannot be made.
    """
    if repairs != (target is not None):
        terminal.complain("cli.doctor.needs_output")
        return USAGE
    patient = Patient(path)
    ailments = _examined(patient, terminal)
    _say(verdict_of(terminal.catalogue, path.name, ailments), terminal)
    repaired, fuller = None, None
    if target is not None and needs_repair(ailments):
        repaired, fuller = _repaired(patient, target, terminal)
    elif target is not None:
        terminal.say("doctor.nothing_to_repair", name=path.name)
    terminal.answer(
        {
            "ailments": [_told(ailment, terminal) for ailment in ailments],
            "repaired": None if repaired is None else _repair_told(repaired, target, terminal),
            "fuller_backup": None if fuller is None else str(fuller.path),
        }
    )
    return FOUND if needs_repair(ailments) else DONE


def _examined(patient: Patient, terminal: Terminal) -> list[Ailment]:
    ailments: list[Ailment] = []
    for said in patient.examining():
        if isinstance(said, Ailment):
            ailments.append(said)
            terminal.say("doctor.line", **asdict(line_of(terminal.catalogue, said)))
        elif isinstance(said, Step):
            terminal.progress(said.done, said.total)
    return ailments


def _repaired(patient: Patient, target: Path, terminal: Terminal) -> tuple[Repaired, Backup | None]:
    repairing = patient.repairing(target, system_clock)
    while True:
        try:
            said = next(repairing)
        except StopIteration as end:
            repaired: Repaired = end.value
            break
        if said is not None:
            terminal.progress(said.done, said.total)
    _say(saved_text(terminal.catalogue, repaired), terminal)
    fuller = _fuller(patient, target, terminal)
    for line in lines_of(terminal.catalogue, repaired):
        _say(line, terminal)
    _say(repaired_text(terminal.catalogue, repaired, target), terminal)
    return repaired, fuller


def _fuller(patient: Patient, target: Path, terminal: Terminal) -> Backup | None:
    """Tell of a backup that holds more than the copy, and return it."""
    found = fuller_backup(patient.path, state_folder(), target)
    if found is None:
        return None
    backup, inventory = found
    terminal.say(
        "repaired.fuller_command",
        time=local_time(terminal.catalogue, backup.made),
        documents=inventory.documents_with_trash,
        annotations=inventory.annotations_with_trash,
        path=backup.path,
    )
    return backup


def _say(sentence: str, terminal: Terminal) -> None:
    """Print a sentence that has been made already."""
    terminal.say("cli.said", sentence=for_terminal(sentence))


def _told(ailment: Ailment, terminal: Terminal) -> dict[str, object]:
    """An ailment for a machine, with its sentence."""
    return {
        "id": ailment.kind.value,
        "severity": ailment.severity.value,
        **asdict(ailment.where),
        "detail": ailment.detail,
        "message": for_terminal(sentence_of(terminal.catalogue, ailment)),
    }


def _repair_told(repaired: Repaired, target: Path | None, terminal: Terminal) -> dict[str, object]:
    return {
        "path": str(target),
        "documents": repaired.documents,
        "sets": repaired.sets,
        "records": repaired.records,
        "annotations": repaired.annotations,
        "held": asdict(repaired.held),
        "in_trash": repaired.in_trash,
        "remedies": [
            {
                "way": remedy.way.value,
                "is_loss": remedy.is_loss,
                **asdict(remedy.where),
                "detail": remedy.detail,
                "message": for_terminal(sentence_of(terminal.catalogue, remedy)),
            }
            for remedy in repaired.remedies
        ],
    }
