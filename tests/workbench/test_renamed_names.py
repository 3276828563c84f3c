"""Names that cannot be ids of the scheme come in under another one, and nobody misses it."""

import orjson
import pytest

from annotator.formats.registry import format_by_id
from annotator.foundation.catalogue import LANGUAGES, load_catalogue, without_isolates
from annotator.workbench.exporting import ExportChoices, Exporter, Scope
from annotator.workbench.foreign_names import with_additions
from annotator.workbench.importing import ImportChoices, Importer, find_files
from annotator.workbench.label_mapping import NO_MAPPING, Decision, Fate, Name
from annotator.workbench.merge_scheme import Part
from annotator.workbench.renamed_names import new_text, renamed, renamed_lines
from annotator.workbench.schemes import scheme_of
from tests.workbench.projects import ARAM, SHILAN, clock, import_into, new_project, write

TEXT = "ئازاد لە هەولێر کۆبووەوە"
SPANS = ((0, 5, "کەس"), (6, 8, "2"), (9, 15, "1"), (16, 24, "event:کۆبوونەوە"))
RECORD = {
    "text": TEXT,
    "entities": [
        {"id": number, "start_offset": start, "end_offset": end, "label": label}
        for number, (start, end, label) in enumerate(SPANS)
    ],
    "relations": [
        {"id": 1, "from_id": 3, "to_id": 0, "type": "بەشدار"},
        {"id": 2, "from_id": 3, "to_id": 2, "type": "beshdar"},
    ],
}
ROLE = Name(Part.ROLE, "بەشدار", "کۆبوونەوە")
EXPECTED = (
    (Name(Part.LABEL, "1"), "Name-1"),
    (Name(Part.LABEL, "2"), "Name-2"),
    (Name(Part.LABEL, "کەس"), "kes"),
    (Name(Part.EVENT_TYPE, "کۆبوونەوە"), "kobwwnewe"),
    (ROLE, "beshdar-2"),
)


@pytest.fixture
def project(tmp_path):
    with new_project(tmp_path) as made:
        yield made


@pytest.fixture
def file(tmp_path):
    return write(tmp_path, "d.jsonl", orjson.dumps(RECORD))


def additions(project, file):
    names = Importer(project, clock).preview(find_files([file])).names
    return names, with_additions(names, scheme_of(project))


def test_the_report_tells_what_each_has_become(project, file):
    names, mapping = additions(project, file)
    assert renamed(names, mapping) == EXPECTED
    report = import_into(project, file, annotator=ARAM, mapping=mapping)
    assert report.renamed == EXPECTED
    for language in LANGUAGES:
        lines = renamed_lines(load_catalogue(language), report.renamed)
        assert without_isolates(lines[2]).endswith("کەس → kes")


def test_what_was_added_once_is_not_added_again(project, file):
    import_into(project, file, annotator=ARAM, mapping=additions(project, file)[1])
    _, mapping = additions(project, file)
    assert mapping.decisions[Name(Part.LABEL, "کەس")] == Decision(Fate.OURS, "kes")
    assert mapping.decisions[ROLE] == Decision(Fate.OURS, "beshdar-2")
    report = import_into(project, file, annotator=SHILAN, mapping=mapping)
    assert (report.sets, report.renamed, report.has_new_scheme) == (1, (), False)


def test_an_export_comes_back_to_what_it_was(project, file, tmp_path):
    import_into(project, file, annotator=ARAM, mapping=additions(project, file)[1])
    choices = ExportChoices(Scope.ALL, format=format_by_id("doccano"))
    Exporter(project, clock).export(tmp_path / "out.jsonl", choices)
    told = orjson.loads((tmp_path / "out.jsonl").read_bytes())
    assert [one["label"] for one in told["entities"]] == [
        "kes", "Name-2", "Name-1", "event:kobwwnewe",
    ]  # fmt: skip
    preview = Importer(project, clock).preview(
        find_files([tmp_path / "out.jsonl"]), ImportChoices(annotator=SHILAN)
    )
    assert preview.unknown(scheme_of(project)) == ()
    assert import_into(project, tmp_path / "out.jsonl", annotator=ARAM).is_whole


@pytest.mark.parametrize(("name", "said"), [("کەس", "کەس → kes"), ("kes", "kes")])
def test_the_offer_names_both(name, said):
    decision = Decision(Fate.NEW, "kes")
    text = new_text(load_catalogue("en"), Name(Part.LABEL, name), decision)
    assert without_isolates(text) == f"New in the scheme: {said}"


def test_what_keeps_its_name_or_is_not_used_is_not_told(project, file):
    names, _ = additions(project, file)
    ours = NO_MAPPING.with_decision(EXPECTED[0][0], Decision(Fate.OURS, "PER"))
    other = ours.with_decision(Name(Part.LABEL, "ناو"), Decision(Fate.NEW, "naw"))
    assert renamed(names, other) == ()
