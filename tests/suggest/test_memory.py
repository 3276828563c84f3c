"""What was marked before, and what marks teach."""

from annotator.core.annotations import Entity, MentionLevel, SuggestionDecision
from annotator.core.ids import Layer
from annotator.core.proposals import Proposal, Verdict
from annotator.core.span import Fragments, Span
from annotator.suggest.memory import Marked, Memory, marks_of
from annotator.suggest.phrases import phrase_key
from tests.builders import annotated, changed

GPE = Marked(Layer.MENTION, "GPE", "سووریا", MentionLevel.NAM)
KEY = phrase_key("سوریا")


def test_marks_are_counted_by_what_they_fold_to():
    memory = Memory([GPE, Marked(Layer.MENTION, "GPE", "سوریا"), Marked(Layer.MENTION, "LOC", KEY)])
    assert dict(memory.labels(Layer.MENTION, KEY)) == {"GPE": 2, "LOC": 1}
    assert dict(memory.labels(Layer.EVENT, KEY)) == {}
    assert KEY in memory.phrases(Layer.MENTION)
    assert KEY not in memory.phrases(Layer.EVENT)


def test_what_is_undone_is_forgotten():
    memory = Memory([GPE])
    memory.learn(GPE, -1)
    assert dict(memory.labels(Layer.MENTION, KEY)) == {}
    assert KEY not in memory.phrases(Layer.MENTION)


def test_refusals_are_no_marks():
    refused = Marked(Layer.MENTION, "GPE", "سوریا", is_refused=True)
    memory = Memory([refused, refused])
    assert memory.refusals(Layer.MENTION, KEY, "GPE") == 2
    assert memory.refusals(Layer.MENTION, KEY, "LOC") == 0
    assert KEY not in memory.phrases(Layer.MENTION)


def test_the_level_of_the_last_mention_is_remembered():
    memory = Memory([GPE, Marked(Layer.MENTION, "GPE", "سوریا", MentionLevel.NOM)])
    assert memory.level(KEY, "GPE") is MentionLevel.NOM
    assert memory.level(KEY, "LOC") is None


def test_pronouns_short_words_and_quotes_teach_nothing():
    memory = Memory(
        [
            Marked(Layer.MENTION, "PER", "ئەوان", MentionLevel.PRO),
            Marked(Layer.MENTION, "GPE", "٢٠٢٤ ا"),
            Marked(Layer.QUOTE, "direct", "بارانی زۆر", is_refused=True),
        ]
    )
    assert len(memory.phrases(Layer.MENTION)) == 0
    assert memory.refusals(Layer.QUOTE, phrase_key("بارانی زۆر"), "direct") == 0


def test_records_teach_their_words_or_their_head():
    document, annotations = annotated("[دهۆک]GPE [سەردانی]Movement.Visit ئەوێی کرد [باشە]indirect")
    visit = Fragments((Span(5, 12), Span(19, 22)), Span(5, 12))
    annotations = changed(annotations, "EV1", trigger=visit)
    proposal = Proposal("names", Layer.MENTION, "GPE", Fragments.at(13, 18))
    refused = SuggestionDecision("D1", Verdict.CORRECTED, proposal)
    records = [*annotations.records.values(), Entity("E9", "GPE", "x"), refused]
    assert [one for record in records for one in marks_of(record, document.text)] == [
        Marked(Layer.MENTION, "GPE", "دهۆک", MentionLevel.NAM),
        Marked(Layer.EVENT, "Movement.Visit", "سەردانی"),
        Marked(Layer.MENTION, "GPE", "ئەوێی", is_refused=True),
    ]
    split = changed(annotations, "T1", fragments=Fragments((Span(0, 4), Span(13, 18))))
    assert list(marks_of(split.mention("T1"), document.text)) == []
