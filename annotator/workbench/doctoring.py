"""The doctor for the command line and the window: what it says as lines, and its copies.

Everything here goes step by step, so that whoever calls can do something else between two steps
and can stop.
"""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import asdict

from annotator.core.findings import Severity
from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import UserError
from annotator.store.doctor.ailments import UNKNOWN as NOWHERE, Ailment, Remedy, Step
from annotator.store.doctor.examining import examine
from annotator.store.doctor.first_page import read_first_page
from annotator.store.doctor.repairing import Repaired, repair
from annotator.store.migrations import load_migrations
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import Clock, stamp
from annotator.workbench.doctor_wording import place_of, sentence_of

__all__ = [
    "Ailment",
    "DoctorLine",
    "Patient",
    "Remedy",
    "Repaired",
    "Step",
    "line_of",
    "line_text",
    "lines_of",
    "needs_repair",
    "repaired_text",
    "saved_text",
    "sentence_of",
    "verdict_of",
    "was_project",
]

Examining: TypeAlias = Iterator[Ailment | Step | None]
Repairing: TypeAlias = Generator[Step | None, None, Repaired]


class Patient(Struct, frozen=True):
    """A project file to be examined; `project` is it where this program has it open."""

    path: Path
    project: ProjectFile | None = None

    def examining(self) -> Examining:
        """What is wrong with the file, as it is found. Raises `UserError`."""
        if self.project is None:
            yield from examine(self.path)
            return
        with tempfile.TemporaryDirectory(prefix="nishan-") as folder:
            copy = Path(folder) / self.path.name
            yield from self.project.copying_pages(copy)
            yield from examine(copy)

    def repairing(self, target: Path, clock: Clock) -> Repairing:
        """Write a repaired copy under a new name. Raises `UserError`."""
        now = stamp(clock())
        if self.project is None:
            return (yield from repair(self.path, target, now=now))
        with tempfile.TemporaryDirectory(prefix="nishan-") as folder:
            copy = Path(folder) / self.path.name
            yield from self.project.copying_pages(copy)
            return (yield from repair(copy, target, now=now))


class DoctorLine(Struct, frozen=True):
    """An ailment as it is shown: its severity as a letter, its id, its place, and a sentence.

    The place is a path of ids, or `NOWHERE` for what belongs to no document.
    """

    severity: str
    id: str
    place: str
    sentence: str


def was_project(path: Path) -> bool:
    """Whether a file that cannot be opened is a project, or was one before it was damaged."""
    try:
        read_first_page(path, load_migrations())
    except UserError:
        return False
    return True


def line_of(catalogue: Catalogue, ailment: Ailment) -> DoctorLine:
    """An ailment in the words of a language."""
    return DoctorLine(
        severity=ailment.severity.value,
        id=ailment.kind.value,
        place=place_of(ailment.where) or NOWHERE,
        sentence=sentence_of(catalogue, ailment),
    )


def line_text(catalogue: Catalogue, ailment: Ailment) -> str:
    """An ailment as one line."""
    line = line_of(catalogue, ailment)
    return catalogue.text("doctor.line", **asdict(line))


def verdict_of(catalogue: Catalogue, name: str, ailments: Sequence[Ailment]) -> str:
    """One sentence about everything that was found in the file of this name."""
    if not ailments:
        return catalogue.text("doctor.healthy", name=name)
    counted = {
        severity: sum(ailment.severity is severity for ailment in ailments) for severity in Severity
    }
    return catalogue.text(
        "doctor.found",
        name=name,
        errors=counted[Severity.ERROR],
        warnings=counted[Severity.WARNING],
        hints=counted[Severity.INFO],
    )


def needs_repair(ailments: Sequence[Ailment]) -> bool:
    """Whether there is damage that a copy would be without."""
    return any(ailment.severity is Severity.ERROR for ailment in ailments)


def lines_of(catalogue: Catalogue, repaired: Repaired) -> list[str]:
    """What a repair did, line by line: what was lost comes first."""
    losses = repaired.losses
    others = [remedy for remedy in repaired.remedies if not remedy.is_loss]
    lines: list[str] = []
    if losses:
        lines.append(catalogue.text("doctor.lost", count=len(losses)))
        lines.extend(_remedy_line(catalogue, remedy) for remedy in losses)
    else:
        lines.append(catalogue.text("doctor.nothing_lost"))
    if others:
        lines.append(catalogue.text("doctor.kept", count=len(others)))
        lines.extend(_remedy_line(catalogue, remedy) for remedy in others)
    return lines


def saved_text(catalogue: Catalogue, repaired: Repaired) -> str:
    """How much of what the file told of is in the copy: to be said before everything else."""
    values = {
        "documents": max(repaired.documents, repaired.held.documents),
        "annotations": max(repaired.annotations, repaired.held.annotations),
    }
    key = "repaired.part" if repaired.is_part else "repaired.all"
    saved = {"saved_documents": repaired.documents, "saved_annotations": repaired.annotations}
    said = catalogue.text(key, **values, **(saved if repaired.is_part else {}))
    return said if repaired.held.is_whole else f"{said} {catalogue.text('repaired.unread')}"


def repaired_text(catalogue: Catalogue, repaired: Repaired, path: Path) -> str:
    """One sentence about the copy at `path`."""
    return catalogue.text(
        "doctor.repaired",
        path=path,
        documents=repaired.documents,
        sets=repaired.sets,
        records=repaired.records,
        in_trash=repaired.in_trash,
    )


def _remedy_line(catalogue: Catalogue, remedy: Remedy) -> str:
    sentence = sentence_of(catalogue, remedy)
    place = place_of(remedy.where)
    if place is None:
        return sentence
    return catalogue.text("doctor.remedy", place=place, sentence=sentence)
