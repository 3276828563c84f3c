"""Which sets a file has given before, of its own documents and of those of others."""

from annotator.core.ids import DocumentId, SetId
from annotator.core.set_header import SetHeader, SetKind
from annotator.workbench.given_sets import GivenSets


def header(document, identifier):
    return SetHeader(
        SetId(identifier), DocumentId(document), SetKind.ANNOTATOR, (), created="", modified=""
    )


def test_a_file_has_given_the_sets_of_its_documents_and_those_it_gave_to_others():
    given = GivenSets()
    given.add_document("a.json", DocumentId("one"))
    given.add_set("a.json", header("one", "a1"))
    assert given.are_of("a.json", header("one", "a1"))
    assert not given.are_of("b.json", header("one", "a1"))
    given.add_set("b.json", header("one", "a2"))
    assert given.are_of("b.json", header("one", "a2"))
    assert not given.are_of("b.json", header("one", "a1"))
    given.add_document("b.json", DocumentId("two"))
    assert given.are_of("b.json", header("two", "a1"))
    assert not given.are_of("c.json", header("one", "a2"))
    assert list(given.documents) == ["one", "two"]
