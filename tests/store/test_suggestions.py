"""What was marked and refused in the other documents of a person."""

import pytest

from annotator.core.annotations import Event, MentionLevel, Quote, QuoteType, SuggestionDecision
from annotator.core.document import Document, Source
from annotator.core.edits import Change, Edit
from annotator.core.ids import DocumentId, Layer, SetId
from annotator.core.proposals import Proposal, Verdict
from annotator.core.provenance import Origin, Provenance
from annotator.core.set_header import SetHeader, SetKind
from annotator.core.span import Fragments, Span
from annotator.foundation.errors import UserError
from annotator.store.connection import Connection
from annotator.store.suggestions import MarkedText
from tests.store.projects import HEADER, NOW, adding, decision, mention, perform

TEXT = "🙂 شاندەکە سەردانی هەولێری کرد و گوتی باشە"
A1 = SetId("a1")
NAMES = Provenance(Origin.SUGGESTION, "names")


def add_document(project, identifier="n-2", text=TEXT, person="a1"):
    """Another document with an empty set of a person; its header."""
    document = Document(DocumentId(identifier), text, Source(None, "1" * 64))
    header = SetHeader(
        id=SetId(person),
        document=document.id,
        kind=SetKind.ANNOTATOR,
        annotators=(person,),
        created=NOW,
        modified=NOW,
    )
    with project.transaction() as tx:
        project.documents.add(tx, document, at=NOW)
        project.annotations.add_set(tx, header)
    return header


def marked(project, but=HEADER.document, person=A1, **values):
    return list(project.suggestions.marked(person, but=but, **values))


def test_words_are_told_with_label_and_level(project):
    header = add_document(project)
    nominal = mention(1, 2, 9, "ORG", level=MentionLevel.NOM)
    perform(project, adding(nominal, mention(2, 18, 24)), header=header)
    assert marked(project) == [
        MarkedText(Layer.MENTION, "ORG", "شاندەکە", MentionLevel.NOM, is_refused=False),
        MarkedText(Layer.MENTION, "GPE", "هەولێر", MentionLevel.NAM, is_refused=False),
    ]
    assert marked(project, but=header.document) == []
    assert marked(project, person=SetId("a2")) == []


def test_of_something_in_pieces_the_head_is_told_or_the_first_piece(project):
    header = add_document(project)
    pieces = (Span(10, 17), Span(26, 29))
    split = mention(1)
    split = type(split)(split.id, "PER", Fragments(pieces))
    refused = Proposal("verbs", Layer.EVENT, "Contact.Meet", Fragments(pieces, Span(26, 29)))
    records = [
        split,
        Event("EV1", "Movement.Visit", Fragments(pieces, Span(10, 17))),
        Event("EV2", "Contact.Meet", Fragments(pieces)),
        Event("EV3", "Contact.Meet", Fragments((Span(32, 36),))),
        Quote("Q1", QuoteType.INDIRECT, Fragments.at(37, 41)),
        SuggestionDecision("D1", Verdict.REJECTED, refused),
    ]
    perform(project, adding(*records), header=header)
    assert [(one.layer, one.label, one.surface, one.is_refused) for one in marked(project)] == [
        (Layer.EVENT, "Movement.Visit", "سەردانی", False),
        (Layer.EVENT, "Contact.Meet", "سەردانی", False),
        (Layer.EVENT, "Contact.Meet", "گوتی", False),
        (Layer.EVENT, "Contact.Meet", "کرد", True),
    ]


def test_the_sets_worked_on_last_come_first_and_no_more_than_wanted(project):
    for number, at in ((2, "2026-01-01T00:00:00Z"), (3, "2026-03-01T00:00:00Z")):
        header = add_document(project, f"n-{number}")
        perform(project, adding(mention(1, number, number + 4)), header=header, at=at)
    assert [one.surface for one in marked(project)] == [TEXT[3:7], TEXT[2:6]]
    assert [one.surface for one in marked(project, limit=1)] == [TEXT[3:7]]


def test_suggestions_are_tallied_by_suggester_and_verdict(project):
    header = add_document(project)
    records = [
        mention(1, 2, 9, provenance=NAMES),
        mention(2, 18, 24, provenance=NAMES),
        mention(3, 30, 34),
        Event("EV1", "Contact.Meet", Fragments.at(10, 17), provenance=NAMES),
        decision(1, 2, 4),
        decision(2, 5, 8),
        decision(3, 2, 9, verdict=Verdict.CORRECTED),
        decision(4, 1, 2, suggester="dates"),
    ]
    perform(project, adding(*records), header=header)
    assert project.suggestions.tally(A1, but=HEADER.document) == {
        ("names", None): 3,
        ("names", Verdict.REJECTED): 2,
        ("names", Verdict.CORRECTED): 1,
        ("dates", Verdict.REJECTED): 1,
    }
    assert project.suggestions.tally(A1, but=header.document) == {}


def test_a_verdict_that_is_unknown_counts_for_nothing(project):
    header = add_document(project)
    perform(project, adding(decision(1, 2, 4)), header=header)
    with project.transaction() as tx:
        tx.execute("UPDATE annotations SET body = json_set(body, '$.verdict', 'postponed')")
    assert project.suggestions.tally(A1, but=HEADER.document) == {}


def test_texts_are_read_one_at_a_time(project, monkeypatch):
    for number in (2, 3):
        perform(project, adding(mention(1)), header=add_document(project, f"n-{number}"))
    asked = []
    real = Connection.rows

    def rows(self, sql, bindings=()):
        found = real(self, sql, bindings)
        asked.append(sum(TEXT in row for row in found))
        return found

    monkeypatch.setattr(Connection, "rows", rows)
    assert len(marked(project)) == 2
    assert (max(asked), sum(asked)) == (1, 2)


def test_a_damaged_set_is_named(project):
    header = add_document(project)
    perform(project, adding(mention(1)), header=header)
    with project.transaction() as tx:
        tx.execute('UPDATE annotations SET body = \'{"fragments": {"spans": []}}\'')
    with pytest.raises(UserError) as caught:
        marked(project)
    assert (caught.value.key, caught.value.values["document"]) == ("store.set_damaged", "n-2")


def test_a_decision_is_written_and_taken_back_like_any_record(project):
    refused = decision(1)
    after, _ = perform(project, adding(refused))
    assert after.get("D1") == refused
    assert project.annotations.read(HEADER) == after
    back, _ = perform(project, Edit("edit.reject_suggestion", (Change(refused, None),)))
    assert back.records == {}
