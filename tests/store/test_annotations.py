"""Annotation sets: what is written, what is refused, and that sets read back equal."""

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Coverage, Entity, Mention, SetStatus, StatusRecord
from annotator.core.document import Document, Source
from annotator.core.edits import Change, Edit
from annotator.core.ids import DocumentId, Layer, RecordId, SetId
from annotator.core.set_header import SetHeader, SetKind
from annotator.core.span import Fragments
from annotator.foundation.errors import Defect
from annotator.store.project_file import ProjectFile
from tests.store.projects import (
    DOCUMENT,
    HEADER,
    LATER,
    NOW,
    TEXT,
    adding,
    make_project,
    mention,
    perform,
)


def document(identifier, text="دەقێک"):
    return Document(DocumentId(identifier), text, Source(None, "1" * 64))


class TestAnnotations:
    def test_headers_come_back_whole_and_in_order(self, project):
        gold = SetHeader(
            SetId("gold"),
            DOCUMENT.id,
            SetKind.ADJUDICATED,
            ("a1",),
            NOW,
            LATER,
            adjudicator="a1",
            derived_from=(SetId("a1"), SetId("a2")),
        )
        with project.transaction() as tx:
            project.documents.add(tx, document("n-2"), at=NOW)
            project.annotations.add_set(tx, gold)
        assert project.annotations.headers(DOCUMENT.id) == (HEADER, gold)
        assert project.annotations.headers() == (HEADER, gold)
        assert project.annotations.headers(DocumentId("n-2")) == ()
        assert project.annotations.header(DOCUMENT.id, SetId("gold")) == gold
        assert project.annotations.header(DOCUMENT.id, SetId("none")) is None

    @pytest.mark.parametrize(
        ("changed", "key"),
        [
            ({}, "row_exists"),
            ({"document": DocumentId("n-9")}, "no_such_row"),
            ({"id": SetId("a2"), "annotators": ("a2",)}, "no_such_row"),
            ({"id": SetId("a2"), "adjudicator": "a7"}, "no_such_row"),
        ],
    )
    def test_a_set_of_nothing_or_nobody_is_a_defect(self, project, changed, key):
        values = {name: getattr(HEADER, name) for name in SetHeader.__slots__}
        with pytest.raises(Defect, match=key), project.transaction() as tx:
            project.annotations.add_set(tx, SetHeader(**{**values, **changed}))

    def test_a_set_reads_back_equal_and_in_order_of_creation(self, project, path):
        first = adding(*(mention(n, n, n + 3) for n in (1, 2, 10)))
        after, _ = perform(project, first)
        change = Edit("edit.relabel", (Change(mention(1, 1, 4), mention(1, 1, 6, "ORG")),))
        after, _ = perform(project, change)
        after, _ = perform(project, Edit("edit.delete", (Change(mention(10, 10, 13), None),)))
        after, _ = perform(project, adding(mention(11, 0, 2)))
        project.close()
        with ProjectFile.open(path) as again:
            found = again.annotations.read(HEADER)
            assert found == after
            assert list(found.records) == ["T1", "T2", "T11"]
            assert found.last_numbers == {Layer.MENTION: 11}
            assert again.annotations.header(DOCUMENT.id, HEADER.id).modified == LATER

    def test_numbers_never_shrink(self, project):
        perform(project, adding(mention(7)))
        with project.transaction() as tx:
            removal = Edit("edit.delete", (Change(mention(7), None),))
            project.annotations.write(tx, HEADER, removal, numbers={}, at=LATER)
        assert project.annotations.read(HEADER) == AnnotationSet({}, {Layer.MENTION: 7})

    @pytest.mark.parametrize(
        "change",
        [
            Change(None, mention(1, 0, 9)),
            Change(mention(1, 0, 5), mention(1, 0, 9)),
            Change(mention(1, attrs=(("a", "b"),)), None),
            Change(mention(2), mention(2, 0, 9)),
            Change(mention(2), None),
        ],
    )
    def test_an_edit_of_something_else_than_is_stored_writes_nothing(self, project, change):
        before, _ = perform(project, adding(mention(1)))
        edit = Edit("edit.stale", (Change(None, mention(5, 9, 12)), change))
        with pytest.raises(Defect, match="stale_write"), project.transaction() as tx:
            project.annotations.write(tx, HEADER, edit, numbers={}, at=LATER)
        assert project.annotations.read(HEADER) == before

    @pytest.mark.parametrize("changed", [mention(1, 0, 9), mention(1)])
    def test_the_record_that_keeps_others_out_is_named(self, project, changed):
        perform(project, adding(mention(1)))
        news = [mention(5, 9, 12), changed, mention(6, 9, 12)]
        edit = Edit("edit.stale", tuple(Change(None, record) for record in news))
        with pytest.raises(Defect) as caught, project.transaction() as tx:
            project.annotations.write(tx, HEADER, edit, numbers={}, at=LATER)
        # what is the same in both cannot be told from what was just put in
        named = "T1" if changed != mention(1) else "T5"
        assert caught.value.values["identifier"] == named

    def test_a_record_that_comes_twice_is_named(self, project):
        news = (mention(5, 9, 12), mention(6, 9, 12), mention(6, 9, 12))
        edit = Edit("edit.stale", tuple(Change(None, record) for record in news))
        with pytest.raises(Defect) as caught, project.transaction() as tx:
            project.annotations.write(tx, HEADER, edit, numbers={}, at=LATER)
        assert caught.value.values["identifier"] == "T6"

    def test_nothing_is_written_outside_the_text(self, project):
        last = len(TEXT)
        perform(project, adding(mention(1, last - 1, last)))
        edit = adding(mention(2, last - 1, last + 1))
        with pytest.raises(Defect, match="outside_text"), project.transaction() as tx:
            project.annotations.write(tx, HEADER, edit, numbers={}, at=LATER)

    @pytest.mark.parametrize(
        "record",
        [
            Mention(RecordId("E1"), "GPE", Fragments.at(0, 4)),
            Mention(RecordId("T1"), "GPE", Fragments.at(0, 4), entity=RecordId("T2")),
            Mention(RecordId("T1"), "\ud800", Fragments.at(0, 4)),
        ],
    )
    def test_nothing_is_written_that_would_not_read_back(self, project, record):
        with pytest.raises(Defect, match="not_writable"), project.transaction() as tx:
            project.annotations.write(tx, HEADER, adding(record), numbers={}, at=LATER)

    def test_lists_know_status_and_counts_without_reading_sets(self, project):
        key = (DOCUMENT.id, HEADER.id)

        def seen():
            counted = project.annotations.counts()[key]
            status = project.annotations.statuses()[key]
            assert status is project.annotations.read(HEADER).status.status
            return status, counted[Layer.MENTION], counted[Layer.EVENT], counted[Layer.QUOTE]

        done = StatusRecord(SetStatus.COMPLETE, Coverage.COMPLETE, Coverage.NONE, Coverage.NONE)
        entity = Entity(RecordId("E1"), "GPE", "هەولێر")
        assert seen() == (SetStatus.NEW, 0, 0, 0)
        perform(project, adding(mention(1), mention(2, 5, 9), entity))
        assert seen() == (SetStatus.IN_PROGRESS, 2, 0, 0)
        completing = adding(done)
        perform(project, completing)
        assert seen() == (SetStatus.COMPLETE, 2, 0, 0)
        perform(project, completing.inverse)
        assert seen() == (SetStatus.IN_PROGRESS, 2, 0, 0)
        perform(project, adding(mention(1), mention(2, 5, 9), entity).inverse)
        assert seen() == (SetStatus.NEW, 0, 0, 0)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_sequence_of_edits_reads_back_as_it_was_in_memory(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("edits") / "p.nishan"
    with make_project(path) as project:
        held = AnnotationSet()
        for _ in range(data.draw(st.integers(1, 8))):
            held, _ = perform(project, data.draw(_edit_of(held)))
        entries = project.journal.entries(HEADER)
    with ProjectFile.open(path) as again:
        assert again.annotations.read(HEADER) == held
        assert again.journal.entries(HEADER) == entries
        again.check()


@st.composite
def _edit_of(draw, held):
    mentions = list(held.mentions())
    acts = ["add", *(["change", "remove"] if mentions else [])]
    fragments = Fragments.at(*sorted(draw(st.sets(st.integers(0, 300), min_size=2, max_size=2))))
    match draw(st.sampled_from(acts)):
        case "add":
            new = Mention(held.next_id(Layer.MENTION), draw(st.sampled_from("ABC")), fragments)
            return adding(new)
        case "change":
            old = draw(st.sampled_from(mentions))
            return Edit("edit.change", (Change(old, Mention(old.id, "D", fragments)),))
        case _:
            return Edit("edit.delete", (Change(draw(st.sampled_from(mentions)), None),))
