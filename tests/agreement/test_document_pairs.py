"""Which documents of two files are one."""

from annotator.agreement.document_pairs import pair_documents, pair_respaced


def test_id_and_text_make_a_pair():
    found = pair_documents({"b": "2", "a": "1"}, {"a": "1", "b": "2"})
    assert found.pairs == (("b", "b"), ("a", "a"))
    assert (found.renamed, found.differing, found.missing, found.extra) == ((), (), (), ())


def test_what_is_in_no_pair_is_told():
    found = pair_documents({"a": "1", "b": "2", "c": "3"}, {"b": "other", "c": "3", "d": "4"})
    assert found.pairs == (("c", "c"),)
    assert found.differing == ("b",)
    assert found.missing == ("a",)
    assert found.extra == ("d",)


def test_a_text_finds_its_partner_under_another_id():
    found = pair_documents({"a": "1", "b": "2"}, {"x": "1", "b": "9"})
    assert found.pairs == found.renamed == (("a", "x"),)
    assert (found.differing, found.missing, found.extra) == (("b",), (), ())


def test_ids_that_changed_places_follow_the_text():
    found = pair_documents({"a": "1", "b": "2"}, {"a": "2", "b": "1"})
    assert found.pairs == (("a", "b"), ("b", "a"))
    assert (found.differing, found.missing, found.extra) == ((), (), ())


def test_a_text_that_is_there_twice_is_not_guessed():
    found = pair_documents({"a": "1"}, {"x": "1", "y": "1"})
    assert (found.pairs, found.missing, found.extra) == ((), ("a",), ("x", "y"))
    found = pair_documents({"a": "1", "b": "1"}, {"a": "1", "y": "1"})
    assert found.pairs == (("a", "a"), ("b", "y"))


def test_an_id_whose_document_went_elsewhere_is_missing():
    found = pair_documents({"a": "1", "b": "2"}, {"b": "1"})
    assert (found.pairs, found.differing, found.missing) == ((("a", "b"),), (), ("b",))


def test_what_is_left_is_paired_by_its_letters():
    gold, predicted = {"a": "1", "b": "2", "c": "3", "d": "4"}, {"a": "1", "x": "7", "c": "8"}
    letters = {"a": "A", "b": "B", "c": "C", "d": "D"}, {"a": "Q", "x": "B", "c": "C"}
    found = pair_respaced(pair_documents(gold, predicted), *letters)
    assert found.pairs == (("a", "a"), ("b", "x"), ("c", "c"))
    assert found.respaced == (("b", "x"), ("c", "c"))
    assert (found.renamed, found.missing) == ((("b", "x"),), ("d",))
    assert (found.differing, found.extra) == ((), ())


def test_letters_that_differ_are_no_pair():
    found = pair_documents({"a": "1"}, {"a": "2"})
    assert pair_respaced(found, {"a": "A"}, {"a": "B"}) == found
