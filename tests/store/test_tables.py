"""What one table gives back after another session has written it."""

import pytest

from annotator.core.document import Document, Metadata, Source, text_sha256
from annotator.core.edits import Change, Edit
from annotator.core.history import Act, History
from annotator.core.ids import DocumentId, SetId
from annotator.core.set_header import Annotator, SetHeader, SetKind
from annotator.foundation.errors import Defect, UserError
from annotator.store.documents import DocumentEntry
from annotator.store.project_file import ProjectFile
from tests.store.projects import (
    DOCUMENT,
    HEADER,
    LATER,
    NOW,
    SCHEME,
    TEXT,
    adding,
    mention,
    perform,
)


def document(identifier, text="دەقێک"):
    return Document(DocumentId(identifier), text, Source(None, "1" * 64))


class TestDocuments:
    def test_a_document_comes_back_whole_after_reopening(self, project, path):
        project.close()
        with ProjectFile.open(path) as again:
            assert again.documents.get(DOCUMENT.id) == DOCUMENT
            assert again.documents.entries() == (
                DocumentEntry(DOCUMENT.id, "هەولێر", len(TEXT), text_sha256(TEXT), 1),
            )

    @pytest.mark.parametrize(
        "text",
        ["", "\ufeffدەق", "a\u2028b\u2029c\x85d\u00a0e", "🙂\n\n", "ك\u200cی\x00ە", "\ufdd0"],
    )
    def test_no_letter_of_a_text_changes(self, project, path, text):
        with project.transaction() as tx:
            project.documents.add(tx, document("odd", text), at=NOW)
        project.close()
        with ProjectFile.open(path) as again:
            assert again.documents.get(DocumentId("odd")).text == text

    def test_documents_keep_their_order_and_are_found_by_text(self, project):
        with project.transaction() as tx:
            for name in ("c", "a", "b"):
                project.documents.add(tx, document(name, name), at=NOW)
        assert [(e.id, e.position) for e in project.documents.entries()] == [
            ("n-1", 1),
            ("c", 2),
            ("a", 3),
            ("b", 4),
        ]
        assert project.documents.count() == 4
        assert project.documents.find_text(text_sha256("a")) == "a"
        assert project.documents.find_text(text_sha256("d")) is None

    def test_an_entry_without_title_is_named_by_its_id(self, project):
        with project.transaction() as tx:
            project.documents.add(tx, document("plain"), at=NOW)
        assert [entry.name for entry in project.documents.entries()] == ["هەولێر", "plain"]

    @pytest.mark.parametrize(
        ("wanted", "given_id"),
        [
            ("n-2", "n-2"),
            ("n-1", "n-1-2"),
            ("N-1", "N-1-2"),
            ("news 12/3: a", "news-12-3-a"),
            ("هەواڵ", "doc"),
            ("../../etc/passwd", "etc-passwd"),
            (".hidden", "hidden"),
            ("", "doc"),
            ("x" * 200, "x" * 128),
            ("x" * 127 + ".y", "x" * 127),
        ],
    )
    def test_free_ids_are_safe_and_unused(self, project, wanted, given_id):
        assert project.documents.free_id(wanted) == given_id

    def test_many_documents_of_one_name_are_numbered_without_gaps(self, project):
        found = []
        with project.transaction() as tx:
            for _ in range(20):
                identifier = project.documents.free_id("هەواڵ")
                found.append(identifier)
                project.documents.add(tx, document(identifier), at=NOW)
        assert found == ["doc", *(f"doc-{number}" for number in range(2, 21))]

    def test_a_long_name_leaves_room_for_its_number(self, project):
        with project.transaction() as tx:
            project.documents.add(tx, document("x" * 128), at=NOW)
        assert project.documents.free_id("x" * 300) == "x" * 126 + "-2"

    @pytest.mark.parametrize("identifier", ["n-1", "N-1"])
    def test_an_id_in_use_is_a_defect(self, project, identifier):
        with pytest.raises(Defect, match=r"store\.row_exists"), project.transaction() as tx:
            project.documents.add(tx, document(identifier), at=NOW)

    @pytest.mark.parametrize("identifier", ["a b", "هەواڵ", "", "x" * 129, "a/b"])
    def test_an_unsafe_id_does_not_enter_the_file(self, project, identifier):
        with pytest.raises(Defect, match=r"store\.sql"), project.transaction() as tx:
            project.documents.add(tx, document(identifier), at=NOW)
        assert project.documents.count() == 1

    def test_a_missing_document_is_told(self, project):
        with pytest.raises(UserError, match=r"store\.no_such_document"):
            project.documents.get(DocumentId("n-9"))


class TestPeople:
    def test_annotators_get_ids_in_order(self, project):
        with project.transaction() as tx:
            added = [project.people.add(tx, f"کەس {n}", at=NOW) for n in range(2, 12)]
        assert [person.id for person in added] == [f"a{n}" for n in range(2, 12)]
        assert project.people.all() == (Annotator("a1", "شیلان"), *added)
        assert project.people.by_name("کەس 11") == Annotator("a11", "کەس 11")
        assert project.people.by_name("کەس") is None

    @pytest.mark.parametrize(("name", "key"), [("شیلان", "name_taken"), ("  ", "name_blank")])
    def test_a_name_must_be_new_and_visible(self, project, name, key):
        with pytest.raises(UserError, match=key), project.transaction() as tx:
            project.people.add(tx, name, at=NOW)


class TestSchemesMetaAndPlaces:
    def test_a_new_scheme_keeps_the_old_ones(self, project, path):
        assert project.schemes.current() == SCHEME
        with project.transaction() as tx:
            project.schemes.replace(tx, '{"id": "نوێ"}', at=LATER)
        project.close()
        with ProjectFile.open(path) as again:
            assert again.schemes.current() == '{"id": "نوێ"}'
            assert again.schemes.versions() == (SCHEME, '{"id": "نوێ"}')

    def test_meta_tells_what_the_project_is(self, project):
        meta = project.meta
        assert (meta.get("name"), meta.get("created")) == ("پرۆژەی تاقیکردنەوە", NOW)
        assert len(meta.get("uuid")) == 36
        assert meta.get("last_document") is None
        for value in ("n-1", "n-2"):
            with project.transaction() as tx:
                meta.set(tx, "last_document", value)
        assert meta.get("last_document") == "n-2"

    def test_the_generation_counts_sessions_that_write(self, project, path):
        assert project.meta.get("generation") == "1"
        perform(project, adding(mention(1)))
        assert project.meta.get("generation") == "1"
        project.close()
        with ProjectFile.open(path) as reader:
            assert reader.meta.get("generation") == "1"
        with ProjectFile.open(path) as writer:
            perform(writer, adding(mention(2, 5, 8)))
            assert writer.meta.get("generation") == "2"

    def test_the_place_of_each_annotator_is_kept(self, project):
        for place in ((3, 9), (7, 7)):
            with project.transaction() as tx:
                project.places.save(tx, DOCUMENT.id, "a1", *place)
        assert project.places.get(DOCUMENT.id, "a1") == (7, 7)
        assert project.places.get(DOCUMENT.id, "a2") is None

    def test_a_place_in_no_document_is_a_defect(self, project):
        with pytest.raises(Defect, match="no_such_row"), project.transaction() as tx:
            project.places.save(tx, DocumentId("n-9"), "a1", 0, 0)


class TestJournal:
    def test_undo_and_redo_are_replayed_after_reopening(self, project, path):
        _, one = perform(project, adding(mention(1)))
        after_two, two = perform(project, adding(mention(2, 5, 9)))
        perform(project, two.edit.inverse, act=Act.UNDO, target=two.seq)
        perform(project, one.edit.inverse, act=Act.UNDO, target=one.seq)
        perform(project, one.edit, act=Act.REDO, target=one.seq)
        entries = project.journal.entries(HEADER)
        project.close()
        with ProjectFile.open(path) as again:
            assert again.journal.entries(HEADER) == entries
            assert [entry.at for entry in entries] == [LATER] * 5
            history = History(again.journal.entries(HEADER))
            assert (history.next_undo.edit, history.next_redo.edit) == (one.edit, two.edit)
            redone, _ = perform(again, history.next_redo.edit, act=Act.REDO, target=two.seq)
            assert redone.records == after_two.records

    def test_joined_entries_are_one_step(self, project):
        _, first = perform(project, adding(mention(1)))
        nudge = Edit("edit.nudge", (Change(mention(1), mention(1, 0, 5)),))
        _, second = perform(project, nudge, joins=True)
        history = History(project.journal.entries(HEADER))
        assert (second.joins, history.depth, history.next_undo.seq) == (True, 1, first.seq)
        undone, _ = perform(project, history.next_undo.edit.inverse, act=Act.UNDO, target=first.seq)
        assert len(undone) == 0

    def test_sets_have_journals_of_their_own_and_one_sequence(self, project):
        other = SetHeader(SetId("s2"), DOCUMENT.id, SetKind.PREDICTION, (), NOW, NOW)
        with project.transaction() as tx:
            project.annotations.add_set(tx, other)
        _, one = perform(project, adding(mention(1)))
        _, two = perform(project, adding(mention(1)), header=other)
        assert (project.journal.entries(HEADER), project.journal.entries(other)) == ((one,), (two,))
        assert two.seq == one.seq + 1

    def test_an_entry_for_no_set_is_a_defect(self, project):
        nobody = SetHeader(SetId("s9"), DOCUMENT.id, SetKind.PREDICTION, (), NOW, NOW)
        with pytest.raises(Defect, match="no_such_row"), project.transaction() as tx:
            project.journal.append(tx, nobody, act=Act.DO, edit=adding(mention(1)), at=NOW)

    @pytest.mark.parametrize(
        "values", [{"act": Act.UNDO}, {"act": Act.DO, "target": 1}, {"act": Act.UNDO, "target": 99}]
    )
    def test_undo_needs_the_step_it_undoes(self, project, values):
        perform(project, adding(mention(1)))
        with pytest.raises(Defect, match=r"store\.sql"), project.transaction() as tx:
            project.journal.append(tx, HEADER, edit=adding(mention(2)), at=NOW, **values)


def test_metadata_and_source_may_be_unknown(project):
    bare = Document(DocumentId("bare"), "x", Source(None, "2" * 64), Metadata())
    with project.transaction() as tx:
        project.documents.add(tx, bare, at=NOW)
    assert project.documents.get(bare.id) == bare
