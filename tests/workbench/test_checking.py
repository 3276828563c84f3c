"""The rules run over projects and gold files."""

import orjson
import pytest

from annotator.core.checks import Severity
from annotator.core.ids import DocumentId
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError
from annotator.store.project_file import ProjectFile
from annotator.workbench.checking import check_annotations, check_project
from annotator.workbench.exporting import export_project
from annotator.workbench.gold_checking import CheckedFinding, check_gold_file, checked
from annotator.workbench.schemes import read_scheme_text, scheme_from_text
from tests.builders import annotated, scheme
from tests.workbench.projects import break_mention, clock, complete, mark, opened, project_with


@pytest.fixture
def gold(tmp_path):
    """A clean export of two documents."""
    path = project_with(tmp_path)
    workspace = opened(path)
    for name, part, label in (("a", "هەولێر", "GPE"), ("b", "نەورۆز", "PER")):
        workspace.open(DocumentId(name))
        mark(workspace, part, label)
        complete(workspace)
    workspace.close()
    target = tmp_path / "gold.jsonl"
    export_project(path, target, clock)
    return target


def ckb_news():
    return scheme_from_text(read_scheme_text("ckb-news"))


def errors_in(path):
    return [f for f in check_gold_file(path, ckb_news()) if f.severity == "E"]


def change(gold, line, do):
    """Change one record of the file."""
    records = [orjson.loads(one) for one in gold.read_bytes().splitlines()]
    do(records[line])
    gold.write_bytes(b"".join(orjson.dumps(record) + b"\n" for record in records))


def move_end(record):
    record["mentions"][0]["end"] -= 1


def rename_label(record):
    record["mentions"][0]["label"] = record["entities"][0]["label"] = "NOTHING"


def rename_scheme(record):
    record["scheme"]["id"] = "another"


def test_a_clean_export_is_clean(gold):
    assert list(check_gold_file(gold, ckb_news())) == []


def test_a_flipped_offset_is_named_by_document_annotation_and_rule(gold):
    change(gold, 1, move_end)
    found = {(f.document, f.annotation, f.rule, f.line) for f in errors_in(gold)}
    assert ("b", "T1", "V03", 2) in found
    assert {document for document, *_ in found} == {"b"}


def test_annotation_rules_run_over_gold_as_well(gold):
    change(gold, 0, rename_label)
    found = [(f.document, f.annotation, f.rule, f.line) for f in errors_in(gold)]
    assert ("a", "T1", "V12", 1) in found
    assert len(found) == len(set(found))


def test_another_scheme_is_not_judged_but_told(gold):
    change(gold, 0, rename_scheme)
    change(gold, 0, rename_label)
    values = {"document": "a", "told": "another", "given": "ckb-news"}
    assert list(check_gold_file(gold, ckb_news())) == [
        CheckedFinding("a", None, "scheme", "W", "check.other_scheme", values, 1)
    ]


def test_a_damaged_line_does_not_hide_the_others(gold):
    change(gold, 1, rename_label)
    gold.write_bytes(b"{broken\n" + gold.read_bytes())
    found = {(f.document, f.rule, f.line) for f in errors_in(gold)}
    assert found >= {(None, "json", 1), ("b", "V12", 3)}


@pytest.mark.parametrize("language", ["ckb", "en"])
def test_every_finding_has_a_sentence(gold, language):
    change(gold, 0, rename_label)
    change(gold, 1, move_end)
    catalogue = load_catalogue(language)
    for finding in check_gold_file(gold, ckb_news()):
        assert catalogue.text(finding.key, **finding.values)


@pytest.mark.parametrize(
    ("name", "key"), [("nothing.jsonl", "import.no_such_file"), ("", "file.is_folder")]
)
def test_a_gold_file_that_cannot_be_read_is_an_error(tmp_path, name, key):
    with pytest.raises(UserError) as error:
        list(check_gold_file(tmp_path / name, ckb_news()))
    assert error.value.key == key


def test_a_project_is_checked_set_by_set(tmp_path):
    path = project_with(tmp_path)
    workspace = opened(path)
    mark(workspace, "هەولێر", "GPE")
    break_mention(workspace)
    workspace.change_annotator("ئارام")
    mark(workspace, "ئازاد", "PER")
    workspace.close()
    with ProjectFile.open(path) as project:
        found = list(check_project(project))
    assert [(one.document.id, one.header.id) for one in found] == [("a", "a1"), ("a", "a2")]
    rules = [
        {finding.rule for finding in one.findings if finding.severity is Severity.ERROR}
        for one in found
    ]
    assert "V12" in rules[0]
    assert rules[1] == set()
    shown = [finding for finding in checked(found[0]) if finding.rule == "V12"]
    assert {(f.document, f.annotation, f.severity, f.line) for f in shown} == {
        ("a", "T1", "E", None)
    }


def test_names_are_compared_folded():
    """V25 sees that كوردستان and کوردستان are one name, here with and there without a clitic."""
    document, annotations = annotated("[كوردستان]GPE و [کوردستانیش]GPE")
    findings = check_annotations(document, annotations, scheme(), header=None)
    assert [(found.rule, found.record) for found in findings] == [("V25", "T2")]


def test_a_stem_before_its_clitics_is_what_the_guideline_asks_for():
    notation = "[عێراق]GPEدا و [هەولێر]GPEیش لە [کوردستا]GPEندا"
    document, annotations = annotated(notation)
    by_stem = scheme(boundary_policy="stem")
    findings = check_annotations(document, annotations, by_stem, header=None)
    assert [(f.rule, f.record) for f in findings if f.rule == "V09"] == [("V09", "T3")]
