"""The doctor's sentences: in one language, the words of SQLite and of the schema at the end."""

import re
import sqlite3

import pytest

from annotator.foundation.catalogue import (
    FIRST_STRONG_ISOLATE,
    POP_DIRECTIONAL_ISOLATE,
    load_catalogue,
    without_isolates,
)
from annotator.store.doctor.ailments import Ailment, Kind, Remedy, Way, Where
from annotator.store.doctor.repairing import repair
from annotator.store.doctor.tables import layout_of
from annotator.store.migrations import load_migrations
from annotator.workbench.doctor_wording import place_of, sentence_of
from tests.store.doctor.patients import ailments, finished, make_patient, tamper
from tests.store.projects import NOW

ENGLISH, SORANI = load_catalogue("en"), load_catalogue("ckb")
TREE = "Tree 5 page 3: btreeInitPage() returns error code 11"


def said(what, catalogue=ENGLISH):
    return without_isolates(sentence_of(catalogue, what))


@pytest.mark.parametrize(
    ("where", "place"),
    [
        (Where(), None),
        (Where("meta", "uuid"), None),
        (Where("places"), None),
        (Where("documents", 3, document="n1"), "n1"),
        (Where("annotations", 3, document="n1", set="a1", record="T3"), "n1/a1/T3"),
        (Where("journal", 12, document="n1", set="a1", seq=12), "n1/a1/#12"),
    ],
)
def test_a_place_is_a_path_of_ids(where, place):
    assert place_of(where) == place


def test_what_sqlite_says_comes_last_and_cannot_turn_the_sentence():
    shown = sentence_of(SORANI, Ailment(Kind.PAGES, detail=TREE))
    isolate = f"{FIRST_STRONG_ISOLATE}{TREE}{POP_DIRECTIONAL_ISOLATE}"
    assert shown.endswith(f"(تەکنیکی: {isolate})")
    assert "Tree" not in shown.replace(isolate, "")


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        (
            Ailment(Kind.CELL, Where("annotations", 7, "label")),
            "A value in the annotations is of a kind that cannot stand there."
            " (technical: annotations/7/label)",
        ),
        (
            Ailment(Kind.CONSTRAINT, Where("documents", 2), "length >= 0"),
            "Something in the documents cannot be as it stands there."
            " (technical: documents/2: length >= 0)",
        ),
        (
            Ailment(Kind.SCHEMA, Where("extra"), "extra"),
            "The file holds something that no project holds, or lacks something that each one has."
            " (technical: extra)",
        ),
        (
            Ailment(Kind.RECORD_COLUMN, Where("annotations", 1, None, "n1", "a1", "T3"), "label"),
            "The list says of T3 in document n1 something else than the record,"
            " namely about the label or type.",
        ),
        (
            Ailment(Kind.SET_STATUS, Where(document="n1", set="a1"), "in_progress"),
            "The status of the annotation set a1 of document n1 is not what the list says,"
            " but in progress.",
        ),
        (
            Ailment(Kind.UNKNOWN_LABEL, Where(document="n1", set="a1", record="T3"), "title"),
            "T3 in document n1 has the label or type title, which the scheme does not know.",
        ),
        (
            Remedy(Way.REPLACED, Where("meta", "uuid"), "uuid"),
            "its own id was lost and something else stands in for it (technical: meta/uuid)",
        ),
        (
            Remedy(Way.LEFT_OUT, Where("people", "x"), "text"),
            "text could not be read and is not in the copy (technical: people/x)",
        ),
        (
            Remedy(Way.LEFT_OUT, Where("journal", document="n1", set="a1", seq=12)),
            "step 12 of the history could not be read and is not in the copy",
        ),
        (
            Remedy(Way.CUT, Where("project_journal", 4, seq=4), "project_journal/4"),
            "the reference to step 4 of the history was taken out (technical: project_journal/4)",
        ),
        (
            Remedy(Way.MISSING, Where(column="mentions", document="n1", set="a1"), 3),
            "mentions that the set once counted and that are neither in its table"
            " nor in its history: 3",
        ),
    ],
)
def test_names_of_the_schema_become_words(what, sentence):
    assert said(what) == sentence


def test_every_table_and_every_field_that_is_named_has_a_word():
    migrations = load_migrations()
    tables = layout_of(migrations, migrations.newest).tables
    named = {*tables, "uuid", "name", "created", "generation", "length", "title", "removed"}
    named |= {"label", "layer", "span_start", "span_end", "mentions", "events", "quotes"}
    assert [name for name in sorted(named) if f"doctor.word.{name}" not in SORANI] == []


def test_a_ruin_is_told_in_one_language(tmp_path):
    path = make_patient(tmp_path / "p.nishan")
    tamper(
        path,
        "UPDATE annotations SET label = 'ORG' WHERE id = 'T1'",
        "UPDATE annotation_sets SET mentions = 1, status = 'new'",
        "UPDATE documents SET length = 1",
        "DELETE FROM meta WHERE key = 'uuid'",
    )
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE extra (x)")
    database.close()
    found = ailments(path)
    assert {one.kind for one in found} >= {Kind.SCHEMA, Kind.META, Kind.RECORD_COLUMN}
    report = finished(repair(path, tmp_path / "copy.nishan", now=NOW))
    for one in (*found, *report.remedies):
        told = said(one, SORANI)
        told = re.sub(r"\(تەکنیکی: .*\)$", "", told)
        assert re.findall("[a-z_]{3,}", told) == [], told
