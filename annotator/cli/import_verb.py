"""``annotator import``: documents and annotations of every format into a project."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from msgspec.structs import replace

from annotator.cli.backup_verbs import back_up_before
from annotator.cli.problems import problem_json, say_problem
from annotator.cli.projects import opened
from annotator.cli.terminal import DONE, FAILED, FOUND, Terminal
from annotator.core.scheme import Scheme
from annotator.formats.offset_units import OffsetUnit
from annotator.workbench.backups import BackupReason
from annotator.workbench.clock import system_clock
from annotator.workbench.foreign_names import UnknownName, with_suggestions
from annotator.workbench.import_preview import ImportPreview, UnknownNames
from annotator.workbench.importing import (
    FoundFiles,
    ImportChoices,
    Importer,
    ImportReport,
    OnItem,
    Progress,
)
from annotator.workbench.label_mapping import LabelMapping
from annotator.workbench.mapping_choices import TypedMapping
from annotator.workbench.mapping_wording import (
    duplicate_lines,
    fate_text,
    headline,
    kind_text,
    left_out_lines,
    restored_lines,
)
from annotator.workbench.opening import shared_place
from annotator.workbench.reading import find_files, refuse_nothing
from annotator.workbench.renamed_names import Renamed, renamed, renamed_lines

_COUNTS = (
    "documents", "known", "sets", "duplicates", "mentions", "entities", "events", "quotes",
)  # fmt: skip


def import_files(options: argparse.Namespace, terminal: Terminal) -> int:
    """Import files, or only tell what they would bring and which names the scheme lacks."""
    found = find_files(options.files)
    refuse_nothing(found, options.files)
    choices = ImportChoices(
        format_id=options.format,
        encodings=dict.fromkeys(found.files, options.encoding) if options.encoding else {},
        annotator=options.annotator,
        unit=OffsetUnit.named(options.unit),
    )
    typed = TypedMapping(tuple(options.map), options.add_labels)
    with opened(options.project) as project:
        importer = Importer(project, system_clock)
        if options.dry_run:
            return _preview(importer, found, choices, typed, terminal)
        place = shared_place(project.path)
        if place is not None:
            terminal.complain("place.warning", name=project.path.name, service=place.service)
        if typed != TypedMapping():
            preview = importer.preview(found, choices, *_heard_by(found, terminal))
            choices = replace(choices, mapping=_read(typed, preview, importer.scheme, terminal))
        back_up_before(project, BackupReason.IMPORT, terminal)
        try:
            report = importer.run(found, choices, *_heard_by(found, terminal))
        except UnknownNames as error:
            return _tell_unknown(error, terminal)
    return _tell(report, terminal)


def _heard_by(found: FoundFiles, terminal: Terminal) -> tuple[Progress] | tuple[Progress, OnItem]:
    """Who hears how far an import is; of one file the bar knows no middle, so items are counted."""
    if len(found.files) == 1:
        return terminal.progress, terminal.count
    return (terminal.progress,)


def _read(
    typed: TypedMapping, preview: ImportPreview, scheme: Scheme, terminal: Terminal
) -> LabelMapping:
    mapping, unused = typed.read(preview.names, scheme, preview.double_names)
    for old in unused:
        terminal.complain("cli.map_unused", old=old)
    return mapping


def _preview(
    importer: Importer,
    found: FoundFiles,
    choices: ImportChoices,
    typed: TypedMapping,
    terminal: Terminal,
) -> int:
    """Say what would come; what needs a decision is a finding, and so is what is refused."""
    preview = importer.preview(found, choices, *_heard_by(found, terminal))
    scheme = importer.scheme
    mapping = _read(typed, preview, scheme, terminal)
    if typed != TypedMapping():  # sets that are there are compared as they would come in
        preview = importer.preview(
            found, replace(choices, mapping=mapping), *_heard_by(found, terminal)
        )
    # Roles are asked for by what their type becomes, so they are shown by what is proposed for it.
    unknown = preview.unknown(scheme, with_suggestions(preview.names, scheme, mapping))
    terminal.say("cli.would_import")
    terminal.tell(headline(terminal.catalogue, preview))
    for each in unknown:
        line = terminal.catalogue.text(
            "cli.unknown_name",
            kind=kind_text(terminal.catalogue, each.name),
            name=each.name.shown,
            count=each.count,
            fate=fate_text(terminal.catalogue, scheme, mapping, each),
        )
        terminal.tell(f"  {line}")
    new_names = renamed(preview.names, mapping)
    _say_renamed(new_names, terminal)
    is_open = any(each.name not in mapping.decisions for each in unknown)
    if is_open:
        terminal.say("cli.must_decide")
    wants_owner = preview.wants_owner and choices.annotator is None
    if wants_owner:
        terminal.say("import.nobodys")
    for problem in preview.problems:
        say_problem(problem, terminal)
    terminal.answer(
        {
            **{name: getattr(preview, name) for name in _COUNTS},
            "unknown": _names_json(unknown, mapping),
            "renamed": _renamed_json(new_names),
            "wants_annotator": wants_owner,
            "problems": [problem_json(problem, terminal) for problem in preview.problems],
        }
    )
    is_refused = any(problem.is_refusal for problem in preview.problems)
    return FOUND if is_open or wants_owner or is_refused else DONE


def _names_json(unknown: Iterable[UnknownName], mapping: LabelMapping) -> list[dict[str, object]]:
    """Names for a machine; `decision` is null where nobody has decided."""
    told: list[dict[str, object]] = []
    for each in unknown:
        decision = mapping.decisions.get(each.name)
        told.append(
            {
                "kind": each.name.part.value,
                "name": each.name.id,
                "owner": each.name.owner or None,
                "map": each.name.shown,
                "count": each.count,
                "suggestion": each.suggestion,
                "options": each.options,
                "decision": None if decision is None else decision.fate.value,
                "becomes": None if decision is None else decision.id or None,
            }
        )
    return told


def _say_renamed(names: Renamed, terminal: Terminal) -> None:
    if names:
        terminal.say("importing.report.renamed", count=len(names))
    for line in renamed_lines(terminal.catalogue, names):
        terminal.tell(f"  {line}")


def _renamed_json(names: Renamed) -> list[dict[str, object]]:
    return [
        {"kind": name.part.value, "name": name.id, "owner": name.owner or None, "becomes": new}
        for name, new in names
    ]


def _tell_unknown(error: UnknownNames, terminal: Terminal) -> int:
    terminal.answer(
        {
            "error": error.key,
            "message": terminal.sentence(error.key, error.values),
            "unknown": _names_json(error.names, LabelMapping()),
        }
    )
    terminal.complain(error.key, **error.values)
    return FAILED


def _tell(report: ImportReport, terminal: Terminal) -> int:
    terminal.say(
        "cli.imported",
        documents=len(report.imported) + len(report.restored),
        sets=report.sets,
        duplicates=len(report.duplicates),
        refused=report.refused,
    )
    for lines in (restored_lines, duplicate_lines, left_out_lines):
        for line in lines(terminal.catalogue, report):
            terminal.tell(line)
    _say_renamed(report.renamed, terminal)
    for problem in report.problems:
        say_problem(problem, terminal)
    terminal.answer(
        {
            "imported": report.imported,
            "restored": report.restored,
            "sets": report.sets,
            "duplicates": report.duplicates,
            "left_out": [
                {"kind": name.part.value, "name": name.id, "owner": name.owner or None, "count": n}
                for name, n in report.left_out
            ],
            "left_out_links": report.links,
            "renamed": _renamed_json(report.renamed),
            "refused": report.refused,
            "problems": [problem_json(problem, terminal) for problem in report.problems],
        }
    )
    return DONE if report.is_whole else FOUND
