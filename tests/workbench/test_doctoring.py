"""The doctor as command line and window use it: places, lines, and projects that are open."""

from datetime import UTC, datetime

from annotator.foundation.catalogue import load_catalogue, without_isolates
from annotator.store.doctor.ailments import Ailment, Kind, Remedy, Way, Where
from annotator.store.doctor.holdings import Holdings
from annotator.store.doctor.repairing import Repaired
from annotator.store.project_file import ProjectFile
from annotator.workbench.doctoring import (
    Patient,
    line_text,
    lines_of,
    needs_repair,
    repaired_text,
    saved_text,
    verdict_of,
    was_project,
)  # fmt: skip
from tests.store.doctor.patients import ailments, finished, make_patient, tamper

ENGLISH = load_catalogue("en")


def test_a_line_has_severity_id_place_and_sentence():
    ailment = Ailment(Kind.RECORD_DIGEST, Where("annotations", 1, None, "n1", "a1", "T3"))
    said = without_isolates(line_text(ENGLISH, ailment))
    assert said == "E D40 n1/a1/T3: T3 in document n1 is not what was stored."


def test_only_damage_needs_a_repair():
    hints = [Ailment(Kind.UNKNOWN_LABEL), Ailment(Kind.UNCLEAN)]
    assert not needs_repair(hints)
    assert needs_repair([*hints, Ailment(Kind.TEXT)])
    assert "damages: 0, warnings: 1, hints: 1" in without_isolates(verdict_of(ENGLISH, "x", hints))
    assert "Nothing is wrong" in verdict_of(ENGLISH, "x", [])


def test_what_was_lost_comes_first(tmp_path):
    remedies = (Remedy(Way.HEALED, Where("meta")), Remedy(Way.LEFT_OUT, Where("meta"), "T1"))
    lines = lines_of(ENGLISH, Repaired(remedies, 1, 2, 3))
    assert [without_isolates(line) for line in lines] == [
        "Not in the copy as it was (1):",
        "T1 could not be read and is not in the copy (technical: meta)",
        "Put right without loss (1):",
        "one changed byte was put right, as its digest proves (technical: meta)",
    ]
    assert lines_of(ENGLISH, Repaired((), 1, 2, 3)) == ["Nothing was lost."]
    told = without_isolates(repaired_text(ENGLISH, Repaired((), 5, 2, 3, in_trash=4), tmp_path))
    assert "Documents: 5 (in the trash: 4), annotation sets: 2, records: 3." in told


def saved(documents, annotations, held):
    report = Repaired((), documents, 2, 3, annotations=annotations, held=held)
    return without_isolates(saved_text(ENGLISH, report))


def test_how_much_was_saved_is_one_sentence():
    whole = saved(3, 40, Holdings(3, 40))
    assert whole.startswith("Everything")
    assert whole.endswith("Documents: 3. Annotations: 40.")
    for documents, annotations in ((1, 2), (3, 2), (1, 40)):
        part = saved(documents, annotations, Holdings(3, 40))
        assert part.startswith("Only a part")
        assert part.endswith(f"Documents: {documents} of 3. Annotations: {annotations} of 40.")
    assert "may have held more" in saved(3, 40, Holdings(3, 40, is_whole=False))
    assert saved(4, 41, Holdings(3, 40)).endswith("Documents: 4. Annotations: 41.")


def test_an_open_project_is_examined_through_its_own_connection(tmp_path):
    path = make_patient(tmp_path / "p.nishan")
    tamper(path, "UPDATE annotations SET label = 'ORG' WHERE id = 'T1'")
    before = path.read_bytes()
    target = tmp_path / "copy.nishan"
    with ProjectFile.open(path) as project:
        patient = Patient(path, project)
        said = [one for one in patient.examining() if isinstance(one, Ailment)]
        assert {one.kind for one in said} == {Kind.RECORD_COLUMN}
        finished(patient.repairing(target, lambda: datetime(2026, 11, 25, tzinfo=UTC)))
    assert path.read_bytes() == before
    assert ailments(target) == []


def test_a_file_that_was_a_project_is_known_and_others_are_not(tmp_path):
    path = make_patient(tmp_path / "p.nishan")
    data = path.read_bytes()
    path.write_bytes(bytes(4_096) + data[4_096:])
    assert was_project(path)
    path.write_bytes(bytes(9_000))
    assert not was_project(path)
    assert not was_project(tmp_path / "nowhere.nishan")
