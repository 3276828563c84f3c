"""What the report of an import says of what was there already."""

from annotator.core.ids import DocumentId, SetId
from annotator.formats.base import ImportProblem
from annotator.foundation.catalogue import load_catalogue, without_isolates
from annotator.ui.dialogs.import_wording import report_text
from annotator.workbench.import_report import Duplicate, ImportReport
from annotator.workbench.label_mapping import Name
from annotator.workbench.merge_scheme import Part
from annotator.workbench.reading import PASSED_OVER


def test_a_document_a_set_and_a_set_that_differs_are_told_apart():
    doubles = (
        Duplicate("a", DocumentId("d")),
        Duplicate("b", DocumentId("d"), SetId("a1")),
        Duplicate("c", DocumentId("d"), SetId("a1"), differs=True),
    )
    _, text = report_text(load_catalogue("en"), ImportReport((), 0, doubles, ()))
    _, document, same, other = without_isolates(text).splitlines()
    assert document == "Skipped a: the same text is already there as d."
    assert same == "Skipped b: the annotation set a1 of d is already there."
    assert other.startswith("Skipped c: d already has the annotation set a1, which holds other")


def test_names_that_have_become_others_are_told():
    renamed = ((Name(Part.LABEL, "کەس"), "kes"),)
    _, text = report_text(load_catalogue("en"), ImportReport((), 0, (), (), renamed=renamed))
    assert "title (1):\nlabel کەس → kes" in without_isolates(text)


def test_files_of_other_kinds_have_a_place_of_their_own():
    values = {"count": 2, "names": "a.html, b.pdf"}
    problem = ImportProblem("in", PASSED_OVER, values, is_refusal=False)
    _, text = report_text(load_catalogue("en"), ImportReport((), 0, (), (problem,)))
    title, line = without_isolates(text).splitlines()
    assert title == "Files of other kinds (1):"
    assert line == "in: no format reads these files, so they were passed over (2): a.html, b.pdf"
