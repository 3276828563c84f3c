"""The journal of the project and the trash: what is wrong with them, and what a repair keeps."""

import pytest

from annotator.foundation.catalogue import LANGUAGES, load_catalogue
from annotator.store.doctor.ailments import Severity
from annotator.store.doctor.repairing import repair
from tests.store.doctor.patients import (
    ailments,
    content,
    finished,
    make_patient,
    make_trashed,
    rewritten,
    tamper,
)  # fmt: skip
from tests.store.projects import LATER, NOW, make_older

ACT = "project_journal"

# What is told of each defect, what of the project is not in the copy as it was, and the defect.
SQL = {
    "trash-time": ("D90", {"trash"}, "UPDATE documents SET removed = 'x' WHERE id = 'n2'"),
    "set-trash-time": (
        "D90", {"trash"}, "UPDATE annotation_sets SET removed = 'x' WHERE id = 'a2'"
    ),
    "person-trash-time": ("D90", set(), "UPDATE people SET removed = 'x' WHERE id = 'a2'"),
    "trash-not-utf8": (
        "D06", {"trash"}, "UPDATE documents SET removed = CAST(x'd8' AS TEXT) WHERE id = 'n2'"
    ),
    "digest": ("D91", set(), f"UPDATE {ACT} SET body = replace(body, 'پای', 'پاێ') WHERE seq = 1"),
    "digest-far": ("D91", {"acts", "journal"}, f"UPDATE {ACT} SET body = '{{' WHERE seq = 1"),
    "digest-itself": (
        "D91", {"acts", "journal"},
        f"UPDATE {ACT} SET digest = zeroblob(16) WHERE seq = 1",
    ),
    "made": ("D91", set(), f"UPDATE {ACT} SET made = replace(made, '2026', '2027') WHERE seq = 4"),
    "undo-lost": ("D93", {"acts"}, f"DELETE FROM {ACT} WHERE seq = 6"),
    "done-lost": ("D93 D95", {"acts", "journal"}, f"DELETE FROM {ACT} WHERE seq = 1"),
    "trashing-lost": ("D96", {"acts"}, f"DELETE FROM {ACT} WHERE seq = 4"),
    "part": ("D60", set(), "UPDATE journal SET project = 3 WHERE project = 1 AND act = 'do'"),
    "restored": ("D96", set(), "UPDATE documents SET removed = NULL WHERE id = 'n2'"),
    "trashed": ("D96", set(), f"UPDATE people SET removed = '{NOW}' WHERE id = 'a1'"),
    "person-lost": ("D31 D94", {"people", "trash"}, "DELETE FROM people WHERE id = 'a2'"),
    "scheme-lost": ("D94", {"acts", "scheme"}, "DELETE FROM schemes WHERE key = 2"),
    "damage-in-trash": (
        "D42", set(),
        "UPDATE annotations SET label = 'ORG' WHERE id = 'T2' AND set_key ="
        " (SELECT max(key) FROM annotation_sets WHERE id = 'a1')",
    ),
}  # fmt: skip

# Bodies that are wrong although their digest is right.
BODIES = {
    "json": ("D92", {"acts", "journal"}, 1, lambda body: "{"),
    "form": ("D92", {"acts"}, 4, lambda body: body.replace(":", ": ", 1)),
    "thing": ("D92", {"acts"}, 4, lambda body: body.replace('"document"}', '"thing"}')),
    "here": ("D92", {"acts"}, 4, lambda body: body.replace('"is_here":false', '"is_here":0')),
    "set-of-none": ("D92", {"acts"}, 5, lambda body: body.replace('"n1"', "null")),
    "document": ("D94 D96", {"acts"}, 4, lambda body: body.replace('"n2"', '"n9"')),
    "set": ("D94", {"acts"}, 7, lambda body: body.replace('"n1"', '"n9"')),
    "scheme": ("D94", {"acts"}, 8, lambda body: body.replace('"schemes":[1,2]', '"schemes":[1,9]')),
}


@pytest.fixture(scope="session")
def trashed_bytes(tmp_path_factory):
    return make_trashed(tmp_path_factory.mktemp("trashed") / "p.nishan").read_bytes()


@pytest.fixture
def patient(tmp_path, trashed_bytes):
    path = tmp_path / "کار.nishan"
    path.write_bytes(trashed_bytes)
    return path


def found(path):
    return " ".join(sorted({said.kind.value for said in ailments(path)}))


def repaired(path):
    """The copy, which has no damage, and the report; everything can be said."""
    target = path.with_name("copy.nishan")
    report = finished(repair(path, target, now=LATER))
    left = ailments(target)
    assert [said for said in left if said.severity is Severity.ERROR] == []
    for language in LANGUAGES:
        catalogue = load_catalogue(language)
        for said in (*ailments(path), *report.remedies):
            assert catalogue.text(said.key, **said.values)
    return target, report


def differing(one, other):
    return {name for name in one if one[name] != other[name]}


def test_a_project_with_a_trash_has_no_ailment_and_its_copy_is_equal(patient):
    assert ailments(patient) == []
    target, report = repaired(patient)
    assert content(target) == content(patient)
    assert report.remedies == ()


def test_what_is_in_the_trash_is_counted(patient):
    _, report = repaired(patient)
    assert (report.documents, report.sets, report.in_trash) == (2, 3, 1)


@pytest.mark.parametrize("name", SQL)
def test_each_defect_of_a_table(patient, name):
    expected, changed, statement = SQL[name]
    healthy = content(patient)
    tamper(patient, statement)
    assert found(patient) == expected
    is_damage = any(said.severity is Severity.ERROR for said in ailments(patient))
    target, report = repaired(patient)
    assert bool(report.remedies) is is_damage
    if is_damage:
        assert differing(content(target), healthy) == changed
    else:
        assert content(target) == content(patient)


@pytest.mark.parametrize("name", BODIES)
def test_each_defect_of_an_act(patient, name):
    expected, changed, seq, change = BODIES[name]
    healthy = content(patient)
    rewritten(patient, ACT, f"seq = {seq}", change)
    assert found(patient) == expected
    target, _ = repaired(patient)
    assert differing(content(target), healthy) == changed


def test_what_is_left_out_takes_what_refers_to_it_along(patient):
    tamper(patient, f"UPDATE {ACT} SET body = '{{' WHERE seq = 1")
    target, report = repaired(patient)
    told = [(r.way.value, r.where.seq, r.detail) for r in report.losses]
    assert told == [
        ("left_out", 1, "project_journal/1"),
        ("history_cut", 2, 1),
        ("history_cut", 3, 1),
        *[("cut", r.where.seq, "project_journal/1") for r in report.losses[3:]],
    ]
    assert len(report.losses) == 9
    after = content(target)
    assert [entry.seq for entry in after["acts"]] == [4, 5, 6, 7, 8]
    assert {e.project for listed in after["journal"].values() for e in listed} == {None}


def test_a_warning_is_no_damage(patient):
    tamper(patient, "UPDATE documents SET removed = NULL WHERE id = 'n2'")
    assert [said.severity.value for said in ailments(patient)] == ["W"]


def test_labels_in_the_trash_are_no_ailment(patient):
    labels = {m.label for _, one in content(patient)["sets"].values() for m in one.mentions()}
    assert "LOC" in labels
    assert ailments(patient) == []


@pytest.mark.parametrize("version", [1, 2])
def test_files_of_older_versions_are_asked_nothing_of_it(tmp_path, version):
    path = make_patient(tmp_path / "old.nishan")
    tamper(path, "DELETE FROM annotations WHERE layer = 'decision'")
    tamper(path, 'DELETE FROM journal WHERE body LIKE \'%"layer":"decision"%\'')
    make_older(path, version)
    assert ailments(path) == []
    tamper(path, "UPDATE annotations SET label = 'ORG' WHERE id = 'T1'")
    assert found(path) == "D42"
    target, _ = repaired(path)
    assert ailments(target) == []


def test_rows_older_than_a_column_are_read_from_damaged_pages(tmp_path):
    """A file that was brought to the newest schema keeps rows without what came with it."""
    path = make_patient(tmp_path / "old.nishan")
    healthy = content(path)
    make_older(path, 2)
    assert content(path).keys() == healthy.keys()  # opening brings it to the newest schema
    data = bytearray(path.read_bytes())
    data[18:20] = b"\x02\x02"  # SQLite is not asked about a file whose header is wrong
    path.write_bytes(data)
    assert found(path) == "D01"
    target, report = repaired(path)
    assert report.losses == ()
    after = content(target)
    assert differing(after, healthy) <= {"meta"}
