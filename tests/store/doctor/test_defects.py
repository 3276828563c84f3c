"""Every defect is found under its own id, and the repaired copy is clean and keeps the rest."""

import re

import pytest

from annotator.foundation.catalogue import LANGUAGES, load_catalogue
from annotator.store.doctor.ailments import Kind
from annotator.store.doctor.repairing import repair
from annotator.store.project_file import ProjectFile
from tests.store.doctor.patients import (
    ailments,
    content,
    finished,
    make_patient,
    rewritten,
    tamper,
)  # fmt: skip
from tests.store.projects import NOW

SET = "(SELECT min(key) FROM annotation_sets)"


def of(identifier):
    """Which record of the first set."""
    return f"WHERE set_key = {SET} AND id = '{identifier}'"


SQL = {
    "a-check": ("D04 D24", "UPDATE documents SET position = -1 WHERE id = 'n2'"),
    "not-utf8-title": ("D06", "UPDATE documents SET title = CAST(x'd8' AS TEXT) WHERE id = 'n2'"),
    "not-utf8-text": (
        "D06", "UPDATE documents SET text = CAST(x'd8' || CAST(substr(text, 2) AS BLOB) AS TEXT)"
        " WHERE id = 'n2'"
    ),
    "not-utf8-person": ("D06", "UPDATE people SET name = CAST(x'd8' AS TEXT) WHERE id = 'a2'"),
    "not-utf8-record": (
        "D06", f"UPDATE annotations SET body = CAST(x'ff' AS TEXT) {of('T1')}"
    ),
    "orphan-set": ("D09", "UPDATE annotation_sets SET document_key = 77 WHERE id = 'a2'"),
    "orphan-record": ("D09 D33 D64", f"UPDATE annotations SET set_key = 77 {of('T1')}"),
    "orphan-place": ("D09", "UPDATE places SET document_key = 77"),
    "meta": ("D10", "DELETE FROM meta WHERE key = 'uuid'"),
    "generation": ("D10", "UPDATE meta SET value = 'x' WHERE key = 'generation'"),
    "person-id": ("D09 D11 D31", "UPDATE people SET id = 'a1x' WHERE id = 'a1'"),
    "person-name": ("D11", "UPDATE people SET name = ' ' WHERE id = 'a2'"),
    "person-missing": ("D31", "DELETE FROM people WHERE id = 'a2'"),
    "scheme-body": ("D12", "UPDATE schemes SET body = replace(body, 'PER', 'PEX')"),
    "scheme-lost": ("D12", "UPDATE schemes SET body = '{'"),
    "scheme-digest": ("D12", "UPDATE schemes SET digest = zeroblob(16)"),
    "text": ("D20", "UPDATE documents SET text = replace(text, 'ئازاد', 'ئاراد') WHERE id = 'n1'"),
    "sha": ("D20", "UPDATE documents SET sha256 = upper(sha256) WHERE id = 'n1'"),
    "document-body": ("D21", "UPDATE documents SET body = replace(body, 'ab', 'ac')"),
    "document-json": ("D21", "UPDATE documents SET body = '{' WHERE id = 'n1'"),
    "title": ("D22", "UPDATE documents SET title = 'x' WHERE id = 'n1'"),
    "length": ("D22", "UPDATE documents SET length = length - 1 WHERE id = 'n1'"),
    "document-id": ("D04 D23", "UPDATE documents SET id = 'n 1' WHERE id = 'n1'"),
    "annotators": ("D30", "UPDATE annotation_sets SET annotators = 'a1' WHERE id = 'a1'"),
    "kind": ("D04 D30", f"UPDATE annotation_sets SET kind = 'x' WHERE key = {SET}"),
    "adjudicator": ("D31", f"UPDATE annotation_sets SET adjudicator = 'a9' WHERE key = {SET}"),
    "derived": ("D32", f"""UPDATE annotation_sets SET derived_from = '["x"]' WHERE key = {SET}"""),
    "counts": ("D33", f"UPDATE annotation_sets SET mentions = 9 WHERE key = {SET}"),
    "status": ("D34", f"UPDATE annotation_sets SET status = 'approved' WHERE key = {SET}"),
    "begun": ("D34", "UPDATE annotation_sets SET status = 'new' WHERE id = 'a2'"),
    "numbers": ("D35", f"UPDATE annotation_sets SET last_numbers = '[]' WHERE key = {SET}"),
    "numbers-low": (
        "D35", f"""UPDATE annotation_sets SET last_numbers = '{{"mention":3}}' WHERE key = {SET}"""
    ),
    "digest": ("D40", f"UPDATE annotations SET body = replace(body, 'GPE', 'ORG') {of('T1')}"),
    "digest-itself": ("D40", f"UPDATE annotations SET digest = zeroblob(16) {of('T1')}"),
    "label": ("D42", f"UPDATE annotations SET label = 'ORG' {of('T1')}"),
    "span-start": ("D42", f"UPDATE annotations SET span_start = 4 {of('T1')}"),
    "record-id": ("D42", f"UPDATE annotations SET id = 'T9' {of('T1')}"),
    "record-layer": ("D04 D33 D42", f"UPDATE annotations SET layer = 'x' {of('T1')}"),
    "missing-record": ("D33 D64", f"DELETE FROM annotations {of('T1')}"),
    "missing-entity": ("D46 D64", f"DELETE FROM annotations {of('E1')}"),
    "entry-digest": ("D60", "UPDATE journal SET body = replace(body, 'GPE', 'ORG') WHERE seq = 2"),
    "entry-made": ("D60", "UPDATE journal SET made = '2026' WHERE seq = 2"),
    "entry-joins": ("D60", "UPDATE journal SET joins = 1 WHERE seq = 2"),
    "entry-missing": ("D64", "DELETE FROM journal WHERE seq = 9"),
    "entry-first-missing": ("D64", "DELETE FROM journal WHERE seq = 1"),
    "last-entry-missing": (
        "D64", "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal"
        f" WHERE set_key = {SET})"
    ),
    "undo-missing": ("D62", "DELETE FROM journal WHERE act = 'undo'"),
    "place": ("D70", "UPDATE places SET caret = 100000"),
}  # fmt: skip

# Bodies that are wrong although their digest is right, as a program with an error would write.
BODIES = {
    "record-json": ("D41", "T1", lambda body: "{"),
    "record-shape": ("D41", "T1", lambda body: body.replace('"level":"NAM"', '"level":"X"')),
    "record-form": ("D41", "T1", lambda body: body.replace(":", ": ", 1)),
    "outside": ("D43", "T3", lambda body: body.replace("69]", "9999]")),
    "reversed": ("D44", "T3", lambda body: body.replace("[64,69]", "[69,64]")),
    "negative": ("D44", "T3", lambda body: body.replace("[64,69]", "[-64,69]")),
    "empty": ("D45", "T3", lambda body: body.replace("[[64,69]]", "[]")),
    "overlapping": ("D45", "EV2", lambda body: body.replace("[57,60]", "[54,60]")),
    "unordered": ("D45", "EV2", lambda body: body.replace("[52,55],[57,60]", "[57,60],[52,55]")),
    "dangling": ("D46", "T1", lambda body: body.replace('"E1"', '"E7"')),
    "wrong-kind": ("D47", "T1", lambda body: body.replace('"E1"', '"T2"')),
    "wrong-kind-argument": ("D47", "EV2", lambda body: body.replace('"EV1"', '"Q1"')),
    "quote-cycle": ("D49", "Q1", lambda body: body.replace('"parent":null', '"parent":"Q2"')),
    "quote-itself": ("D49", "Q1", lambda body: body.replace('"parent":null', '"parent":"Q1"')),
    "event-cycle": (
        "D50", "EV1", lambda body: body.replace(
            '"arguments":[]', '"arguments":[{"role":"Topic","target":{"event":"EV2"}}]'
        )
    ),
    "bad-id": ("D51", "T3", lambda body: body.replace('"T3"', '"X3"')),
}  # fmt: skip

SECOND = "seq = 2"
DELETION = "body LIKE '%edit.delete%'"
ENTRIES = {
    "entry-json": ("D61", SECOND, lambda body: "{"),
    "entry-shape": ("D61", SECOND, lambda body: body.replace('"focus"', '"locus"')),
    "entry-stale": ("D63", DELETION, lambda body: body.replace('"ORG"', '"PER"')),
    "entry-other": ("D64", SECOND, lambda body: body.replace("[5,11]", "[5,12]")),
}

HINTS = {
    "label-unknown": ("D80", "T3", lambda body: body.replace('"PER"', '"XYZ"')),
    "type-unknown": ("D80", "EV1", lambda body: body.replace("Contact.Meet", "Contact.Gone")),
    "role-unknown": ("D81", "EV2", lambda body: body.replace('"Topic"', '"Cause"')),
    "attribute-unknown": ("D82", "T2", lambda body: body.replace('["value"', '["odd"')),
}


@pytest.fixture(scope="session")
def healthy_bytes(tmp_path_factory):
    return make_patient(tmp_path_factory.mktemp("patients") / "p.nishan").read_bytes()


@pytest.fixture
def patient(tmp_path, healthy_bytes):
    path = tmp_path / "کار.nishan"
    path.write_bytes(healthy_bytes)
    return path


def found(path):
    return sorted({said.kind.value for said in ailments(path)})


def repaired(path):
    """Repair into a copy; the copy must be clean, the file as it was."""
    before = path.read_bytes()
    target = path.with_name("copy.nishan")
    report = finished(repair(path, target, now=NOW))
    assert path.read_bytes() == before
    left = [said for said in ailments(target) if said.severity.value != "I"]
    assert left == []
    assert sorted(p.name for p in path.parent.iterdir()) == sorted([path.name, target.name])
    for language in LANGUAGES:
        catalogue = load_catalogue(language)
        for said in (*ailments(path), *report.remedies):
            assert catalogue.text(said.key, **said.values)
    return target, report


def uuid_of(path):
    with ProjectFile.open(path) as project:
        return project.meta.get("uuid")


def test_a_healthy_project_has_no_ailment(patient):
    before = patient.read_bytes()
    assert ailments(patient) == []
    assert patient.read_bytes() == before
    assert [p.name for p in patient.parent.iterdir()] == [patient.name]


def test_a_copy_of_a_healthy_project_is_equal_to_it(patient):
    target, report = repaired(patient)
    assert content(target) == content(patient)
    assert report.remedies == ()
    assert (report.documents, report.sets, report.records) == (2, 3, 15)


def test_a_copy_has_an_id_of_its_own_and_every_second_one_another(patient):
    copies = [patient.with_name(name) for name in ("one.nishan", "two.nishan")]
    for copy in copies:
        report = finished(repair(patient, copy, now=NOW))
        assert report.remedies == ()
    assert len({uuid_of(path) for path in (patient, *copies)}) == 3


# What a repair cannot bring back, by the parts of `content` that differ afterwards.
CHANGED = {
    "a-check": {"documents"}, "not-utf8-text": {"documents"}, "not-utf8-person": {"people"},
    "orphan-set": {"sets", "journal", "counts", "statuses"}, "orphan-place": {"places"},
    "meta": {"meta"}, "generation": {"meta"}, "person-id": {"people", "places"},
    "person-name": {"people"}, "person-missing": {"people"}, "text": {"documents"},
    "document-json": {"documents"}, "document-body": {"documents"},
    "document-id": {"documents", "sets", "journal", "counts", "statuses", "places"},
    "scheme-body": {"scheme"}, "place": {"places"}, "adjudicator": {"people", "sets"},
    "entry-json": {"journal"}, "entry-shape": {"journal"}, "entry-other": {"journal"},
    "entry-missing": {"journal"}, "entry-first-missing": {"journal"},
    "last-entry-missing": {"journal"}, "undo-missing": {"journal"}, "entry-digest": {"journal"},
    "entry-made": {"journal"},
    "dangling": {"sets", "journal"}, "quote-itself": {"sets", "journal"},
}  # fmt: skip


def _renamed(data):
    """One row of T2 says it is T1; the indexes still know T2."""
    return re.sub(rb"T2(mention.{1,4}PER\{)", rb"T1\1", data, count=1)


BYTES = {
    "header-version": (["D01"], lambda data: data[:60] + b"\x00\x00\x00\x09" + data[64:]),
    "header-name": (["D01"], lambda data: data[:68] + b"NISX" + data[72:]),
    "header-magic": (["D01"], lambda data: b"X" + data[1:]),
    "header-page-size": (["D01"], lambda data: data[:16] + b"\x00\x03" + data[18:]),
    "header-log": (["D01"], lambda data: data[:18] + b"\x02\x02" + data[20:]),
    "set-twice": (["D03", "D36"], lambda data: data.replace(b"a2annotator", b"a1annotator")),
    "record-twice": (
        ["D03", "D42", "D48"], _renamed
    ),
    "first-page": (["D01", "D02"], lambda data: bytes(4096) + data[4096:]),
}  # fmt: skip


SCHEMAS = (
    "CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM annotations; END",
    "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c) SELECT * FROM c",
    "CREATE TABLE extra (a)",
    "DROP INDEX journal_by_set",
    "ALTER TABLE meta RENAME COLUMN value TO content",
)


def differing(one, other):
    return {name for name in one if one[name] != other[name]}


@pytest.mark.parametrize("name", SQL)
def test_each_defect_of_a_table(patient, name):
    expected, statement = SQL[name]
    healthy = content(patient)
    tamper(patient, statement)
    assert found(patient) == expected.split()
    target, report = repaired(patient)
    assert differing(content(target), healthy) <= CHANGED.get(name, set())
    assert report.remedies


@pytest.mark.parametrize("name", BODIES)
def test_each_defect_of_a_record(patient, name):
    expected, identifier, change = BODIES[name]
    healthy = content(patient)
    rewritten(patient, "annotations", f"set_key = {SET} AND id = '{identifier}'", change)
    # The journal knows the record otherwise, which is told where the record is sound by itself.
    assert set(found(patient)) - {"D64"} == {expected}
    target, _ = repaired(patient)
    after = content(target)
    assert differing(after, healthy) <= CHANGED.get(name, set()) | {"sets", "journal"}
    kept, was = after["sets"]["n1", "a1"][1].records, healthy["sets"]["n1", "a1"][1].records
    assert kept.keys() == was.keys()
    assert {key for key in was if kept[key] != was[key]} <= {identifier, "Q2", "EV2"}


@pytest.mark.parametrize("name", ENTRIES)
def test_each_defect_of_the_journal(patient, name):
    expected, where, change = ENTRIES[name]
    healthy = content(patient)
    rewritten(patient, "journal", where, change)
    assert found(patient) == expected.split()
    target, _ = repaired(patient)
    assert differing(content(target), healthy) == {"journal"}


@pytest.mark.parametrize("name", HINTS)
def test_what_the_scheme_does_not_know_is_a_hint(patient, name):
    expected, identifier, change = HINTS[name]
    where = f"set_key = {SET} AND id = '{identifier}'"
    rewritten(patient, "annotations", where, change)
    told = [said for said in ailments(patient) if said.kind is not Kind.REPLAY]
    assert {(said.kind.value, said.severity.value) for said in told} == {(expected, "I")}


@pytest.mark.parametrize("name", BYTES)
def test_each_defect_of_bytes(patient, name):
    expected, change = BYTES[name]
    healthy, data = content(patient), patient.read_bytes()
    patient.write_bytes(change(data))
    assert patient.read_bytes() != data
    assert set(found(patient)) >= set(expected)
    target, _ = repaired(patient)
    changed = {"sets", "journal", "counts", "statuses"} if name == "set-twice" else set()
    changed |= {"journal"} if name == "record-twice" else set()
    assert differing(content(target), healthy) <= changed


def test_a_file_that_ends_within_a_page_is_read_to_its_end(patient):
    """SQLite finds it sound and fails when it reads the last rows."""
    data = patient.read_bytes()
    for rest in (1, 152, 4_095):
        patient.write_bytes(data[: -4_096 + rest])
        assert "D03" in found(patient)
        target, _ = repaired(patient)
        target.unlink()


@pytest.mark.parametrize("statement", SCHEMAS)
def test_what_no_project_holds_is_told_and_does_not_come_along(patient, statement):
    healthy = content(patient)
    tamper(patient, statement)
    assert found(patient) == ["D02"]
    target, _ = repaired(patient)
    assert content(target) == healthy


def test_a_project_without_a_usable_scheme(patient):
    rewritten(patient, "schemes", "key = 1", lambda body: '{"id": "x"}')
    assert found(patient) == ["D13"]
    target, report = repaired(patient)
    assert [remedy.way.value for remedy in report.losses] == ["replaced"]
    assert content(target)["scheme"].startswith("{")
