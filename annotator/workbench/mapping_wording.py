"""Foreign names and what becomes of them, in words; for the import dialog and the command line."""

from __future__ import annotations

from annotator.core.scheme import Scheme, Wording
from annotator.foundation.catalogue import Catalogue, isolated
from annotator.workbench.foreign_names import UnknownName
from annotator.workbench.import_preview import ImportPreview
from annotator.workbench.import_report import Duplicate, ImportReport
from annotator.workbench.label_mapping import Decision, Fate, LabelMapping, Name
from annotator.workbench.merge_scheme import Part


def kind_text(catalogue: Catalogue, name: Name) -> str:
    """What kind of name it is: ``label``, or ``attribute of mentions``."""
    if name.part is Part.ATTRIBUTE:
        return catalogue.text(f"import.kind.attribute_{name.owner}")
    return catalogue.text(f"import.kind.{name.part.value}")


def headline(catalogue: Catalogue, preview: ImportPreview) -> str:
    """What an import would bring, in two sentences."""
    return catalogue.text(
        "import.would_bring",
        documents=preview.documents,
        known=preview.known,
        sets=preview.sets,
        duplicates=preview.duplicates,
        mentions=preview.mentions,
        events=preview.events,
        quotes=preview.quotes,
    )


def option_text(
    catalogue: Catalogue, scheme: Scheme, mapping: LabelMapping, name: Name, identifier: str
) -> str:
    """The title of what a name may become, with its id."""
    title = _title(scheme, mapping, name, identifier)
    shown = "" if title is None else title.in_language(catalogue.language)
    if shown in ("", identifier):
        return isolated(identifier)
    return catalogue.text("import.option", title=shown, id=identifier)


def fate_text(
    catalogue: Catalogue, scheme: Scheme, mapping: LabelMapping, unknown: UnknownName
) -> str:
    """What becomes of a name, or that nobody has said so yet."""
    decision = mapping.decisions.get(unknown.name)
    if decision is not None:
        return _decided(catalogue, scheme, mapping, unknown.name, decision)
    if unknown.suggestion is None:
        return catalogue.text("import.fate.undecided")
    way = f"{unknown.name.shown}={unknown.suggestion}"
    return catalogue.text("import.fate.alike", way=way)


def _decided(
    catalogue: Catalogue, scheme: Scheme, mapping: LabelMapping, name: Name, decision: Decision
) -> str:
    if decision.fate is Fate.LEFT_OUT:
        return catalogue.text("import.fate.left_out")
    if decision.fate is Fate.NEW:
        return catalogue.text("import.fate.new", id=decision.id)
    title = _title(scheme, mapping, name, decision.id)
    shown = decision.id if title is None else title.in_language(catalogue.language)
    if shown == decision.id:
        return catalogue.text("import.fate.ours_plain", id=decision.id)
    return catalogue.text("import.fate.ours", title=shown, id=decision.id)


def left_out_lines(catalogue: Catalogue, report: ImportReport) -> list[str]:
    """What a mapping left out, one name a line, and what went with it."""
    lines = [
        catalogue.text(
            "import.left_out", kind=kind_text(catalogue, name), name=name.shown, count=count
        )
        for name, count in report.left_out
    ]
    if report.links:
        lines.append(catalogue.text("import.left_out_links", count=report.links))
    return lines


def restored_lines(catalogue: Catalogue, report: ImportReport) -> list[str]:
    """The documents that came back from the trash."""
    return [catalogue.text("import.restored", document=document) for document in report.restored]


def duplicate_lines(catalogue: Catalogue, report: ImportReport) -> list[str]:
    """What was skipped since it is there already, and what to do where it says something else."""
    return [_duplicate_line(catalogue, double) for double in report.duplicates]


def _duplicate_line(catalogue: Catalogue, double: Duplicate) -> str:
    told = {"source": double.source, "existing": double.existing}
    if double.set is None:
        return catalogue.text("cli.duplicate", **told)
    key = "cli.duplicate_set"
    if double.differs:
        key = "import.second_set" if double.is_of_run else "import.other_set"
        key = "import.second_set_of_file" if double.is_of_file else key
    return catalogue.text(key, **told, set=double.set)


def _title(scheme: Scheme, mapping: LabelMapping, name: Name, identifier: str) -> Wording | None:
    match name.part:
        case Part.LABEL:
            entries = [(each.id, each.name) for each in scheme.labels]
        case Part.EVENT_TYPE:
            entries = [(each.id, each.name) for each in scheme.event_types]
        case Part.ROLE:
            kind = mapping.becomes(Name(Part.EVENT_TYPE, name.owner))
            roles = scheme.event_type(kind).roles if kind and scheme.has_event_type(kind) else ()
            entries = [(each.id, each.name) for each in roles]
        case Part.ATTRIBUTE:
            specs = scheme.attributes
            entries = [(each.id, each.name) for each in specs if each.layer.value == name.owner]
    return dict(entries).get(identifier)
