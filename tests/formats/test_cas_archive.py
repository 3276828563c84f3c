"""Whole projects of INCEpTION: whose work on which document each of their files is."""

import random

import pytest

from annotator.foundation.errors import UserError
from tests.formats.test_cas_read import NER, Made, packed, read_xmi, records


def work(label):
    """An XMI with its types, in which a name has this label."""
    made = Made()
    made.add(NER, "ئازاد", value=label)
    xmi, types = made.files.values()
    return {"TypeSystem.xml": types, "any.xmi": xmi}


def by_person(bundles):
    """The labels by document, annotator and name."""
    found = []
    for one in bundles:
        [content] = one.sets
        labels = [mention.label for mention in records([one])[0]]
        found.append((one.document.id, *content.header.annotators, content.person, *labels))
    return found


PROJECT = {
    "exportedproject.json": b"{}",
    "source/a.txt": b"text",
    "annotation_ser/a.txt/anna.ser": b"\xac\xed",
    "annotation/a.txt/INITIAL_CAS.zip": packed(**work("X")),
    "annotation/a.txt/anna.zip": packed(**work("PER")),
    "annotation/a.txt/بێستون.zip": packed(**work("LOC")),
    "annotation/b.txt/anna.zip": packed(**work("ORG")),
    "curation/a.txt/CURATION_USER.zip": packed(**work("GPE")),
}


def test_the_work_of_each_annotator_comes_under_the_name_of_the_document():
    bundles, problems = read_xmi({"p.zip": packed(**PROJECT)}, "p.zip")
    assert by_person(bundles) == [
        ("a", "anna", None, "PER"),
        ("a", "bestwn-bbb72323", "بێستون", "LOC"),
        ("b", "anna", None, "ORG"),
        ("a", "CURATION_USER", None, "GPE"),
    ]
    assert problems == []


def test_files_of_annotators_in_the_folder_of_a_document_need_no_archives():
    files = work("PER")
    layout = {
        "TypeSystem.xml": files["TypeSystem.xml"],
        "annotation/a.txt/anna.xmi": files["any.xmi"],
        "annotation/a.txt/bert.xmi": work("LOC")["any.xmi"],
    }
    bundles, problems = read_xmi({"p.zip": packed(**layout)}, "p.zip")
    assert by_person(bundles) == [("a", "anna", None, "PER"), ("a", "bert", None, "LOC")]
    assert problems == []


def test_what_is_wrong_with_one_archive_costs_that_one_only():
    bad = {**PROJECT, "annotation/a.txt/anna.zip": packed(**{**work("PER"), "any.xmi": b"<"})}
    bundles, problems = read_xmi({"p.zip": packed(**bad)}, "p.zip")
    assert [one[1] for one in by_person(bundles)] == ["bestwn-bbb72323", "anna", "CURATION_USER"]
    assert [one.key for one in problems] == ["formats.cas_unreadable"]
    assert "anna.zip" in problems[0].source
    broken = {**PROJECT, "annotation/a.txt/anna.zip": b"PK\x03\x04"}
    bundles, problems = read_xmi({"p.zip": packed(**broken)}, "p.zip")
    assert [one.key for one in problems] == ["formats.zip_damaged"]
    assert len(bundles) == 3
    without = {**PROJECT, "annotation/a.txt/anna.zip": packed(a=b"x")}
    bundles, problems = read_xmi({"p.zip": packed(**without)}, "p.zip")
    assert [one.key for one in problems] == ["formats.zip_without_xmi"]
    assert len(bundles) == 3


def test_all_archives_together_hold_no_more_than_is_allowed():
    filling = random.Random(1).randbytes(50_000).hex()
    one = packed(**work("PER"), filling=filling)
    many = {f"annotation/{n}.txt/a.zip": one for n in range(20)}
    data = packed(**many, **{"exportedproject.json": b"{}"})
    bundles, problems = read_xmi({"p.zip": data}, "p.zip", max_bytes=2_000_000)
    assert 0 < len(bundles) < 10
    assert {one.key for one in problems} == {"formats.zip_size"}


def test_a_project_in_which_nobody_has_worked_is_told():
    data = packed(**{"exportedproject.json": b"{}", "source/a.txt": b"x"})
    with pytest.raises(UserError) as error:
        read_xmi({"p.zip": data}, "p.zip")
    assert error.value.key == "formats.zip_without_xmi"
