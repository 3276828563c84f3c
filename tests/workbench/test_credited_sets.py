"""Files of one set each come back as the sets of those whose they are."""

import orjson
import pytest

from annotator.core.ids import DocumentId, SetId
from annotator.core.set_header import SetKind
from annotator.core.splits import Shares
from annotator.formats.registry import format_by_id
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import Refused
from annotator.store.project_file import ProjectFile
from annotator.workbench.converting import ConvertChoices, convert
from annotator.workbench.credited_sets import SetCredits
from annotator.workbench.evaluation_reading import Side
from annotator.workbench.export_scope import SplitChoices
from annotator.workbench.exporting import ExportChoices, Exporter, Scope
from annotator.workbench.import_files import items_of
from annotator.workbench.importing import ImportChoices, Importer, find_files
from annotator.workbench.mapping_wording import duplicate_lines
from tests.workbench.foreign import TEXT, spans_file, spans_format
from tests.workbench.projects import ARAM, SHILAN, clock, import_into, new_project

__all__ = ["spans_format"]
pytestmark = pytest.mark.usefixtures("spans_format")

WATER = DocumentId("water")
PER, EVT = (
    {"id": WATER, "text": TEXT, "spans": [[word, label]]}
    for word, label in (("ئازاد", "PER"), ("نەورۆز", "EVT"))
)


@pytest.fixture
def folder(tmp_path):
    """One document with a set of each of two people, in brat's files."""
    return exported(tmp_path, "brat")


def exported(tmp_path, format_id, **choices):
    with new_project(tmp_path, name=f"{format_id}.nishan") as project:
        import_into(project, spans_file(tmp_path, PER), annotator=SHILAN)
        import_into(project, spans_file(tmp_path, EVT), annotator=ARAM)
        kind, target = format_by_id(format_id), tmp_path / f"out-{format_id}"
        Exporter(project, clock).export(target, ExportChoices(Scope.ALL, format=kind, **choices))
    return target


def marked(project, identifier):
    header = project.annotations.header(WATER, SetId(identifier))
    return [each.label for each in project.annotations.read(header).mentions()]


def credited(path):
    (bundle,) = (item for item in items_of(path, ImportChoices()) if hasattr(item, "sets"))
    return SetCredits().credited(bundle, path)


@pytest.mark.parametrize("format_id", ["brat", "cas-xmi", "cas-json"])
def test_a_folder_gives_each_set_to_its_person(tmp_path, format_id):
    folder = exported(tmp_path, format_id)
    with new_project(tmp_path, annotator=None) as project:
        report = import_into(project, folder)
        assert (report.imported, report.sets, report.is_whole) == ((WATER,), 2, True)
        assert (marked(project, "a1"), marked(project, "a2")) == (["PER"], ["EVT"])
        again = import_into(project, folder)
        assert (again.is_whole, len(again.duplicates)) == (True, 2)


def test_in_another_project_the_same_ids_are_other_people(folder, tmp_path):
    with new_project(tmp_path, annotator="Karwan") as project:
        assert [one.id for one in project.people.all()] == ["a1"]
        with pytest.raises(Refused) as refused:
            import_into(project, folder / "water_a1.ann")
        assert refused.value.key == "import.nobodys"
        report = import_into(project, folder / "water_a2.ann")
        assert (report.sets, marked(project, "a2")) == (1, ["EVT"])


def test_at_home_everybody_is_who_they_are(folder, tmp_path):
    with ProjectFile.open(tmp_path / "brat.nishan") as project:
        report = import_into(project, folder)
        assert (report.is_whole, len(report.duplicates)) == (True, 2)
        assert [one.name for one in project.people.all()] == [SHILAN, ARAM]


def test_one_file_of_a_folder_is_of_its_document(folder, tmp_path):
    with new_project(tmp_path) as project:
        assert import_into(project, folder / "water_a2.ann").imported == (WATER,)
        assert [header.id for header in project.annotations.headers()] == ["a2"]


def test_following_the_message_gives_the_right_result(folder, tmp_path):
    """Without a manifest nobody knows whose the files are, and one person has one set."""
    (folder / "manifest.json").unlink()
    with new_project(tmp_path) as project:
        report = import_into(project, folder, annotator=SHILAN)
        (line,) = duplicate_lines(load_catalogue("en"), report)
        other = folder / "water_a2.ann"
        assert f'annotator import PROJECT "\u2068{other}\u2069" --annotator NAME' in line
        (document,) = report.imported
        second = import_into(project, other, annotator=ARAM)
        assert (second.imported, second.sets, second.is_whole) == ((), 1, True)
        sets = {header.id: header.document for header in project.annotations.headers()}
        assert sets == {"a1": document, "a2": document}
        header = project.annotations.header(document, SetId("a2"))
        assert [each.label for each in project.annotations.read(header).mentions()] == ["EVT"]


def test_a_name_on_the_command_line_is_stronger(folder, tmp_path):
    with new_project(tmp_path) as project:
        import_into(project, folder / "water_a2.ann", annotator=SHILAN)
        assert [header.id for header in project.annotations.headers()] == ["a1"]


def test_parts_of_a_split_lie_one_folder_deeper(tmp_path):
    folder = exported(tmp_path, "brat", split=SplitChoices(Shares.parse("100/0/0"), seed=1))
    assert (folder / "train" / "water_a1.ann").exists()
    with new_project(tmp_path, annotator=None) as project:
        assert import_into(project, folder).is_whole
        assert [header.id for header in project.annotations.headers()] == ["a1", "a2"]


def test_what_is_gold_or_predicted_stays_so(folder):
    path = folder / "manifest.json"
    told = orjson.loads(path.read_bytes())
    for one in told["files"]:
        if one["name"] == "water_a1.ann":
            one["set"] = {
                "id": "gold", "kind": "adjudicated", "annotators": ["a1", "a2"],
                "adjudicator": "a1", "derived_from": ["a1", "a2"],
            }  # fmt: skip
    path.write_bytes(orjson.dumps(told))
    (content,) = credited(folder / "water_a1.ann").sets
    header = content.header
    assert (header.id, header.kind, header.adjudicator) == ("gold", SetKind.ADJUDICATED, "a1")
    assert (header.annotators, header.derived_from) == (("a1", "a2"), ("a1", "a2"))


NO_MANIFESTS = [
    b"{",
    b"[" * 10**5,
    b'{"format": "ckb-gold-manifest", "files": 7}',
    b'{"format": "ckb-gold-manifest", "files": [{"name": "water_a1.ann"}]}',
    b'{"format": "of somebody else", "files": [{"name": "water_a1.ann", "doc_id": "x",'
    b' "set": {"id": "a1", "kind": "annotator", "annotators": ["a1"]}}]}',
    b'{"format": "ckb-gold-manifest", "files": [{"name": "water_a1.ann",'
    b' "set": {"id": "a1", "kind": "annotator", "annotators": ["a1"]}}]}',
]


def test_what_is_no_such_manifest_says_nothing(folder):
    for data in NO_MANIFESTS:
        (folder / "manifest.json").write_bytes(data)
        bundle = credited(folder / "water_a1.ann")
        assert (bundle.document.id, bundle.sets[0].header.annotators) == ("water_a1", ())


def test_a_conversion_and_a_comparison_know_the_people(folder, tmp_path):
    convert(folder, tmp_path / "c.jsonl", ConvertChoices(target_format="gold"), clock)
    lines = (tmp_path / "c.jsonl").read_bytes().splitlines()
    told = [(one["doc_id"], one["set"]["id"]) for one in map(orjson.loads, lines)]
    assert told == [("water", "a1"), ("water", "a2")]
    seen = Side(folder, clock=clock, wanted="a2").look()
    assert {key: one.chosen.id for key, one in seen.documents.items()} == {"water": "a2"}


def test_several_sets_in_one_file_are_another_matter(tmp_path):
    file = spans_file(tmp_path, PER, EVT)
    with new_project(tmp_path) as project:
        report = import_into(project, file, annotator=SHILAN)
        (double,) = report.duplicates
        assert (double.is_of_run, double.is_of_file) == (True, True)
        (line,) = duplicate_lines(load_catalogue("en"), report)
        assert "the file holds several annotation sets" in line
        (problem,) = (
            Importer(project, clock)
            .preview(find_files([file]), ImportChoices(annotator=ARAM))
            .problems
        )
        assert problem.key == "import.would_leave_out_of_file"
